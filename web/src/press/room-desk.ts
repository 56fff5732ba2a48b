// The press log as an incident's room has it: its rows, its statements, its rules.
import type { Room } from "../lib/room.svelte";
import { api } from "../lib/api";
import type { Desk } from "./desk";

export function deskOf(room: Room): Desk {
  const { incident } = room;
  return {
    enquiries: [...incident.enquiries.values()],
    meetings: [...incident.meetings.values()],
    grounds: incident.frame?.refusal_grounds ?? [],
    out: [...incident.statements.values()].filter((one) => one.releases.length > 0).sort((a, b) => b.number.localeCompare(a.number)),
    number: (id) => incident.statements.get(id)?.number ?? id,
    offices: [...incident.offices.values()].sort((a, b) => a.order - b.order),
    own: room.you.office !== null && incident.offices.has(room.you.office) ? room.you.office : null,
    members: () => api.members(room.id),
    may: (verb) => room.may(verb),
    whyNot: (verb) => room.whyNot(verb),
    send: async (command) => void (await room.send(command)),
  };
}
