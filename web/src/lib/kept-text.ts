// The shared words of a statement as a window last had them, kept on this device: an editor that was open opens again
// without a network, and what is typed there joins the others' words later. Gone with the session, as the rooms are.
import { device, DURABLE } from "./device";

export type KeptText = {
  /** The incident, the statement and the person. */
  key: string;
  /** The whole document, as yjs encodes it. */
  state: Uint8Array;
  /** The statement's revision of which these words know at least. */
  rev: number;
  /** When they were kept, by the server's clock. */
  at: number;
};

/** Drafts that one officer has under way in a night, with room. */
const TEXTS_MAX = 20;

export const textKey = (incident: string, statement: string, person: string): string => `${incident}.${statement}.${person}`;

export async function keepText(text: KeptText): Promise<void> {
  const write = (await device()).transaction("texts", "readwrite", DURABLE);
  await write.store.put(text);
  const all = (await write.store.getAll()).sort((a, b) => b.at - a.at);
  for (const old of all.slice(TEXTS_MAX)) await write.store.delete(old.key);
  await write.done;
}

export async function readText(key: string): Promise<KeptText | null> {
  return (await (await device()).get("texts", key)) ?? null;
}

export async function forgetText(key: string): Promise<void> {
  await (await device()).delete("texts", key);
}

/** The room begins anew: what drafts of it said may be what was purged. */
export async function forgetTexts(incident: string): Promise<void> {
  await (await device()).delete("texts", IDBKeyRange.bound(`${incident}.`, `${incident}/`, false, true));
}

/** What `SharedText` keeps its words by. */
export const texts = { keep: keepText, read: readText, forget: forgetText };
export type Texts = typeof texts;
