// What is asked survives the address bar, and days are whole days of the office.
import { expect, it } from "vitest";
import { NOTHING, read, sent, written, type Asked } from "./query";

const NOW = Date.parse("2026-03-01T05:00:00Z");

it("comes back from the address bar as it was", () => {
  const asked: Asked = { words: "vỡ đập & lũ?", person: "Bịa", kinds: ["line", "fact"], incident: "su-co-1", times: "own", from: "1/3", until: "2/3", page: 2 };
  expect(read(written(asked))).toEqual(asked);
  expect(written(NOTHING)).toBe("");
  expect(read("?loai=x,line&luc=bậy&trang=-4")).toEqual({ ...NOTHING, kinds: ["line"] });
});

it("asks for whole days of the office's wall clock", () => {
  expect(sent({ ...NOTHING, words: "a", times: "own", from: "28/2", until: "28/2" }, NOW)).toEqual({
    q: "a",
    from: "2026-02-27T17:00:00.000Z",
    until: "2026-02-28T17:00:00.000Z",
  });
  expect(sent({ ...NOTHING, words: "a", times: "own", from: "hôm qua" }, NOW)).toEqual({ q: "a" });
  expect(sent({ ...NOTHING, words: "a", times: "week", page: 1 }, NOW)).toEqual({ q: "a", from: "2026-02-22T05:00:00.000Z", page: "1" });
});
