// Going from a message to what came of it, wherever in the room that stands.
import { tick } from "svelte";
import type { Room } from "../lib/room.svelte";
import type { Desk, Panel, View } from "../lib/view.svelte";
import type { MessageNoun } from "../wire";

type Place = { part: Panel | Desk; row: (id: string) => string };

const PLACES: Partial<Record<MessageNoun, Place>> = {
  entry: { part: "timeline", row: (id) => `entry-${id}` },
  task: { part: "tasks", row: (id) => `task-${id}` },
  fact: { part: "facts", row: (id) => `fact-${id}` },
  decision: { part: "decisions", row: (id) => `decision-${id}` },
  enquiry: { part: "press", row: (id) => `cau-hoi-${id}` },
};

/** Shows the row and puts the focus there; an old line of the timeline is loaded first. */
export async function reveal(room: Room, view: View, noun: MessageNoun, id: string): Promise<void> {
  const place = PLACES[noun];
  if (!place) return;
  const there = () => [...room.incident.lines.values()].some((line) => line.entry === id);
  while (noun === "entry" && !there() && !room.incident.linesComplete) await room.older();
  view.focus(place.part);
  await tick();
  // Panels that were hidden take a moment to have a place.
  requestAnimationFrame(() => {
    const row = document.getElementById(place.row(id));
    row?.setAttribute("tabindex", "-1");
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  });
}

/** What a row says of itself, in a few words. */
export function titleOf(room: Room, noun: MessageNoun, id: string): string {
  const { incident } = room;
  switch (noun) {
    case "task":
      return incident.tasks.get(id)?.title ?? "";
    case "fact":
      return incident.facts.get(id)?.number ?? "";
    case "decision":
      return incident.decisions.get(id)?.text ?? "";
    case "enquiry":
      return incident.enquiries.get(id)?.asked.outlet ?? "";
    default:
      return "";
  }
}
