// One statement's words as several people type them at once: the document, its way to the server, the copy on this
// device, and who else writes. Nothing typed is thrown away without the person saying so.
import { readAuthMessage } from "y-protocols/auth";
import { messageAuth, WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Actor, Statement } from "../wire";
import { colourFor, isColour } from "./colours";
import { type End, ENDS } from "./connection";
import { newId } from "./id";
import { textKey, type Texts, texts as onDevice } from "./kept-text";
import { normal } from "./text";
import { type Place, SHARED } from "./text-binding";
import { clock } from "./time";
import { forgetUnsent, keepUnsent, readUnsent, type Unsent, unsentName } from "./unsent";
import { w } from "./words";

/** What a window says of itself to the others. */
export type Writer = { person: string; name: string; office: string | null; colour: number | null; at: Place | null };
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
/** Without a connection for this long, the words that this device kept are shown: a network that swallows everything
 * refuses nothing. */
const RESTORE_MS = 3_000;
/** How long a change may be missing on this device. */
const KEEP_MS = 1_000;
/** The server has not, or no longer has, the words on which these stand. */
export const WORDS_MISSING = "words_missing";

export type Around = {
  incident: string;
  you: Actor;
  /** The session is over. */
  signedOut: () => void;
  /** Nothing is kept for nobody. */
  signedIn: () => boolean;
  /** Others, in tests. */
  socket?: typeof WebSocket;
  texts?: Texts;
};

export class SharedText {
  text = $state("");
  reach: Reach = $state.raw({ state: "connecting" });
  /** Whether the server's words are here, or those that it last gave to this device. */
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
  colour = $state(0);
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
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private restoring: ReturnType<typeof setTimeout> | undefined;
  private readonly texts: Texts;
  private readonly key: string;

  constructor(
    row: Statement,
    private readonly around: Around,
  ) {
    this.row = row;
    this.name = unsentName(around.incident, row.id, around.you.person);
    this.texts = around.texts ?? onDevice;
    this.key = textKey(around.incident, row.id, around.you.person);
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
    // What the server did not take must not come back from here.
    void this.texts.forget(this.key).catch(() => {});
    this.run();
  }

  seen(): void {
    this.joined = null;
  }

  /** Where this person's caret is, for the others. */
  look(at: Place | null): void {
    if (this.wanted) this.provider?.awareness.setLocalStateField("at", at);
  }

  /** The whole text with this person's words, even those that found no place among the server's. */
  mine(): string {
    const left = [...this.found.values()].at(-1);
    return left && this.doc.store.pendingStructs ? left.text : this.text;
  }

  /** The page is left. */
  leave(): void {
    this.wanted = false;
    if (this.keeping !== undefined) this.keepNow();
    this.close();
  }

  private open(): WebsocketProvider {
    const doc = new Y.Doc();
    this.ground = undefined;
    for (const { text } of this.found.values()) this.before = text;
    doc.on("update", (_update: Uint8Array, origin: unknown) => this.changed(origin !== this.provider));
    this.doc = doc;
    const provider = this.connect(doc);
    // A line that is only slow brings the server's words in the end.
    this.restoring = setTimeout(() => provider.wsconnected || void this.restore(doc), RESTORE_MS);
    return provider;
  }

  /** Without the server: the words that this device kept, and what was typed on them. */
  private async restore(doc: Y.Doc): Promise<void> {
    const kept = await this.texts.read(this.key).catch(() => null);
    if (!kept || this.opened || !this.wanted || this.doc !== doc || !this.provider) return;
    const trial = new Y.Doc();
    Y.applyUpdate(trial, kept.state);
    // Older than what the room shows: the person would type on words that are gone.
    const current = kept.rev >= this.row.rev || normal(trial.getText(SHARED).toString()) === this.row.text;
    for (const { changes } of this.found.values()) Y.applyUpdate(trial, changes);
    const whole = trial.store.pendingStructs === null && trial.store.pendingDs === null;
    if (!whole || !(current || this.unsent)) return;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(trial), this.provider);
    if (this.reach.state === "connecting") this.reach = { state: "offline", since: clock.now() };
    this.opened = true;
    this.settle();
  }

  /** Writes the words down on this device. */
  private readonly keepNow = (): void => {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    if (!this.opened || this.refused || this.doc.store.pendingStructs || !this.around.signedIn()) return;
    // Where a device keeps nothing, nothing can be typed on after a closed page; that is all.
    void this.texts.keep({ key: this.key, state: Y.encodeStateAsUpdate(this.doc), rev: this.row.rev, at: clock.now() }).catch(() => {});
  };

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
    provider.on("status", ({ status }) => status === "connected" && announce(provider));
    provider.on("sync", (is) => is && this.live());
    provider.on("connection-close", () => {
      if (this.provider !== provider) return;
      if (this.keeping !== undefined) this.keepNow();
      if (!provider.shouldConnect) this.reach = { state: "connecting" };
      else if (this.reach.state !== "offline") this.reach = { state: "offline", since: clock.now() };
      if (!this.opened && provider.shouldConnect) void this.restore(doc);
    });
    provider.on("closed", ({ code }) => {
      const why = ENDS[code];
      if (why) this.reach = { state: "ended", why };
      if (why === "sign_in") this.around.signedOut();
    });
    provider.awareness.setLocalState({ person: you.person, name: you.name, office: you.office, colour: null, at: null } satisfies Writer);
    provider.awareness.on("change", () => this.meet(provider));
    return provider;
  }

  /** Others came, moved or went. */
  private meet(provider: WebsocketProvider): void {
    const { awareness } = provider;
    const here = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID).map(([, state]) => state as Partial<Writer>);
    // They come from other windows and may be anything.
    const writers = here
      .filter((one): one is Writer => typeof one.person === "string" && typeof one.name === "string")
      .map((one) => ({ ...one, colour: isColour(one.colour) ? one.colour : null }));
    const own = awareness.getLocalState() as Writer | null;
    this.others = writers.filter((one) => one.person !== this.around.you.person);
    // Not before it is known which are taken.
    if (!own || !provider.synced) return;
    this.colour = colourFor(own, writers);
    if (this.colour !== own.colour) awareness.setLocalStateField("colour", this.colour);
  }

  private live(): void {
    const { before, unsent } = this;
    // What an earlier page left stands on words of the server, so it comes after them.
    for (const { changes } of this.found.values()) Y.applyUpdate(this.doc, changes);
    if (unsent && before !== this.mine()) this.joined = { before, after: this.text };
    this.reach = { state: "live" };
    this.opened = true;
    clearTimeout(this.restoring);
    this.keepNow();
    if (this.provider) this.meet(this.provider);
    if (this.doc.store.pendingStructs) this.refused = { code: WORDS_MISSING, words: w.statement.heldMissing };
    // Refused before the server's words were here: now they are.
    if (this.refused) this.run();
    this.settle();
  }

  private refuse(provider: WebsocketProvider, reason: string): void {
    if (!this.opened) return;
    // Words of somebody else that were shared and then not taken: they are not here any more.
    if (!this.unsent) return this.drop();
    this.refused = read(reason);
    if (provider.synced) this.run();
    this.settle();
  }

  private changed(here: boolean): void {
    this.text = this.doc.getText(SHARED).toString();
    if (here || this.reach.state === "live") this.before = this.text;
    if (this.reach.state === "live") this.keeping ??= setTimeout(this.keepNow, KEEP_MS);
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
    clearTimeout(this.keeping);
    clearTimeout(this.restoring);
    this.keeping = undefined;
    this.provider = null;
    this.others = [];
    provider?.destroy();
    doc.destroy();
  }
}

/**
 * Says anew who is here, and hears it anew of the others: what was said before a break of the line counts as old news
 * on both sides.
 */
function announce({ awareness }: WebsocketProvider): void {
  for (const client of awareness.meta.keys()) if (client !== awareness.clientID) awareness.meta.delete(client);
  awareness.setLocalState(awareness.getLocalState());
}

function read(reason: string): Refusal {
  try {
    const { code, words } = JSON.parse(reason) as Partial<Refusal>;
    return { code: String(code ?? ""), words: String(words ?? "") };
  } catch {
    return { code: "", words: reason };
  }
}
