// Small things of the desk: approved templates, series, joint releases, the replayed history, words that travel.
import { describe, expect, it } from "vitest";
import type { Fact, JointRelease, Splice, Statement } from "../wire";
import { momentInWords, sentence } from "./fact";
import { formPieces, momentIn } from "./form";
import { versions } from "./history";
import { jointState } from "./joint";
import { chain, inSeries, unticked } from "./series";
import { asHtml, asPlain, paragraphs } from "./travel";

const AT = "2024-09-10T14:03:00.000Z";
const act = { person: "p", name: "P", title: "", office: "a", at: AT };
const row = (id: string, number: string, series = id, more: Partial<Statement> = {}): Statement =>
  ({ id, number, series, state: "published", releases: [], followed: null, text: "", digest: "d", document: null, title: "T", ...more }) as unknown as Statement;

describe("an approved template", () => {
  it("is its words and its blanks, filled or open", () => {
    expect(formPieces("Lúc {{giờ}}, tại {{nơi}}.", { giờ: "7:30" })).toEqual([
      { blank: null, text: "Lúc " }, { blank: "giờ", text: "7:30" }, { blank: null, text: ", tại " }, { blank: "nơi", text: "" }, { blank: null, text: "." },
    ]);
  });
  it("reads a moment as it writes it", () => {
    expect(momentInWords(AT)).toBe("21:03 ngày 10/9/2024");
    expect(momentIn("21:03 ngày 10/9/2024")).toBe(AT);
    expect(momentIn("lúc nào đó")).toBeNull();
  });
});

it("a fact is said as the server says it", () => {
  const fact = { label: "Số hộ bị cô lập", value: "12 hộ", as_of: AT } as Fact;
  expect(sentence(fact)).toBe("Số hộ bị cô lập: 12 hộ (tính đến 21:03 ngày 10/9/2024)");
  expect(sentence({ ...fact, value: null })).toBe("Số hộ bị cô lập");
});

describe("a series", () => {
  const all = [row("a", "PN-01"), row("c", "PN-01.10", "a"), row("b", "PN-01.2", "a"), row("d", "PN-02"), row("e", "PN-01.11", "a", { state: "dropped" })];
  it("stands together, the newest series first", () => {
    expect(inSeries(all).map((one) => one.number)).toEqual(["PN-02", "PN-01", "PN-01.2", "PN-01.10", "PN-01.11"]);
    expect(chain(all[0]!, all).map((one) => one.number)).toEqual(["PN-01", "PN-01.2", "PN-01.10"]);
  });
  it("knows where old words stand", () => {
    const releases = [{ channel: "x", tick: null }, { channel: "y", tick: { by: act, note: null } }] as Statement["releases"];
    expect(unticked(row("a", "PN-01", "a", { releases }))).toHaveLength(0);
    expect(unticked(row("a", "PN-01", "a", { releases, followed: { statement: "b", relation: "correction" } })).map((one) => one.channel)).toEqual(["x"]);
  });
});

it("a joint release holds until everybody agreed to these very words", () => {
  const joint: JointRelease = { until: AT, offices: ["a", "b", "c"], by: act, ready: null, agreed: [{ office: "a", digest: "d", by: act }, { office: "b", digest: "older", by: act }] };
  const [before, after] = [Date.parse(AT) - 1, Date.parse(AT)];
  expect(jointState(row("s", "PN-01", "s", { state: "approved" }), joint, before)).toMatchObject({ early: true, held: false, older: ["b"], missing: ["c"] });
  expect(jointState(row("s", "PN-01", "s", { state: "approved" }), joint, after).held).toBe(true);
  expect(jointState(row("s", "PN-01", "s", { state: "approved" }), { ...joint, offices: ["a"] }, after).held).toBe(false);
  expect(jointState(row("s", "PN-01", "s", { state: "in_review" }), { ...joint, offices: ["a"] }, after).held).toBe(true);
});

it("the history is replayed in characters", () => {
  const step = (rev: number, splice: Splice | null) => ({ rev, at: AT, by: act, what: "typed", splice });
  const texts = versions([step(1, { at: 0, cut: 0, put: "Đập 🌊 vỡ" }), step(2, { at: 6, cut: 2, put: "an toàn" }), step(3, null), step(4, { at: 99, cut: 1, put: "." })]);
  expect(texts.map((one) => one.text)).toEqual(["Đập 🌊 vỡ", "Đập 🌊 an toàn", "Đập 🌊 an toàn", "Đập 🌊 an toàn."]);
});

describe("words that travel", () => {
  const words = row("s", "PN-01", "s", { text: "Một <b>đoạn</b>\ndòng hai\n\nĐoạn & hai\n" });
  it("are paragraphs, and nothing in them is markup", () => {
    expect(paragraphs(words.text)).toEqual(["Một <b>đoạn</b>\ndòng hai", "Đoạn & hai"]);
    const html = asHtml(words, true, Date.parse(AT));
    expect(html).toContain("<p>Một &lt;b&gt;đoạn&lt;/b&gt;<br>dòng hai</p>\n<p>Đoạn &amp; hai</p>");
    expect(html).toContain("DIỄN TẬP");
  });
  it("carry their number, their digest and the time", () => {
    expect(asPlain(words, false, Date.parse(AT))).toMatch(/Đoạn & hai\n\nPN-01 · T\n.*\nMã băm SHA-256: d\nChép lúc 21:03:00/);
  });
});
