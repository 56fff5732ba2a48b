// Naming in words: found without marks, taken from the words alone, and never inside an address.
import { describe, expect, it } from "vitest";
import { calledIn, fitting, named, pieces, settled, typedAt, type Callee } from "./mentions";

const person = (name: string, label = name): Callee => ({ key: name, label, also: [], hint: "", mention: { kind: "person", person: name, name }, outside: false });
const office = (short: string, name: string, outside = false): Callee => ({ key: short, label: outside ? name : short, also: [outside ? short : name], hint: "", mention: { kind: "office", office: short, name: short }, outside });
const known = [office("VP A", "Văn phòng A"), person("Đặng Thị Mẫu"), person("Trần Văn Thử"), office("CA", "Công an tỉnh", true)];
const labels = (typed: string) => fitting(known, typed).map((one) => one.label);

describe("an @", () => {
  it("is typed behind a space or at the beginning, not in an address", () => {
    expect(typedAt("@dang", 5)).toEqual({ from: 0, words: "dang" });
    expect(typedAt("Nhờ @Trần Văn", 13)).toEqual({ from: 4, words: "Trần Văn" });
    expect(typedAt("a@b.vn", 6)).toBeNull();
    expect(typedAt("@A\nrồi", 6)).toBeNull();
    expect(typedAt("@ rồi", 5)).toBeNull();
    expect(typedAt("không", 5)).toBeNull();
  });
  it("finds without marks, the room's own first, and the rest of the organisation only when looked for", () => {
    expect(labels("dang")).toEqual(["Đặng Thị Mẫu"]);
    expect(labels("van phong")).toEqual(["VP A"]);
    expect(labels("")).toEqual(["VP A", "Đặng Thị Mẫu", "Trần Văn Thử"]);
    expect(labels("cong an")).toEqual(["Công an tỉnh"]);
    expect(labels("zz")).toEqual([]);
  });
  it("puts the name in place of what was typed", () => {
    expect(named("Nhờ @dan xem", { from: 4, words: "dan" }, 8, "Đặng Thị Mẫu")).toEqual({ text: "Nhờ @Đặng Thị Mẫu xem", caret: 17 });
    expect(named("@d", { from: 0, words: "d" }, 2, "VP A")).toEqual({ text: "@VP A ", caret: 6 });
  });
});

describe("who is named", () => {
  it("stands in the words, the longest name that fits, each once", () => {
    const both = [person("An"), person("An Bình")];
    expect(calledIn("@An Bình và @An Bình", both).map((one) => one.label)).toEqual(["An Bình"]);
    expect(calledIn("@An, @An Bình", both).map((one) => one.label)).toEqual(["An", "An Bình"]);
    expect(calledIn("@Ai đó", both)).toEqual([]);
    expect(calledIn("@Đặng Thị Mẫu".normalize("NFD"), known)).toHaveLength(1);
  });
  it("is put right when an office was invited after it was typed", () => {
    expect(settled("Nhờ @Văn phòng A xem", known)).toBe("Nhờ @VP A xem");
    expect(settled("@Công an tỉnh", known)).toBe("@Công an tỉnh");
  });
  it("shows apart in the words", () => {
    const mention = known[0]!.mention;
    expect(pieces("Nhờ @VP A xem", [mention])).toEqual([
      { text: "Nhờ ", mention: null },
      { text: "@VP A", mention },
      { text: " xem", mention: null },
    ]);
    expect(pieces("Không ai", [])).toEqual([{ text: "Không ai", mention: null }]);
  });
});
