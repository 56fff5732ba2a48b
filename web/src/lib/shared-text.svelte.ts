// One statement's words as several people type them at once: the document, its way to the server, the copy on this
// device, and who else writes. Nothing typed is thrown away without the person saying so.
import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import { readAuthMessage } from "y-protocols/auth";
import { messageAuth, WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Actor, Statement } from "../wire";
import { type End, ENDS } from "./connection";
import { newId } from "./id";
import { blanks, normal, unseen } from "./text";
import { OWN, type Place, SHARED } from "./text-binding";
import { clock } from "./time";
import { hasUnsent, keptName, mark, marked, unmark } from "./unsent";

/** What a window says of itself to the others. */
export type Writer = { person: string; name: string; office: string | null; at: Place | null };
export type Reach =
  | { state: "connecting" }
  | { state: "live" }
  /** Comes back by itself. `since` is the server's time. */
  | { state: "offline"; since: number }
  | { state: "ended"; why: End };
/** Why the server did not take what was typed. */
export type Refusal = { code: string; words: string };

/** A server that restarts is back within seconds; beyond this nobody is asked more often. */
const BACKOFF_MS_MAX = 10_000;
/** Storage that does not open within this is not waited for. */
const STORAGE_MS_MAX = 2_000;
/** The server lacks earlier words of this window: it gets them at the next greeting. */
const WORDS_MISSING = "words_missing";

export type Around = {
  incident: string;
  you: Actor;
  /** The session is over. */
  signedOut: () => void;
  /** Another one, in tests. */
  socket?: typeof WebSocket;
};

export class SharedText {
  text = $state("");
  reach: Reach = $state.raw({ state: "connecting" });
  /** Whether the words are here: from the server, or left on this device. */
  opened = $state(false);
  /** Whether what is typed outlives this page. */
  kept = $state(false);
  /** Words of this device that the record does not have. */
  unsent = $state(false);
  /** Since when the record differs from this window, by the device's clock. */
  behindSince: number | null = $state(null);
  refused: Refusal | null = $state.raw(null);
  /** The words before and after what was typed without the server was joined with the others' changes. */
  joined: { before: string; after: string } | null = $state.raw(null);
  others: Writer[] = $state.raw([]);
  doc: Y.Doc = $state.raw(new Y.Doc());
  private row: Statement = $state.raw()!;
  recorded = $derived(normal(this.text) === this.row.text);
  private wanted = $state(false);
  /** Words that cannot go out as things stand: a person has to decide. */
  held = $derived(this.refused !== null || (this.unsent && !this.wanted));

  private provider: WebsocketProvider | null = null;
  private store: IndexeddbPersistence | null = null;
  private before = "";
  private left = false;
  private readonly window = newId();
  private readonly found: string[];
  private readonly name: string;

  constructor(
    row: Statement,
    private readonly around: Around,
  ) {
    this.row = row;
    this.name = keptName(around.incident, row.id, around.you.person);
    this.found = marked(this.name);
    this.unsent = this.found.length > 0;
    if (this.unsent) void this.open();
  }

  /** The room's row changed. */
  arrived(row: Statement): void {
    this.row = row;
    this.settle();
  }

  /** Whether this person types here now. Words that did not go out yet go out all the same. */
  want(is: boolean): void {
    this.wanted = is;
    if (is && !this.provider) void this.open();
    this.run();
  }

  /** The network came back: no reason to wait any longer. */
  hurry(): void {
    if (this.reach.state === "offline") this.run();
  }

  /** Refused words once more: the statement is open again. */
  again(): void {
    this.refused = null;
    this.run();
  }

  /** Lets go of refused words: the document as the server has it. */
  drop(): void {
    this.refused = null;
    this.joined = null;
    this.unsent = false;
    this.opened = false;
    unmark(this.name, [this.window, ...this.found]);
    void this.close(true).then(() => this.want(this.wanted));
  }

  seen(): void {
    this.joined = null;
  }

  /** Where this person's caret is, for the others. */
  look(at: Place | null): void {
    if (this.wanted) this.provider?.awareness.setLocalStateField("at", at);
  }

  /** Fills every blank of this name. */
  fill(name: string, words: string): void {
    this.replace(blanks(this.text).filter((blank) => blank.name === name).map(({ from, to }) => ({ from, to, put: words })));
  }

  /** Takes out what does not show. */
  clean(): void {
    this.replace(unseen(this.text).map(({ from, to }) => ({ from, to, put: "" })));
  }

  /** The page is left. What the record has need not stay on this device. */
  leave(): void {
    this.left = true;
    void this.close(!this.unsent && !hasUnsent(this.name));
  }

  private replace(spans: { from: number; to: number; put: string }[]): void {
    const text = this.doc.getText(SHARED);
    this.doc.transact(() => {
      for (const { from, to, put } of spans.toReversed()) {
        text.delete(from, to - from);
        text.insert(from, put);
      }
    }, OWN);
  }

  private async open(): Promise<void> {
    const doc = new Y.Doc();
    const provider = this.connect(doc);
    this.doc = doc;
    this.provider = provider;
    await this.load(doc);
    if (this.provider !== provider) return;
    this.text = doc.getText(SHARED).toString();
    this.opened = this.unsent && this.text !== "";
    doc.on("update", (_update: Uint8Array, origin: unknown) => this.changed(origin !== provider && origin !== this.store));
    this.settle();
    this.run();
  }

  /** Begins with what an earlier page left on this device; without that the device begins empty. */
  private async load(doc: Y.Doc): Promise<void> {
    if (typeof indexedDB === "undefined") return;
    const inTime = (ready: Promise<unknown>) => Promise.race([ready, new Promise((then) => setTimeout(then, STORAGE_MS_MAX))]);
    try {
      if (!this.unsent) await inTime(clearDocument(this.name));
      if (this.doc === doc) await inTime(this.keep(doc));
    } catch {
      // Storage forbidden: the page says that the words live in it alone.
    }
  }

  private async keep(doc: Y.Doc): Promise<void> {
    const store = new IndexeddbPersistence(this.name, doc);
    this.store = store;
    await store.whenSynced;
    this.kept = true;
    // Another window clears the device of words that it has no more use for; this one still has.
    store.db?.addEventListener("versionchange", () => {
      void store.destroy();
      if (this.store === store) void this.keep(doc);
    });
  }

  private connect(doc: Y.Doc): WebsocketProvider {
    const { incident, you, socket } = this.around;
    const base = `${location.origin.replace(/^http/, "ws")}/api/incidents/${encodeURIComponent(incident)}/statements/${encodeURIComponent(this.row.id)}`;
    const provider = new WebsocketProvider(base, "text", doc, {
      connect: false,
      // The server says who may type; another tab does not speak for it.
      disableBc: true,
      maxBackoffTime: BACKOFF_MS_MAX,
      shouldReconnect: ({ code }) => !(code in ENDS),
      ...(socket ? { WebSocketPolyfill: socket } : {}),
    });
    provider.messageHandlers[messageAuth] = (_encoder, decoder) => readAuthMessage(decoder, doc, (_doc, reason) => this.refuse(provider, reason));
    provider.on("status", ({ status }) => status === "connected" && (this.before = this.text));
    provider.on("sync", (is) => is && this.live());
    provider.on("connection-close", () => {
      if (this.provider !== provider) return;
      if (!provider.shouldConnect) this.reach = { state: "connecting" };
      else if (this.reach.state !== "offline") this.reach = { state: "offline", since: clock.now() };
    });
    provider.on("closed", ({ code }) => {
      const why = ENDS[code];
      if (why) this.reach = { state: "ended", why };
      if (why === "sign_in") this.around.signedOut();
    });
    provider.awareness.setLocalState({ person: you.person, name: you.name, office: you.office, at: null } satisfies Writer);
    provider.awareness.on("change", () => (this.others = others(provider, you.person)));
    return provider;
  }

  private live(): void {
    if (this.unsent && this.opened && this.before !== this.text) this.joined = { before: this.before, after: this.text };
    this.reach = { state: "live" };
    this.opened = true;
    // Refused before the server's words were here: now they are.
    if (this.refused) this.run();
    this.settle();
  }

  private refuse(provider: WebsocketProvider, reason: string): void {
    const { code, words } = read(reason);
    if (code === WORDS_MISSING) {
      provider.ws?.close();
      return;
    }
    this.refused = { code, words };
    if (provider.synced) this.run();
    this.settle();
  }

  private changed(here: boolean): void {
    this.text = this.doc.getText(SHARED).toString();
    if (here) {
      this.unsent = true;
      mark(this.name, this.window);
    }
    this.settle();
  }

  /** What the record has is no longer unsent; what was refused and is in it after all is not refused. */
  private settle(): void {
    if (!this.recorded) {
      this.behindSince ??= Date.now();
      return;
    }
    this.behindSince = null;
    if (!this.unsent || !this.opened) return;
    this.unsent = false;
    this.refused = null;
    unmark(this.name, [this.window, ...this.found]);
    this.run();
  }

  private run(): void {
    const { provider } = this;
    if (!provider || this.left || this.reach.state === "ended") return;
    if ((this.wanted || this.unsent) && !this.refused) provider.connect();
    else if (provider.shouldConnect) provider.disconnect();
  }

  private async close(clear: boolean): Promise<void> {
    const { provider, store, doc } = this;
    this.provider = null;
    this.store = null;
    this.others = [];
    provider?.destroy();
    doc.destroy();
    if (clear) await store?.clearData();
  }
}

function others(provider: WebsocketProvider, me: string): Writer[] {
  const states = [...provider.awareness.getStates().values()] as Partial<Writer>[];
  // They come from other windows and may be anything.
  return states.filter((one): one is Writer => typeof one.person === "string" && typeof one.name === "string" && one.person !== me);
}

function read(reason: string): Refusal {
  try {
    const { code, words } = JSON.parse(reason) as Partial<Refusal>;
    return { code: String(code ?? ""), words: String(words ?? "") };
  } catch {
    return { code: "", words: reason };
  }
}
