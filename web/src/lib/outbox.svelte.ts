// Commands on their way: each kept, with its id, until the room accepts or refuses it. Sending again is always safe.
import type { Command, CommandId } from "../wire";
import { newId } from "./id";

/** A command that the room refused, or that could not even be sent. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
  ) {
    super(words);
  }
}

export type Pending = {
  id: CommandId;
  command: Command;
  /** When the person acted, device time. */
  at: number;
  /** Handed to a connection at least once: the room may know it, so it can no longer be taken back. */
  sent: boolean;
};

type Waiting = { accepted: (rev: number) => void; refused: (why: Refused) => void };
type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Outbox {
  list: Pending[] = $state.raw([]);
  private readonly waiting = new Map<CommandId, Waiting>();

  constructor(
    private readonly kept: Kept,
    private readonly key: string,
    /** Whether a command outlives the page. */
    private readonly outlives: (command: Command) => boolean,
  ) {
    this.list = read(kept, key);
  }

  /** Takes a command in. `send` hands it to the connection and says whether it left. */
  put(command: Command, send: (pending: Pending) => boolean): { pending: Pending; answer: Promise<number> } {
    const pending: Pending = { id: newId(), command, at: Date.now(), sent: false };
    const answer = new Promise<number>((accepted, refused) => this.waiting.set(pending.id, { accepted, refused }));
    this.list = [...this.list, pending];
    this.flush(send, [pending.id]);
    return { pending, answer };
  }

  /** Sends everything again, in order, with the same ids: after the connection came back. */
  flush(send: (pending: Pending) => boolean, only?: CommandId[]): void {
    this.list = this.list.map((pending) => {
      if (only && !only.includes(pending.id)) return pending;
      return send(pending) && !pending.sent ? { ...pending, sent: true } : pending;
    });
    this.keep();
  }

  accepted(id: CommandId, rev: number): void {
    this.take(id)?.accepted(rev);
  }

  /** Answers the command, when it was this browser's. */
  refused(id: CommandId, why: Refused): { command: Command; awaited: boolean } | null {
    const pending = this.list.find((pending) => pending.id === id);
    const waiting = this.take(id);
    waiting?.refused(why);
    return pending ? { command: pending.command, awaited: waiting !== undefined } : null;
  }

  /** Takes back a command that never left. */
  cancel(id: CommandId): boolean {
    const pending = this.list.find((pending) => pending.id === id);
    if (!pending || pending.sent) return false;
    this.take(id)?.refused(new Refused("cancelled", ""));
    return true;
  }

  private take(id: CommandId): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    this.list = this.list.filter((pending) => pending.id !== id);
    this.keep();
    return waiting;
  }

  private keep(): void {
    const outliving = this.list.filter((pending) => this.outlives(pending.command));
    try {
      if (outliving.length > 0) this.kept.setItem(this.key, JSON.stringify(outliving));
      else this.kept.removeItem(this.key);
    } catch {
      // Storage full or forbidden: the command still goes out as long as the page lives.
    }
  }
}

function read(kept: Kept, key: string): Pending[] {
  try {
    const list: unknown = JSON.parse(kept.getItem(key) ?? "[]");
    if (!Array.isArray(list)) return [];
    return list.filter((one): one is Pending => typeof one?.id === "string" && typeof one.command?.noun === "string");
  } catch {
    return [];
  }
}
