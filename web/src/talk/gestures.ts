// Talk that becomes record: one line per gesture. Each opens the usual form, filled in with the message.
import type { Verb } from "../lib/may";
import type { Room } from "../lib/room.svelte";
import type { Ask, Seed } from "../lib/view.svelte";
import { nameOf } from "../lib/waiting";
import type { Message, MessageNoun } from "../wire";
import { words } from "./words";

type Gesture = { noun: MessageNoun; verb: Verb; ask: (seed: Seed) => Ask };

export const GESTURES: readonly Gesture[] = [
  { noun: "entry", verb: "entry.add", ask: (seed) => ({ ask: "entry", seed }) },
  { noun: "task", verb: "task.add", ask: (seed) => ({ ask: "add_task", seed }) },
  { noun: "fact", verb: "fact.enter", ask: (seed) => ({ ask: "fact", id: null, seed }) },
  { noun: "decision", verb: "decision.take", ask: (seed) => ({ ask: "decision", seed }) },
  { noun: "claim", verb: "claim.enter", ask: (seed) => ({ ask: "claim", claim: { ask: "enter", seed } }) },
  { noun: "enquiry", verb: "enquiry.enter", ask: (seed) => ({ ask: "press", press: { ask: "enter", seed } }) },
];

/** What a form takes over from a message. */
export const seedOf = (message: Message, room: Room): Seed => ({
  from: message.id,
  text: message.text,
  at: message.by.at,
  source: words.sourceOf(nameOf(message.by), room.short(message.by.office)),
  files: message.attachments ?? [],
});

/** The beginning of words that a field has no room for, cut between two of them. */
export function cut(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const short = characters.slice(0, max - 1).join("");
  return `${short.slice(0, short.lastIndexOf(" ") + 1 || undefined).trimEnd()}…`;
}
