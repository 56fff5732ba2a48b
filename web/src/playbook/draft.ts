// A playbook while somebody edits it, kept on the device at every key until it is published: a closed tab loses nothing.
import { keep, readKept } from "../lib/kept";

export type Draft = {
  /** Digest of the version that was edited. */
  base: string;
  text: string;
};

const nameOf = (id: string, person: string): string => `phongtruc.playbook.${id}.${person}`;

/** Answers whether it is kept. */
export const keepDraft = (id: string, person: string, draft: Draft): boolean => keep(nameOf(id, person), JSON.stringify(draft));

export const forgetDraft = (id: string, person: string): boolean => keep(nameOf(id, person), "");

export function readDraft(id: string, person: string): Draft | null {
  try {
    const read = JSON.parse(readKept(nameOf(id, person))) as Partial<Draft>;
    return typeof read.base === "string" && typeof read.text === "string" ? { base: read.base, text: read.text } : null;
  } catch {
    return null;
  }
}

/** How many lines were written or taken away between two texts, for saying that there is something to publish. */
export function linesChanged(before: string, after: string): number {
  const count = new Map<string, number>();
  for (const line of before.split("\n")) count.set(line, (count.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of after.split("\n")) {
    const left = count.get(line) ?? 0;
    if (left > 0) count.set(line, left - 1);
    else added += 1;
  }
  const gone = [...count.values()].reduce((sum, left) => sum + left, 0);
  return Math.max(added, gone);
}

/** Where a line of a text begins and ends, from line 1; the end of the text for a line beyond it. */
export function placeOfLine(text: string, line: number): { from: number; to: number } {
  const lines = text.split("\n");
  const from = lines.slice(0, line - 1).reduce((at, before) => at + before.length + 1, 0);
  return { from: Math.min(from, text.length), to: Math.min(from + (lines[line - 1]?.length ?? 0), text.length) };
}
