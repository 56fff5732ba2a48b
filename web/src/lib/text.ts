// What may be written, as the server will judge it (src/domain/text.rs), and the blanks of a prepared statement.
import { ENTRY_MAX, NOTE_MAX, STATEMENT_MAX, UNSEEN } from "../wire";

export { ENTRY_MAX, NOTE_MAX, STATEMENT_MAX };

/** The text as the server keeps it: one form of line end, one form of Unicode. */
export function normal(text: string): string {
  return text.replace(/\r\n?/g, "\n").normalize("NFC");
}

/** Characters, not UTF-16 units. */
export function lengthOf(text: string): number {
  return [...normal(text)].length;
}

export type Blank = { name: string; from: number; to: number };

/** The blanks `{{…}}` of a text, in order, repeats included. Places are UTF-16, as a textarea counts. */
export function blanks(text: string): Blank[] {
  const found: Blank[] = [];
  let at = 0;
  for (;;) {
    const from = text.indexOf("{{", at);
    const to = from < 0 ? -1 : text.indexOf("}}", from + 2);
    if (to < 0) return found;
    // "{{ {{a}}" names one blank, as on the server: the piece nearest to the end.
    const start = text.lastIndexOf("{{", to - 1);
    found.push({ name: text.slice(start + 2, to), from: start, to: to + 2 });
    at = to + 2;
  }
}

/** Names of the blanks, each once: what the server counts. */
export function blankNames(text: string): string[] {
  return [...new Set(blanks(text).map((blank) => blank.name))];
}

/** A blank's name as people read it. */
export const blankTitle = (name: string): string => name.replaceAll("_", " ").trim();

export type Unseen = { point: string; line: number; place: number; from: number; to: number };

/** Characters in a statement that do not show or change direction: refused by the server, so pointed out here. */
export function unseen(text: string): Unseen[] {
  const found: Unseen[] = [];
  let line = 1;
  let place = 0;
  let from = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const to = from + character.length;
    place += 1;
    if (point === 0x0a) {
      line += 1;
      place = 0;
    } else if (point !== 0x0d && UNSEEN.some(([low, high]) => point >= low && point <= high)) {
      found.push({ point: `U+${point.toString(16).toUpperCase().padStart(4, "0")}`, line, place, from, to });
    }
    from = to;
  }
  return found;
}

export type Span = { from: number; to: number; text: string };

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * The one stretch of `before` that became something else in `after`. Of several that would do it is the one that ends
 * at the caret, where the person typed. It never cuts a character of two units in half.
 */
export function changed(before: string, after: string, caret: number): Span {
  const shorter = Math.min(before.length, after.length);
  const same = (tail: number) => before[before.length - 1 - tail] === after[after.length - 1 - tail];
  let tail = 0;
  while (tail < Math.min(shorter, after.length - caret) && same(tail)) tail += 1;
  let head = 0;
  while (head < shorter - tail && before[head] === after[head]) head += 1;
  while (tail < shorter - head && same(tail)) tail += 1;
  if (isHigh(before.charCodeAt(head - 1))) head -= 1;
  if (isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) };
}

export type Piece = { kind: "same" | "gone" | "new"; text: string };

/** A word diff of two texts, for reading. */
export function wordDiff(before: string, after: string): Piece[] {
  const split = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];
  let [a, b] = [split(before), split(after)];
  // What is the same at both ends need not be compared: long texts mostly differ in one place.
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [first, last] = [a.slice(0, head).join(""), a.slice(a.length - tail).join("")];
  [a, b] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], text = "") => {
    const newest = pieces.at(-1);
    if (newest?.kind === kind) newest.text += text;
    else if (text) pieces.push({ kind, text });
  };
  add("same", first);
  if (a.length * b.length > 4_000_000) {
    add("gone", a.join(""));
    add("new", b.join(""));
    a = b = [];
  }
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const down = table[(i + 1) * width + j] ?? 0;
      const right = table[i * width + j + 1] ?? 0;
      table[i * width + j] = a[i] === b[j] ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(down, right);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) {
      add("gone", a[i]);
      i += 1;
    } else {
      add("new", b[j]);
      j += 1;
    }
  }
  add("same", last);
  return pieces;
}
