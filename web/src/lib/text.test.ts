// What may be written, the blanks, and what differs between two texts.
import { describe, expect, it } from "vitest";
import { blankNames, blanks, changed, lengthOf, normal, unseen, wordDiff } from "./text";

describe("text", () => {
  it("is one form of Unicode and of line end", () => {
    expect(normal("Tiếng Việt".normalize("NFD") + "\r\na\rb")).toBe("Tiếng Việt\na\nb");
    expect(lengthOf("ạ".normalize("NFD"))).toBe(1);
  });
  it("points out what does not show, and nothing else", () => {
    expect(unseen("Đập\u200b vỡ\nlần\u202e 2").map((one) => [one.point, one.line, one.place])).toEqual([
      ["U+200B", 1, 4],
      ["U+202E", 2, 4],
    ]);
    expect(unseen("Đập «Cốc Ly» – 50 % …\r\nở “đó”")).toEqual([]);
    expect(unseen("a\tb")[0]?.point).toBe("U+0009");
  });
  it("finds the blanks in order, and counts each name once", () => {
    const text = "Lúc {{giờ}}, tại {{nơi}}: {{giờ}} {{ {{x}} {{mở";
    expect(blanks(text).map((one) => text.slice(one.from, one.to))).toEqual(["{{giờ}}", "{{nơi}}", "{{giờ}}", "{{x}}"]);
    expect(blankNames(text)).toEqual(["giờ", "nơi", "x"]);
  });
});

describe("what changed", () => {
  it("is one stretch, where the caret is when several would do", () => {
    expect(changed("aa", "aaa", 1)).toEqual({ from: 0, to: 0, text: "a" });
    expect(changed("aa", "aaa", 3)).toEqual({ from: 2, to: 2, text: "a" });
    expect(changed("abXc", "abc", 2)).toEqual({ from: 2, to: 3, text: "" });
    expect(changed("tê nui, tê nui", "tên núi, tê nui", 15)).toEqual({ from: 2, to: 5, text: "n nú" });
  });
  it("never cuts a character of two units in half", () => {
    expect(changed("a👍b", "a👎b", 3)).toEqual({ from: 1, to: 3, text: "👎" });
    expect(changed("👍", "🐍", 2)).toEqual({ from: 0, to: 2, text: "🐍" });
  });
  it("is shown by words, in a long text too", () => {
    expect(wordDiff("đập an toàn", "đập không vỡ").filter((one) => one.kind !== "same").map((one) => one.kind)).toContain("gone");
    expect(wordDiff("a b", "a b")).toEqual([{ kind: "same", text: "a b" }]);
    expect(wordDiff("", "")).toEqual([]);
    const long = "Một câu dài. ".repeat(2_000);
    expect(wordDiff(`${long}cũ ${long}`, `${long}mới ${long}`)).toEqual([
      { kind: "same", text: long },
      { kind: "gone", text: "cũ" },
      { kind: "new", text: "mới" },
      { kind: "same", text: ` ${long}` },
    ]);
  });
});
