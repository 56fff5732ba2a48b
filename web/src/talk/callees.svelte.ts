// Whom a message can name: the incident's people and offices, and offices that could be invited. People are asked of the
// server when somebody begins to name; offline, those of the last answer, or whoever is here.
import { api } from "../lib/api";
import type { Room } from "../lib/room.svelte";
import { nameOf } from "../lib/waiting";
import type { Member, OfficeChoice } from "../wire";
import type { Callee } from "./mentions";
import { words } from "./words";

/** People come and go slowly; a list so old still names the right ones. */
const FRESH_MS = 60_000;

export class Callees {
  private members: Member[] | null = $state.raw(null);
  private outside: OfficeChoice[] = $state.raw([]);
  private asked = 0;

  constructor(private readonly room: Room) {}

  list: Callee[] = $derived.by(() => {
    const { room } = this;
    const offices = [...room.incident.offices.values()].sort((a, b) => a.order - b.order);
    const present = room.people.map((one): Member => ({ person: one.person, name: nameOf(one), title: "", office: one.office, roles: [] }));
    const people = (this.members ?? present).filter((one) => one.person !== room.you.person);
    const twice = (name: string) => people.filter((one) => one.name === name).length > 1;
    const inside = new Set(offices.map((one) => one.id));
    return [
      ...offices.map((one): Callee => ({ key: `o-${one.id}`, label: one.short, also: [one.name], hint: one.name, mention: { kind: "office", office: one.id, name: one.short }, outside: false })),
      ...people.map((one): Callee => {
        const at = room.short(one.office);
        return { key: `p-${one.person}`, label: twice(one.name) ? `${one.name} (${at})` : one.name, also: [], hint: [one.title, at].filter(Boolean).join(", "), mention: { kind: "person", person: one.person, name: one.name }, outside: false };
      }),
      ...this.outside.filter((one) => !inside.has(one.id)).map((one): Callee => ({ key: `o-${one.id}`, label: one.name, also: [], hint: words.mention.outside, mention: { kind: "office", office: one.id, name: one.name }, outside: true })),
    ];
  });

  /** Asks who is there, unless that is known already. What is known stays when the server is not reached. */
  async ask(): Promise<void> {
    if (Date.now() - this.asked < FRESH_MS) return;
    this.asked = Date.now();
    const on = this.room.incident.header?.in_force_on;
    try {
      [this.members, this.outside] = await Promise.all([api.members(this.room.id), on ? api.offices(on) : []]);
    } catch {
      // Whoever is here can be named all the same; the next key asks again.
      this.asked = 0;
    }
  }
}
