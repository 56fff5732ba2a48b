// Whether this person was away, and up to where they had seen the room on this device: a convenience kept in the
// browser. What they have acknowledged is on the record, and counts on every device.
import { ABSENCE_MIN_MINUTES } from "../wire";

/** Who was away for less has missed what they can read up in a minute. */
export const ABSENCE_MIN_MS = ABSENCE_MIN_MINUTES * 60_000;
/** How often the place is written down while somebody looks. */
const WRITE_MS = 5_000;

/** Up to which revision somebody has seen the room, and when they last looked. Device time. */
export type Place = { rev: number; at: number };
type Kept = Pick<Storage, "getItem" | "setItem">;

export class Absence {
  /** In case nothing can be kept. */
  private memory: Place | null = null;
  private written = 0;

  constructor(
    private readonly kept: Kept,
    private readonly key: string,
  ) {}

  /** The newest place that is known: of this device, of another of its windows, or of the record. */
  place(onRecord: Place | null): Place | null {
    const places = [this.memory, this.read(), onRecord].filter((place) => place !== null);
    if (places.length === 0) return null;
    return { rev: Math.max(...places.map((place) => place.rev)), at: Math.max(...places.map((place) => place.at)) };
  }

  /** Somebody looks at the room as of `rev`. Answers from where they missed something; null when they were not away. */
  looks(rev: number, now: number, onRecord: Place | null): Place | null {
    const place = this.place(onRecord);
    // A clock that was put back since says nothing about an absence.
    if (place && now - place.at >= ABSENCE_MIN_MS && rev > place.rev) return place;
    this.sees(rev, now);
    return null;
  }

  /** They have seen it: a brief was read, or there was nothing to tell. */
  sees(rev: number, now: number): void {
    const place = { rev: Math.max(rev, this.memory?.rev ?? 0), at: now };
    const due = rev !== this.memory?.rev || now - this.written >= WRITE_MS || now < this.written;
    this.memory = place;
    if (!due) return;
    this.written = now;
    try {
      this.kept.setItem(this.key, JSON.stringify(place));
    } catch {
      // Storage full or forbidden: it is known as long as the page lives.
    }
  }

  private read(): Place | null {
    try {
      const place: unknown = JSON.parse(this.kept.getItem(this.key) ?? "null");
      const fits = typeof place === "object" && place !== null && "rev" in place && "at" in place;
      return fits && Number.isFinite(place.rev) && Number.isFinite(place.at) ? { rev: Number(place.rev), at: Number(place.at) } : null;
    } catch {
      return null;
    }
  }
}
