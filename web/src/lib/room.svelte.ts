// One room: the rows, the connection, the commands on their way, who is here.
import { untrack } from "svelte";
import { type Actor, type Brief, type Command, type Office, type Present, type RoomStatus, type ToClient, type Wait } from "../wire";
import { api } from "./api";
import { Connection, type Link, type Wire } from "./connection";
import { Incident } from "./incident.svelte";
import { forgetTexts } from "./kept-text";
import { forgetRooms, type KeptRoom, keepRoom, keyOf, readRoom, Rows, SHAPE } from "./kept-room";
import { isDesk, isQueued, may, type Verb, verbOf } from "./may";
import { Outbox, type Pending, Refused } from "./outbox.svelte";
import { session } from "./session.svelte";
import { shelf, takeOver } from "./shelf";
import { gone, hear, live, lives, tell } from "./tabs";
import { clock } from "./time";
import { toasts } from "./toasts.svelte";
import { upload } from "./upload";
import { w } from "./words";

/** What goes on after the end: tasks that count from it, what belongs in the report, and the press, which goes on asking. */
const OUTLIVES_CLOSING = /^(task|enquiry|meeting|line|review)\.|^claim\.answer$/;
const RELOADED = "phongtruc.reloaded";
/** The device is asked this long for what it kept; a room that is reached shows itself sooner or later anyway. */
const RESTORE_MS = 1_500;
/** So often at most are the rows written down while a room is busy. */
const KEEP_EVERY_MS = 10_000;
const KEEP_FIRST_MS = 500;
live(clock.reading().page);

export class Room {
  readonly incident = new Incident();
  readonly outbox: Outbox;
  link: Link = $state.raw({ state: "connecting", lost: null });
  status: RoomStatus = $state.raw({ mode: "live" });
  people: Present[] = $state.raw([]);
  /** Where the record stood when the room was reached, and what had been written here until then. */
  private reached = $state.raw({ rev: 0, commands: new Set<string>() });
  /** The device believes that it has a network. */
  network: boolean = $state(navigator.onLine);
  /** Revisions that the server has and the screen has not. */
  behind = $derived(Math.max(0, this.reached.rev - this.incident.rev));
  /** What happened while this person was away, as the server answered. */
  brief: Brief | null = $state.raw(null);
  /** What waits for this person here. */
  waits: Wait[] = $state.raw([]);
  you: Actor;
  /** The rows are this old, by the server's clock: kept by this device, not yet confirmed by the room. Null when they are the room's. */
  keptAt: number | null = $state(null);
  /** Which page this is among the tabs of the browser. */
  readonly page = clock.reading().page;
  private readonly rows = new Rows();
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private left = false;
  private readonly connection: Connection;
  private looking = { at: null as string | null, typing: false };
  private visible: { rev: number; then: () => void }[] = [];

  constructor(
    readonly id: string,
    you: Actor,
    open: () => Wire = () => new WebSocket(addressOf(id)) as unknown as Wire,
  ) {
    this.you = $state.raw(you);
    this.outbox = new Outbox({
      incident: id,
      person: you.person,
      title: () => this.incident.header?.title ?? "",
      page: this.page,
      clock,
      shelf,
      outlives: (command) => isQueued(verbOf(command)),
      reached: () => this.link.state === "live" && this.status.mode === "live",
      send: (pending, command) => this.out(pending, command),
      upload: (file, name, told) => upload(id, file, name, told),
      tell,
      lives,
      gone,
    });
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
    const hidden = () => document.visibilityState === "hidden" && this.keepNow();
    const unheard = hear((said) => said.say === "outbox" && said.box === this.outbox.box && void this.outbox.load());
    const online = () => ((this.network = true), hurry());
    const offline = () => ((this.network = false), this.connection.cutOff());
    addEventListener("online", online);
    addEventListener("offline", offline);
    addEventListener("focus", hurry);
    addEventListener("beforeunload", this.unkept);
    addEventListener("pagehide", this.keepNow);
    document.addEventListener("visibilitychange", seen);
    document.addEventListener("visibilitychange", hidden);
    const ticking = setInterval(() => this.connection.tick(), 1_000);
    const { box } = this.outbox;
    const old = takeOver(`phongtruc.outbox.${box}`, (one) => this.outbox.item(one.command, { id: one.id, sent: one.sent, page: "" }));
    void old.catch(() => {}).then(() => this.outbox.load());
    void this.restored().finally(() => this.left || this.connection.start());
    return () => {
      this.left = true;
      unheard();
      removeEventListener("online", online);
      removeEventListener("offline", offline);
      removeEventListener("focus", hurry);
      clearInterval(ticking);
      removeEventListener("beforeunload", this.unkept);
      removeEventListener("pagehide", this.keepNow);
      document.removeEventListener("visibilitychange", seen);
      document.removeEventListener("visibilitychange", hidden);
      this.keepNow();
      this.connection.leave();
    };
  }

  retryNow(): void {
    this.connection.hurry();
  }

  /**
   * Sends a command, after its files; true when its effect is in the rows, false when it waits in the outbox, on the
   * disk of this device, and comes later. Throws Refused.
   */
  async send(command: Command, files: File[] = []): Promise<boolean> {
    const verb = verbOf(command);
    const why = this.whyNot(verb);
    if (why !== null) throw new Refused("not_now", why);
    const { answer } = this.outbox.put(command, files);
    const rev = await answer;
    if (rev !== null && this.incident.rev < rev) await new Promise<void>((then) => this.visible.push({ rev, then }));
    return rev !== null;
  }

  /** Sends, and shows a refusal as a notice. What was typed is the caller's to give back when it was refused. */
  async tried(command: Command, files: File[] = []): Promise<"accepted" | "waiting" | "refused" | "cancelled"> {
    try {
      return (await this.send(command, files)) ? "accepted" : "waiting";
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
    if (this.incident.header?.closed && !OUTLIVES_CLOSING.test(verb) && !(verb.startsWith("statement.") && this.accounts())) return w.room.why.closed;
    if (this.status.mode === "read_only") return w.room.why.readOnly(this.status.why);
    if (this.link.state !== "live" && !isQueued(verb)) return w.room.why.offline;
    if (this.link.state === "ended") return w.room.why.ended;
    return null;
  }

  /** Whether statements of a kind, or of any, account for the incident: those are written after its end too. */
  accounts(kind?: string): boolean {
    return this.incident.frame?.prepared.some((one) => one.account && (kind === undefined || one.kind === kind)) ?? false;
  }

  /** Whether people still work on statements of this kind. */
  worksOn(kind: string): boolean {
    return !this.incident.header?.closed || this.accounts(kind);
  }

  /** Tells the others where this person looks, and whether they type there. */
  look(at: string | null, typing: boolean): void {
    if (this.looking.at === at && this.looking.typing === typing) return;
    this.looking = { at, typing };
    this.connection.send({ type: "look", at, typing });
  }

  /** Commands from before the room was reached that are not answered yet. */
  get resending(): number {
    return this.outbox.list.filter((pending) => !pending.refused && this.reached.commands.has(pending.id)).length;
  }

  /** Asks what happened since a revision; the answer is `brief`. */
  ask(since: number): boolean {
    return this.connection.send({ type: "brief", since });
  }

  /** Loads an older page of the timeline. */
  async older(): Promise<void> {
    const before = this.incident.linesFrom;
    if (before > 0) this.incident.page(before, await api.older(this.id, before));
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

  private out(pending: Pending, command: Command): boolean {
    // The server keeps it only when it is late, and within bounds.
    const when = pending.kept === "page" ? {} : { written_at: new Date(this.outbox.writtenAt(pending)).toISOString() };
    return this.connection.send({ type: "command", id: pending.id, command, ...when });
  }

  /** Shows what this device kept of the room, until the room is reached. */
  private async restored(): Promise<void> {
    const slow = new Promise<null>((done) => setTimeout(() => done(null), RESTORE_MS));
    const kept = await Promise.race([readRoom(this.id, this.you.person).catch(() => null), slow]);
    if (!kept || this.left || this.incident.rev > 0 || kept.drafts !== isDesk(this.you)) return;
    this.rows.add(kept.patch);
    this.incident.apply(kept.patch, kept.head);
    this.keptAt = kept.at;
  }

  /** Writes down what the room shows. */
  private readonly keepNow = (): void => {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    const { header, head } = this.incident;
    // What was not confirmed since it was read is there already; without a session nothing is kept.
    if (!header || !head || this.keptAt !== null || session.state !== "in") return;
    const at = this.link.state === "live" ? clock.now() : (this.heardAt ?? clock.now());
    const room: KeptRoom = { key: keyOf(this.id, this.you.person), incident: this.id, number: header.number, title: header.title, shape: SHAPE, drafts: isDesk(this.you), patch: this.rows.patch(), head, at };
    // A device that keeps nothing shows nothing without a network; that is all.
    void keepRoom(room).catch(() => {});
  };
  private heardAt: number | null = null;

  /** The device does not keep what was written: leaving would lose it. */
  private readonly unkept = (event: BeforeUnloadEvent): void => {
    if (this.outbox.list.some((one) => one.kept === "unkept" || one.kept === "writing")) event.preventDefault();
  };

  private changed(link: Link): void {
    const was = this.link.state;
    this.link = link;
    if (link.state !== "live") untrack(() => this.outbox.lost());
    if (was === "live" && link.state !== "live") untrack(this.keepNow);
    if (link.state !== "ended") return;
    if (link.why === "sign_in") session.leave();
    if (link.why === "outdated" && !sessionStorage.getItem(RELOADED)) {
      // Once: a proxy that keeps serving the old page must not make the browser reload for ever.
      sessionStorage.setItem(RELOADED, "1");
      location.reload();
    }
  }

  private heard(message: ToClient): void {
    this.heardAt = clock.now();
    switch (message.type) {
      case "welcome":
        sessionStorage.removeItem(RELOADED);
        clock.set(message.now);
        if (this.keptAt !== null && isDesk(message.you) !== isDesk(this.you)) return this.begin();
        this.you = message.you;
        this.status = message.status;
        this.reached = { rev: message.rev, commands: new Set(untrack(() => this.outbox.list).map((pending) => pending.id)) };
        this.keptAt = null;
        untrack(() => this.outbox.reached());
        if (this.looking.at !== null) this.connection.send({ type: "look", ...this.looking });
        return;
      case "patch":
        if (message.patch.from === 0 && this.incident.rev > 0) void forgetTexts(this.id).catch(() => {});
        this.incident.apply(message.patch, message.head);
        this.rows.add(message.patch);
        // A first load soon: the network may be gone before the next patch comes.
        this.keeping ??= setTimeout(this.keepNow, message.patch.from === 0 ? KEEP_FIRST_MS : KEEP_EVERY_MS);
        this.shown();
        return;
      case "accepted":
        this.outbox.accepted(message.id, message.rev);
        return;
      case "refused": {
        const why = new Refused(message.code, message.words);
        const was = this.outbox.refused(message.id, why);
        // Nobody waits for the answer at a form any more: it is told here, and stays in the outbox.
        if (was?.stays && why.code !== "read_only") toasts.warn(w.room.refusedLater(w.room.verbs[verbOf(was.command)], message.words));
        return;
      }
      case "you":
        this.you = message.you;
        return;
      case "brief":
        this.brief = message.brief;
        return;
      case "presence":
        this.people = message.people;
        return;
      case "waiting":
        this.waits = message.waits;
        return;
      case "status":
        this.status = message.status;
        untrack(() => this.outbox.reached());
        return;
      case "beat":
        clock.set(message.now);
        return;
    }
  }

  /** This person sees more or less than when the rows were kept: from the beginning. */
  private begin(): void {
    void forgetRooms().catch(() => {}).finally(() => location.reload());
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
