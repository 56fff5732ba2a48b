// The socket to the room: says hello, notices silence, comes back by itself, and tells the truth about its state.
// It knows nothing of incidents.
import { CLOSE, PROTOCOL, type ToClient, type ToServer } from "../wire";

/** Longer than two beats without a word: the connection is dead, whatever the browser believes, and is said so within 25 s. */
export const SILENCE_MS = 22_000;
/** A server that does not welcome within this is not reached. */
const WELCOME_MS = 10_000;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;

/** Why a connection ended for good. */
export type End = "sign_in" | "not_member" | "unknown" | "outdated";
export type Link =
  | { state: "connecting"; lost: number | null }
  | { state: "live" }
  /** Tries again at `next`; the data is as old as `lost`. Device time. */
  | { state: "waiting"; next: number; lost: number | null }
  | { state: "ended"; why: End };

/** Close codes after which coming back by itself is no use. */
export const ENDS: Readonly<Record<number, End>> = {
  [CLOSE.sign_in]: "sign_in",
  [CLOSE.not_a_member]: "not_member",
  [CLOSE.unknown]: "unknown",
  [CLOSE.outdated]: "outdated",
};

/** What is used of a WebSocket, so that tests can give another one. */
export type Wire = {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
};

export type Surroundings = {
  open: () => Wire;
  now: () => number;
  random: () => number;
};

export type Ears = {
  hello: () => { rev: number; head: string | null };
  heard: (message: ToClient) => void;
  changed: (link: Link) => void;
};

export class Connection {
  link: Link = { state: "connecting", lost: null };
  private wire: Wire | null = null;
  private tries = 0;
  private lost: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = false;

  constructor(
    private readonly ears: Ears,
    private readonly around: Surroundings,
  ) {}

  start(): void {
    this.open();
  }

  /** Ends for good: the person left the room. */
  leave(): void {
    this.left = true;
    clearTimeout(this.timer);
    this.drop();
  }

  /** Sends, if the room is reached. */
  send(message: ToServer): boolean {
    if (this.link.state !== "live" || !this.wire) return false;
    this.wire.send(JSON.stringify(message));
    return true;
  }

  /** The network came back, or the person looked: no reason to wait any longer. */
  hurry(): void {
    if (this.link.state === "waiting") this.open();
  }

  private open(): void {
    if (this.left) return;
    clearTimeout(this.timer);
    this.drop();
    this.become({ state: "connecting", lost: this.lost });
    let wire: Wire;
    try {
      wire = this.around.open();
    } catch {
      this.closed(0);
      return;
    }
    this.wire = wire;
    this.expect(WELCOME_MS);
    wire.onopen = () => wire.send(JSON.stringify({ type: "hello", ...this.ears.hello(), protocol: PROTOCOL } satisfies ToServer));
    wire.onmessage = (event) => this.message(event.data);
    wire.onclose = (event) => this.closed(event.code);
  }

  private message(data: unknown): void {
    let message: ToClient;
    try {
      message = JSON.parse(String(data)) as ToClient;
    } catch {
      return;
    }
    this.expect(SILENCE_MS);
    if (message.type === "welcome") {
      if (message.protocol !== PROTOCOL) {
        this.end("outdated");
        return;
      }
      this.tries = 0;
      this.lost = null;
      this.become({ state: "live" });
    }
    this.ears.heard(message);
  }

  private closed(code: number): void {
    this.drop();
    clearTimeout(this.timer);
    if (this.left) return;
    const end = ENDS[code];
    if (end) {
      this.end(end);
      return;
    }
    this.lost ??= this.around.now();
    const wait = this.wait(code);
    this.tries += 1;
    this.become({ state: "waiting", next: this.around.now() + wait, lost: this.lost });
    this.timer = setTimeout(() => this.open(), wait);
  }

  private wait(code: number): number {
    const { random } = this.around;
    // A restart takes a moment and everybody comes back at once: spread over two seconds.
    if (code === CLOSE.ending) return random() * 2_000;
    const top = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (this.tries + 1));
    const jittered = BACKOFF_FIRST_MS + random() * (top - BACKOFF_FIRST_MS);
    return jittered;
  }

  private end(why: End): void {
    this.drop();
    clearTimeout(this.timer);
    this.become({ state: "ended", why });
  }

  private expect(within: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.closed(0), within);
  }

  private drop(): void {
    const wire = this.wire;
    this.wire = null;
    if (!wire) return;
    wire.onopen = wire.onmessage = wire.onclose = null;
    wire.close();
  }

  private become(link: Link): void {
    this.link = link;
    this.ears.changed(link);
  }
}
