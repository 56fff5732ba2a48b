// What may be written, the blanks, and joining two people's edits.
import { describe, expect, it } from "vitest";
import { blankNames, blanks, lengthOf, merged, normal, unseen, wordDiff } from "./text";

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

describe("two edits of one text", () => {
  const base = "Một câu.\n\nHai câu.\n\nBa câu.";
  it("join when they touch different lines", () => {
    const mine = base.replace("Một", "Đoạn một");
    const theirs = base.replace("Ba câu.", "Ba câu, thêm.");
    expect(merged(base, mine, theirs)).toBe("Đoạn một câu.\n\nHai câu.\n\nBa câu, thêm.");
    expect(merged(base, theirs, mine)).toBe("Đoạn một câu.\n\nHai câu.\n\nBa câu, thêm.");
  });
  it("are for a person to decide when they touch the same line", () => {
    expect(merged(base, base.replace("Hai", "2"), base.replace("Hai câu", "Hai đoạn"))).toBeNull();
    expect(merged("Đập không vỡ.", "Đập chưa vỡ.", "Đập không vỡ, đã kiểm tra.")).toBeNull();
  });
  it("are shown by words", () => {
    expect(wordDiff("đập an toàn", "đập không vỡ").filter((one) => one.kind !== "same").map((one) => one.kind)).toContain("gone");
    expect(wordDiff("a b", "a b")).toEqual([{ kind: "same", text: "a b" }]);
  });
});
