// One room: the rows, the connection, the commands on their way, who is here.
import { untrack } from "svelte";
import { type Actor, type Command, type Office, type Present, type RoomStatus, type ToClient, type Wait } from "../wire";
import { api } from "./api";
import { Connection, type Link, type Wire } from "./connection";
import { Incident } from "./incident.svelte";
import { isQueued, may, type Verb, verbOf } from "./may";
import { Outbox, type Pending, Refused } from "./outbox.svelte";
import { session } from "./session.svelte";
import { clock } from "./time";
import { toasts } from "./toasts.svelte";
import { w } from "./words";

/** What goes on after the end: tasks that count from it, and the press, which goes on asking. */
const OUTLIVES_CLOSING = /^(task|enquiry|meeting)\./;
const RELOADED = "phongtruc.reloaded";

export class Room {
  readonly incident = new Incident();
  readonly outbox: Outbox;
  link: Link = $state.raw({ state: "connecting", lost: null });
  status: RoomStatus = $state.raw({ mode: "live" });
  people: Present[] = $state.raw([]);
  /** What waits for this person here. */
  waits: Wait[] = $state.raw([]);
  you: Actor;
  private readonly connection: Connection;
  private looking = { at: null as string | null, typing: false };
  private visible: { rev: number; then: () => void }[] = [];

  constructor(
    readonly id: string,
    you: Actor,
    open: () => Wire = () => new WebSocket(addressOf(id)) as unknown as Wire,
  ) {
    this.you = $state.raw(you);
    this.outbox = new Outbox(localStorage, `phongtruc.outbox.${id}.${you.person}`, (command) => isQueued(verbOf(command)));
    this.connection = new Connection(
      {
        hello: () => ({ rev: this.incident.rev, head: this.incident.head }),
        heard: (message) => this.heard(message),
        changed: (link) => this.changed(link),
      },
      { open, now: Date.now, random: Math.random },
    );
  }

  /** Joins; answers how to leave. */
  join(): () => void {
    const hurry = () => this.connection.hurry();
    const seen = () => document.visibilityState === "visible" && hurry();
    addEventListener("online", hurry);
    document.addEventListener("visibilitychange", seen);
    this.connection.start();
    return () => {
      removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", seen);
      this.connection.leave();
    };
  }

  retryNow(): void {
    this.connection.hurry();
  }

  /**
   * Sends a command; done when its effect is in the rows. Throws Refused. What may wait goes into the outbox while
   * the room is not reached, and the answer comes when it is.
   */
  async send(command: Command): Promise<void> {
    const verb = verbOf(command);
    const why = this.whyNot(verb);
    if (why !== null) throw new Refused("not_now", why);
    const { answer } = this.outbox.put(command, (pending) => this.out(pending));
    const rev = await answer;
    if (this.incident.rev < rev) await new Promise<void>((then) => this.visible.push({ rev, then }));
  }

  /** Sends, and shows a refusal as a notice. What was typed is the caller's to give back when it was refused. */
  async tried(command: Command): Promise<"accepted" | "refused" | "cancelled"> {
    try {
      await this.send(command);
      return "accepted";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "cancelled") return "cancelled";
      toasts.warn(error.words);
      return "refused";
    }
  }

  /** Whether the role allows it at all: what is refused to a role is not shown. */
  may(verb: Verb): boolean {
    return may(this.you, verb);
  }

  /** Why it cannot be done right now, in words; null when it can. */
  whyNot(verb: Verb): string | null {
    if (!this.may(verb)) return w.room.why.role;
    if (this.incident.header?.closed && !OUTLIVES_CLOSING.test(verb)) return w.room.why.closed;
    if (this.status.mode === "read_only") return w.room.why.readOnly(this.status.why);
    if (this.link.state !== "live" && !isQueued(verb)) return w.room.why.offline;
    if (this.link.state === "ended") return w.room.why.ended;
    return null;
  }

  /** Tells the others where this person looks, and whether they type there. */
  look(at: string | null, typing: boolean): void {
    if (this.looking.at === at && this.looking.typing === typing) return;
    this.looking = { at, typing };
    this.connection.send({ type: "look", at, typing });
  }

  /** Loads an older page of the timeline. */
  async older(): Promise<void> {
    while (!this.incident.linesComplete) {
      if (this.incident.page(await api.older(this.id, this.incident.cursor))) return;
    }
  }

  /** Loads an older page of the talk. */
  async olderTalk(): Promise<void> {
    if (this.incident.talkFrom > 0) this.incident.talkPage(await api.olderTalk(this.id, this.incident.talkFrom));
  }

  /** An office's short name. */
  office(id: string | null): Office | null {
    return id === null ? null : (this.incident.offices.get(id) ?? null);
  }
  short(id: string | null): string {
    return this.office(id)?.short ?? id ?? w.room.noOffice;
  }

  private out(pending: Pending): boolean {
    return this.connection.send({ type: "command", id: pending.id, command: pending.command });
  }

  private changed(link: Link): void {
    this.link = link;
    if (link.state !== "ended") return;
    if (link.why === "sign_in") session.leave();
    if (link.why === "outdated" && !sessionStorage.getItem(RELOADED)) {
      // Once: a proxy that keeps serving the old page must not make the browser reload for ever.
      sessionStorage.setItem(RELOADED, "1");
      location.reload();
    }
  }

  private heard(message: ToClient): void {
    switch (message.type) {
      case "welcome":
        sessionStorage.removeItem(RELOADED);
        clock.set(message.now);
        this.you = message.you;
        this.status = message.status;
        untrack(() => this.outbox.flush((pending) => this.out(pending)));
        if (this.looking.at !== null) this.connection.send({ type: "look", ...this.looking });
        return;
      case "patch":
        this.incident.apply(message.patch, message.head);
        this.shown();
        return;
      case "accepted":
        this.outbox.accepted(message.id, message.rev);
        return;
      case "refused": {
        const why = new Refused(message.code, message.words);
        const was = this.outbox.refused(message.id, why);
        // Nobody waits for the answer of a command from before a reload: it is told here.
        if (was && !was.awaited) toasts.warn(w.room.refusedLater(w.room.verbs[verbOf(was.command)], message.words));
        return;
      }
      case "you":
        this.you = message.you;
        return;
      case "presence":
        this.people = message.people;
        return;
      case "waiting":
        this.waits = message.waits;
        return;
      case "status":
        this.status = message.status;
        return;
      case "beat":
        clock.set(message.now);
        return;
    }
  }

  private shown(): void {
    const done = this.visible.filter((one) => one.rev <= this.incident.rev);
    this.visible = this.visible.filter((one) => one.rev > this.incident.rev);
    for (const one of done) one.then();
  }
}

function addressOf(id: string): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/incidents/${encodeURIComponent(id)}/ws`;
}
