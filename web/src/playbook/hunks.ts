// Two versions of a long text, by lines and then by words: only what changed, with a little of what stands around it.
import { wordDiff, type Piece } from "../lib/text";

/** One line: its pieces in order. */
export type Line = Piece[];

/** Unchanged lines shown around a change. */
const AROUND = 2;

/** Every line of the two texts, in order; changed lines side by side word for word. */
export function diffLines(before: string, after: string): Line[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: Line[] = [];
  let [gone, came]: [string[], string[]] = [[], []];
  const flush = () => {
    if (gone.length && came.length) lines.push(...split(wordDiff(gone.join("\n"), came.join("\n"))));
    else lines.push(...gone.map((text): Line => [{ kind: "gone", text }]), ...came.map((text): Line => [{ kind: "new", text }]));
    [gone, came] = [[], []];
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [mine, theirs] = [a[i], b[j]];
    if (mine !== undefined && mine === theirs) {
      flush();
      lines.push([{ kind: "same", text: mine }]);
      [i, j] = [i + 1, j + 1];
    } else if (mine !== undefined && (theirs === undefined || at(i + 1, j) >= at(i, j + 1))) {
      gone.push(mine);
      i += 1;
    } else {
      came.push(theirs ?? "");
      j += 1;
    }
  }
  flush();
  return lines;
}

function split(pieces: Piece[]): Line[] {
  const lines: Line[] = [[]];
  for (const { kind, text } of pieces) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part) lines.at(-1)?.push({ kind, text: part });
    });
  }
  return lines;
}

const isSame = (line: Line): boolean => line.every((piece) => piece.kind === "same");

/** The changed lines with a few around them; a number stands for so many unchanged lines between. */
export function hunks(lines: Line[]): (Line | number)[] {
  const near = (index: number) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((line) => !isSame(line));
  const shown: (Line | number)[] = [];
  lines.forEach((line, index) => {
    const newest = shown.at(-1);
    if (near(index)) shown.push(line);
    else if (typeof newest === "number") shown[shown.length - 1] = newest + 1;
    else shown.push(1);
  });
  return shown;
}
