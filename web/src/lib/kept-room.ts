// What a room last showed, kept on this device: the room opens without a network, read-only and saying how old it is,
// and goes on from exactly there. Only for who signed in here, and gone with the session.
import type { Digest, Patch } from "../wire";
import { device, DURABLE } from "./device";

export type KeptRoom = {
  /** The incident and the person. */
  key: string;
  incident: string;
  number: string;
  title: string;
  /** The shape of rows that wrote it: another program's rows are not ours to show. */
  shape: string;
  /** Whether it holds words that only the desk sees. */
  drafts: boolean;
  /** The rows, as one patch from nothing. */
  patch: Patch;
  head: Digest;
  /** When the server was last heard, by its clock. */
  at: number;
};

/** Set by the build: a digest of the types on the wire. */
declare const __WIRE__: string;
export const SHAPE = typeof __WIRE__ === "undefined" ? "" : __WIRE__;
/** A duty officer has one or two incidents at hand, and yesterday's. */
const ROOMS_MAX = 5;

export const keyOf = (incident: string, person: string): string => `${incident}.${person}`;

type Row = { id: unknown; rev: number };

/** The rows of a room as they arrived, joined into one patch. It knows no table by name, so that it forgets none. */
export class Rows {
  private tables = new Map<string, Map<string, Row>>();
  private rest: Record<string, unknown> = {};

  add(patch: Patch): void {
    if (patch.from === 0) {
      this.tables.clear();
      this.rest = {};
    }
    for (const [name, value] of Object.entries(patch)) {
      if (!Array.isArray(value)) {
        this.rest[name] = value;
        continue;
      }
      const table = this.tables.get(name) ?? new Map<string, Row>();
      for (const row of value as Row[]) table.set(JSON.stringify(row.id), row);
      this.tables.set(name, table);
    }
  }

  /** All of it, as if it came at once. */
  patch(): Patch {
    const tables = [...this.tables].map(([name, table]) => [name, [...table.values()].sort((a, b) => a.rev - b.rev)]);
    return { ...this.rest, ...Object.fromEntries(tables), from: 0 } as Patch;
  }
}

export async function keepRoom(room: KeptRoom): Promise<void> {
  const write = (await device()).transaction("rooms", "readwrite");
  await write.store.put(room);
  const all = (await write.store.getAll()).sort((a, b) => b.at - a.at);
  for (const old of all.slice(ROOMS_MAX)) await write.store.delete(old.key);
  await write.done;
}

/** A room as it was last shown; null when it was not, or by another program. */
export async function readRoom(incident: string, person: string): Promise<KeptRoom | null> {
  const found = await (await device()).get("rooms", keyOf(incident, person));
  return found?.shape === SHAPE ? found : null;
}

/** The rooms of this person on this device, the last one first. */
export async function keptRooms(person: string): Promise<KeptRoom[]> {
  const all = await (await device()).getAll("rooms");
  return all.filter((one) => one.shape === SHAPE && one.key === keyOf(one.incident, person)).sort((a, b) => b.at - a.at);
}

/** The session is over, or another one begins: nothing that was seen stays, rooms and drafts. */
export async function forgetRooms(): Promise<void> {
  const write = (await device()).transaction(["rooms", "texts"], "readwrite", DURABLE);
  await Promise.all([write.objectStore("rooms").clear(), write.objectStore("texts").clear(), write.done]);
}
