// Commands on their way: each kept on this device, with its id, its photos and when it was written, until the room
// accepts it or the person lets go of it. Sending again is always safe; all tabs of a browser share one outbox.
import type { Attachment, Command, CommandId } from "../wire";
import { ApiError } from "./api";
import { newId } from "./id";
import type { Shelf } from "./shelf";
import type { Said } from "./tabs";
import type { Clock } from "./time";
import { outbox as words } from "./words.outbox";
import { written, type Written, writtenAt } from "./written";

/** A command that the room refused, or that could not even be sent. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
  ) {
    super(words);
  }
}

/** A file that goes up before the command that names it. */
export type Carried = { name: string; size: number; done: Attachment | null };

/** What lies on the device. */
export type Item = {
  id: CommandId;
  /** A room and a person. */
  box: string;
  incident: string;
  person: string;
  /** The incident's title, for pages that are not its room. */
  title: string;
  command: Command;
  /** Items go out in this order. */
  order: number;
  written: Written;
  /** The page that sends it, while it lives. */
  page: string;
  /** Handed to a connection at least once: the room may know it, so it can no longer be taken back. */
  sent: boolean;
  /** Why the room did not take it. Stays until the person lets go of it or sends it anew. */
  refused: { code: string; words: string } | null;
  files: Carried[];
};

export type Pending = Item & {
  /** When the person acted, by the server's clock as it was known then. */
  at: number;
  /** Whether it lies on the device: not yet, yes, the device refuses, or it is not meant to outlive the page. */
  kept: "writing" | "kept" | "unkept" | "page";
  /** How much of its files the server has, 0 to 1; null when none is on its way. */
  part: number | null;
};

type Waiting = { accepted: (rev: number | null) => void; refused: (why: Refused) => void };

export type Around = {
  incident: string;
  person: string;
  title: () => string;
  page: string;
  clock: Clock;
  shelf: Shelf;
  /** Whether a command may wait and outlives the page. */
  outlives: (command: Command) => boolean;
  /** The room is reached and takes commands. */
  reached: () => boolean;
  /** Hands a command to the connection; false when it did not leave. */
  send: (pending: Pending, command: Command) => boolean;
  upload: (file: Blob, name: string, told: { onprogress: (sent: number, of: number) => void; signal: AbortSignal }) => Promise<Attachment>;
  tell: (said: Said) => void;
  /** Whether that page lives. */
  lives: (page: string) => Promise<boolean>;
  /** Done when that page is gone. */
  gone: (page: string) => Promise<void>;
};

/** The server did not do it and will take it later: it waits on. */
const PASSES = "read_only";
/** After a file could not be sent, ms. */
const FILE_AGAIN_MS = 10_000;

/** The row that a command is about. */
const rowOf = (command: Command): string | null => ("id" in command && typeof command.id === "string" ? command.id : null);

function* namesIn(value: unknown): Iterable<string> {
  if (typeof value === "string") yield value;
  else if (value && typeof value === "object") for (const part of Object.values(value)) yield* namesIn(part);
}

export class Outbox {
  list: Pending[] = $state.raw([]);
  readonly box: string;
  private readonly waiting = new Map<CommandId, Waiting>();
  /** In which connection each was handed over last. */
  private readonly handed = new Map<CommandId, number>();
  private connection = 0;
  /** Files of items that do not lie on the device, or not yet. */
  private readonly files = new Map<CommandId, Blob[]>();
  private carrying: { id: CommandId; stop: AbortController } | null = null;
  /** Pages that are gone, as far as is known, and those whose end is waited for. */
  private readonly ended = new Set<string>();
  private readonly awaited = new Set<string>();
  private pumping = false;
  private again = false;

  constructor(private readonly around: Around) {
    this.box = `${around.incident}.${around.person}`;
  }

  /** Takes a command in. The answer: the revision that it made, or null when it waits here and comes later. */
  put(command: Command, files: File[] = []): { pending: Pending; answer: Promise<number | null> } {
    const item = this.item(command, { files: files.map(({ name, size }) => ({ name, size, done: null })) });
    const pending: Pending = { ...item, at: item.written.at, kept: this.around.outlives(command) ? "writing" : "page", part: null };
    const answer = new Promise<number | null>((accepted, refused) => this.waiting.set(pending.id, { accepted, refused }));
    const ahead = this.list.some((one) => !one.sent && !one.refused && one.files.length === 0);
    this.list = [...this.list, pending];
    // At once when nothing stands before it: the device writes meanwhile.
    if (files.length === 0 && (pending.kept === "page" || !ahead)) this.hand(pending.id);
    if (pending.kept === "writing") void this.keep(pending.id, files);
    return { pending, answer };
  }

  /** A command as it lies on the device, written now. */
  item(command: Command, more: Partial<Item> = {}): Item {
    const { incident, person, clock, page } = this.around;
    return {
      id: newId(),
      box: this.box,
      incident,
      person,
      title: this.around.title(),
      // What a form gave may be alive; what lies on the device is not.
      command: JSON.parse(JSON.stringify(command)) as Command,
      order: Math.max(Date.now(), ...this.list.map((one) => one.order + 1)),
      written: written(clock),
      page,
      sent: false,
      refused: null,
      files: [],
      ...more,
    };
  }

  /** What earlier pages and other tabs left. */
  async load(): Promise<void> {
    const before = new Set(this.list.filter((one) => one.kept === "kept").map((one) => one.id));
    let items: Item[];
    try {
      items = await this.around.shelf.all(this.box);
    } catch {
      return;
    }
    const there = new Map(items.map((item) => [item.id, item]));
    for (const id of before) if (!there.has(id)) this.leave(id);
    const known = new Set(this.list.map((one) => one.id));
    const found = items.filter((item) => !known.has(item.id)).map((item): Pending => ({ ...item, at: item.written.at, kept: "kept", part: null }));
    const kept = this.list.map((one) => ({ ...one, ...there.get(one.id) }));
    this.list = [...kept, ...found].sort((a, b) => a.order - b.order);
    void this.pump();
  }

  /** A connection was made: everything goes out again, in order, with the same ids. */
  reached(): void {
    this.connection += 1;
    void this.pump();
  }

  /** The connection was lost: nobody need wait for an answer, the outbox does. */
  lost(): void {
    for (const one of this.list) if (one.kept !== "page" && one.kept !== "writing") this.release(one.id);
  }

  accepted(id: CommandId, rev: number): void {
    const waiting = this.taken(id);
    this.forget(id);
    waiting?.accepted(rev);
    void this.pump();
  }

  /** Answers the command, when it was this browser's, and whether it stays here. */
  refused(id: CommandId, why: Refused): { command: Command; stays: boolean } | null {
    const one = this.find(id);
    if (!one) return null;
    const waiting = this.waiting.get(id);
    // Somebody is at the form that sent it and gets the words back there.
    const stays = one.kept !== "page" && (why.code === PASSES || !waiting);
    if (stays) {
      const refused = why.code === PASSES ? null : { code: why.code, words: why.words };
      void this.change(id, (item) => ({ ...item, sent: false, refused }));
      this.release(id);
    } else {
      this.waiting.delete(id);
      this.forget(id);
      waiting?.refused(why);
      void this.pump();
    }
    return { command: one.command, stays };
  }

  /** Takes back a command that never left; false when it has. */
  async cancel(id: CommandId): Promise<boolean> {
    const one = this.find(id);
    if (!one || one.sent) return false;
    // In one step with the tab that may be sending it.
    if (one.kept === "kept" && (await this.change(id, (item) => (item.sent ? item : null)))) return false;
    const waiting = this.taken(id);
    this.forget(id);
    waiting?.refused(new Refused("cancelled", ""));
    void this.pump();
    return true;
  }

  /** Sends a refused command again, as it is or changed. The room does not know it, so its id and place stay. */
  async amend(id: CommandId, command?: Command): Promise<void> {
    await this.change(id, (item) => ({ ...item, ...(command ? { command: JSON.parse(JSON.stringify(command)) as Command } : {}), refused: null, sent: false }));
    void this.pump();
  }

  /** What this one waits for: an earlier one about the same row. */
  behind(one: Pending): Pending | null {
    if (one.kept === "page") return null;
    const names = new Set(namesIn(one.command));
    for (const earlier of this.list) {
      if (earlier.id === one.id) return null;
      const row = rowOf(earlier.command);
      if (earlier.kept !== "page" && row !== null && names.has(row)) return earlier;
    }
    return null;
  }

  /** Sends what can be sent. One after the other, so that order is kept; files beside it, so that they hold up nobody. */
  async pump(): Promise<void> {
    this.again = true;
    if (this.pumping) return;
    this.pumping = true;
    try {
      while (this.again) {
        this.again = false;
        // A page that lives does so for the whole round, or what it left would go out in pieces.
        const living = new Set<string>();
        for (const { id } of this.list) {
          await this.step(id, living);
          // Things changed: from the first again, or a later one would go before it.
          if (this.again) break;
        }
      }
    } finally {
      this.pumping = false;
    }
  }

  private async step(id: CommandId, living: Set<string>): Promise<void> {
    const found = this.find(id);
    if (!found || !this.around.reached() || found.refused || found.kept === "writing") return;
    if (this.handed.get(id) === this.connection || this.behind(found)) return;
    // What a page that is gone left goes before what was written since.
    if (found.page !== this.around.page) {
      if (living.has(found.page)) return;
      if (!(await this.hasEnded(found.page))) return void living.add(found.page);
      await this.adopt(found);
    }
    const one = this.find(id);
    if (!one || one.page !== this.around.page || !this.around.reached()) return;
    if (one.files.some((file) => !file.done)) return void this.carry(id);
    if (one.kept === "kept" && !one.sent) {
      // From here on no tab can take it back.
      const claimed = await this.change(id, (item) => ({ ...item, sent: true }));
      if (!claimed) return this.leave(id);
      if (!this.hand(id)) await this.change(id, (item) => ({ ...item, sent: false }));
      return;
    }
    this.hand(id);
  }

  private hand(id: CommandId): boolean {
    const one = this.find(id);
    if (!one) return false;
    const files = one.files.flatMap(({ done }) => (done ? [done] : []));
    const named = "attachments" in one.command ? (one.command.attachments ?? []) : [];
    const command = files.length > 0 ? ({ ...one.command, attachments: [...named, ...files] } as Command) : one.command;
    if (!this.around.send(one, command)) return false;
    this.handed.set(id, this.connection);
    this.show(id, { sent: true });
    return true;
  }

  /** When it was written, by the server's clock as it is known now. */
  writtenAt(one: Pending): number {
    return writtenAt(one.written, this.around.clock);
  }

  private async keep(id: CommandId, files: File[]): Promise<void> {
    const one = this.find(id);
    if (!one) return;
    this.files.set(id, files);
    let kept: Pending["kept"] = "kept";
    try {
      await this.around.shelf.put(itemOf(one), files);
      this.files.delete(id);
    } catch {
      kept = "unkept";
    }
    const now = this.find(id);
    if (!now) return;
    this.show(id, { kept });
    // It left while the device wrote: the others must not offer to take it back.
    if (now.sent && !one.sent && kept === "kept") await this.change(id, (item) => ({ ...item, sent: true }));
    if (now.sent) return;
    this.around.tell({ say: "outbox", box: this.box });
    this.release(id);
    void this.pump();
  }

  private async carry(id: CommandId): Promise<void> {
    // One at a time: they share one bad network.
    if (this.carrying) return;
    const stop = new AbortController();
    this.carrying = { id, stop };
    let pause = 0;
    try {
      for (let one = this.find(id); one; one = this.find(id)) {
        const place = one.files.findIndex((file) => !file.done);
        const file = one.files[place];
        if (!file) break;
        const blob = this.files.get(id)?.[place] ?? (await this.around.shelf.file(id, place));
        if (!blob) throw new ApiError(404, "file_gone", words.fileGone(file.name));
        const onprogress = (sent: number, of: number) => this.show(id, { part: of ? sent / of : 0 });
        const done = await this.around.upload(blob, file.name, { onprogress, signal: stop.signal });
        await this.change(id, (item) => ({ ...item, files: item.files.map((other, at) => (at === place ? { ...other, done } : other)) }));
      }
    } catch (error) {
      if (stop.signal.aborted) return;
      const { status, code, words: why } = error instanceof ApiError ? error : { status: 0, code: "", words: "" };
      if (status === 0 || status === 401 || status === 408 || status === 429 || status >= 500) pause = FILE_AGAIN_MS;
      else await this.change(id, (item) => ({ ...item, refused: { code, words: why } }));
    } finally {
      this.show(id, { part: null });
      const on = () => {
        this.carrying = null;
        void this.pump();
      };
      if (pause) setTimeout(on, pause);
      else on();
    }
  }

  /** Whether a page is gone. One that lives sends its own; when it ends, everything is looked at again. */
  private async hasEnded(page: string): Promise<boolean> {
    if (this.ended.has(page)) return true;
    if (!(await this.around.lives(page))) this.ended.add(page);
    else if (!this.awaited.has(page)) {
      this.awaited.add(page);
      void this.around.gone(page).then(() => {
        this.ended.add(page);
        void this.pump();
      });
    }
    return this.ended.has(page);
  }

  /** What a page left that is gone is sent from here; another tab may have been first. */
  private async adopt({ id, page }: Pending): Promise<void> {
    const mine = this.around.page;
    if (!(await this.change(id, (item) => (item.page === page ? { ...item, page: mine } : item)))) this.leave(id);
  }

  /** Changes an item here and on the device in one step; null takes it away. */
  private async change(id: CommandId, how: (item: Item) => Item | null): Promise<Item | null> {
    const one = this.find(id);
    let item: Item | null = null;
    if (one?.kept === "kept") {
      try {
        item = await this.around.shelf.change(id, how);
      } catch {
        // The device keeps nothing any more: what is in the page goes on.
        item = how(itemOf(one));
      }
      this.around.tell({ say: "outbox", box: this.box });
    } else if (one) item = how(itemOf(one));
    if (item) this.show(id, item);
    return item;
  }

  /** It is done with. */
  private forget(id: CommandId): void {
    const one = this.find(id);
    this.leave(id);
    if (one && one.kept !== "page") {
      const told = () => this.around.tell({ say: "outbox", box: this.box });
      this.around.shelf.change(id, () => null).then(told, () => {});
    }
  }

  /** Another tab is done with it, or this one. */
  private leave(id: CommandId): void {
    this.release(id);
    this.list = this.list.filter((one) => one.id !== id);
    this.handed.delete(id);
    this.files.delete(id);
    if (this.carrying?.id === id) this.carrying.stop.abort();
  }

  /** It waits here: whoever waits for the answer need not. */
  private release(id: CommandId): void {
    this.taken(id)?.accepted(null);
  }

  private taken(id: CommandId): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private find(id: CommandId): Pending | undefined {
    return this.list.find((one) => one.id === id);
  }

  private show(id: CommandId, change: Partial<Pending>): void {
    this.list = this.list.map((one) => (one.id === id ? { ...one, ...change } : one));
  }
}

function itemOf({ at: _at, kept: _kept, part: _part, ...item }: Pending): Item {
  return item;
}
