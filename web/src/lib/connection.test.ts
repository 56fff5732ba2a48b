// The socket: hello, silence, coming back, ends. Timers and randomness are the test's.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROTOCOL, type ToClient } from "../wire";
import { Connection, type Link, QUIET_MS, SILENCE_MS, SLEPT_MS, WELCOME_MS, type Wire } from "./connection";

class FakeWire implements Wire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: unknown[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  say(message: ToClient): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const you = { person: "p", name: "P", title: "", office: null, roles: [] };
const welcome = (protocol = PROTOCOL): ToClient => ({ type: "welcome", protocol, now: "2024-09-10T14:00:00Z", you, status: { mode: "live" }, rev: 7 });
const beat: ToClient = { type: "beat", now: "2024-09-10T14:00:10Z" };

let wires: FakeWire[];
let links: Link[];
let heard: ToClient[];
let random: number;
const wire = () => wires.at(-1) as FakeWire;

function start(): Connection {
  const connection = new Connection(
    { hello: () => ({ rev: 7, head: "h7" }), heard: (message) => heard.push(message), changed: (link) => links.push(link) },
    { open: () => (wires.push(new FakeWire()), wire()), now: Date.now, random: () => random },
  );
  connection.start();
  return connection;
}
function live(): Connection {
  const connection = start();
  wire().onopen?.();
  wire().say(welcome());
  return connection;
}

beforeEach(() => {
  vi.useFakeTimers();
  [wires, links, heard, random] = [[], [], [], 1];
});
afterEach(() => vi.useRealTimers());

describe("joining", () => {
  it("testifies to what it has seen, and is live only when welcomed", () => {
    const connection = start();
    wire().onopen?.();
    expect(wire().sent).toEqual([{ type: "hello", rev: 7, head: "h7", protocol: PROTOCOL }]);
    expect(connection.send({ type: "look", at: null, typing: false })).toBe(false);
    wire().say(welcome());
    expect(connection.link).toEqual({ state: "live" });
    expect(connection.send({ type: "look", at: null, typing: false })).toBe(true);
  });
  it("gives up on a server that accepts and does not welcome, whatever else it says", () => {
    const connection = start();
    wire().onopen?.();
    vi.advanceTimersByTime(WELCOME_MS - 1);
    wire().say(beat);
    expect([connection.link.state, heard]).toEqual(["connecting", []]);
    vi.advanceTimersByTime(1);
    expect(connection.link.state).toBe("waiting");
    expect(wires[0]?.closed).toBe(true);
  });
  it("puts a long message together before it counts, and forgets half of one that was cut off", () => {
    const connection = live();
    const whole = JSON.stringify({ ...beat, now: "2024-09-10T14:00:20Z" });
    const parts = [whole.slice(0, 9), whole.slice(9, 20), whole.slice(20)];
    const say = (at: number) => wire().say({ type: "part", at, of: 3, text: parts[at] ?? "" });
    say(0);
    expect([connection.link, heard.length]).toEqual([{ state: "live", part: { got: 1, of: 3 } }, 1]);
    // A thin line: longer than a silence in all, and never silent for long.
    vi.advanceTimersByTime(QUIET_MS - 1);
    say(1);
    vi.advanceTimersByTime(QUIET_MS - 1);
    wire().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(2_000);
    wire().onopen?.();
    wire().say(welcome());
    for (const at of [0, 1, 2]) say(at);
    expect(heard.at(-1)).toEqual({ type: "beat", now: "2024-09-10T14:00:20Z" });
    expect(connection.link).toEqual({ state: "live" });
  });
  it("ends on another protocol", () => {
    const connection = start();
    wire().say(welcome(PROTOCOL + 1));
    expect(connection.link).toEqual({ state: "ended", why: "outdated" });
    expect(heard).toEqual([]);
  });
});

describe("losing", () => {
  it("takes silence for death, beats for life", () => {
    const connection = live();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    wire().say(beat);
    expect(connection.link).toEqual({ state: "live" });
    const last = Date.now();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(connection.link.state).toBe("live");
    vi.advanceTimersByTime(1);
    expect(connection.link).toMatchObject({ state: "waiting", lost: last });
    expect(wires[0]?.closed).toBe(true);
  });
  it("does not call it live without doubt when a beat is late, and forgives a late one", () => {
    const connection = live();
    const last = Date.now();
    vi.advanceTimersByTime(QUIET_MS);
    expect(connection.link).toEqual({ state: "live", quiet: last });
    expect(connection.send({ type: "look", at: null, typing: false })).toBe(true);
    wire().say(beat);
    expect(connection.link).toEqual({ state: "live" });
  });
  it("does not believe a socket over a sleep: the machine's timers slept too", () => {
    const connection = live();
    connection.tick();
    // The lid closes: hours pass, and no timer fires.
    const asleep = Date.now();
    vi.setSystemTime(asleep + 3 * 60 * 60_000);
    connection.tick();
    expect(wires).toHaveLength(2);
    expect(connection.link).toEqual({ state: "connecting", lost: asleep });
  });
  it("keeps a socket that spoke while the page was throttled in the background", () => {
    const connection = live();
    connection.tick();
    vi.advanceTimersByTime(SLEPT_MS + 1_000);
    wire().say(beat);
    connection.tick();
    connection.hurry();
    expect([wires.length, connection.link.state]).toEqual([1, "live"]);
  });
  it("leaves at once when the device says that there is no network, and finds out for itself", () => {
    const connection = live();
    connection.cutOff();
    expect(connection.link.state).toBe("waiting");
    vi.advanceTimersByTime(1_000);
    wire().onopen?.();
    wire().say(welcome());
    expect(connection.link).toEqual({ state: "live" });
  });
  it("does not say that the data is from the future when the clock was put back", () => {
    const connection = live();
    vi.setSystemTime(Date.now() - 5 * 60 * 60_000);
    wire().onclose?.({ code: 1006 });
    const { link } = connection;
    expect(link.state === "waiting" && link.lost !== null && link.lost <= Date.now()).toBe(true);
  });
  it("waits longer every time, between half a second and thirty, and remembers since when", () => {
    live();
    const lost = Date.now();
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      wire().onclose?.({ code: 1006 });
      const link = links.at(-1);
      if (link?.state !== "waiting") throw new Error("not waiting");
      expect(link.lost).toBe(lost);
      waits.push(link.next - Date.now());
      vi.advanceTimersByTime(link.next - Date.now());
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    random = 0;
    wire().onclose?.({ code: 1006 });
    const link = links.at(-1);
    expect(link?.state === "waiting" && link.next - Date.now()).toBe(500);
  });
  it("does not wait when the network comes back", () => {
    const connection = live();
    wire().onclose?.({ code: 1006 });
    connection.hurry();
    expect(wires).toHaveLength(2);
    expect(connection.link.state).toBe("connecting");
    connection.hurry();
    expect(wires).toHaveLength(2);
  });
  it("comes back within two seconds of a restart", () => {
    live();
    wire().onclose?.({ code: 4470 });
    vi.advanceTimersByTime(2_000);
    expect(wires).toHaveLength(2);
  });
});

describe("ending", () => {
  it.each([
    [4401, "sign_in"],
    [4403, "not_member"],
    [4404, "unknown"],
    [4409, "outdated"],
  ])("%i ends for good", (code, why) => {
    const connection = live();
    wire().onclose?.({ code });
    expect(connection.link).toEqual({ state: "ended", why });
    vi.advanceTimersByTime(120_000);
    expect(wires).toHaveLength(1);
  });
  it("stays away after leaving", () => {
    const connection = live();
    connection.leave();
    vi.advanceTimersByTime(120_000);
    expect([wires.length, wire().closed]).toEqual([1, true]);
  });
});
