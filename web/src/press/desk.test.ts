import { expect, test } from "vitest";
import type { Enquiry, Meeting } from "../wire";
import { inOrder, isOpen } from "./desk";

const by = { person: "a", name: "Nguyễn Văn Thử", title: "Trực", office: null, at: "2026-03-01T05:00:00Z" };
function question(id: string, received_at: string, due_at?: string, done = false): Enquiry {
  const outcome = done ? ({ kind: "answered", statement: null, note: "đã gọi", at: received_at, by } as const) : null;
  return { id, rev: 1, asked: { outlet: "Báo Thử", question: "?", received_at, ...(due_at ? { due_at } : {}) }, entered: by, outcome, corrected: null, struck: null };
}
const meeting = (id: string, held_at: string): Meeting => ({ id, rev: 1, held: { kind: "press_conference", held_at }, recorded: by, corrected: null, struck: null });

test("questions that wait come first, by the hour that was promised; what is done follows, the newest first", () => {
  const rows = inOrder(
    [
      question("done", "2026-03-01T09:00:00Z", undefined, true),
      question("unpromised", "2026-03-01T01:00:00Z"),
      question("late", "2026-03-01T02:00:00Z", "2026-03-01T08:00:00Z"),
      question("soon", "2026-03-01T03:00:00Z", "2026-03-01T04:00:00Z"),
      { ...question("struck", "2026-03-01T00:30:00Z"), struck: { by, reason: "hai lần" } },
    ],
    [meeting("held", "2026-03-01T10:00:00Z")],
  );
  expect(rows.map((row) => row.id)).toEqual(["soon", "late", "unpromised", "held", "done", "struck"]);
});

test("what was struck out waits for nobody", () => {
  expect(isOpen(question("a", "2026-03-01T01:00:00Z"))).toBe(true);
  expect(isOpen({ ...question("a", "2026-03-01T01:00:00Z"), struck: { by, reason: "nhầm" } })).toBe(false);
});
