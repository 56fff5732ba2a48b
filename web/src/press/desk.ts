// What the press log needs from where it stands: an incident's room, or the office's register.
import type { Seed } from "../lib/view.svelte";
import type { Enquiry, Meeting, Member, Office, PressCommand, RefusalGround, Statement } from "../wire";

export type PressVerb = "enquiry.enter" | "enquiry.hand_on" | "enquiry.answer" | "enquiry.decline" | "enquiry.correct" | "enquiry.strike" | "meeting.record" | "meeting.correct" | "meeting.strike";

export interface Desk {
  enquiries: Enquiry[];
  meetings: Meeting[];
  grounds: RefusalGround[];
  /** Statements that are out, the newest first: one of them may be the answer. */
  out: Statement[];
  number(statement: string): string;
  /** Offices that can be asked to answer; none where questions belong to no incident. */
  offices: Office[];
  /** The sender's own office, when it is one of them. */
  own: string | null;
  /** Who has a part here. */
  members(): Promise<Member[]>;
  may(verb: PressVerb): boolean;
  /** Why it cannot be done right now, in words; null when it can. */
  whyNot(verb: PressVerb): string | null;
  /** Done when its effect is in the rows; throws what has `words` when it is refused. */
  send(command: PressCommand): Promise<void>;
}

/** What is being asked of the person. */
export type PressAsk =
  | { ask: "enter"; seed?: Seed }
  | { ask: "record" }
  | { ask: "answer" | "decline" | "correct" | "strike" | "hand_on"; enquiry: Enquiry }
  | { ask: "correct" | "strike"; meeting: Meeting };

/** When it counts: the day of a question is that on which it came. */
const of = (row: Enquiry | Meeting): string => ("asked" in row ? row.asked.received_at : row.held.held_at);

/** Questions that wait first, the most urgent of them first; then all that is done, the newest first. */
export function inOrder(enquiries: Iterable<Enquiry>, meetings: Iterable<Meeting>): (Enquiry | Meeting)[] {
  const all: (Enquiry | Meeting)[] = [...enquiries, ...meetings];
  const waits = (row: Enquiry | Meeting): row is Enquiry => "asked" in row && isOpen(row);
  const end = "9999";
  const urgent = (row: Enquiry) => row.asked.due_at ?? end + row.asked.received_at;
  return [
    ...all.filter(waits).sort((a, b) => urgent(a).localeCompare(urgent(b))),
    ...all.filter((row) => !waits(row)).sort((a, b) => of(b).localeCompare(of(a))),
  ];
}

export const isOpen = (row: Enquiry): boolean => row.outcome === null && row.struck === null;
