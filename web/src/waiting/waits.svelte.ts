// What waits for this person in every incident: asked of the server now and then, and told by the room that is open.
import { untrack } from "svelte";
import { api } from "../lib/api";
import { Poll } from "../pages/parts/poll.svelte";
import { paths } from "../router.svelte";
import { handoverPlace } from "../shift/duty";
import type { IncidentWaits, WaitFor } from "../wire";

const EVERY_MS = 20_000;

class Waits {
  private readonly poll = new Poll(() => api.waiting());
  /** What the room that is open says: newer than any answer. */
  private room: IncidentWaits | null = $state.raw(null);

  list: IncidentWaits[] = $derived.by(() => {
    const { room } = this;
    const others = (this.poll.answer ?? []).filter((one) => one.incident !== room?.incident);
    // What is real comes before what is practised.
    others.sort((a, b) => Number(a.exercise) - Number(b.exercise));
    return [...(room ? [room] : []), ...others].filter((one) => one.waits.length > 0);
  });
  count = $derived(this.list.reduce((sum, one) => sum + one.waits.length, 0));
  /** Nobody knows: the server has not answered. */
  unknown = $derived(this.poll.answer === null && this.poll.lost);

  /** Asks while somebody is signed in and looks. The result ends it. */
  start(): () => void {
    void this.poll.now();
    const stop = this.poll.start(EVERY_MS);
    return () => {
      stop();
      this.poll.answer = null;
    };
  }

  /** The room that is open, or none any more. */
  inRoom(room: IncidentWaits | null): void {
    // An effect that tells must not run again because it told.
    const left = untrack(() => this.room !== null) && room === null;
    this.room = room;
    if (left) void this.poll.now();
  }

  /** A page's title, with how much waits. */
  titled(title: string): string {
    return this.count > 0 ? `(${this.count}) ${title}` : title;
  }
}

export const waits = new Waits();

/** Where it is done. */
export function placeOf(incident: string, what: WaitFor): string {
  if ("statement" in what) return paths.statement(incident, what.statement);
  if (what.kind === "relieve") return `${paths.room(incident)}${handoverPlace(what.handover)}`;
  if ("message" in what) return `${paths.room(incident)}#tin-${what.message}`;
  if (what.kind === "enquiry") return `${paths.room(incident)}#cau-hoi-${what.enquiry}`;
  if (what.kind === "action") return `${paths.room(incident)}#viec-sau-${what.action}`;
  if (what.kind === "claim") return `${paths.room(incident)}#tin-don-${what.claim}`;
  return what.kind === "task" ? `${paths.room(incident)}#task-${what.task}` : paths.room(incident);
}

/** What tells one from another. */
export const keyOf = (what: WaitFor): string => Object.values(what).join(" ");
