// The whole client model of an incident: tables of rows by id. It knows no events and computes no state; rows are
// put in place of older ones and shown.
import { SvelteMap } from "svelte/reactivity";
import { Many } from "./many.svelte";
import { type Briefing, type Claim, type Clipping, type Deadline, type Decision, type Digest, type Enquiry, type Fact, type Finding, type Frame, type Header, type Line, type Meeting, type Message, type Office, type Patch, type Proposal, type Question, type ReviewAction, type Shift, type Statement, type Task } from "../wire";

type Stamped = { rev: number };

function put<Id, Row extends Stamped>(table: SvelteMap<Id, Row>, rows: Row[] | undefined, id: (row: Row) => Id): void {
  for (const row of rows ?? []) {
    const there = table.get(id(row));
    // A page of older rows may arrive after a newer version of the same row.
    if (!there || row.rev >= there.rev) table.set(id(row), row);
  }
}

export const lineKey = (line: Line): string => `${line.id[0]}.${line.id[1]}`;
const byId = <Id>(row: { id: Id }): Id => row.id;

export class Incident {
  /** The newest revision seen, and the head of the log there: the browser's testimony when it comes back. */
  rev = $state(0);
  head: Digest | null = $state(null);
  header: Header | null = $state.raw(null);
  frame: Frame | null = $state.raw(null);
  offices = new SvelteMap<string, Office>();
  tasks = new SvelteMap<string, Task>();
  deadlines = new SvelteMap<string, Deadline>();
  statements = new SvelteMap<string, Statement>();
  facts = new SvelteMap<string, Fact>();
  decisions = new SvelteMap<string, Decision>();
  questions = new SvelteMap<string, Question>();
  proposals = new SvelteMap<string, Proposal>();
  enquiries = new SvelteMap<string, Enquiry>();
  meetings = new SvelteMap<string, Meeting>();
  findings = new SvelteMap<string, Finding>();
  actions = new SvelteMap<string, ReviewAction>();
  clippings = new SvelteMap<string, Clipping>();
  shifts = new SvelteMap<string, Shift>();
  briefings = new SvelteMap<string, Briefing>();
  claims = new SvelteMap<string, Claim>();
  messages = new SvelteMap<string, Message>();
  lines = new Many<Line>(lineKey);
  /** The timeline is whole from this revision on; what is older is here only if it changed meanwhile. */
  linesFrom = $state(0);
  /** Talk is whole from this revision on; what is older is here only if it stands apart, as a pin does. */
  talkFrom = $state(0);

  /** Puts a live patch in place. */
  apply(patch: Patch, head: Digest): void {
    if (patch.from === 0) this.forget();
    this.upsert(patch);
    if (patch.rev >= this.rev) {
      this.rev = patch.rev;
      this.head = head;
    }
  }

  /** Puts the page of older lines in place that was asked for from `before`; the revision stays what it was. */
  page(before: number, patch: Patch): void {
    const { lines_from, ...rows } = patch;
    this.upsert(rows);
    // Asked before everything was loaded anew: it says nothing about where that ends.
    if (before === this.linesFrom) this.linesFrom = lines_from ?? 0;
  }

  /** Puts a page of older talk in place. */
  talkPage(patch: Patch): void {
    this.upsert(patch);
  }

  get linesComplete(): boolean {
    return this.linesFrom === 0;
  }

  private upsert(patch: Patch): void {
    if (patch.header && patch.header.rev >= (this.header?.rev ?? 0)) this.header = patch.header;
    if (patch.frame && patch.frame.rev >= (this.frame?.rev ?? 0)) this.frame = patch.frame;
    put(this.offices, patch.offices, byId);
    put(this.tasks, patch.tasks, byId);
    put(this.deadlines, patch.deadlines, byId);
    put(this.statements, patch.statements, byId);
    put(this.facts, patch.facts, byId);
    put(this.decisions, patch.decisions, byId);
    put(this.questions, patch.questions, byId);
    put(this.proposals, patch.proposals, byId);
    put(this.enquiries, patch.enquiries, byId);
    put(this.meetings, patch.meetings, byId);
    put(this.findings, patch.findings, byId);
    put(this.actions, patch.actions, byId);
    put(this.clippings, patch.clippings, byId);
    put(this.shifts, patch.shifts, byId);
    put(this.briefings, patch.briefings, byId);
    put(this.claims, patch.claims, byId);
    put(this.messages, patch.messages, byId);
    if (patch.talk_from !== undefined) this.talkFrom = patch.talk_from;
    this.lines.put(patch.lines);
    if (patch.lines_from !== undefined) this.linesFrom = patch.lines_from;
  }

  private forget(): void {
    this.rev = 0;
    this.head = null;
    this.header = null;
    this.frame = null;
    this.talkFrom = this.linesFrom = 0;
    const tables = [this.offices, this.tasks, this.deadlines, this.statements, this.facts, this.decisions, this.questions, this.proposals, this.enquiries, this.meetings, this.findings, this.actions, this.clippings, this.shifts, this.briefings, this.claims, this.messages, this.lines];
    for (const table of tables) table.clear();
  }
}
