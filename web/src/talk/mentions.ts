// Naming people and offices in words: what is being typed after an `@`, who fits, and who is named in the end. The words
// are the truth: whoever stands in them as `@` and their name is named, however the name came there.
import { finds, fold } from "../lib/fold";
import type { MessageMention } from "../wire";

/** Somebody who can be named, or an office that could be once it is invited. */
export type Callee = {
  key: string;
  /** As it stands behind the `@`. */
  label: string;
  /** What else it may be called; put right before sending. */
  also: string[];
  /** What tells it from others. */
  hint: string;
  mention: MessageMention;
  outside: boolean;
};

export type Typed = { from: number; words: string };

/** Names are rarely longer; behind that an `@` is no longer being typed. */
const TYPED_MAX = 40;
export const SHOWN_MAX = 8;

/** What is being typed behind the last `@` before the caret; null when none is. */
export function typedAt(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf("@");
  if (from < 0 || caret - from - 1 > TYPED_MAX) return null;
  const words = before.slice(from + 1);
  // Part of an address of mail, or of the line above.
  if (/[\p{L}\p{N}]$/u.test(before.slice(0, from)) || words.includes("\n") || words.startsWith(" ")) return null;
  return { from, words };
}

/** Who fits, the room's own first; of them whose name begins so. */
export function fitting(callees: readonly Callee[], typed: string): Callee[] {
  const plain = fold(typed);
  const rank = (one: Callee) => (one.outside ? 2 : 0) + (fold(one.label).startsWith(plain) ? 0 : 1);
  // The whole organisation is offered only to who looks for something.
  const open = callees.filter((one) => (plain.length > 1 || !one.outside) && (plain === "" || finds([one.label, ...one.also].join(" "), typed)));
  return open.map((one, at) => ({ one, at })).sort((a, b) => rank(a.one) - rank(b.one) || a.at - b.at).map(({ one }) => one).slice(0, SHOWN_MAX);
}

/** The words with the name in place of what was typed, and where the caret stands then. */
export function named(text: string, typed: Typed, caret: number, label: string): { text: string; caret: number } {
  const rest = text.slice(caret);
  const put = `@${label}${/^[\s.,;:!?)]/.test(rest) ? "" : " "}`;
  return { text: text.slice(0, typed.from) + put + rest, caret: typed.from + put.length };
}

/** The words with every name as the record calls it: what was invited meanwhile has its short name. */
export function settled(text: string, callees: readonly Callee[]): string {
  const inside = callees.filter((one) => !one.outside);
  const aliases = inside.flatMap((one) => one.also.map((also) => ({ also, label: one.label }))).filter(({ also, label }) => also !== label && !label.startsWith(also));
  return aliases.sort((a, b) => b.also.length - a.also.length).reduce((words, { also, label }) => words.replaceAll(`@${also}`, `@${label}`), text.normalize("NFC"));
}

/** Where names stand in the words: the longest that fits, none inside another. */
function places<T extends { label: string }>(text: string, known: readonly T[]): { from: number; to: number; one: T }[] {
  const longest = [...known].sort((a, b) => b.label.length - a.label.length);
  const found = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const one = longest.find(({ label }) => label !== "" && text.startsWith(label, at + 1));
    if (one) found.push({ from: at, to: at + 1 + one.label.length, one });
  }
  return found;
}

/** Who is named, each once. */
export const calledIn = (text: string, callees: readonly Callee[]): Callee[] => [...new Set(places(text.normalize("NFC"), callees).map(({ one }) => one))];

export type Piece = { text: string; mention: MessageMention | null };

/** The words in pieces, names apart, for reading. */
export function pieces(text: string, mentions: readonly MessageMention[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { from, to, one } of places(text, mentions.map((mention) => ({ label: mention.name, mention })))) {
    if (from > at) found.push({ text: text.slice(at, from), mention: null });
    found.push({ text: text.slice(from, to), mention: one.mention });
    at = to;
  }
  if (at < text.length) found.push({ text: text.slice(at), mention: null });
  return found;
}
