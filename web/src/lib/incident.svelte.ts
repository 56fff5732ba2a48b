// The whole client model of an incident: tables of rows by id. It knows no events and computes no state; rows are
// put in place of older ones and shown.
import { SvelteMap } from "svelte/reactivity";
import { FIRST_LOAD_ROWS, type Clipping, type Deadline, type Decision, type Digest, type Enquiry, type Fact, type Frame, type Header, type Line, type Meeting, type Message, type Office, type Patch, type Proposal, type Question, type Statement, type Task } from "../wire";

type Stamped = { rev: number };

function put<Id, Row extends Stamped>(table: SvelteMap<Id, Row>, rows: Row[] | undefined, id: (row: Row) => Id): void {
  for (const row of rows ?? []) {
    const there = table.get(id(row));
    // A page of older rows may arrive after a newer version of the same row.
    if (!there || row.rev >= there.rev) table.set(id(row), row);
  }
}

const oldest = (table: SvelteMap<unknown, Stamped>): number =>
  table.size === 0 ? 0 : Math.min(...Array.from(table.values(), (row) => row.rev));

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
  clippings = new SvelteMap<string, Clipping>();
  messages = new SvelteMap<string, Message>();
  lines = new SvelteMap<string, Line>();
  /** Nothing older is left on the server. */
  linesComplete = $state(false);
  /** Talk is whole from this revision on; what is older is here only if it stands apart, as a pin does. */
  talkFrom = $state(0);

  /** Puts a live patch in place. */
  apply(patch: Patch, head: Digest): void {
    if (patch.from === 0) this.forget();
    this.upsert(patch);
    if (patch.from === 0) this.linesComplete = this.lines.size < FIRST_LOAD_ROWS;
    if (patch.rev >= this.rev) {
      this.rev = patch.rev;
      this.head = head;
    }
  }

  /** Puts a page of older rows in place; the revision stays what it was. Answers whether anything was new. */
  page(patch: Patch): boolean {
    const lines = this.lines.size;
    this.upsert(patch);
    if (this.lines.size === lines) this.linesComplete = true;
    return this.lines.size > lines;
  }

  /** Puts a page of older talk in place. */
  talkPage(patch: Patch): void {
    this.upsert(patch);
  }

  /** The revision before which an older page is asked for: one more, because a page may end in the middle of its rows. */
  get cursor(): number {
    return this.linesComplete ? 1 : oldest(this.lines) + 1;
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
    put(this.clippings, patch.clippings, byId);
    put(this.messages, patch.messages, byId);
    if (patch.talk_from !== undefined) this.talkFrom = patch.talk_from;
    put(this.lines, patch.lines, lineKey);
  }

  private forget(): void {
    this.rev = 0;
    this.head = null;
    this.header = null;
    this.frame = null;
    this.talkFrom = 0;
    const tables = [this.offices, this.tasks, this.deadlines, this.statements, this.facts, this.decisions, this.questions, this.proposals, this.enquiries, this.meetings, this.clippings, this.messages, this.lines];
    for (const table of tables) table.clear();
  }
}
