import { expect, test } from "vitest";
import type { Task } from "../wire";
import { inOrder, matches, sectionOf } from "./task-order";

const NOW = Date.parse("2026-03-01T05:00:00Z");
const by = (person: string, at = "2026-03-01T04:00:00Z") => ({ person, name: person, title: "Trực", office: "stt", at });
const named = (person: string) => ({ person, name: person, title: "Trực", office: "stt" });

function task(id: string, seq: number, more: Partial<Task> = {}): Task {
  return {
    id, seq, phase: "a", title: id, function: "f", function_title: "F", office: "stt", support: [], due: null, mandatory: false,
    basis: [], output: null, rev: 1, due_at: null, progress: { state: "open" }, asleep: null, woken_at: null, ...more,
  };
}

test("late first, then what is due first, what has no date last, and what is done below it, the newest first", () => {
  const tasks = [
    task("done", 1, { progress: { state: "done", by: by("a"), note: null } }),
    task("later-done", 2, { progress: { state: "done", by: by("a", "2026-03-01T04:30:00Z"), note: null } }),
    task("undated", 3),
    task("soon", 4, { due_at: "2026-03-01T06:00:00Z" }),
    task("over", 5, { due_at: "2026-03-01T04:00:00Z" }),
    task("more-over", 6, { due_at: "2026-03-01T03:00:00Z" }),
    task("undated-too", 7),
  ];
  expect([...tasks].sort(inOrder).map((one) => one.id)).toEqual(["more-over", "over", "soon", "undated", "undated-too", "later-done", "done"]);
  expect(tasks.map((one) => sectionOf(one, NOW))).toEqual(["ended", "ended", "undated", "due", "over", "over", "undated"]);
});

test("mine is what I am at, what I was given, and what of my office nobody is at", () => {
  const me = { person: "me", office: "stt" };
  const mine = (one: Task) => matches.mine(one, me);
  expect(mine(task("nobody's", 1))).toBe(true);
  expect(mine(task("taken by me", 1, { progress: { state: "taken", by: by("me") }, office: "vpub" }))).toBe(true);
  expect(mine(task("given to me", 1, { office: "vpub", named: named("me") }))).toBe(true);
  expect(mine(task("a colleague's", 1, { named: named("her") }))).toBe(false);
  expect(mine(task("taken by a colleague", 1, { progress: { state: "taken", by: by("her") } }))).toBe(false);
  expect(mine(task("another office's", 1, { office: "vpub" }))).toBe(false);
  expect(matches.office(task("a colleague's", 1, { named: named("her") }), me)).toBe(true);
  expect(matches.all(task("another office's", 1, { office: "vpub" }), me)).toBe(true);
});
