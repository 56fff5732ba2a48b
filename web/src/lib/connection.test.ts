// The socket: hello, silence, coming back, ends. Timers and randomness are the test's.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROTOCOL, type ToClient } from "../wire";
import { Connection, type Link, SILENCE_MS, type Wire } from "./connection";

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
const welcome = (protocol = PROTOCOL): ToClient => ({ type: "welcome", protocol, now: "2024-09-10T14:00:00Z", you, status: { mode: "live" } });
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
  it("gives up on a server that does not welcome", () => {
    const connection = start();
    vi.advanceTimersByTime(10_000);
    expect(connection.link.state).toBe("waiting");
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
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(connection.link.state).toBe("live");
    vi.advanceTimersByTime(1);
    expect(connection.link.state).toBe("waiting");
    expect(wires[0]?.closed).toBe(true);
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
