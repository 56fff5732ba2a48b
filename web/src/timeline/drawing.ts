// The line of an incident as it is drawn: what stands on it, and where. No pixels of a screen and no words of a page
// here but the labels of its marks; the table beside the drawing is made from the same items.
import { HOUR, MINUTE, dayKey, dayShort, timeAndDay, timeOnly } from "../lib/time";
import { levelTitle, type Claim, type Deadline, type Header, type LineKind, type Phase, type Shift, type Statement } from "../wire";
import { ofClaim, ofDuty, ofStatement } from "./marks";
import { drawn as words } from "./words";

export type Span = { from: number; to: number };
/** The tracks on which rows leave marks, from top to bottom. */
export const MARKED = ["statement", "claim", "shift"] as const;
export type Track = "level" | "phase" | "deadline" | (typeof MARKED)[number];
/** How a mark looks, beside its words: never by colour alone. */
export type Shape = "step" | "tick" | "ring" | "dot" | "cross" | "square";
export type Item = {
  key: string;
  track: Track;
  at: number;
  shape: Shape;
  /** Something went wrong there. */
  bad: boolean;
  /** What it is about, and how it stands. */
  title: string;
  state: string;
  /** Where its line is found in the timeline: its revision, or its kind and moment. */
  rev: number | null;
  kind: LineKind;
};
export type Step<T> = { value: T; from: number; to: number };
export type Bar = { id: string; title: string; from: number; due: number; stop: number | null; state: "running" | "over" | "on_time" | "late"; words: string };
export type Course = { levels: Step<number>[]; phases: Step<string>[]; bars: Bar[]; items: Item[]; span: Span; now: number | null };

/** What is drawn, as rows of the room. */
export type Rows = {
  header: Header;
  phases: Phase[];
  deadlines: Iterable<Deadline>;
  statements: Iterable<Statement>;
  claims: Iterable<Claim>;
  shifts: Iterable<Shift>;
  /** The short name of an office. */
  office: (id: string) => string;
};

const ms = Date.parse;

function steps<T>(of: { value: T; at: number }[], end: number): Step<T>[] {
  return of.map(({ value, at }, index) => ({ value, from: at, to: Math.max(at, of[index + 1]?.at ?? end) }));
}

function barOf(deadline: Deadline, header: Header, now: number): Bar | null {
  // A claim's clock counts from a moment of the claim.
  const from = deadline.of?.from ?? header.anchors[deadline.due.anchor];
  if (deadline.asleep !== null || deadline.due_at === null || !from) return null;
  const due = ms(deadline.due_at);
  const stop = deadline.stopped ? ms(deadline.stopped.at) : null;
  const late = deadline.missed_at !== null || (stop !== null && stop > due);
  const state = stop !== null ? (late ? "late" : "on_time") : now > due ? "over" : "running";
  const told = { running: words.running(timeAndDay(due)), over: words.over(timeAndDay(due)), on_time: words.onTime(timeAndDay(stop ?? due)), late: words.late(timeAndDay(stop ?? due)) };
  // A limit that ends before its own moment (two hours before a conference) is drawn towards it.
  return { id: deadline.id, title: deadline.title, from: Math.min(ms(from), due), due, stop, state, words: told[state] };
}

/** Everything that stands on the line, as of `now`. */
export function courseOf({ header, phases, deadlines, statements, claims, shifts, office }: Rows, now: number): Course {
  const closed = header.closed ? ms(header.closed.by.at) : null;
  const end = closed ?? now;
  const bars = [...deadlines].flatMap((one) => barOf(one, header, now) ?? []).sort((a, b) => a.due - b.due || a.title.localeCompare(b.title, "vi"));
  const title = (code: string) => phases.find((phase) => phase.code === code)?.title ?? code;
  const items: Item[] = [];
  const put = (track: Track, kind: LineKind, key: string, at: number, shape: Shape, name: string, state: string, rev: number | null = null, bad = false) =>
    items.push({ key: `${track}-${key}`, track, at, shape, bad, title: name, state, rev, kind });
  header.course.levels.forEach((step, index, all) => {
    const before = all[index - 1]?.level;
    const how = before === undefined ? words.opened : before < step.level ? words.raised : words.lowered;
    put("level", "incident", String(step.rev), ms(step.at), "step", words.level(step.level, levelTitle[step.level]), how, step.rev);
  });
  for (const step of header.course.phases) put("phase", step.rev === header.course.levels[0]?.rev ? "incident" : "task", String(step.rev), ms(step.at), "step", title(step.phase), words.phase, step.rev);
  for (const bar of bars) {
    if (bar.stop !== null) put("deadline", "deadline", `${bar.id}-stop`, bar.stop, bar.state === "late" ? "cross" : "dot", bar.title, bar.words, null, bar.state === "late");
    put("deadline", "deadline", `${bar.id}-due`, bar.due, "tick", bar.title, bar.state === "over" ? bar.words : words.due(timeAndDay(bar.due)), null, bar.state === "over");
  }
  items.push(...[...statements].flatMap(ofStatement), ...[...claims].flatMap(ofClaim), ...ofDuty(shifts, office));
  if (closed !== null) put("phase", "incident", "closed", closed, "cross", words.closed, "", header.closed ? header.rev : null);
  items.sort((a, b) => a.at - b.at);
  const moments = [...Object.values(header.anchors).flatMap((at) => (at ? [ms(at)] : [])), ...items.map((item) => item.at), ...bars.map((bar) => bar.from), end];
  return {
    levels: steps(header.course.levels.map(({ level, at }) => ({ value: level, at: ms(at) })), end),
    phases: steps(header.course.phases.map(({ phase, at }) => ({ value: title(phase), at: ms(at) })), end),
    bars,
    items,
    span: widened({ from: Math.min(...moments), to: Math.max(...moments) }),
    now: closed === null ? now : null,
  };
}

/** A little room on both sides, and never a span of nothing. */
export function widened({ from, to }: Span): Span {
  const rim = Math.max((to - from) * 0.03, 5 * MINUTE);
  return { from: from - rim, to: to + rim };
}

/** Nothing can be told apart in less than this. */
export const SPAN_MIN = 10 * MINUTE;

export const place = (span: Span, width: number) => (at: number): number => ((at - span.from) / (span.to - span.from)) * width;
export const momentAt = (span: Span, width: number, x: number): number => span.from + (x / width) * (span.to - span.from);

/** Moves a span into the bounds; it is never longer than they are. */
export function within({ from, to }: Span, bounds: Span): Span {
  const length = Math.min(to - from, bounds.to - bounds.from);
  const begin = Math.min(Math.max(from, bounds.from), bounds.to - length);
  return { from: begin, to: begin + length };
}

/** Nearer (`factor` < 1) or farther, around a moment that stays where it is. */
export function zoomed(span: Span, factor: number, around: number, bounds: Span): Span {
  const all = bounds.to - bounds.from;
  const length = Math.min(Math.max((span.to - span.from) * factor, Math.min(SPAN_MIN, all)), all);
  const share = (around - span.from) / (span.to - span.from);
  return within({ from: around - share * length, to: around + (1 - share) * length }, bounds);
}

/** Sideways by a share of what is seen. */
export function panned(span: Span, share: number, bounds: Span): Span {
  const by = (span.to - span.from) * share;
  return within({ from: span.from + by, to: span.to + by }, bounds);
}

/** So that a moment is seen; unchanged where it is already. */
export function showing(span: Span, at: number, bounds: Span): Span {
  if (at >= span.from && at <= span.to) return span;
  const half = (span.to - span.from) / 2;
  return within({ from: at - half, to: at + half }, bounds);
}

const DAY = 24 * HOUR;
const STRIDES = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];
/** Vietnam's day begins here. */
const OFFSET = 7 * HOUR;

export type Tick = { at: number; label: string; day: boolean };
/** Round moments of Vietnam's clock, no closer together than `gap` of the width; a new day says its date. */
export function ticks(span: Span, width: number, gap = 72): Tick[] {
  const least = ((span.to - span.from) / Math.max(width, 1)) * gap;
  const stride = STRIDES.find((one) => one >= least) ?? least;
  const found: Tick[] = [];
  let day = "";
  for (let at = Math.ceil((span.from + OFFSET) / stride) * stride - OFFSET; at <= span.to; at += stride) {
    const here = dayKey(at);
    const turns = here !== day;
    day = here;
    found.push({ at, day: turns, label: turns ? (stride < DAY ? `${timeOnly(at)} ${dayShort(at)}` : dayShort(at)) : timeOnly(at) });
  }
  return found;
}

/** In which of a few rows each of these moments (in order) stands, so that marks do not cover each other. */
export function rowsOf(places: number[], gap: number, most: number): number[] {
  const ends: number[] = [];
  return places.map((x) => {
    const free = ends.findIndex((end) => x - end >= gap);
    // When all rows are full there, the one that ends first is the least covered.
    const row = free >= 0 ? free : ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    ends[row] = x;
    return row;
  });
}
