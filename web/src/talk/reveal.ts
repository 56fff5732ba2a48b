// Going from a message to what came of it, wherever in the room that stands.
import { tick } from "svelte";
import { wordsOf } from "../lib/api";
import type { Room } from "../lib/room.svelte";
import type { Desk, Panel, View } from "../lib/view.svelte";
import { toasts } from "../lib/toasts.svelte";
import { router } from "../router.svelte";
import { lineHash } from "../timeline/look.svelte";
import type { MessageNoun } from "../wire";

type Place = { part: Panel | Desk; row: (id: string) => string };

const PLACES: Partial<Record<MessageNoun, Place>> = {
  task: { part: "tasks", row: (id) => `task-${id}` },
  fact: { part: "facts", row: (id) => `fact-${id}` },
  decision: { part: "decisions", row: (id) => `decision-${id}` },
  claim: { part: "claims", row: (id) => `tin-don-${id}` },
  enquiry: { part: "press", row: (id) => `cau-hoi-${id}` },
};

/** Shows the row and puts the focus there. */
export async function reveal(room: Room, view: View, noun: MessageNoun, id: string): Promise<void> {
  if (noun === "entry") return revealEntry(room, view, id);
  const place = PLACES[noun];
  if (!place) return;
  view.show(place.part);
  await tick();
  // Panels that were hidden take a moment to have a place.
  requestAnimationFrame(() => {
    const row = document.getElementById(place.row(id));
    row?.setAttribute("tabindex", "-1");
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  });
}

/** An old line is loaded first; the timeline knows the way to each of its lines by the address. */
async function revealEntry(room: Room, view: View, id: string): Promise<void> {
  const find = () => [...room.incident.lines.values()].filter((line) => line.entry === id).sort((a, b) => b.id[0] - a.id[0])[0];
  let line = find();
  try {
    while (!line && !room.incident.linesComplete) {
      await room.older();
      line = find();
    }
  } catch (error) {
    toasts.warn(wordsOf(error));
  }
  if (!line) return;
  view.show("timeline");
  const here = location.pathname + location.search;
  // The same line again leads there again.
  router.go(here, "replace");
  await tick();
  router.go(here + lineHash(line), "replace");
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
    case "claim":
      return incident.claims.get(id)?.number ?? "";
    case "enquiry":
      return incident.enquiries.get(id)?.asked.outlet ?? "";
    default:
      return "";
  }
}
