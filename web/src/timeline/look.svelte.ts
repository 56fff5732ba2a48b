// One look into the timeline: the filter, what of it the room already has, and what the server adds. The room holds the
// newest lines; a filter has to see all of them, so the server answers as long as some are not here.
import { api, wordsOf } from "../lib/api";
import { lineKey } from "../lib/incident.svelte";
import type { Room } from "../lib/room.svelte";
import type { Line, LineOrder, LinePage } from "../wire";
import { fitting, fromSearch, isFiltering, newestFirst, NONE, toQuery, type Filter } from "./filter";

const ORDER = "phongtruc.order";
/** A filter is kept while its room is: back from a statement, the same lines stand there. */
const kept = new WeakMap<Room, Filter>();

/** `12.0`, as addresses write a line. */
export const lineHash = (line: Pick<Line, "id">): string => `#line-${line.id[0]}.${line.id[1]}`;
export function hashedLine(hash: string): [number, number] | null {
  const found = /^#line-(\d+)\.(\d+)$/.exec(hash);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export class Look {
  filter: Filter = $state.raw(NONE);
  /** A line that is far from what is here: the server shows it among its neighbours. */
  around: [number, number] | null = $state.raw(null);
  busy = $state(false);
  error: string | null = $state(null);
  private answer: LinePage | null = $state.raw(null);
  private found: Map<string, Line> = $state.raw(new Map());
  private asking: AbortController | null = null;
  private asked: { what: string; done: boolean; answer: Promise<void> } | null = null;

  constructor(private readonly room: Room) {
    const asked = fromSearch(location.search, this.order());
    this.filter = isFiltering(asked) ? asked : { ...(kept.get(room) ?? NONE), order: asked.order };
  }

  /** The device's own order. */
  order(): LineOrder {
    return localStorage.getItem(ORDER) === "occurred" ? "occurred" : "recorded";
  }

  /** Something is asked that the room's own newest lines cannot answer. */
  readonly asks = $derived.by(() => {
    const whole = this.room.incident.linesComplete;
    return !whole && (isFiltering(this.filter) || this.filter.order === "occurred" || this.around !== null);
  });

  private readonly fits = $derived(fitting(this.filter));
  /** Lines that came after the server answered. */
  private readonly arrived = $derived.by(() => {
    const rev = this.answer?.rev ?? Infinity;
    return [...this.room.incident.lines.values()].filter((line) => line.id[0] > rev);
  });

  readonly lines: Line[] = $derived.by(() => {
    const { incident } = this.room;
    const order = newestFirst(this.filter.order);
    if (!this.asks || this.answer === null) {
      // Without a gap: an old line that changed is here before its neighbours are.
      const here = [...incident.lines.values()].filter((line) => line.id[0] >= incident.linesFrom);
      return here.filter(this.fits).sort(order);
    }
    const lines = new Map<string, Line>();
    for (const [key, line] of this.found) lines.set(key, incident.lines.get(key) ?? line);
    const last = [...this.found.values()].at(-1);
    const beyond = (line: Line) => this.answer?.older === 0 || !last || order(line, last) < 0;
    if (this.newer === 0) for (const line of this.arrived) if (beyond(line)) lines.set(lineKey(line), line);
    return [...lines.values()].filter(this.fits).sort(order);
  });

  /** Lines before the first one here, while the look is around one line. */
  private readonly newer = $derived(this.around !== null ? (this.answer?.newer ?? 0) : 0);

  /** How many lines this look hides. */
  readonly hidden = $derived.by(() => {
    if (!this.asks) return this.room.incident.lines.size - this.lines.length;
    if (this.answer === null) return null;
    const unseen = this.newer === 0 ? this.arrived.filter((line) => !this.fits(line)).length : this.arrived.length;
    return this.answer.total - this.answer.matched + this.newer + unseen;
  });

  /** More lines fit than are here. */
  readonly more = $derived.by(() => (this.asks ? (this.answer?.older ?? 0) > 0 : !this.room.incident.linesComplete));

  /** Everybody who recorded a line. */
  readonly people = $derived.by(() => {
    const people = new Map((this.answer?.people ?? []).map((one) => [one.person, one.name]));
    for (const line of this.room.incident.lines.values()) if (!people.has(line.by.person)) people.set(line.by.person, line.by.name);
    return [...people].map(([person, name]) => ({ person, name })).sort((a, b) => a.name.localeCompare(b.name, "vi"));
  });

  /** An old line changed after the server judged it: it has to judge again. */
  readonly stale = $derived.by(() => {
    const rev = this.answer?.rev;
    if (!this.asks || rev === undefined) return false;
    for (const line of this.room.incident.lines.values()) if (line.rev > rev && line.id[0] <= rev) return true;
    return false;
  });

  set(filter: Filter): void {
    if (filter.order !== this.filter.order) localStorage.setItem(ORDER, filter.order);
    this.filter = filter;
    kept.set(this.room, filter);
    this.around = null;
  }

  /** Asks from the beginning; what was found before stays until the answer is here. Whoever asks the same waits for it. */
  ask(): Promise<void> {
    const around: Record<string, string> = this.around ? { around: this.around.join(".") } : {};
    const what = this.asks ? JSON.stringify([this.filter, around]) : "";
    if (this.asked?.what === what && !this.asked.done) return this.asked.answer;
    this.asking?.abort();
    if (!this.asks) {
      this.answer = this.error = this.asking = this.asked = null;
      this.busy = false;
      return Promise.resolve();
    }
    const asked = { what, done: false, answer: this.fetch(around, () => new Map()) };
    this.asked = asked;
    return asked.answer.finally(() => (asked.done = true));
  }

  /** The next page of what is looked at. */
  async next(): Promise<void> {
    if (this.busy) return;
    if (!this.asks) {
      this.busy = true;
      try {
        await this.room.older();
        this.error = null;
      } catch (error) {
        this.error = wordsOf(error);
      }
      this.busy = false;
      return;
    }
    const last = [...this.found.values()].at(-1);
    await this.fetch(last ? { after: lineKey(last) } : {}, () => new Map(this.found));
  }

  private async fetch(from: Record<string, string>, before: () => Map<string, Line>): Promise<void> {
    const asking = (this.asking = new AbortController());
    this.busy = true;
    try {
      const page = await api.lines(this.room.id, { ...toQuery(this.filter), ...from }, asking.signal);
      const found = before();
      for (const line of page.lines) found.set(lineKey(line), line);
      const paged = "after" in from && this.answer;
      this.found = found;
      // Arrivals are counted from the first answer on, and so is what stands before it.
      this.answer = paged ? { ...page, rev: paged.rev, total: paged.total, matched: paged.matched, newer: paged.newer } : page;
      this.error = null;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.error = wordsOf(error);
    }
    if (this.asking === asking) this.busy = false;
  }
}
