// Where things stand on the drawn line: spans, zoom, ticks, rows of marks, and what the rows of an incident give.
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../lib/time";
import type { Claim, Deadline, Header, Shift, Statement } from "../wire";
import { courseOf, momentAt, panned, place, rowsOf, showing, SPAN_MIN, ticks, widened, within, zoomed } from "./drawing";

const at = (time: string) => Date.parse(`2026-03-01T${time}:00+07:00`);
const bounds = { from: at("10:00"), to: at("20:00") };

describe("a span", () => {
  it("places moments and finds them again", () => {
    const x = place(bounds, 500);
    expect([x(at("10:00")), x(at("15:00")), x(at("20:00"))]).toEqual([0, 250, 500]);
    expect(momentAt(bounds, 500, 250)).toBe(at("15:00"));
  });
  it("is zoomed around a moment that stays where it is, and not beyond its bounds", () => {
    const near = zoomed(bounds, 0.5, at("12:00"), bounds);
    expect(place(near, 100)(at("12:00"))).toBeCloseTo(20);
    expect(near.to - near.from).toBe(5 * HOUR);
    expect(zoomed(near, 10, at("12:00"), bounds)).toEqual(bounds);
    const nearest = zoomed(bounds, 0.000001, at("12:00"), bounds);
    expect(nearest.to - nearest.from).toBe(SPAN_MIN);
  });
  it("is moved sideways and stops at its bounds", () => {
    const near = { from: at("11:00"), to: at("13:00") };
    expect(panned(near, 0.5, bounds)).toEqual({ from: at("12:00"), to: at("14:00") });
    expect(panned(near, -9, bounds)).toEqual({ from: at("10:00"), to: at("12:00") });
    expect(within({ from: at("09:00"), to: at("23:00") }, bounds)).toEqual(bounds);
  });
  it("goes to a moment that is out of sight, and stays when it is in sight", () => {
    const near = { from: at("11:00"), to: at("13:00") };
    expect(showing(near, at("12:30"), bounds)).toBe(near);
    expect(showing(near, at("18:00"), bounds)).toEqual({ from: at("17:00"), to: at("19:00") });
  });
  it("is never nothing", () => {
    const { from, to } = widened({ from: at("12:00"), to: at("12:00") });
    expect(to - from).toBe(10 * MINUTE);
  });
});

describe("ticks", () => {
  it("stand on round moments of Vietnam's clock and say the day once", () => {
    const found = ticks(bounds, 720);
    expect(found.map((tick) => tick.label.slice(0, 5))).toEqual(["10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"]);
    expect(found.filter((tick) => tick.day)).toHaveLength(1);
    expect(ticks({ from: at("10:00"), to: at("10:00") + 20 * 24 * HOUR }, 360).length).toBeLessThan(6);
  });
});

describe("marks that are close", () => {
  it("stand in rows of their own as long as there are some", () => {
    expect(rowsOf([0, 5, 8, 30], 12, 3)).toEqual([0, 1, 2, 0]);
    expect(rowsOf([0, 1, 2, 3], 12, 2)).toEqual([0, 1, 0, 1]);
  });
});

describe("the course of an incident", () => {
  const by = { person: "p", name: "P", title: "", office: null, at: "2026-03-01T12:00:00+07:00" };
  const header = {
    rev: 9,
    anchors: { occurred_at: "2026-03-01T11:00:00+07:00", received_at: "2026-03-01T12:00:00+07:00" },
    course: {
      levels: [{ level: 3, at: "2026-03-01T12:00:00+07:00", rev: 1 }, { level: 4, at: "2026-03-01T13:00:00+07:00", rev: 7 }],
      phases: [{ phase: "intake", at: "2026-03-01T12:00:00+07:00", rev: 1 }],
    },
    closed: null,
  } as unknown as Header;
  const deadline = (id: string, due: string, stopped: string | null): Deadline =>
    ({ id, title: id, asleep: null, due: { anchor: "received_at" }, due_at: due, stopped: stopped ? { at: stopped } : null, missed_at: null }) as unknown as Deadline;
  const statement = { id: "s", number: "PN-01", title: "T", drafted: by, submission: { by }, releases: [{ at: "2026-03-01T13:30:00+07:00" }, { at: "2026-03-01T13:20:00+07:00" }], dropped: null } as unknown as Statement;
  const deadlines = [
    deadline("đúng", "2026-03-01T15:00:00+07:00", "2026-03-01T13:20:00+07:00"),
    deadline("muộn", "2026-03-01T13:00:00+07:00", "2026-03-01T13:20:00+07:00"),
    deadline("quá", "2026-03-01T13:40:00+07:00", null),
    deadline("chạy", "2026-03-02T12:00:00+07:00", null),
    { ...deadline("ngủ", "2026-03-02T12:00:00+07:00", null), asleep: "khi có người nước ngoài" },
  ];
  const rows = { header, phases: [{ code: "intake", title: "Tiếp nhận" }], deadlines, statements: [statement], claims: [], shifts: [], office: (id: string) => id.toUpperCase() };
  const course = courseOf(rows, at("14:00"));

  it("has levels as steps that meet, the last one until now", () => {
    expect(course.levels).toEqual([{ value: 3, from: at("12:00"), to: at("13:00") }, { value: 4, from: at("13:00"), to: at("14:00") }]);
    expect(course.phases[0]?.value).toBe("Tiếp nhận");
  });
  it("has a bar for every clock that runs, and says how each stands in words", () => {
    expect(course.bars.map((bar) => [bar.id, bar.state])).toEqual([["muộn", "late"], ["quá", "over"], ["đúng", "on_time"], ["chạy", "running"]]);
    expect(course.bars.find((bar) => bar.id === "quá")?.words).toContain("QUÁ HẠN");
    expect(course.items.filter((item) => item.bad).map((item) => item.key)).toEqual(["deadline-muộn-stop", "deadline-quá-due"]);
  });
  it("has a statement when it was begun, submitted, and first went out", () => {
    const out = course.items.find((item) => item.key === "statement-s-out");
    expect([out?.at, out?.state]).toEqual([at("13:20"), "phát hành, 2 kênh"]);
    expect(course.items.filter((item) => item.track === "statement")).toHaveLength(3);
  });
  it("is in order, and everything on it is inside its span", () => {
    expect(course.items.map((item) => item.at)).toEqual(course.items.map((item) => item.at).toSorted((a, b) => a - b));
    for (const item of course.items) expect(item.at > course.span.from && item.at < course.span.to).toBe(true);
  });
  const moment = (time: string) => new Date(at(time)).toISOString();
  const marks = (course: { items: { track: string; at: number; state: string; bad: boolean }[] }, track: string) =>
    course.items.filter((item) => item.track === track).map((item) => [item.at, item.state, item.bad]);

  it("has a claim from where it was seen to its removal, where the timeline has each, and its return in red", () => {
    const seen = (id: string, time: string, again = false, struck: unknown = null) => ({ seen: { id, seen_at: moment(time) }, again, struck });
    const claim = {
      id: "c", number: "TĐ-01", said: "Đập đã vỡ, cả xã chạy lên đồi ngay trong đêm hôm nay nhé bà con", struck: null, excepted: null, done: { at: moment("13:50") },
      places: [seen("p1", "12:05"), seen("p2", "13:30", true), seen("p3", "13:31", true, { by })],
      earlier: [], conclusion: { judged: { verdict: "false", at: moment("12:40") } },
      labels: [{ at: moment("12:50"), off_at: null }],
      notices: [{ told: { kind: "notice", at: moment("12:55") } }],
      requests: [{ id: "r", sought: { to: "Nền tảng thử", at: moment("13:00") }, places: [{ place: "p1", answer: "removed", at: moment("13:20") }, { place: "p4", answer: "removed", at: moment("13:20") }, { place: "p5", answer: null, at: null }] }],
      reports: [],
    } as unknown as Claim;
    const course = courseOf({ ...rows, claims: [claim] }, at("14:00"));
    expect(marks(course, "claim")).toEqual([
      [at("12:05"), "bắt đầu thấy", false],
      [at("12:40"), "kết luận: tin giả, tin sai sự thật", false],
      [at("12:50"), "gắn nhãn", false],
      [at("12:55"), "công bố", false],
      [at("13:00"), "gửi yêu cầu gỡ tới Nền tảng thử", false],
      [at("13:20"), "Nền tảng thử đã gỡ", false],
      [at("13:30"), "THẤY LẠI sau kết luận, lần 1", true],
      [at("13:50"), "hoàn thành xử lý", false],
    ]);
    expect(course.items.find((item) => item.track === "claim")?.title).toBe("TĐ-01 “Đập đã vỡ, cả xã chạy lên đồi ngay trong đêm hôm nay nhé…”");
    const struck = courseOf({ ...rows, claims: [{ ...claim, struck: { by } } as unknown as Claim] }, at("14:00"));
    expect(marks(struck, "claim").map(([, state]) => state)).toEqual(["gạch khỏi sổ", "bắt đầu thấy"]);
  });
  it("draws a claim's own clock from the moment of the claim", () => {
    const own = { ...deadline("gắn nhãn", "2026-03-01T15:00:00+07:00", null), due: { anchor: "verdict_at" }, of: { claim: "c", rule: "x", from: moment("12:40") } } as unknown as Deadline;
    expect(courseOf({ ...rows, deadlines: [own] }, at("14:00")).bars).toMatchObject([{ from: at("12:40"), due: at("15:00"), state: "running" }]);
  });
  it("has duty as it passes: taken, handed over once, refused, left to nobody", () => {
    const act = (time: string) => ({ ...by, at: moment(time) });
    const handover = (id: string, time: string, outcome: unknown) => ({ id, to: { name: "Ca Hai" }, offered: act(time), outcome });
    const shifts = [
      { id: "d1", office: "stt", officer: { name: "Ca Một" }, begun: act("12:10"), handovers: [handover("h1", "13:00", { kind: "declined", by: act("13:05") }), handover("h2", "13:10", { kind: "confirmed", by: act("13:15") })], ended: { by: act("13:15"), next: "d2" } },
      { id: "d2", office: "stt", officer: { name: "Ca Hai" }, begun: act("13:15"), handovers: [], ended: { by: act("13:40"), next: null } },
    ] as unknown as Shift[];
    const course = courseOf({ ...rows, shifts }, at("14:00"));
    expect(marks(course, "shift")).toEqual([
      [at("12:10"), "Ca Một nhận trực", false],
      [at("13:00"), "Ca Một bàn giao ca cho Ca Hai", false],
      [at("13:05"), "Ca Hai không nhận bàn giao", true],
      [at("13:10"), "Ca Một bàn giao ca cho Ca Hai", false],
      [at("13:15"), "Ca Hai xác nhận bàn giao, nhận trực", false],
      [at("13:40"), "Ca Hai thôi trực, chưa có người thay", true],
    ]);
    expect(course.items.find((item) => item.track === "shift")?.title).toBe("Trực ban STT");
  });
});
