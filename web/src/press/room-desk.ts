// The press log as an incident's room has it: its rows, its statements, its rules.
import type { Room } from "../lib/room.svelte";
import type { Desk } from "./desk";

export function deskOf(room: Room): Desk {
  const { incident } = room;
  return {
    enquiries: [...incident.enquiries.values()],
    meetings: [...incident.meetings.values()],
    grounds: incident.frame?.refusal_grounds ?? [],
    out: [...incident.statements.values()].filter((one) => one.releases.length > 0).sort((a, b) => b.number.localeCompare(a.number)),
    number: (id) => incident.statements.get(id)?.number ?? id,
    may: (verb) => room.may(verb),
    whyNot: (verb) => room.whyNot(verb),
    send: async (command) => void (await room.send(command)),
  };
}
