// The history of a statement's words: the server tells changes of characters, and they are replayed here.
import type { StatementStep } from "../wire";

/** A step, and the words after it. */
export type Version = StatementStep & { text: string };

/** The words after every step. A place beyond the end is the end. */
export function versions(steps: StatementStep[]): Version[] {
  let letters: string[] = [];
  return steps.map((step) => {
    const { splice } = step;
    if (splice) letters = [...letters.slice(0, splice.at), ...splice.put, ...letters.slice(splice.at + splice.cut)];
    return { ...step, text: letters.join("") };
  });
}
