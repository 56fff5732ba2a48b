// Time as the office reads it: the server's clock, Asia/Ho_Chi_Minh, 24 hours. Vietnam has no summer time.
import { newId } from "./id";
import { keep, readKept } from "./kept";

const ZONE = "Asia/Ho_Chi_Minh";
const OFFSET = "+07:00";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** As many beats as are compared: a slow message makes the server look late, so the latest reading is right. */
const SAMPLES = 8;
/** The device's clock moved against one that nobody sets: it was set, or the device slept. What was compared is void. */
const SET_MS = 5_000;

/** What the clock is read from, so that tests can give others. */
export type Sources = {
  device: () => number;
  /** Milliseconds by a clock that nobody sets. */
  monotonic: () => number;
  /** How far the server's clock was from the device's when an earlier page last heard it. */
  readOffset: () => number | null;
  keepOffset: (offset: number) => void;
  /** Which page this is. */
  page: string;
};

const KEPT = "phongtruc.offset";
const browser: Sources = {
  device: Date.now,
  monotonic: () => performance.now(),
  readOffset: () => {
    const kept = Number.parseInt(readKept(KEPT), 10);
    return Number.isNaN(kept) ? null : kept;
  },
  keepOffset: (offset) => void keep(KEPT, String(Math.round(offset))),
  page: newId(),
};

/** The server's clock, as far as this device can tell. */
export class Clock {
  /** The server has said its time to this page. */
  known = false;
  private samples: number[] = [];
  private offset: number | null;
  private drift = 0;
  private readonly from: Sources;

  constructor(device: () => number = Date.now, more: Partial<Sources> = {}) {
    this.from = { ...browser, device, ...more };
    this.offset = this.from.readOffset();
  }

  /** The server said that it is `now`. */
  set(now: string): void {
    const said = Date.parse(now);
    if (Number.isNaN(said)) return;
    const device = this.from.device();
    const drift = device - this.from.monotonic();
    if (Math.abs(drift - this.drift) > SET_MS) this.samples = [];
    this.drift = drift;
    this.samples = [...this.samples, said - device].slice(-SAMPLES);
    const offset = Math.max(...this.samples);
    if (!this.known || offset !== this.offset) this.from.keepOffset(offset);
    this.offset = offset;
    this.known = true;
  }

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.from.device() + (this.offset ?? 0);
  }

  /** All that is known of the time at this moment. */
  reading(): { known: boolean; device: number; offset: number | null; monotonic: number; page: string } {
    const { known, offset, from } = this;
    return { known, device: from.device(), offset, monotonic: from.monotonic(), page: from.page };
  }
}

export const clock = new Clock();

type Moment = string | number;
const ms = (moment: Moment) => (typeof moment === "number" ? moment : Date.parse(moment));

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  weekday: "short",
});
const WEEKDAYS: Record<string, string> = {
  Mon: "thứ Hai",
  Tue: "thứ Ba",
  Wed: "thứ Tư",
  Thu: "thứ Năm",
  Fri: "thứ Sáu",
  Sat: "thứ Bảy",
  Sun: "Chủ nhật",
};

function parts(moment: Moment): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { type, value } of PARTS.formatToParts(ms(moment))) found[type] = value;
  return found;
}

/** `2024-09-10`: the local day, for grouping. */
export function dayKey(moment: Moment): string {
  const { year, month, day } = parts(moment);
  return `${year}-${month}-${day}`;
}

/** `21:04` */
export function timeOnly(moment: Moment): string {
  const { hour, minute } = parts(moment);
  return `${hour}:${minute}`;
}

/** `10/9` or, in another year than `now`, `10/9/2024`. */
export function dayShort(moment: Moment, now: number = clock.now()): string {
  const { year, month, day } = parts(moment);
  const short = `${Number(day)}/${Number(month)}`;
  return parts(now)["year"] === year ? short : `${short}/${year}`;
}

/** `thứ Ba 10/9/2024` */
export function dayLong(moment: Moment): string {
  const { year, month, day, weekday = "" } = parts(moment);
  return `${WEEKDAYS[weekday]} ${Number(day)}/${Number(month)}/${year}`;
}

/** `21:04` today, else `21:04 · 10/9`. */
export function timeAndDay(moment: Moment, now: number = clock.now()): string {
  return dayKey(moment) === dayKey(now) ? timeOnly(moment) : `${timeOnly(moment)} · ${dayShort(moment, now)}`;
}

/** `21:04:33, thứ Ba 10/9/2024 (giờ Việt Nam)`: for tooltips and records. */
export function full(moment: Moment): string {
  return `${timeOnly(moment)}:${parts(moment)["second"]}, ${dayLong(moment)} (giờ Việt Nam)`;
}

/** A length of time in words: `35 phút`, `2 giờ 5 phút`, `3 ngày 4 giờ`. Never negative. */
export function lengthInWords(length: number): string {
  const minutes = Math.floor(Math.max(0, length) / MINUTE);
  if (minutes < 60) return `${minutes} phút`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} giờ ${minutes % 60} phút` : `${hours} giờ`;
  const days = Math.floor(hours / 24);
  return days < 30 && hours % 24 ? `${days} ngày ${hours % 24} giờ` : `${days} ngày`;
}

/** `vừa xong`, `12 phút trước`, `còn 3 giờ` seen from `now`. */
export function ago(moment: Moment, now: number = clock.now()): string {
  const past = now - ms(moment);
  if (past >= 0 && past < MINUTE) return "vừa xong";
  if (past < 0 && past > -MINUTE) return "còn dưới 1 phút";
  return past > 0 ? `${lengthInWords(past)} trước` : `còn ${lengthInWords(-past)}`;
}

/** `07:12:09`, hours unbounded (`49:00:00`); the length, without a sign. */
export function hms(length: number): string {
  const seconds = Math.floor(Math.abs(length) / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

export type Urgency = "calm" | "soon" | "urgent" | "over";
/** How near a moment is: amber under 6 hours, red under 2, then over. */
export function urgency(due: Moment, now: number = clock.now()): Urgency {
  const left = ms(due) - now;
  if (left <= 0) return "over";
  return left < 2 * HOUR ? "urgent" : left < 6 * HOUR ? "soon" : "calm";
}

/** Minutes between happening and recording, when more than ten; else null. */
export function lateMinutes(occurred: Moment, recorded: Moment): number | null {
  const minutes = Math.floor((ms(recorded) - ms(occurred)) / MINUTE);
  return minutes > 10 ? minutes : null;
}

/** The value of an `<input type="datetime-local">`, in Vietnam's time. */
export function toInput(moment: Moment): string {
  return `${dayKey(moment)}T${timeOnly(moment)}`;
}

/** The moment that such a field says, as the wire wants it; null when it is not one. */
export function fromInput(value: string): string | null {
  const at = Date.parse(`${value.slice(0, 16)}:00${OFFSET}`);
  return value.length >= 16 && !Number.isNaN(at) ? new Date(at).toISOString() : null;
}

/** `21:04` from what people type: `21:04`, `21h4`, `21 giờ 04`, `2104`, `9`. Null when it is no time of day. */
export function readTime(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const found = /^(\d{1,2})(?:\s*(?::|\.|h|g|giờ)\s*(\d{1,2})?\s*(?:p|phút)?)?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  if (!found || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `2024-09-10` from `10/9`, `10-9-2024`, `10.9.24`; the year of `now` when none is said. Null when there is no such day. */
export function readDay(typed: string, now: number = clock.now()): string | null {
  const found = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(typed.trim());
  if (!found) return null;
  const [, day = "", month = "", said] = found;
  const year = said === undefined ? dayKey(now).slice(0, 4) : said.length === 2 ? `20${said}` : said;
  const key = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = Date.parse(`${key}T12:00:00${OFFSET}`);
  return !Number.isNaN(at) && dayKey(at) === key ? key : null;
}

/** The day on which it was last that time: at 5 in the morning, "21:04" is yesterday's. */
export function lastDayAt(time: string, now: number = clock.now()): string {
  const today = dayKey(now);
  return Date.parse(momentOf(today, time)) <= now + 2 * MINUTE ? today : dayKey(now - DAY);
}

/** The day on which it will next be that time: at 22, "05:00" is tomorrow's. */
export function nextDayAt(time: string, now: number = clock.now()): string {
  const today = dayKey(now);
  return Date.parse(momentOf(today, time)) >= now - 2 * MINUTE ? today : dayKey(now + DAY);
}

/** The moment of a day and a time in Vietnam, as the wire wants it. */
export function momentOf(day: string, time: string): string {
  return new Date(`${day}T${time}:00${OFFSET}`).toISOString();
}

/** `10/9/2024` */
export function dayTyped(moment: Moment): string {
  const { year, month, day } = parts(moment);
  return `${Number(day)}/${Number(month)}/${year}`;
}

export { DAY, HOUR, MINUTE };
