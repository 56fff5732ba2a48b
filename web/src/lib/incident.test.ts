// The client model: rows are put in place of older ones, and pages of older rows never undo newer ones.
import { describe, expect, it } from "vitest";
import type { Line, Message, Patch } from "../wire";
import { Incident } from "./incident.svelte";

const by = { person: "p", name: "P", title: "", office: null, at: "2024-09-10T14:00:00Z" };
const message = (id: string, rev: number, text = id): Message => ({ id, rev, sent: rev, text, by, origin: null });
const line = (made: number, rev: number, text = ""): Line => ({
  id: [made, 0],
  rev,
  kind: "entry",
  text,
  occurred_at: by.at,
  by,
  source: null,
  entry: `e-${made}`,
  corrected: null,
  origin: null,
});
const patch = (from: number, rev: number, rows: Partial<Patch> = {}): Patch => ({ from, rev, ...rows });
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => line(from + index, from + index));

describe("a patch", () => {
  it("replaces a row by a newer one and moves the revision", () => {
    const incident = new Incident();
    incident.apply(patch(0, 3, { messages: [message("a", 3)] }), "h3");
    incident.apply(patch(3, 4, { messages: [message("a", 4, "mới"), message("b", 4)] }), "h4");
    expect(incident.messages.get("a")?.text).toBe("mới");
    expect([incident.messages.size, incident.rev, incident.head]).toEqual([2, 4, "h4"]);
  });
  it("never goes back", () => {
    const incident = new Incident();
    incident.apply(patch(0, 5, { lines: [line(2, 5, "đính chính")] }), "h5");
    incident.apply(patch(1, 4, { lines: [line(2, 2, "lời cũ")] }), "h4");
    expect(incident.lines.get("2.0")?.text).toBe("đính chính");
    expect([incident.rev, incident.head]).toEqual([5, "h5"]);
  });
  it("from 0 forgets everything first", () => {
    const incident = new Incident();
    incident.apply(patch(0, 9, { messages: [message("a", 9)], lines: [line(1, 1)] }), "h9");
    incident.apply(patch(0, 2, { messages: [message("b", 2)] }), "h2");
    expect([...incident.messages.keys()]).toEqual(["b"]);
    expect([incident.lines.size, incident.rev, incident.head]).toEqual([0, 2, "h2"]);
  });
});

describe("older pages", () => {
  it("knows from where talk is whole, whatever stands apart from it", () => {
    const incident = new Incident();
    incident.apply(patch(0, 500, { messages: [message("a", 300), { ...message("ghim", 490), sent: 3 }], talk_from: 300 }), "h");
    incident.apply(patch(500, 501, { messages: [{ ...message("cũ", 501), sent: 7 }] }), "h501");
    expect(incident.talkFrom).toBe(300);
    incident.talkPage(patch(501, 501, { messages: [message("b", 100)], talk_from: 0 }));
    expect([incident.talkFrom, incident.messages.size, incident.rev]).toEqual([0, 4, 501]);
  });
  it("asks from where the server says that the lines go on, until nothing older is left", () => {
    const incident = new Incident();
    incident.apply(patch(0, 500, { lines: many(301, 200), lines_from: 301 }), "h");
    expect(incident.linesComplete).toBe(false);
    incident.page(301, patch(500, 500, { lines: many(101, 200), lines_from: 101 }));
    expect(incident.linesFrom).toBe(101);
    incident.page(101, patch(500, 500, { lines: many(1, 100), lines_from: 0 }));
    expect([incident.linesComplete, incident.lines.size, incident.rev]).toEqual([true, 500, 500]);
  });
  it("forgets what a page said about the end when everything was loaded anew meanwhile", () => {
    const incident = new Incident();
    incident.apply(patch(0, 500, { lines: many(301, 200), lines_from: 301 }), "h");
    incident.apply(patch(0, 900, { lines: many(701, 200), lines_from: 701 }), "h900");
    incident.page(301, patch(500, 500, { lines: many(101, 200), lines_from: 101 }));
    expect(incident.linesFrom).toBe(701);
  });
  it("does not undo a correction that came live", () => {
    const incident = new Incident();
    incident.apply(patch(0, 500, { lines: many(301, 200), lines_from: 301 }), "h");
    incident.apply(patch(500, 501, { lines: [line(5, 501, "đính chính")] }), "h501");
    incident.page(301, patch(501, 501, { lines: [line(5, 5, "lời cũ")], lines_from: 0 }));
    expect(incident.lines.get("5.0")?.text).toBe("đính chính");
  });
});
