// The outbox as it lies on the device. Every change is one transaction, so that two tabs never decide differently.
import { device, DURABLE } from "./device";
import { keep, readKept } from "./kept";
import type { Command } from "../wire";
import type { Item } from "./outbox.svelte";

/** Where an outbox keeps what waits; tests may give one that is full. */
export interface Shelf {
  all(box: string): Promise<Item[]>;
  /** On the disk when it is done, its files with it. */
  put(item: Item, files: Blob[]): Promise<void>;
  /** Changes what is there in one step; null takes it away. Answers what is there afterwards; null: nothing. */
  change(id: string, how: (item: Item) => Item | null): Promise<Item | null>;
  file(id: string, place: number): Promise<Blob | undefined>;
}

/** All files of an item. */
const filesOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

export const shelf: Shelf = {
  async all(box) {
    return (await device()).getAllFromIndex("outbox", "box", box);
  },
  async put(item, files) {
    const write = (await device()).transaction(["outbox", "files"], "readwrite", DURABLE);
    const puts = [write.objectStore("outbox").put(item), ...files.map((file, place) => write.objectStore("files").put(file, [item.id, place]))];
    // All that belongs to it has been asked for: the tab may be closed now.
    write.commit();
    await Promise.all([...puts, write.done]);
  },
  async change(id, how) {
    const write = (await device()).transaction(["outbox", "files"], "readwrite", DURABLE);
    const outbox = write.objectStore("outbox");
    const there = await outbox.get(id);
    const then = there ? how(there) : null;
    if (there && then) await outbox.put(then);
    else if (there) await Promise.all([outbox.delete(id), write.objectStore("files").delete(filesOf(id))]);
    await write.done;
    return then;
  },
  async file(id, place) {
    return (await device()).get("files", [id, place]);
  },
};

/** Takes over what a page of an earlier program kept in the plain storage. */
export async function takeOver(key: string, item: (old: { id: string; command: Command; at: number; sent: boolean }) => Item): Promise<void> {
  const kept = readKept(key);
  if (!kept) return;
  const list: unknown = JSON.parse(kept);
  if (Array.isArray(list)) for (const old of list) await shelf.put(item(old), []);
  keep(key, "");
}

/** What waits in any room of this person, for pages that are not the room. */
export async function waitingOf(person: string): Promise<Item[]> {
  return (await (await device()).getAll("outbox")).filter((item) => item.person === person);
}
