// The outbox: every command keeps its id and its time until it is answered, across a dropped connection, a closed
// browser and several tabs; nothing is lost, nothing is sent as if it were two.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attachment, Command } from "../wire";
import { ApiError } from "./api";
import { device } from "./device";
import { type Around, Outbox, type Pending, Refused } from "./outbox.svelte";
import { type Shelf, shelf } from "./shelf";
import type { Said } from "./tabs";
import { Clock } from "./time";

const say = (text: string): Command => ({ noun: "message", verb: "send", id: `m-${text}`, text });
const take = (id: string): Command => ({ noun: "task", verb: "take", id });
const finish = (id: string): Command => ({ noun: "task", verb: "finish", id, note: "xong" });
const approve: Command = { noun: "statement", verb: "approve", id: "s", digest: "d" };

/** The tabs of one browser hear each other, and know who lives. */
class Browser {
  readonly tabs: Tab[] = [];
  tab(more: Partial<Around> = {}): Tab {
    const tab = new Tab(this, `page-${this.tabs.length}`, more);
    this.tabs.push(tab);
    return tab;
  }
}

class Tab {
  readonly got: { id: string; command: Command }[] = [];
  live = false;
  closed = false;
  readonly outbox: Outbox;
  private readonly ends: (() => void)[] = [];
  constructor(
    private readonly browser: Browser,
    readonly page: string,
    more: Partial<Around>,
  ) {
    this.outbox = new Outbox({
      incident: "i",
      person: "p",
      title: () => "Sự cố thử",
      page,
      clock: new Clock(),
      shelf,
      outlives: ({ noun }) => noun !== "statement",
      reached: () => this.live,
      send: ({ id }: Pending, command) => (this.live ? this.got.push({ id, command }) > 0 : false),
      upload: () => Promise.reject(new ApiError(0, "offline", "mất mạng")),
      tell: (said) => this.tell(said),
      lives: (page) => Promise.resolve(this.browser.tabs.some((tab) => tab.page === page && !tab.closed)),
      gone: (page) => this.browser.tabs.find((tab) => tab.page === page)?.end() ?? Promise.resolve(),
      ...more,
    });
  }
  private tell(said: Said): void {
    if (said.say === "outbox") for (const tab of this.browser.tabs) if (tab !== this && !tab.closed) void tab.outbox.load();
  }
  connects(): void {
    this.live = true;
    this.outbox.reached();
  }
  breaks(): void {
    this.live = false;
    this.outbox.lost();
  }
  close(): void {
    this.live = false;
    this.closed = true;
    for (const end of this.ends) end();
  }
  end(): Promise<void> {
    return this.closed ? Promise.resolve() : new Promise((done) => this.ends.push(done));
  }
  get sent(): Command[] {
    return this.got.map(({ command }) => command);
  }
  get ids(): string[] {
    return this.got.map(({ id }) => id);
  }
}

const until = (what: () => void) => vi.waitFor(what, { timeout: 3_000, interval: 2 });
const onDisk = () => shelf.all("i.p");

let browser: Browser;
beforeEach(async () => {
  browser = new Browser();
  const write = (await device()).transaction(["outbox", "files"], "readwrite");
  await Promise.all([write.objectStore("outbox").clear(), write.objectStore("files").clear(), write.done]);
});

/** Written without a network, and on the disk. */
async function offline(tab: Tab, ...commands: Command[]): Promise<Pending[]> {
  const put = commands.map((command) => tab.outbox.put(command));
  for (const { answer } of put) expect(await answer).toBeNull();
  return put.map(({ pending }) => pending);
}

describe("a command", () => {
  it("leaves at once, and is answered with the revision that it made, once", async () => {
    const tab = browser.tab();
    tab.connects();
    const { pending, answer } = tab.outbox.put(say("a"));
    expect(tab.ids).toEqual([pending.id]);
    tab.outbox.accepted(pending.id, 12);
    tab.outbox.accepted(pending.id, 13);
    await expect(answer).resolves.toBe(12);
    expect(tab.outbox.list).toEqual([]);
    await until(async () => expect(await onDisk()).toEqual([]));
  });
  it("that is refused goes back to the form that waits for it", async () => {
    const tab = browser.tab();
    tab.connects();
    const { pending, answer } = tab.outbox.put(say("a"));
    const was = tab.outbox.refused(pending.id, new Refused("too_long", "Dài quá."));
    await expect(answer).rejects.toMatchObject({ code: "too_long" });
    expect(was).toEqual({ command: say("a"), stays: false });
    expect(tab.outbox.list).toEqual([]);
    expect(tab.outbox.refused("unknown", new Refused("x", ""))).toBeNull();
  });
  it("that binds others never lies on the disk", async () => {
    const tab = browser.tab();
    tab.connects();
    tab.outbox.put(approve);
    await offline(browser.tab(), say("a"));
    expect((await onDisk()).map((item) => item.command.noun)).toEqual(["message"]);
  });
});

/** A device that takes its time for each change, the longest for the first. */
const slow: Shelf = (() => {
  let first = true;
  const change: Shelf["change"] = async (...asked) => {
    await new Promise((done) => setTimeout(done, first ? 700 : 5));
    first = false;
    return shelf.change(...asked);
  };
  return { ...shelf, change };
})();

describe("without a connection", () => {
  it("what a page left goes in order, before what was written since, however slow the device is", async () => {
    const old = browser.tab();
    const left = await offline(old, say("a"), say("b"), say("c"));
    old.close();
    const tab = browser.tab({ shelf: slow });
    await tab.outbox.load();
    const [since] = await offline(tab, say("d"));
    tab.connects();
    tab.outbox.reached();
    await until(() => expect(tab.ids.length).toBeGreaterThanOrEqual(4));
    expect(tab.ids.slice(0, 4)).toEqual([...left, since!].map(({ id }) => id));
  });
  it("it is on the disk before anybody is told, and goes out in order with the same ids, again after every break", async () => {
    const tab = browser.tab();
    const items = await offline(tab, say("a"), say("b"), say("c"));
    const ids = items.map(({ id }) => id);
    expect((await onDisk()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(tab.outbox.list.map(({ kept, sent }) => [kept, sent])).toEqual(ids.map(() => ["kept", false]));
    tab.connects();
    await until(() => expect(tab.ids).toEqual(ids));
    // The answers are lost with the connection.
    tab.breaks();
    tab.connects();
    await until(() => expect(tab.ids).toEqual([...ids, ...ids]));
    for (const id of ids) tab.outbox.accepted(id, 5);
    await until(async () => expect(await onDisk()).toEqual([]));
  });
  it("what is written while older words still wait does not overtake them", async () => {
    const tab = browser.tab();
    const [first] = await offline(tab, say("a"));
    tab.connects();
    const { pending } = tab.outbox.put(say("b"));
    await until(() => expect(tab.ids).toEqual([first?.id, pending.id]));
  });
  it("a form is released when the connection is lost under it", async () => {
    const tab = browser.tab();
    tab.connects();
    const { answer } = tab.outbox.put(say("a"));
    await until(() => expect(tab.outbox.list[0]?.kept).toBe("kept"));
    tab.breaks();
    await expect(answer).resolves.toBeNull();
    expect(tab.outbox.list).toHaveLength(1);
  });
  it("a device that keeps nothing says so, and the words still go out", async () => {
    const full: Shelf = { ...shelf, put: () => Promise.reject(new DOMException("", "QuotaExceededError")) };
    const tab = browser.tab({ shelf: full });
    const [item] = await offline(tab, say("a"));
    expect(tab.outbox.list[0]?.kept).toBe("unkept");
    tab.connects();
    await until(() => expect(tab.ids).toEqual([item?.id]));
  });
});

describe("order and dependence", () => {
  it("commands of one row wait for each other, others do not", async () => {
    const tab = browser.tab();
    const [first, second, other] = await offline(tab, take("t-1"), finish("t-1"), say("a"));
    tab.connects();
    await until(() => expect(tab.ids).toEqual([first?.id, other?.id]));
    expect(tab.outbox.behind(tab.outbox.list[1]!)?.id).toBe(first?.id);
    tab.outbox.accepted(first!.id, 3);
    await until(() => expect(tab.ids).toEqual([first?.id, other?.id, second?.id]));
  });
  it("what names a row that is not there yet waits for it, wherever it names it", async () => {
    const tab = browser.tab();
    const reply = { ...say("b"), reply: "m-a" } as Command;
    const [first, second] = await offline(tab, say("a"), reply);
    tab.connects();
    await until(() => expect(tab.ids).toEqual([first?.id]));
    tab.outbox.accepted(first!.id, 3);
    await until(() => expect(tab.ids).toEqual([first?.id, second?.id]));
  });
  it("a refused one stays with its reason, holds up only what depends on it, and can be changed and sent again", async () => {
    const tab = browser.tab();
    const [first, second, other] = await offline(tab, take("t-1"), finish("t-1"), say("a"));
    tab.connects();
    await until(() => expect(tab.ids).toHaveLength(2));
    const was = tab.outbox.refused(first!.id, new Refused("taken", "Người khác đang làm."));
    expect(was).toMatchObject({ stays: true });
    tab.outbox.accepted(other!.id, 7);
    await until(async () => expect((await onDisk()).find(({ id }) => id === first!.id)?.refused?.words).toBe("Người khác đang làm."));
    expect(tab.ids).not.toContain(second?.id);
    // Closed and opened: it is still there, and still not sent.
    tab.close();
    const later = browser.tab();
    await later.outbox.load();
    later.connects();
    expect(later.outbox.list.map(({ id, refused }) => [id, refused?.code])).toEqual([[first?.id, "taken"], [second?.id, undefined]]);
    await later.outbox.amend(first!.id, take("t-1"));
    await until(() => expect(later.ids).toEqual([first?.id]));
    later.outbox.accepted(first!.id, 8);
    await until(() => expect(later.ids).toEqual([first?.id, second?.id]));
  });
  it("a refused one that is dropped lets the others go", async () => {
    const tab = browser.tab();
    const [first, second] = await offline(tab, take("t-1"), finish("t-1"));
    tab.connects();
    await until(() => expect(tab.ids).toEqual([first?.id]));
    tab.outbox.refused(first!.id, new Refused("taken", "Người khác đang làm."));
    await until(() => expect(tab.outbox.list[0]?.refused).not.toBeNull());
    expect(await tab.outbox.cancel(first!.id)).toBe(true);
    await until(() => expect(tab.ids).toEqual([first?.id, second?.id]));
  });
  it("a room that only shows for now takes it later", async () => {
    const tab = browser.tab();
    const [item] = await offline(tab, say("a"));
    tab.connects();
    await until(() => expect(tab.ids).toEqual([item?.id]));
    tab.outbox.refused(item!.id, new Refused("read_only", "Chỉ đọc."));
    await until(() => expect(tab.outbox.list[0]).toMatchObject({ sent: false, refused: null }));
    tab.connects();
    await until(() => expect(tab.ids).toEqual([item?.id, item?.id]));
  });
});

describe("taking back", () => {
  it("works before it has left, and not after", async () => {
    const tab = browser.tab();
    const [first, second] = await offline(tab, say("a"), say("b"));
    expect(await tab.outbox.cancel(first!.id)).toBe(true);
    expect((await onDisk()).map(({ id }) => id)).toEqual([second?.id]);
    tab.connects();
    await until(() => expect(tab.ids).toEqual([second?.id]));
    tab.breaks();
    expect(await tab.outbox.cancel(second!.id)).toBe(false);
    expect(tab.outbox.list).toHaveLength(1);
  });
});

describe("two tabs", () => {
  it("show one outbox; either can take back; each item is sent by one", async () => {
    const [one, two] = [browser.tab(), browser.tab()];
    const items = await offline(one, say("a"), say("b"), say("c"));
    const ids = items.map(({ id }) => id);
    await until(() => expect(two.outbox.list.map(({ id }) => id)).toEqual(ids));
    expect(await two.outbox.cancel(ids[1]!)).toBe(true);
    await until(() => expect(one.outbox.list.map(({ id }) => id)).toEqual([ids[0], ids[2]]));
    two.connects();
    one.connects();
    await until(() => expect(one.ids).toEqual([ids[0], ids[2]]));
    one.outbox.accepted(ids[0]!, 4);
    one.outbox.accepted(ids[2]!, 5);
    await until(() => expect(two.outbox.list).toEqual([]));
    expect(two.ids).toEqual([]);
  });
  it("who takes back and who sends never both succeed", async () => {
    for (let round = 0; round < 20; round += 1) {
      const [one, two] = [browser.tab(), browser.tab()];
      const [item] = await offline(one, say(`r-${round}`));
      await until(() => expect(two.outbox.list.map(({ id }) => id)).toContain(item?.id));
      one.connects();
      const taken = await two.outbox.cancel(item!.id);
      await until(async () => expect(one.ids.includes(item!.id) || !(await onDisk()).some(({ id }) => id === item!.id)).toBe(true));
      expect(one.ids.includes(item!.id)).toBe(!taken);
      await shelf.change(item!.id, () => null);
      one.close();
      two.close();
    }
  });
  it("what a closed tab left goes out from another, with its id", async () => {
    const [one, two] = [browser.tab(), browser.tab()];
    const [item] = await offline(one, say("a"));
    await until(() => expect(two.outbox.list).toHaveLength(1));
    two.connects();
    one.close();
    await until(() => expect(two.ids).toEqual([item?.id]));
  });
  it("what a closed browser left goes out when it is opened again, in order", async () => {
    const one = browser.tab();
    const items = await offline(one, say("a"), say("b"));
    one.close();
    const later = browser.tab();
    await later.outbox.load();
    const newer = await offline(later, say("c"));
    later.connects();
    await until(() => expect(later.ids).toEqual([...items, ...newer].map(({ id }) => id)));
  });
});

describe("photos", () => {
  const photo = () => new File(["ảnh"], "anh.png", { type: "image/png" });
  const kept: Attachment = { digest: "d".repeat(64), name: "anh.png", size: 5, media: "image/png" };

  it("wait on the disk with the words, go up first, and hold up nobody", async () => {
    // Blobs go through the test's database only as the platform's own.
    const up = vi.fn<Around["upload"]>();
    let done: (file: Attachment) => void = () => {};
    up.mockImplementation(() => new Promise((then) => (done = then)));
    const tab = browser.tab({ upload: up });
    const { pending, answer } = tab.outbox.put(say("a"), [photo()]);
    expect(await answer).toBeNull();
    expect((await onDisk())[0]?.files).toEqual([{ name: "anh.png", size: photo().size, done: null }]);
    expect(await shelf.file(pending.id, 0)).toBeDefined();
    const [other] = await offline(tab, say("b"));
    tab.connects();
    await until(() => expect(up).toHaveBeenCalledTimes(1));
    await until(() => expect(tab.ids).toEqual([other?.id]));
    done(kept);
    await until(() => expect(tab.sent[1]).toMatchObject({ text: "a", attachments: [kept] }));
    tab.outbox.accepted(pending.id, 9);
    await until(async () => expect(await shelf.file(pending.id, 0)).toBeUndefined());
  });
  it("that the server does not take are refused with its words, and the words stay", async () => {
    const tab = browser.tab({ upload: () => Promise.reject(new ApiError(415, "media", "Không nhận loại tệp này.")) });
    const { pending, answer } = tab.outbox.put(say("a"), [photo()]);
    await answer;
    tab.connects();
    await until(() => expect(tab.outbox.list[0]?.refused).toEqual({ code: "media", words: "Không nhận loại tệp này." }));
    expect(tab.outbox.list[0]?.id).toBe(pending.id);
  });
  it("that are taken back stop going up", async () => {
    const stopped = vi.fn();
    const tab = browser.tab({ upload: (_file, _name, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", () => (stopped(), fail(signal.reason as Error)))) });
    const { pending, answer } = tab.outbox.put(say("a"), [photo()]);
    await answer;
    tab.connects();
    await until(() => expect(tab.outbox.list[0]?.kept).toBe("kept"));
    await vi.waitFor(() => expect(tab.outbox.list).toHaveLength(1));
    expect(await tab.outbox.cancel(pending.id)).toBe(true);
    await until(() => expect(stopped).toHaveBeenCalled());
  });
});
