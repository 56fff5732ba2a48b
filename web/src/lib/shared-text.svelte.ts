// One statement's words as several people type them at once: the document, its way to the server, the copy on this
// device, and who else writes. Nothing typed is thrown away without the person saying so.
import { readAuthMessage } from "y-protocols/auth";
import { messageAuth, WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Actor, Statement } from "../wire";
import { type End, ENDS } from "./connection";
import { newId } from "./id";
import { blanks, normal, unseen } from "./text";
import { OWN, type Place, SHARED } from "./text-binding";
import { clock } from "./time";
import { forgetUnsent, keepUnsent, readUnsent, type Unsent, unsentName } from "./unsent";

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
/** The server lacks earlier words of this window: it gets them at the next greeting, if it can take them at all. */
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
  /** Whether the server's words are here. */
  opened = $state(false);
  /** Whether what is typed outlives this page. */
  kept = $state(true);
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
  held = $derived(this.refused !== null || (this.unsent && this.opened && !this.wanted));

  private provider: WebsocketProvider | null = null;
  private readonly window = newId();
  private readonly name: string;
  /** What earlier pages left on this device. */
  private found: Map<string, Unsent>;
  /** What the document had when the record last had everything. */
  private ground: Uint8Array | undefined;
  /** The text as this person saw it before the server was lost, and what they typed since. */
  private before = "";
  private greeted = false;

  constructor(
    row: Statement,
    private readonly around: Around,
  ) {
    this.row = row;
    this.name = unsentName(around.incident, row.id, around.you.person);
    this.found = readUnsent(this.name);
    this.unsent = this.found.size > 0;
    this.run();
  }

  /** The room's row changed. */
  arrived(row: Statement): void {
    this.row = row;
    this.settle();
  }

  /** Whether this person types here now. Words that did not go out yet go out all the same. */
  want(is: boolean): void {
    this.wanted = is;
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
    this.opened = false;
    this.forget();
    this.close();
    this.run();
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

  /** Puts words in place of what is selected; a space parts them from the word before. */
  insert(words: string, from: number, to: number): void {
    const before = this.text.slice(0, from);
    const put = before === "" || /\s$/.test(before) ? words : ` ${words}`;
    this.replace([{ from, to, put }]);
  }

  /** Takes out what does not show. */
  clean(): void {
    this.replace(unseen(this.text).map(({ from, to }) => ({ from, to, put: "" })));
  }

  /** The whole text with this person's words, even those that found no place among the server's. */
  mine(): string {
    return this.doc.store.pendingStructs ? this.before : this.text;
  }

  /** The page is left. */
  leave(): void {
    this.wanted = false;
    this.close();
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

  private open(): WebsocketProvider {
    const doc = new Y.Doc();
    this.ground = undefined;
    for (const { changes, text } of this.found.values()) {
      Y.applyUpdate(doc, changes);
      this.before = text;
    }
    doc.on("update", (_update: Uint8Array, origin: unknown) => this.changed(origin !== this.provider));
    this.doc = doc;
    return this.connect(doc);
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
    if (this.unsent && this.before !== this.text) this.joined = { before: this.before, after: this.text };
    this.reach = { state: "live" };
    this.opened = true;
    // Refused before the server's words were here: now they are.
    if (this.refused) this.run();
    this.settle();
  }

  private refuse(provider: WebsocketProvider, reason: string): void {
    const { code, words } = read(reason);
    if (code === WORDS_MISSING && !this.greeted) {
      this.greeted = true;
      provider.ws?.close();
      return;
    }
    this.refused = { code, words };
    if (provider.synced) this.run();
    this.settle();
  }

  private changed(here: boolean): void {
    this.text = this.doc.getText(SHARED).toString();
    if (here || this.reach.state === "live") this.before = this.text;
    if (here) {
      this.unsent = true;
      this.kept = keepUnsent(this.name, this.window, { changes: Y.encodeStateAsUpdate(this.doc, this.ground), text: this.text });
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
    if (!this.opened || this.doc.store.pendingStructs) return;
    this.ground = Y.encodeStateVector(this.doc);
    if (!this.unsent) return;
    this.refused = null;
    this.greeted = false;
    this.forget();
    this.run();
  }

  private forget(): void {
    this.unsent = false;
    forgetUnsent(this.name, [this.window, ...this.found.keys()]);
    this.found = new Map();
  }

  /** Connected while there is something to say or to hear. */
  private run(): void {
    if (this.reach.state === "ended") return;
    const connects = (this.wanted || this.unsent) && !this.refused;
    if (connects) this.provider ??= this.open();
    if (connects) this.provider?.connect();
    else if (this.provider?.shouldConnect) this.provider.disconnect();
  }

  private close(): void {
    const { provider, doc } = this;
    this.provider = null;
    this.others = [];
    provider?.destroy();
    doc.destroy();
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
