// Which statements have words on this device that the record does not have yet. Each window sets a mark of its own, so
// that the good news of one does not hide the words of another.
import { keep } from "./kept";

/** The name under which a person's words of a statement are kept on this device. */
export const keptName = (incident: string, statement: string, person: string): string => `phongtruc.words.${incident}.${statement}.${person}`;

function marks(name: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${name}.`));
  } catch {
    return [];
  }
}

export const hasUnsent = (name: string): boolean => marks(name).length > 0;

export const mark = (name: string, window: string): void => keep(`${name}.${window}`, "1");

/** The record has the words: those of this window, and those that it found here when it opened. */
export function unmark(name: string, windows: string[]): void {
  for (const window of windows) keep(`${name}.${window}`, "");
}

/** The windows that left words here. */
export const marked = (name: string): string[] => marks(name).map((key) => key.slice(name.length + 1));
