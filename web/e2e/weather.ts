// Bad weather between a browser and the server: a TCP proxy that cuts the line, lets it go dead in silence, makes it
// narrow and slow, and lets parts of it stall. It knows nothing of what it carries.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What the line is like. */
export type Weather = {
  /** Bits a second in each direction, over all connections; Infinity: as fast as it goes. */
  bits: number;
  /** Added to every piece, ms. */
  latency: number;
  /** Share of pieces, 0 to 1, that wait for `STALL_MS`: a packet that was lost and had to be sent again. */
  stalls: number;
  /** Share of new connections, 0 to 1, that are taken and broken off. */
  drops: number;
};

export const FAIR: Weather = { bits: Infinity, latency: 0, stalls: 0, drops: 0 };
/** A valley in the rain: the 64 kbit/s, a quarter of a second, one piece in ten lost once. */
export const NARROW: Weather = { bits: 64_000, latency: 250, stalls: 0.1, drops: 0.1 };

/** TCP sends a lost piece again after about a second. */
const STALL_MS = 1_000;
/** Pieces of about a packet, so that a narrow line is shared as a real one is. */
const PIECE_BYTES = 1_400;

/** One direction of one connection: pieces leave in order, each at its time. */
class Stream {
  private leaves = 0;
  constructor(
    private readonly line: Line,
    private readonly way: "up" | "down",
    from: Socket,
    private readonly to: Socket,
  ) {
    from.on("data", (bytes) => {
      // As a full queue of a router: the sender waits until what it sent has left.
      from.pause();
      const last = this.carry(bytes);
      setTimeout(() => from.destroyed || from.resume(), Math.max(0, last - Date.now() - this.line.weather.latency));
    });
  }

  private carry(bytes: Buffer): number {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      this.leaves = Math.max(this.leaves, this.line.leaves(this.way, piece.length));
      setTimeout(() => {
        if (!this.line.dead && !this.to.destroyed) this.to.write(piece);
      }, Math.max(0, this.leaves - Date.now()));
    }
    return this.leaves;
  }
}

export class Line {
  weather: Weather = FAIR;
  /** Taken and answered by nothing: the worst, because no side is told. */
  dead = false;
  private cutOff = false;
  private readonly sockets = new Set<Socket>();
  private readonly free = { up: 0, down: 0 };
  /** How many connections were made, and how many of them were broken off. */
  made = 0;
  broken = 0;

  private constructor(
    private readonly server: Server,
    private readonly random: () => number,
  ) {}

  /** A line to `target()`, which may be said later. `seed` makes the weather the same each time. */
  static async to(target: () => { host: string; port: number }, seed = 1): Promise<Line> {
    const server = createServer();
    const line = new Line(server, randomOf(seed));
    server.on("connection", (here) => line.connect(here, target()));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The line is cut: what is open breaks, what is tried is refused. */
  cut(): void {
    this.cutOff = true;
    this.breakOff();
  }
  /** The line goes dead: everything stays open and nothing arrives. */
  hush(): void {
    this.dead = true;
  }
  /** The line is there again. What was open when it went dead stays dead, as behind a router that forgot it. */
  mend(): void {
    if (this.dead) this.breakOff();
    this.cutOff = this.dead = false;
  }
  /** The weather lasts until then. */
  async until(moment: number): Promise<void> {
    await new Promise((done) => setTimeout(done, Math.max(0, moment - Date.now())));
  }
  async end(): Promise<void> {
    this.breakOff();
    await new Promise((done) => this.server.close(done));
  }

  /** When a piece of so many bytes has left, ms. */
  leaves(way: "up" | "down", bytes: number): number {
    const { bits, latency, stalls } = this.weather;
    const now = Date.now();
    this.free[way] = Math.max(this.free[way], now) + (bits === Infinity ? 0 : (bytes * 8_000) / bits);
    return this.free[way] + latency + (this.random() < stalls ? STALL_MS : 0);
  }

  private connect(here: Socket, target: { host: string; port: number }): void {
    this.made += 1;
    if (this.cutOff || this.random() < this.weather.drops) {
      this.broken += 1;
      here.destroy();
      return;
    }
    const there = connect(target);
    for (const socket of [here, there]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
    }
    new Stream(this, "up", here, there);
    new Stream(this, "down", there, here);
    const ends = (one: Socket, other: Socket) =>
      one.on("close", () => {
        this.sockets.delete(one);
        // Not told while the line is dead; what is under way arrives first.
        if (!this.dead) setTimeout(() => other.end(), this.weather.latency);
      });
    ends(here, there);
    ends(there, here);
  }

  private breakOff(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
