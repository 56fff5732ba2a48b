// When something was written, reckoned on devices whose clock is hours wrong, set meanwhile, or asleep.
import { describe, expect, it } from "vitest";
import { Clock, HOUR, MINUTE } from "./time";
import { written, writtenAt } from "./written";

/** The true time at the beginning, and how wrong the device's clock is. */
const TRUE = Date.parse("2026-03-01T07:00:00Z");

/** A device in the world: true time goes on, its clock is off by what it is off by, one clock stops while it sleeps. */
class Device {
  truth = TRUE;
  wrong: number;
  slept = 0;
  kept: number | null;
  constructor({ wrong = 0, kept = null }: { wrong?: number; kept?: number | null }) {
    this.wrong = wrong;
    this.kept = kept;
  }
  page(name: string): Clock {
    const began = this.truth;
    return new Clock(() => this.truth + this.wrong, {
      monotonic: () => this.truth - began - this.slept,
      readOffset: () => this.kept,
      keepOffset: (offset) => (this.kept = offset),
      page: name,
    });
  }
  passes(ms: number, asleep = false): void {
    this.truth += ms;
    if (asleep) this.slept += ms;
  }
  hears(clock: Clock): void {
    clock.set(new Date(this.truth).toISOString());
  }
}

const FIVE = 5 * HOUR;

describe("a clock five hours wrong", () => {
  it.each([FIVE, -FIVE])("is corrected from the first word of the server (%i)", (wrong) => {
    const device = new Device({ wrong });
    const clock = device.page("a");
    expect(clock.now()).toBe(TRUE + wrong);
    device.hears(clock);
    expect(clock.now()).toBe(TRUE);
    const said = written(clock);
    device.passes(26 * MINUTE);
    // Set right while it waits: what was known when it was written stays.
    device.wrong = 0;
    expect(writtenAt(said, clock)).toBe(TRUE);
  });
  it.each([FIVE, -FIVE])("that was never corrected counts back from the first word by a clock that nobody sets (%i)", (wrong) => {
    const device = new Device({ wrong });
    const clock = device.page("a");
    const said = written(clock);
    expect(said.known).toBe(false);
    device.passes(26 * MINUTE);
    device.hears(clock);
    expect(writtenAt(said, clock)).toBe(TRUE);
  });
  it("that the network sets right as it comes back is no harm to what was written in the same page", () => {
    const device = new Device({ wrong: FIVE });
    const clock = device.page("a");
    const said = written(clock);
    device.passes(26 * MINUTE);
    device.wrong = 0;
    device.hears(clock);
    expect(writtenAt(said, clock)).toBe(TRUE);
  });
  it("is believed to be as wrong as an earlier page learned, also while the device sleeps", () => {
    const device = new Device({ wrong: -FIVE, kept: FIVE });
    const clock = device.page("b");
    expect(clock.now()).toBe(TRUE);
    const said = written(clock);
    device.passes(8 * HOUR, true);
    device.hears(clock);
    expect(writtenAt(said, clock)).toBe(TRUE);
  });
  it("is corrected for what a page wrote that is closed by now", () => {
    const device = new Device({ wrong: FIVE });
    const said = written(device.page("a"));
    device.passes(2 * HOUR);
    const later = device.page("b");
    device.hears(later);
    expect(writtenAt(said, later)).toBe(TRUE);
  });
});

describe("the offset", () => {
  it("takes the latest reading, because slow messages make the server look late", () => {
    const device = new Device({});
    const clock = device.page("a");
    device.hears(clock);
    clock.set(new Date(device.truth - 20_000).toISOString());
    expect(clock.now()).toBe(TRUE);
  });
  it("is learned anew when somebody sets the device's clock, forward too", () => {
    const device = new Device({});
    const clock = device.page("a");
    device.hears(clock);
    device.wrong = FIVE;
    device.passes(10_000);
    device.hears(clock);
    expect(clock.now()).toBe(device.truth);
    expect(device.kept).toBe(-FIVE);
  });
});
