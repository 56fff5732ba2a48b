// What is inserted between two lines has a time between theirs.
import { expect, it } from "vitest";
import { between } from "./between";

it("is half way, on a whole minute where there is one", () => {
  expect(between("2026-03-01T05:00:00Z", "2026-03-01T06:00:00Z")).toBe("2026-03-01T05:30:00.000Z");
  expect(between("2026-03-01T06:00:10Z", "2026-03-01T05:00:00Z")).toBe("2026-03-01T05:30:00.000Z");
  expect(between("2026-03-01T05:00:10Z", "2026-03-01T05:00:30Z")).toBe("2026-03-01T05:00:20.000Z");
  expect(between("2026-03-01T05:00:10Z", "2026-03-01T05:00:10Z")).toBe("2026-03-01T05:00:10.000Z");
});
