// The socket to the room: says hello, notices silence, comes back by itself, and tells the truth about its state.
// It knows nothing of incidents.
import { BEAT_SECONDS, CLOSE, PROTOCOL, type ToClient, type ToServer } from "../wire";

/** Longer than two beats without a word: the connection is dead, whatever the browser believes, and is said so within 25 s. */
export const SILENCE_MS = 22_000;
/** A beat is late: nobody calls that connection live without saying so. */
export const QUIET_MS = BEAT_SECONDS * 1_000 + 4_000;
/** A server that does not welcome within this is not reached. */
export const WELCOME_MS = 10_000;
/** A page that should have been asked every second and was not for so long has slept, and its timers with it. */
export const SLEPT_MS = 10_000;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;

/** How much of a long message has come. */
export type Part = { got: number; of: number };
/** Why a connection ended for good. */
export type End = "sign_in" | "not_member" | "unknown" | "outdated";
export type Link =
  | { state: "connecting"; lost: number | null }
  /** `quiet`: a beat is late; since when nothing was heard. Device time. `part`: so much of a long message has come. */
  | { state: "live"; quiet?: number; part?: Part }
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
  /** When the room was last heard: what is on the screen is as old as that. */
  private heard: number | null = null;
  private asked: number | null = null;
  /** What has come of a message that is sent in parts. */
  private parts: string[] = [];
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

  /**
   * The network came back, or the person looked: no reason to wait any longer, and none to believe a socket that has
   * been silent. After a sleep the browser's own timers are late, so the device's clock is asked.
   */
  hurry(): void {
    if (this.link.state === "waiting") this.open();
    else if (this.link.state === "live" && this.silent() >= QUIET_MS) {
      this.closed(0);
      this.open();
    }
  }

  /** Asked about once a second. A gap means that the machine slept. */
  tick(): void {
    const now = this.around.now();
    const gap = this.asked === null ? 0 : now - this.asked;
    this.asked = now;
    if (gap >= SLEPT_MS) this.hurry();
  }

  /** The device says that it has no network. A try tells whether that is so. */
  cutOff(): void {
    if (this.link.state === "live" || this.link.state === "connecting") this.closed(0);
  }

  private silent(): number {
    return this.heard === null ? 0 : this.around.now() - this.heard;
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
    this.expect(WELCOME_MS, () => this.closed(0));
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
    // Until it is welcomed, nothing that arrives makes a connection: a proxy may talk for a server that does not.
    if (message.type !== "welcome" && this.link.state !== "live") return;
    this.heard = this.around.now();
    this.expect(QUIET_MS, () => this.quiet());
    if (message.type === "welcome") {
      if (message.protocol !== PROTOCOL) {
        this.end("outdated");
        return;
      }
      this.tries = 0;
      this.lost = null;
      this.become({ state: "live" });
    } else if (message.type === "part") {
      this.part(message);
      return;
    } else if (this.link.state === "live" && this.link.quiet !== undefined) this.become({ state: "live" });
    this.ears.heard(message);
  }

  /** A long message comes in parts, so that a thin line is not taken for a dead one; it counts when it is whole. */
  private part({ at, of, text }: { at: number; of: number; text: string }): void {
    this.parts = [...this.parts.slice(0, at), text];
    const got = this.parts.length;
    if (got < of) {
      this.become({ state: "live", part: { got, of } });
      return;
    }
    const whole = JSON.parse(this.parts.join("")) as ToClient;
    this.parts = [];
    this.become({ state: "live" });
    this.ears.heard(whole);
  }

  private quiet(): void {
    this.expect(SILENCE_MS - QUIET_MS, () => this.closed(0));
    const part = this.link.state === "live" ? this.link.part : undefined;
    this.become({ state: "live", quiet: this.heard ?? this.around.now(), ...(part ? { part } : {}) });
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
    // Since the last word, not since the silence was noticed. A clock that was put back must not make it the future.
    const now = this.around.now();
    this.lost ??= Math.min(this.heard ?? now, now);
    const wait = this.wait(code);
    this.tries += 1;
    this.become({ state: "waiting", next: now + wait, lost: this.lost });
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

  private expect(within: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, within);
  }

  private drop(): void {
    const wire = this.wire;
    this.wire = null;
    this.parts = [];
    if (!wire) return;
    wire.onopen = wire.onmessage = wire.onclose = null;
    wire.close();
  }

  private become(link: Link): void {
    this.link = link;
    this.ears.changed(link);
  }
}
