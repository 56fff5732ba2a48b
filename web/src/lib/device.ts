// What this device keeps in its database: what waits to be sent with its photos, the rows of the rooms last seen, and the
// words of drafts that were open.
// One database for all tabs of this browser; a write is done when it is on the disk.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Item } from "./outbox.svelte";
import type { KeptRoom } from "./kept-room";
import type { KeptText } from "./kept-text";

interface Tables extends DBSchema {
  outbox: { key: string; value: Item; indexes: { box: string } };
  /** Under the item's id and the place of the file in it. */
  files: { key: [string, number]; value: Blob };
  rooms: { key: string; value: KeptRoom };
  texts: { key: string; value: KeptText };
}
export type Device = IDBPDatabase<Tables>;

const NAME = "phongtruc";
const VERSION = 2;
let opened: Promise<Device> | null = null;

/** The database. Fails where the browser keeps nothing: a private window, a full or forbidden disk. */
export function device(): Promise<Device> {
  opened ??= openDB<Tables>(NAME, VERSION, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore("outbox", { keyPath: "id" }).createIndex("box", "box");
        db.createObjectStore("files");
        db.createObjectStore("rooms", { keyPath: "key" });
      }
      if (before < 2) db.createObjectStore("texts", { keyPath: "key" });
    },
    // A newer page of another tab waits for this one: it opens it again when it needs it.
    blocking(_from, _to, event) {
      (event.target as IDBDatabase | null)?.close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** On the disk before it is done, at the price of some milliseconds. */
export const DURABLE = { durability: "strict" } as const;
