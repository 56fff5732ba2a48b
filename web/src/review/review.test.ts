// How far the day of an action is, and whose list it stands in.
import { expect, it } from "vitest";
import type { OpenAction } from "../wire";
import { howFar, ofWhom, WHOSE } from "./review";

it("says how far a day is, over the end of a month and of a year", () => {
  expect(["2026-03-01", "2026-02-28", "2026-02-27", "2026-02-01"].map((due) => howFar(due, "2026-02-28"))).toEqual([
    "còn 1 ngày",
    "hết hạn hôm nay",
    "quá hạn 1 ngày",
    "quá hạn 27 ngày",
  ]);
  expect(howFar("2027-01-01", "2026-12-31")).toBe("còn 1 ngày");
});

it("what is a colleague's by name is the office's and not mine", () => {
  const action = (mine: boolean, office: boolean) => ({ mine, office }) as OpenAction;
  const all = [action(true, true), action(false, true), action(false, false)];
  expect(WHOSE.map((whose) => all.filter(ofWhom[whose]).length)).toEqual([1, 2, 3]);
});
