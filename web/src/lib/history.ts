// The history of a statement's words, as the server tells it: changes of characters, or the whole text.
import type { Act } from "../wire";

/** A change in characters: so many stay, so many go, these come. */
type Splice = { at: number; cut: number; put: string };
export type Step = { rev: number; at: string; by: Act; what: string; splice?: Splice | null; text?: string | null };
export type Version = { rev: number; at: string; by: Act; what: string; text: string };

/** The words after every step. A place beyond the end is the end. */
export function versions(steps: Step[]): Version[] {
  let letters: string[] = [];
  return steps.map(({ rev, at, by, what, splice, text }) => {
    if (typeof text === "string") letters = [...text];
    else if (splice) letters = [...letters.slice(0, splice.at), ...splice.put, ...letters.slice(splice.at + splice.cut)];
    return { rev, at, by, what, text: letters.join("") };
  });
}
