import { beforeEach, expect, test } from "vitest";
import { forgetDraft, keepDraft, linesChanged, placeOfLine, readDraft } from "./draft";
import { diffLines, hunks } from "./hunks";
import { conditionOf, limitOf } from "./limits";

const due = { anchor: "received_at", amount: 1440, counted: "elapsed", source: "law" } as const;

test("limits read as the office wrote them", () => {
  expect(limitOf(due)).toBe("24 giờ kể từ khi tiếp nhận, xử lý theo thẩm quyền");
  expect(limitOf({ ...due, amount: 15 })).toMatch(/^15 phút kể từ khi/);
  expect(limitOf({ ...due, amount: 90 })).toMatch(/^90 phút/);
  expect(limitOf({ ...due, amount: 720, counted: "working_hours" })).toMatch(/^12 giờ làm việc/);
  expect(limitOf({ ...due, amount: 30, counted: "calendar_days" })).toMatch(/^30 ngày kể từ/);
  expect(limitOf({ ...due, anchor: "conference_at", before: true })).toBe("24 giờ trước khi họp báo");
  expect(limitOf({ ...due, anchor: "labelled_at", amount: 0 })).toBe("ngay khi gắn nhãn");
});

test("any one part of a condition is enough", () => {
  expect(conditionOf({ any: [{ kind: "level", at_least: 3 }, { kind: "answer", question: "Có người nước ngoài?", yes: false }] })).toBe(
    "mức từ 3; hoặc trả lời không: «Có người nước ngoài?»",
  );
});

beforeEach(() => localStorage.clear());

test("what is being edited survives the tab, for this playbook and this person", () => {
  expect(readDraft("tin_gia", "a")).toBeNull();
  expect(keepDraft("tin_gia", "a", { base: "d", text: "chữ" })).toBe(true);
  expect(readDraft("tin_gia", "a")).toEqual({ base: "d", text: "chữ" });
  expect(readDraft("tin_gia", "b")).toBeNull();
  expect(readDraft("thien_tai", "a")).toBeNull();
  forgetDraft("tin_gia", "a");
  expect(readDraft("tin_gia", "a")).toBeNull();
});

test("something that is no draft is none", () => {
  localStorage.setItem("phongtruc.playbook.tin_gia.a", "{\"base\":1}");
  expect(readDraft("tin_gia", "a")).toBeNull();
});

test("changed lines are counted, moved ones are not", () => {
  expect(linesChanged("a\nb\nc", "a\nb\nc")).toBe(0);
  expect(linesChanged("a\nb\nc", "c\na\nb")).toBe(0);
  expect(linesChanged("a\nb\nc", "a\nB\nc\nd")).toBe(2);
  expect(linesChanged("a\nb", "")).toBe(2);
});

test("a line is found by its number", () => {
  const text = "một\nhai\n\nbốn";
  expect(placeOfLine(text, 2)).toEqual({ from: 4, to: 7 });
  expect(placeOfLine(text, 3)).toEqual({ from: 8, to: 8 });
  expect(placeOfLine(text, 4)).toEqual({ from: 9, to: 12 });
  expect(placeOfLine(text, 99)).toEqual({ from: 12, to: 12 });
});

const said = (before: string, after: string) => diffLines(before, after).map((line) => line.map(({ kind, text }) => `${{ same: "", gone: "-", new: "+" }[kind]}${text}`).join("|"));

test("two texts line by line, changed lines word by word, however far apart", () => {
  expect(said("a\nhạn 15 phút\nc", "a\nhạn 20 phút\nc\nd")).toEqual(["a", "hạn |-15|+20| phút", "c", "+d"]);
  expect(said("a\nb\nc", "b\nc")).toEqual(["-a", "b", "c"]);
  expect(said("", "")).toEqual([""]);
  const long = Array.from({ length: 600 }, (_, index) => `dòng ${index} có vài chữ`);
  const changed = long.map((line, index) => (index === 1 || index === 598 ? `${line} thêm` : line));
  const lines = diffLines(long.join("\n"), changed.join("\n"));
  expect(lines.filter((line) => line.some((piece) => piece.kind !== "same"))).toHaveLength(2);
  expect(hunks(lines).filter((one) => typeof one === "number")).toEqual([592]);
});

test("a diff puts both texts together again", () => {
  const [before, after] = ["một\nhai ba\n\nbốn", "một\nhai bốn\nnăm\n\nbốn\n"];
  const without = (kind: string) => diffLines(before, after).map((line) => line.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join("")).join("\n");
  for (const word of before.split(/\s+/)) expect(without("new")).toContain(word);
  for (const word of after.split(/\s+/)) expect(without("gone")).toContain(word);
});
