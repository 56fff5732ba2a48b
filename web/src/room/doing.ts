// What a person in the room does, in words: from the place that their page names.
import type { Room } from "../lib/room.svelte";
import { w } from "../lib/words";
import type { Present } from "../wire";

export function doing(person: Present, room: Room): string {
  const words = w.room.at;
  const [kind, id = ""] = (person.at ?? "").split(":");
  if (kind === "statement") {
    const number = room.incident.statements.get(id)?.number ?? w.room.statements.title.toLowerCase();
    return person.typing ? words.writing(number) : words.statement(number);
  }
  if (kind === "chat") return person.typing ? words.typingChat : words.chat;
  if (kind === "timeline") return person.typing ? words.typingEntry : words.timeline;
  if (kind === "tasks") return words.tasks;
  if (kind === "facts") return words.facts;
  return "";
}

/** Who else is at a place, by name. */
export const others = (room: Room, at: string, typing: boolean): Present[] =>
  room.people.filter((one) => one.person !== room.you.person && one.at === at && (!typing || one.typing));
