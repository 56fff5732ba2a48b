// Who was away, and from where they missed something.
import { beforeEach, describe, expect, it } from "vitest";
import { ABSENCE_MIN_MS, Absence } from "./absence";

const NOON = Date.parse("2024-09-10T05:00:00Z");
let kept: Map<string, string>;
const storage = () => ({ getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
const absence = () => new Absence(storage(), "k");

beforeEach(() => {
  kept = new Map();
});

describe("being away", () => {
  it("is nothing on a first visit, and for who looks all the time", () => {
    const one = absence();
    expect(one.place(null)).toBeNull();
    expect(one.looks(5, NOON, null)).toBeNull();
    for (let n = 1; n <= 100; n += 1) expect(one.looks(5 + n, NOON + n * 30_000, null)).toBeNull();
  });
  it("is nothing when it was short, and nothing when nothing happened", () => {
    const one = absence();
    one.looks(5, NOON, null);
    expect(one.looks(9, NOON + ABSENCE_MIN_MS - 1, null)).toBeNull();
    expect(one.looks(9, NOON + 10 * ABSENCE_MIN_MS, null)).toBeNull();
  });
  it("says from where something was missed, over a closed browser too, until it was read", () => {
    absence().looks(5, NOON, null);
    const back = NOON + 2 * 60 * 60_000;
    const later = absence();
    expect(later.looks(9, back, null)).toEqual({ rev: 5, at: NOON });
    expect(later.looks(11, back + 60_000, null)).toEqual({ rev: 5, at: NOON });
    later.sees(11, back + 60_000);
    expect(later.looks(12, back + 61_000, null)).toBeNull();
  });
  it("believes what was acknowledged on another device", () => {
    absence().looks(5, NOON, null);
    const one = absence();
    const told = { rev: 20, at: NOON + 60 * 60_000 };
    expect(one.looks(20, NOON + 2 * 60 * 60_000, told)).toBeNull();
    expect(absence().looks(25, NOON + 3 * 60 * 60_000, null)).toMatchObject({ rev: 20 });
  });
  it("is not deceived by a clock that was put back", () => {
    absence().looks(5, NOON, null);
    expect(absence().looks(9, NOON - 5 * 60 * 60_000, null)).toBeNull();
  });
  it("goes on when nothing can be kept, and with rubbish in its place", () => {
    const full = new Absence({ getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("full"); } }, "k");
    full.looks(5, NOON, null);
    expect(full.looks(9, NOON + ABSENCE_MIN_MS, null)).toEqual({ rev: 5, at: NOON });
    for (const rubbish of ["{", "[]", '{"rev":"x"}', "7", '{"rev":null,"at":{}}']) {
      kept.set("k", rubbish);
      expect(absence().place(null)?.rev ?? 0).toBe(0);
    }
  });
});
