// Editing: nothing typed is lost, and two people's words are never silently replaced.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Statement } from "../wire";
import { Editing, hasCopy, PAUSE_MS } from "./editing.svelte";
import { Refused } from "./outbox.svelte";

const act = { person: "p", name: "Lê Thị Nháp", title: "", office: null, at: "2024-09-10T14:00:00Z" };
const row = (text: string, rev = 1): Statement => ({
  id: "s", rev, number: "PN-01", kind: "k", title: "", public: true, state: "draft", text, digest: `d(${text})`,
  drafted: act, written: act, authors: [], series: "s", follows: null, followed: null, form: null, citations: [], lacks: [],
  submission: null, squares: [], approvals: [], versions: [], joint: null, plans: [], releases: [], document: null, dropped: null,
});

let ready: boolean;
let written: [string, string][];
/** What the room answers to the next write. */
let answer: (text: string) => Promise<void>;
let editing: Editing;
const start = (text: string) =>
  (editing = new Editing(row(text), {
    write: (over, text) => (written.push([over, text]), answer(text)),
    ready: () => ready,
    incident: "i",
    person: "me",
  }));
const accept = async (text: string) => editing.arrived(row(text, 2));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  [ready, written, answer] = [true, [], accept];
});
afterEach(() => {
  editing.leave();
  vi.useRealTimers();
});

describe("saving", () => {
  it("goes out after a pause, over the words that the edit started from", async () => {
    start("một");
    editing.typed("một hai");
    expect(hasCopy("i", "s", "me")).toBe(true);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(written).toEqual([["d(một)", "một hai"]]);
    expect([editing.dirty, editing.base.digest, hasCopy("i", "s", "me")]).toEqual([false, "d(một hai)", false]);
  });
  it("keeps what was typed on while saving, and saves that too", async () => {
    start("một");
    answer = async (text) => {
      editing.typed("một hai ba");
      await accept(text);
      answer = accept;
    };
    editing.typed("một hai");
    await editing.save();
    expect(editing.text).toBe("một hai ba");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(written.at(-1)).toEqual(["d(một hai)", "một hai ba"]);
    expect(editing.conflict).toBeNull();
  });
  it("waits for the connection, on the device", async () => {
    start("một");
    ready = false;
    editing.typed("một hai");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect([written.length, hasCopy("i", "s", "me")]).toEqual([0, true]);
    ready = true;
    editing.resume();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(written).toHaveLength(1);
  });
  it("does not send what would be refused", async () => {
    start("một");
    editing.typed("một\u200b hai");
    await editing.save();
    expect(written).toEqual([]);
  });
});

describe("a closed tab", () => {
  it("loses nothing", () => {
    start("một");
    editing.typed("một hai");
    editing.leave();
    start("một");
    expect([editing.text, editing.restored, editing.dirty]).toEqual(["một hai", true, true]);
  });
  it("asks when the words changed in the same place meanwhile", () => {
    start("một");
    editing.typed("một hai");
    editing.leave();
    start("một ba");
    expect([editing.text, editing.conflict?.text]).toEqual(["một hai", "một ba"]);
  });
});

describe("somebody else's words", () => {
  it("show at once when nothing was typed", () => {
    start("một");
    editing.arrived(row("khác", 2));
    expect([editing.text, editing.dirty]).toEqual(["khác", false]);
  });
  it("join with mine in another paragraph", async () => {
    start("một\n\nhai");
    editing.typed("một a\n\nhai");
    editing.arrived(row("một\n\nhai b", 2));
    expect([editing.text, editing.joined]).toEqual(["một a\n\nhai b", "Lê Thị Nháp"]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(written).toEqual([["d(một\n\nhai b)", "một a\n\nhai b"]]);
  });
  it("never replace mine in the same place", async () => {
    start("một");
    answer = () => Promise.reject(new Refused("text_changed", ""));
    editing.typed("một của tôi");
    await editing.save();
    editing.arrived(row("một của họ", 2));
    expect([editing.text, editing.conflict?.text]).toEqual(["một của tôi", "một của họ"]);
    await vi.advanceTimersByTimeAsync(10 * PAUSE_MS);
    expect(written).toHaveLength(1);
    answer = accept;
    editing.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(written.at(-1)).toEqual(["d(một của họ)", "một của tôi"]);
    expect([editing.dirty, editing.conflict]).toEqual([false, null]);
  });
});
