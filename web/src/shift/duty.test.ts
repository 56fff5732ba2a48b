// Who is on duty, who is there, and how loud an office's silence has become.
import { describe, expect, it } from "vitest";
import { MINUTE } from "../lib/time";
import type { Handover, Office, Shift } from "../wire";
import { isHere, offerOf, onDuty, past, silent } from "./duty";

const NOON = Date.parse("2024-09-10T05:00:00Z");
const act = { person: "p", name: "P", title: "", office: "a", at: "2024-09-10T05:00:00Z" };
const office = (id: string, order: number, minutes: number, accepted = false): Office => ({
  id, rev: 1, name: id, short: id, seat: true, order, asked_at: new Date(NOON - minutes * MINUTE).toISOString(), accepted: accepted ? act : null,
});
const handover = (id: string, open: boolean): Handover => ({
  id, to: { person: "q", name: "Q", title: "" }, note: { at: act.at, items: [] }, remark: null, offered: act, outcome: open ? null : { kind: "taken_back", by: act },
});
const shift = (id: string, over: Partial<Shift> = {}): Shift => ({
  id, rev: 1, office: "a", officer: { person: "p", name: "P", title: "" }, from: act.at, begun: act, relief: null, handovers: [], ended: null, ...over,
});
const ended = { by: act, next: null, reason: null };

describe("silence of offices", () => {
  it("names those that have not accepted, the longest first, and gets louder at five and at fifteen minutes", () => {
    const offices = [office("a", 0, 4), office("b", 1, 5), office("c", 2, 60, true), office("d", 3, 15)];
    expect(silent(offices, NOON).map((one) => [one.office.id, one.loudness])).toEqual([["d", 2], ["b", 1], ["a", 0]]);
  });
  it("names seats before others, and others never get loud", () => {
    const other = { ...office("x", 4, 60), seat: false };
    expect(silent([other, office("a", 0, 4)], NOON).map((one) => [one.office.id, one.loudness])).toEqual([["a", 0], ["x", 0]]);
  });
  it("keeps the order of precedence among equals, and is never negative when a clock is behind", () => {
    expect(silent([office("b", 1, 3), office("a", 0, 3)], NOON).map((one) => one.office.id)).toEqual(["a", "b"]);
    expect(silent([office("a", 0, -2)], NOON)[0]).toMatchObject({ length: 0, loudness: 0 });
  });
});

describe("duty", () => {
  it("is the one that has not ended, and a handover waits only there", () => {
    const old = shift("d-1", { ended, handovers: [handover("h-0", true)] });
    const now = shift("d-2", { handovers: [handover("h-1", false), handover("h-2", true)] });
    expect(onDuty([old, now], "a")?.id).toBe("d-2");
    expect(onDuty([old], "a")).toBeNull();
    expect([offerOf(now)?.id, offerOf(old), offerOf(null)]).toEqual(["h-2", null, null]);
    expect(past([old, now], "a").map((row) => row.id)).toEqual(["d-1"]);
  });
  it("is here or away only when somebody can know", () => {
    const people = [{ person: "p", name: "P", office: "a", at: null, typing: false }];
    expect([isHere(people, shift("d"), true), isHere([], shift("d"), true), isHere(people, shift("d"), false), isHere(people, null, true)]).toEqual([true, false, null, null]);
  });
});
