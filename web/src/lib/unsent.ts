// Words of a statement that the record does not have yet, kept on this device at every key: a closed tab loses nothing.
// Each window keeps its own, so that the good news of one does not take away the words of another.
import { keep, readKept } from "./kept";

export type Unsent = {
  /** The changes of the shared text, as yjs encodes them. */
  changes: Uint8Array;
  /** The whole text as that window showed it. */
  text: string;
};

/** Under which a person's words of a statement are kept. */
export const unsentName = (incident: string, statement: string, person: string): string => `phongtruc.words.${incident}.${statement}.${person}`;

function keysOf(name: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${name}.`));
  } catch {
    return [];
  }
}

export const hasUnsent = (name: string): boolean => keysOf(name).length > 0;

/** Answers whether they are kept. */
export function keepUnsent(name: string, window: string, { changes, text }: Unsent): boolean {
  const bytes = Array.from(changes, (byte) => String.fromCharCode(byte)).join("");
  return keep(`${name}.${window}`, JSON.stringify({ changes: btoa(bytes), text }));
}

/** What windows left here, by window. */
export function readUnsent(name: string): Map<string, Unsent> {
  const found = new Map<string, Unsent>();
  for (const key of keysOf(name)) {
    try {
      const { changes, text } = JSON.parse(readKept(key)) as { changes: string; text: string };
      found.set(key.slice(name.length + 1), { changes: Uint8Array.from(atob(changes), (byte) => byte.charCodeAt(0)), text });
    } catch {
      // Not ours, or cut off: nothing can be made of it.
    }
  }
  return found;
}

/** The record has them. */
export function forgetUnsent(name: string, windows: Iterable<string>): void {
  for (const window of windows) keep(`${name}.${window}`, "");
}
