// Every state of the connection is said as it is, the worst first.
import { describe, expect, it } from "vitest";
import { MOMENT_MS, type Seen, standing } from "./standing";

const LOST = 1_000_000;
const seen = (over: Partial<Seen> = {}): Seen => ({
  link: { state: "live" },
  status: { mode: "live" },
  closed: false,
  behind: 0,
  resending: 0,
  network: true,
  now: LOST + 60_000,
  ...over,
});

describe("the state of the connection", () => {
  it("is live only when nothing is missing", () => {
    expect(standing(seen())).toEqual({ is: "live" });
    expect(standing(seen({ closed: true }))).toEqual({ is: "closed" });
  });
  it("says that it catches up while rows or commands are on their way", () => {
    expect(standing(seen({ behind: 12, resending: 2 }))).toEqual({ is: "catching_up", rows: 12, commands: 2 });
    expect(standing(seen({ resending: 2 }))).toEqual({ is: "catching_up", rows: 0, commands: 2 });
  });
  it("says how much of a long patch has come, and is in doubt when no more does", () => {
    const part = { got: 3, of: 7 };
    expect(standing(seen({ link: { state: "live", part }, behind: 400 }))).toEqual({ is: "catching_up", rows: 400, commands: 0, part });
    expect(standing(seen({ link: { state: "live", part, quiet: LOST }, behind: 400 }))).toEqual({ is: "quiet", since: LOST });
  });
  it("does not call a room live whose beat is late", () => {
    expect(standing(seen({ link: { state: "live", quiet: LOST } }))).toEqual({ is: "quiet", since: LOST });
  });
  it("says why a room only shows, but not before the screen shows what there is", () => {
    const status = { mode: "read_only", why: "đĩa đầy" } as const;
    expect(standing(seen({ status }))).toEqual({ is: "read_only", why: "đĩa đầy" });
    expect(standing(seen({ status, behind: 1 }))).toMatchObject({ is: "catching_up" });
  });
  it("frightens nobody by a break of a moment, and then says since when", () => {
    const link = { state: "waiting", next: LOST + 9_000, lost: LOST } as const;
    expect(standing(seen({ link, now: LOST + MOMENT_MS }))).toEqual({ is: "connecting", again: true });
    expect(standing(seen({ link, now: LOST + MOMENT_MS + 1 }))).toEqual({ is: "offline", since: LOST, next: LOST + 9_000, network: true });
    expect(standing(seen({ link: { state: "connecting", lost: LOST } }))).toEqual({ is: "offline", since: LOST, next: null, network: true });
  });
  it("believes a device that says it has no network at once", () => {
    const link = { state: "waiting", next: LOST + 500, lost: LOST } as const;
    expect(standing(seen({ link, network: false, now: LOST + 1 }))).toMatchObject({ is: "offline", network: false });
  });
  it("does not say since when of a room that was never reached", () => {
    expect(standing(seen({ link: { state: "connecting", lost: null } }))).toEqual({ is: "connecting", again: false });
  });
  it("says that it ended whatever else is so", () => {
    expect(standing(seen({ link: { state: "ended", why: "sign_in" }, behind: 3 }))).toEqual({ is: "ended", why: "sign_in" });
  });
});
