// How a figure reads: lateness is said, what is missing is no nought.
import { expect, it } from "vitest";
import { figureWords } from "./words";

it("says lengths, lateness and shares in words", () => {
  const read = (seconds: number, measure = "margin") => figureWords({ is: "length", seconds }, measure);
  expect([read(4500), read(45), read(0), read(-600), read(-600, "first_statement")]).toEqual(["1 giờ 15 phút", "45 giây", "0 giây", "muộn 10 phút", "trước mốc 10 phút"]);
  expect(figureWords({ is: "share", part: 2, whole: 3 }, "tasks_in_time")).toBe("2/3 (67%)");
  expect(figureWords({ is: "count", count: 0 }, "corrections")).toBe("0");
  expect(figureWords({ is: "not_yet", why: "Chưa." }, "margin")).toBe("chưa có");
  expect(figureWords({ is: "not_applicable", why: "Không." }, "margin")).toBe("không áp dụng");
});
