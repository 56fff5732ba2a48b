// The desks of the room: registers that share one place, one shown at a time. A new register is a line here.
import type { Component } from "svelte";
import Claims from "../claims/Claims.svelte";
import Media from "../media/Media.svelte";
import Press from "../press/Press.svelte";
import Review from "../review/Review.svelte";
import { review } from "../review/words";
import type { Room } from "../lib/room.svelte";
import type { Desk } from "../lib/view.svelte";
import { w } from "../lib/words";
import Decisions from "./Decisions.svelte";
import Facts from "./Facts.svelte";
import Tasks from "./Tasks.svelte";

export type Register = {
  desk: Desk;
  title: string;
  /** The key that leads there. */
  key: string;
  panel: Component;
  /** With what the ids of its rows begin: a link from elsewhere leads to `#task-…`. */
  rows: string;
  /** How much of it waits for this person. */
  waits: (room: Room) => number;
};

const ofKind =
  (...kinds: string[]) =>
  (room: Room): number =>
    room.waits.filter((one) => kinds.includes(one.what.kind)).length;

export const DESKS: readonly Register[] = [
  { desk: "tasks", title: w.room.desks.tasks, key: "1", panel: Tasks, rows: "task-", waits: ofKind("task") },
  { desk: "facts", title: w.room.desks.facts, key: "5", panel: Facts, rows: "fact-", waits: () => 0 },
  { desk: "claims", title: w.claim.short, key: "8", panel: Claims, rows: "tin-don-", waits: ofKind("claim") },
  { desk: "press", title: w.room.desks.press, key: "6", panel: Press, rows: "cau-hoi-", waits: ofKind("enquiry") },
  { desk: "media", title: w.room.desks.media, key: "9", panel: Media, rows: "tin-bai-", waits: () => 0 },
  { desk: "decisions", title: w.room.desks.decisions, key: "7", panel: Decisions, rows: "decision-", waits: () => 0 },
  { desk: "review", title: review.title, key: "0", panel: Review, rows: "viec-sau-", waits: ofKind("action") },
];
