// Time: Vietnam's clock whatever the device's zone, the server's offset, and what people type.
import { describe, expect, it } from "vitest";
import { ago, Clock, dayKey, dayLong, dayShort, full, hms, lateMinutes, lastDayAt, lengthInWords, momentOf, readDay, readTime, timeAndDay, timeOnly, urgency } from "./time";

const at = "2024-09-10T17:30:09Z"; // 00:30:09 on the 11th in Vietnam
const now = Date.parse("2024-09-10T18:00:00Z");
const later = (hours: number) => new Date(now + hours * 3_600_000).toISOString();

describe("showing", () => {
  it("shows Vietnam's time and day", () => {
    expect(timeOnly(at)).toBe("00:30");
    expect(dayKey(at)).toBe("2024-09-11");
    expect(dayLong(at)).toBe("thứ Tư 11/9/2024");
    expect(full(at)).toBe("00:30:09, thứ Tư 11/9/2024 (giờ Việt Nam)");
  });
  it("says the day only when it is another, the year only when it is another", () => {
    expect(timeAndDay(at, now)).toBe("00:30");
    expect(timeAndDay("2024-09-09T14:04:00Z", now)).toBe("21:04 · 9/9");
    expect(dayShort("2023-09-09T14:04:00Z", now)).toBe("9/9/2023");
  });
  it("says lengths in words", () => {
    const minute = 60_000;
    expect(lengthInWords(35 * minute)).toBe("35 phút");
    expect(lengthInWords(125 * minute)).toBe("2 giờ 5 phút");
    expect(lengthInWords(120 * minute)).toBe("2 giờ");
    expect(lengthInWords(76 * 60 * minute)).toBe("3 ngày 4 giờ");
    expect(ago(later(-0.2), now)).toBe("12 phút trước");
    expect(ago(later(3), now)).toBe("còn 3 giờ");
    expect([ago(later(0), now), ago(later(0.01), now)]).toEqual(["vừa xong", "còn dưới 1 phút"]);
  });
});

describe("countdown", () => {
  it("counts hours past a day", () => {
    expect(hms((49 * 3600 + 62) * 1000)).toBe("49:01:02");
    expect(hms(999)).toBe("00:00:00");
  });
  it("turns amber under 6 hours, red under 2, then over", () => {
    expect([later(6), later(5.99), later(2), later(1.99), later(0)].map((due) => urgency(due, now))).toEqual(["calm", "soon", "soon", "urgent", "over"]);
  });
  it("calls an entry late after ten minutes", () => {
    expect(lateMinutes(later(-0.5), now)).toBe(30);
    expect(lateMinutes(later(-10 / 60), now)).toBeNull();
  });
});

describe("the server's clock", () => {
  it("takes the latest reading of a few, because a slow message only makes the server look late", () => {
    let device = 1_000_000;
    const clock = new Clock(() => device);
    clock.set(new Date(device + 5_000).toISOString());
    clock.set(new Date(device + 3_000).toISOString());
    expect(clock.now() - device).toBe(5_000);
    for (let beat = 0; beat < 8; beat += 1) clock.set(new Date(device + 1_000).toISOString());
    expect(clock.now() - device).toBe(1_000);
    device += 60_000;
    expect(clock.now()).toBe(device + 1_000);
    clock.set("rubbish");
    expect(clock.now()).toBe(device + 1_000);
  });
});

describe("what people type", () => {
  it("reads times as they are written here", () => {
    const typed = ["21:04", "21h4", "21 giờ 04 phút", "21g", "2104", "904", "9", " 0:05 "];
    expect(typed.map(readTime)).toEqual(["21:04", "21:04", "21:04", "21:00", "21:04", "09:04", "09:00", "00:05"]);
    for (const wrong of ["25:00", "9:60", "tối", "", "9:5:1", "12345"]) expect(readTime(wrong), wrong).toBeNull();
  });
  it("reads days, day first", () => {
    expect(["10/9", "10-9-2024", "1.2.24"].map((day) => readDay(day, now))).toEqual(["2024-09-10", "2024-09-10", "2024-02-01"]);
    for (const wrong of ["31/2", "9/13", "hôm qua", ""]) expect(readDay(wrong, now), wrong).toBeNull();
  });
  it("takes a time alone for the last time that it was so", () => {
    expect([lastDayAt("00:59", now), lastDayAt("01:00", now), lastDayAt("21:04", now)]).toEqual(["2024-09-11", "2024-09-11", "2024-09-10"]);
  });
  it("sends the moment that was meant", () => {
    expect(momentOf("2024-09-10", "21:04")).toBe("2024-09-10T14:04:00.000Z");
  });
});
