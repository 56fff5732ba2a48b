// Words typed together: what went out, what waits, what was refused; nothing is lost on any of these ways.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writePermissionDenied } from "y-protocols/auth";
import { readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import { messageAuth, messageAwareness, messageSync } from "y-websocket";
import * as Y from "yjs";
import { CLOSE, type Actor, type Statement } from "../wire";
import type { KeptText } from "./kept-text";
import { SharedText } from "./shared-text.svelte";
import { normal } from "./text";
import { SHARED } from "./text-binding";
import { hasUnsent, unsentName } from "./unsent";

/** The server, as far as its wire goes: one document, and what it refuses. */
class Server {
  readonly doc = new Y.Doc();
  readonly sockets = new Set<Socket>();
  up = true;
  refuses: { code: string; words: string } | null = null;
  opened = 0;

  constructor(text: string) {
    this.doc.getText(SHARED).insert(0, text);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      for (const socket of this.sockets) if (socket !== origin) socket.hear(sync((encoder) => writeUpdate(encoder, update)));
    });
  }
  get text(): string {
    return this.doc.getText(SHARED).toString();
  }
  types(at: number, words: string): void {
    this.doc.getText(SHARED).insert(at, words);
  }
  drop(code = 1006): void {
    for (const socket of this.sockets) socket.end(code);
  }

  heard(socket: Socket, bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const kind = decoding.readVarUint(decoder);
    if (kind === messageAwareness) {
      socket.here = bytes;
      return this.sockets.forEach((one) => one.hear(bytes));
    }
    const before = this.text;
    const trial = new Y.Doc();
    Y.applyUpdate(trial, Y.encodeStateAsUpdate(this.doc));
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, messageSync);
    const copy = decoding.clone(decoder);
    readSyncMessage(copy, encoding.createEncoder(), trial, socket);
    const changes = trial.getText(SHARED).toString() !== before || trial.store.pendingStructs !== null;
    if (this.refuses && changes) {
      return socket.hear(denied(this.refuses));
    }
    readSyncMessage(decoder, answer, this.doc, socket);
    if (encoding.length(answer) > 1) socket.hear(encoding.toUint8Array(answer));
  }
}

function sync(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

function denied(reason: { code: string; words: string }): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAuth);
  writePermissionDenied(encoder, JSON.stringify(reason));
  return encoding.toUint8Array(encoder);
}

let server: Server;

class Socket {
  readonly OPEN = 1;
  binaryType = "";
  readyState = 0;
  /** What it last said of itself. */
  here: Uint8Array | null = null;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    queueMicrotask(() => {
      if (!server.up) return this.end(1006);
      server.opened += 1;
      this.readyState = 1;
      server.sockets.add(this);
      this.onopen?.();
      for (const { here } of server.sockets) if (here) this.hear(here);
      this.hear(sync((encoder) => writeSyncStep1(encoder, server.doc)));
    });
  }
  send(bytes: Uint8Array): void {
    if (server.sockets.has(this)) queueMicrotask(() => server.heard(this, bytes));
  }
  hear(bytes: Uint8Array): void {
    queueMicrotask(() => this.readyState === 1 && this.onmessage?.({ data: bytes.slice().buffer }));
  }
  end(code: number): void {
    this.readyState = 3;
    server.sockets.delete(this);
    this.onclose?.({ code, reason: "" });
  }
  close(): void {
    this.end(1000);
  }
}

const you: Actor = { person: "me", name: "Lê Thị Nháp", title: "", office: "stttt", roles: ["duty"] };
const act = { person: "p", name: "", title: "", office: null, at: "2024-09-10T14:00:00Z" };
const row = (text: string, state: Statement["state"] = "draft"): Statement => ({
  id: "s", rev: 1, number: "PN-01", kind: "k", title: "", public: true, state, text: normal(text), digest: `d(${text})`,
  drafted: act, written: act, authors: [], series: "s", follows: null, followed: null, form: null, citations: [], lacks: [], submission: null,
  squares: [], approvals: [], versions: [], joint: null, plans: [], releases: [], document: null, dropped: null,
});

const name = unsentName("i", "s", "me");
const open: SharedText[] = [];
const signedOut = vi.fn();
let here = true;
/** What the device keeps. */
const kept = new Map<string, KeptText>();
const texts = { keep: async (text: KeptText) => void kept.set(text.key, text), read: async (key: string) => kept.get(key) ?? null, forget: async (key: string) => void kept.delete(key) };
function join(text: string, rev = 1): SharedText {
  const shared = new SharedText({ ...row(text), rev }, { incident: "i", you, signedOut, signedIn: () => here, texts, socket: Socket as unknown as typeof WebSocket });
  open.push(shared);
  shared.want(true);
  return shared;
}
const type = (shared: SharedText, at: number, words: string) => shared.doc.transact(() => shared.doc.getText(SHARED).insert(at, words));
const settled = () => vi.advanceTimersByTimeAsync(0);
/** Longer than any pause between two attempts. */
const aWhile = () => vi.advanceTimersByTimeAsync(12_000);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  kept.clear();
  here = true;
  server = new Server("Đập an toàn.");
});
afterEach(() => {
  for (const shared of open.splice(0)) shared.leave();
  vi.useRealTimers();
});

describe("while the server is reached", () => {
  it("has the server's words, and gives what is typed at once; recorded is what the row has", async () => {
    const shared = join("Đập an toàn.");
    expect(shared.opened).toBe(false);
    await settled();
    expect([shared.text, shared.reach.state, shared.recorded]).toEqual(["Đập an toàn.", "live", true]);
    type(shared, 12, " Hết.");
    await settled();
    expect([server.text, shared.recorded, shared.unsent, hasUnsent(name)]).toEqual(["Đập an toàn. Hết.", false, true, true]);
    shared.arrived(row(server.text));
    expect([shared.recorded, shared.unsent, shared.behindSince, hasUnsent(name)]).toEqual([true, false, null, false]);
  });
  it("knows who else is here, and believes nothing that is no writer", async () => {
    const [shared, other] = [join("Đập an toàn."), join("Đập an toàn.")];
    await settled();
    other.look({ anchor: 1, head: 2 });
    await settled();
    expect(shared.others).toEqual([]);
    const far = new SharedText(row("Đập an toàn."), { incident: "i", you: { ...you, person: "she", name: "Trần Bình" }, signedOut, signedIn: () => here, texts, socket: Socket as unknown as typeof WebSocket });
    open.push(far);
    far.want(true);
    await settled();
    far.look({ anchor: 1, head: 2 });
    await settled();
    expect(shared.others).toEqual([{ person: "she", name: "Trần Bình", office: "stttt", colour: expect.any(Number), at: { anchor: 1, head: 2 } }]);
    expect(shared.others[0]?.colour).not.toBe(shared.colour);
    expect(other.colour).toBe(shared.colour);
    far.leave();
    await settled();
    expect(shared.others).toEqual([]);
  });
});

describe("without the network", () => {
  it("keeps what is typed, comes back by itself, and shows what others changed", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.up = false;
    server.drop();
    expect(shared.reach.state).toBe("offline");
    type(shared, 0, "Tin: ");
    server.types(12, " Hết.");
    await aWhile();
    expect([shared.text, shared.unsent]).toEqual(["Tin: Đập an toàn.", true]);
    server.up = true;
    await aWhile();
    expect([shared.text, server.text, shared.reach.state]).toEqual(["Tin: Đập an toàn. Hết.", "Tin: Đập an toàn. Hết.", "live"]);
    expect(shared.joined).toEqual({ before: "Tin: Đập an toàn.", after: "Tin: Đập an toàn. Hết." });
    shared.seen();
    expect(shared.joined).toBeNull();
  });
  it("says nothing about a break in which nothing was typed here", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.drop();
    server.types(12, " Hết.");
    await aWhile();
    expect([shared.text, shared.joined]).toEqual(["Đập an toàn. Hết.", null]);
  });
  it("comes back after a restart of the server, and not after its end of the session", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.drop(CLOSE.ending);
    await aWhile();
    expect([server.opened, shared.reach.state]).toEqual([2, "live"]);
    type(shared, 0, "Tin: ");
    server.drop(CLOSE.sign_in);
    await aWhile();
    expect([server.opened, shared.reach]).toEqual([2, { state: "ended", why: "sign_in" }]);
    expect(signedOut).toHaveBeenCalledOnce();
    shared.leave();
    expect(hasUnsent(name)).toBe(true);
  });
});

describe("a page that is left with words unsent", () => {
  it("leaves them on this device at every key; the next page sends them and shows what others changed", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.up = false;
    server.drop();
    for (const [place, key] of [..."Tin: "].entries()) type(shared, place, key);
    server.types(12, " Hết.");
    shared.leave();
    server.up = true;
    const next = join("Đập an toàn. Hết.");
    expect([next.unsent, next.opened]).toEqual([true, false]);
    await settled();
    expect([server.text, next.text]).toEqual(["Tin: Đập an toàn. Hết.", "Tin: Đập an toàn. Hết."]);
    expect(next.joined).toEqual({ before: "Tin: Đập an toàn.", after: "Tin: Đập an toàn. Hết." });
    next.arrived(row(server.text));
    expect(hasUnsent(name)).toBe(false);
  });
  it("shows them even when the server no longer has the words on which they stand", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.up = false;
    server.drop();
    type(shared, 3, " Cốc Ly");
    shared.leave();
    server = new Server("Bản cũ.");
    server.refuses = { code: "words_missing", words: "Máy chủ còn thiếu chữ." };
    const next = join("Bản cũ.");
    await aWhile();
    expect([next.refused?.code, next.held, next.text, next.mine()]).toEqual(["words_missing", true, "Bản cũ.", "Đập Cốc Ly an toàn."]);
    server.refuses = null;
    next.drop();
    await settled();
    expect([next.text, next.held, hasUnsent(name)]).toEqual(["Bản cũ.", false, false]);
  });
  it("does not take the words of another window for its own good news", async () => {
    const [here, there] = [join("Đập an toàn."), join("Đập an toàn.")];
    await settled();
    server.up = false;
    server.drop();
    type(there, 0, "x");
    here.arrived(row("Đập an toàn."));
    here.leave();
    expect(hasUnsent(name)).toBe(true);
  });
});

describe("a page that is opened without the network", () => {
  /** A page that was open, lost the network and is left. */
  async function left(words = ""): Promise<void> {
    const shared = join("Đập an toàn.");
    await settled();
    server.up = false;
    server.drop();
    if (words) type(shared, 0, words);
    shared.leave();
  }

  it("goes on where the last one was left; all of it arrives when the server does", async () => {
    await left("Tin: ");
    const next = join("Đập an toàn.");
    expect(next.opened).toBe(false);
    await aWhile();
    expect([next.opened, next.text, next.reach.state, next.held]).toEqual([true, "Tin: Đập an toàn.", "offline", false]);
    type(next, 17, " Hết.");
    next.leave();
    const last = join("Đập an toàn.");
    await aWhile();
    type(last, 0, "Mới! ");
    expect(last.text).toBe("Mới! Tin: Đập an toàn. Hết.");
    server.types(12, " (huyện)");
    server.up = true;
    await aWhile();
    expect([server.text, last.text]).toEqual([server.text, server.text]);
    expect(server.text).toMatch(/^Mới! Tin: Đập an toàn\./);
    expect(server.text).toContain(" Hết.");
    expect(server.text).toContain(" (huyện)");
    last.arrived(row(server.text));
    expect([last.unsent, hasUnsent(name)]).toEqual([false, false]);
  });
  it("can be typed on even when nothing was typed before, unless the room knows newer words", async () => {
    await left();
    const same = join("Đập an toàn.", 7);
    await aWhile();
    expect([same.opened, same.text, same.unsent]).toEqual([true, "Đập an toàn.", false]);
    same.leave();
    const newer = join("Đập an toàn. Hết.", 7);
    await aWhile();
    expect([newer.opened, newer.text]).toEqual([false, ""]);
  });
  it("waits for the server while it may be there, and has only its words then", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    shared.leave();
    // Words that stood in a draft and were taken out of the record: what is kept here does not bring them back.
    server = new Server("Bản sạch.");
    const next = join("Bản sạch.");
    await aWhile();
    expect([next.text, server.text]).toEqual(["Bản sạch.", "Bản sạch."]);
  });
  it("shows nothing of words that have no place among those that were kept", async () => {
    await left("Tin: ");
    kept.clear();
    const next = join("Đập an toàn.");
    await aWhile();
    expect([next.opened, next.unsent, hasUnsent(name)]).toEqual([false, true, true]);
    server.up = true;
    await aWhile();
    expect(server.text).toBe("Tin: Đập an toàn.");
  });
  it("keeps nothing once nobody is signed in", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    type(shared, 0, "Tin: ");
    here = false;
    kept.clear();
    shared.leave();
    await aWhile();
    expect(kept.size).toBe(0);
  });
  it("does not bring back what the server refused and the person let go", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.refuses = { code: "too_long", words: "" };
    type(shared, 0, "x");
    await aWhile();
    shared.drop();
    server.up = false;
    server.drop();
    await aWhile();
    expect([shared.opened, kept.size]).toEqual([false, 0]);
  });
});

describe("refused", () => {
  const frozen = { code: "words_frozen", words: "Phát ngôn đã trình duyệt." };

  it("words stay here, and go in when the statement is open again", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.refuses = frozen;
    type(shared, 12, " Hết.");
    await settled();
    expect([shared.refused, shared.held, shared.text, server.text]).toEqual([frozen, true, "Đập an toàn. Hết.", "Đập an toàn."]);
    shared.arrived(row("Đập an toàn.", "in_review"));
    shared.want(false);
    await aWhile();
    expect(server.sockets.size).toBe(0);
    server.refuses = null;
    shared.again();
    shared.want(true);
    await settled();
    expect([server.text, shared.refused, shared.held]).toEqual(["Đập an toàn. Hết.", null, false]);
  });
  it("words that were typed offline stand beside the server's, to be compared", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.up = false;
    server.drop();
    type(shared, 12, " Hết.");
    server.types(0, "Tin: ");
    [server.up, server.refuses] = [true, frozen];
    shared.arrived(row(server.text, "in_review"));
    shared.want(false);
    expect(shared.held).toBe(true);
    await aWhile();
    expect([shared.refused, shared.text, server.text]).toEqual([frozen, "Tin: Đập an toàn. Hết.", "Tin: Đập an toàn."]);
    expect(server.sockets.size).toBe(0);
  });
  it("words can be let go: the document is the server's again", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.refuses = { code: "too_long", words: "" };
    type(shared, 0, "x");
    await settled();
    server.refuses = null;
    shared.drop();
    await settled();
    expect([shared.text, shared.refused, shared.unsent, hasUnsent(name)]).toEqual(["Đập an toàn.", null, false, false]);
    type(shared, 12, " Hết.");
    await settled();
    expect(server.text).toBe("Đập an toàn. Hết.");
  });
  it("nothing is refused when the record has the words after all", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.refuses = frozen;
    type(shared, 12, " Hết.");
    await settled();
    shared.arrived(row("Đập an toàn. Hết.", "in_review"));
    expect([shared.refused, shared.held]).toEqual([null, false]);
  });
  it("words of somebody else are let go without a question", async () => {
    const shared = join("Đập an toàn.");
    await settled();
    server.types(0, "x");
    await settled();
    const taken = new Server("Đập an toàn.");
    const [socket] = server.sockets;
    server = taken;
    socket!.hear(denied({ code: "read_only", words: "" }));
    await aWhile();
    expect([shared.text, shared.refused, shared.held]).toEqual(["Đập an toàn.", null, false]);
  });
});
