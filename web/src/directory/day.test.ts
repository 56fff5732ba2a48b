// Who held a function on a day and around it, how an end is kept, and how a row stands towards being made public.
import { expect, test } from "vitest";
import type { FunctionRow, HolderRow, Publication } from "../wire";
import { endOf, heldOn, lastDay, lasted, standing } from "./day";

const holder = (office: string, from: string | null, to: string | null, now = false): HolderRow => ({ office, name: office, from, to, uncertain: false, note: null, now });

test("the holders of the day, those right before and those right after", () => {
  const row: FunctionRow = {
    code: "a",
    name: "A",
    elsewhere: null,
    holders: [holder("older", null, "2020-12-31"), holder("a", null, "2025-02-28"), holder("b", null, "2025-02-28"), holder("now", "2025-03-01", "2025-06-30", true), holder("next", "2025-07-01", null)],
  };
  const held = heldOn(row, "2025-03-15");
  const offices = (rows: HolderRow[]) => rows.map((one) => one.office);
  expect([offices(held.before), offices(held.now), offices(held.after)]).toEqual([["a", "b"], ["now"], ["next"]]);
  expect(heldOn({ ...row, holders: [holder("only", null, null, true)] }, "2025-03-15")).toMatchObject({ before: [], after: [] });
});

test("the last day of something is the whole of that day", () => {
  expect(endOf("2026-12-31")).toBe("2026-12-31T17:00:00.000Z");
  expect(lastDay(endOf("2026-12-31"))).toBe("2026-12-31");
  expect(lasted("2025-03-01", "2025-06-30")).toBe("1/3/2025 – 30/6/2025");
  expect([lasted("2025-03-01", null), lasted(null, "2025-06-30")]).toEqual(["từ 1/3/2025", "đến hết 30/6/2025"]);
});

test("a row is due, over, public, late, or changed since it was public", () => {
  const due_at = "2026-11-11T03:00:00Z";
  const [before, after] = [Date.parse(due_at) - 1, Date.parse(due_at) + 1];
  const published = (at: number): Publication => ({ at: new Date(at).toISOString(), link: null, recorded: { person: "p", name: "P", title: "", office: null, at: due_at } });
  const row = { due_at, published: null, stale: false };
  expect(standing(row, before)).toBe("due");
  expect(standing(row, after)).toBe("over");
  expect(standing({ ...row, due_at: null }, after)).toBe("none");
  expect(standing({ ...row, published: published(before) }, after)).toBe("public");
  expect(standing({ ...row, published: published(after) }, after)).toBe("late");
  expect(standing({ ...row, published: published(before), stale: true }, after)).toBe("stale");
});
