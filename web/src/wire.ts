// Generated from src/wire.rs and src/domain by tests/it/wire.rs. Do not edit.

export const PROTOCOL: number = 1;

export const BEAT_SECONDS = 10 as const;

export const FIRST_LOAD_ROWS = 200 as const;

export const ACCEPT_WITHIN_MINUTES = 5 as const;

export const ACCEPT_AT_LAST_MINUTES = 15 as const;

export const ABSENCE_MIN_MINUTES = 10 as const;

export const INCIDENTS_PAGE = 10 as const;

export const ROWS_PAGE = 30 as const;

export const TITLE_MAX = 300 as const;

export const NOTE_MAX = 2000 as const;

export const ENTRY_MAX = 8000 as const;

export const STATEMENT_MAX = 40000 as const;

export const FILE_LIMITS = {"application":{"bytes_max":100000000,"title":"Tệp PDF"},"image":{"bytes_max":50000000,"title":"Ảnh"},"text":{"bytes_max":20000000,"title":"Tệp chữ"},"video":{"bytes_max":500000000,"title":"Video"}} as const;

export const PIECE_BYTES_MAX = 1048576 as const;

export const MENTIONS_MAX = 20 as const;

export const PINS_MAX = 10 as const;

export const REMIND_MINUTES = 5 as const;

export const REMIND_TIMES = 6 as const;

export const ATTACHMENTS_MAX = 10 as const;

export const CLIPPING_IMPORT_MAX = 500 as const;

export const REACH_MAX = 1000000000 as const;

export const REJECTED_MAX = 10 as const;

export const UNSEEN = [[0,9],[11,31],[127,159],[173,173],[847,847],[1536,1541],[1564,1564],[1757,1757],[1807,1807],[2274,2274],[4447,4448],[6068,6069],[6155,6159],[8203,8207],[8232,8238],[8288,8303],[12644,12644],[65024,65039],[65279,65279],[65440,65440],[65520,65532],[119155,119162],[57344,63743],[917504,917535],[917536,917631],[917632,921599],[983040,1048575],[1048576,1114111]] as const;

export const CLOSE = {"bad_message":4400,"ending":4470,"not_a_member":4403,"outdated":4409,"resync":4461,"sign_in":4401,"slow":4460,"unknown":4404} as const;

export const ANCHORS_BY_HAND = ["occurred_at","received_at","detected_at","impact_assessed_at","verdict_at","labelled_at","inquiry_at","article_published_at","request_sent_at","conference_at","breach_detected_at","signed_at"] as const;

export const LEADS = ["head","secretary"] as const;

export const DESK = ["head","secretary","duty","spokesperson"] as const;

type Verbs<C> = C extends { noun: infer N extends string; verb: infer V extends string } ? `${N}.${V}` : never;
/** A command's name: `statement.approve`. Opening is an HTTP call. */
export type Verb = Exclude<Verbs<Command>, "incident.open">;

/** The roles of which one is needed to send a command. */
export const commandRoles: Record<Verb, readonly Role[]> = {
  "incident.set_level": ["head","secretary"],
  "incident.set_anchor": ["head","secretary","duty","spokesperson"],
  "incident.close": ["head","secretary"],
  "office.accept": ["head","secretary","duty","spokesperson","field"],
  "office.invite": ["head","secretary"],
  "task.take": ["head","secretary","duty","spokesperson","field"],
  "task.finish": ["head","secretary","duty","spokesperson","field"],
  "task.name": ["head","secretary","duty","spokesperson"],
  "task.skip": ["head","secretary","duty","spokesperson"],
  "task.release": ["room"],
  "deadline.miss": ["room"],
  "statement.draft": ["head","secretary","duty","spokesperson"],
  "statement.type": ["head","secretary","duty","spokesperson"],
  "statement.reopen": ["head","secretary","duty","spokesperson"],
  "statement.write": ["head","secretary","duty","spokesperson"],
  "statement.submit": ["head","secretary","duty","spokesperson"],
  "statement.approve": ["head","secretary","duty","spokesperson"],
  "statement.object": ["head","secretary","duty","spokesperson"],
  "statement.publish": ["spokesperson"],
  "statement.fill": ["head","secretary","duty","spokesperson"],
  "statement.cite": ["head","secretary","duty","spokesperson"],
  "statement.uncite": ["head","secretary","duty","spokesperson"],
  "statement.drop": ["head","secretary","duty","spokesperson"],
  "statement.settle": ["head"],
  "statement.lapse": ["room"],
  "statement.hold": ["head","secretary","duty","spokesperson"],
  "statement.agree": ["head","secretary","duty","spokesperson"],
  "statement.release": ["head","secretary"],
  "statement.reach": ["room"],
  "statement.plan": ["head","secretary","duty","spokesperson"],
  "statement.capture": ["head","secretary","duty","spokesperson"],
  "statement.number": ["head","secretary","duty","spokesperson"],
  "statement.tick": ["head","secretary","duty","spokesperson"],
  "fact.enter": ["head","secretary","duty","spokesperson","field"],
  "fact.revise": ["head","secretary","duty","spokesperson"],
  "fact.verify": ["head","secretary","duty","spokesperson"],
  "fact.dispute": ["head","secretary","duty","spokesperson","field"],
  "fact.withdraw": ["head","secretary","duty","spokesperson"],
  "fact.name_source": ["head","secretary"],
  "decision.take": ["head","secretary","duty","spokesperson"],
  "message.send": ["head","secretary","duty","spokesperson","field"],
  "message.see": ["head","secretary","duty","spokesperson","field","observer"],
  "message.pin": ["head","secretary","duty","spokesperson"],
  "message.unpin": ["head","secretary","duty","spokesperson"],
  "message.ask": ["head","secretary","duty","spokesperson","field"],
  "message.acknowledge": ["head","secretary","duty","spokesperson","field"],
  "message.call_off": ["head","secretary","duty","spokesperson","field"],
  "message.remind": ["room"],
  "entry.add": ["head","secretary","duty","spokesperson","field"],
  "enquiry.enter": ["head","secretary","duty","spokesperson","field"],
  "enquiry.hand_on": ["head","secretary","duty","spokesperson"],
  "enquiry.answer": ["head","secretary","duty","spokesperson"],
  "enquiry.decline": ["head","secretary","duty","spokesperson"],
  "enquiry.correct": ["head","secretary","duty","spokesperson"],
  "enquiry.strike": ["head","secretary","duty","spokesperson"],
  "meeting.record": ["head","secretary","duty","spokesperson"],
  "meeting.correct": ["head","secretary","duty","spokesperson"],
  "meeting.strike": ["head","secretary","duty","spokesperson"],
  "entry.correct": ["head","secretary","duty","spokesperson","field"],
  "line.mark": ["head","secretary","duty","spokesperson"],
  "line.unmark": ["head","secretary","duty","spokesperson"],
  "task.add": ["head","secretary"],
  "deadline.remind": ["room"],
  "deadline.meet": ["head","secretary","duty","spokesperson"],
  "question.answer": ["head","secretary","duty","spokesperson"],
  "ladder.settle": ["head","secretary"],
  "clipping.enter": ["head","secretary","duty","spokesperson","field"],
  "clipping.import": ["head","secretary","duty","spokesperson","service"],
  "clipping.read": ["head","secretary","duty","spokesperson","field"],
  "clipping.correct": ["head","secretary","duty","spokesperson"],
  "clipping.strike": ["head","secretary","duty","spokesperson"],
  "clipping.restore": ["head","secretary","duty","spokesperson"],
  "shift.take": ["head","secretary","duty","spokesperson","field"],
  "shift.assign": ["head","secretary"],
  "shift.plan": ["head","secretary","duty","spokesperson","field"],
  "shift.offer": ["head","secretary","duty","spokesperson","field"],
  "shift.confirm": ["head","secretary","duty","spokesperson","field"],
  "shift.decline": ["head","secretary","duty","spokesperson","field"],
  "shift.take_back": ["head","secretary","duty","spokesperson","field"],
  "shift.leave": ["head","secretary","duty","spokesperson","field"],
  "brief.acknowledge": ["head","secretary","duty","spokesperson","field"],
  "plan.run": ["head","secretary","duty","spokesperson"],
  "plan.take_step": ["head","secretary"],
  "claim.enter": ["head","secretary","duty","spokesperson","field"],
  "claim.correct": ["head","secretary","duty","spokesperson"],
  "claim.see": ["head","secretary","duty","spokesperson","field"],
  "claim.reach": ["head","secretary","duty","spokesperson","field"],
  "claim.classify": ["head","secretary","duty","spokesperson"],
  "claim.verify": ["head","secretary","duty","spokesperson"],
  "claim.conclude": ["head","secretary","duty","spokesperson"],
  "claim.label": ["head","secretary","duty","spokesperson"],
  "claim.unlabel": ["head","secretary","duty","spokesperson"],
  "claim.tell": ["head","secretary","duty","spokesperson"],
  "claim.request": ["head","secretary","duty","spokesperson"],
  "claim.answer": ["head","secretary","duty","spokesperson"],
  "claim.report": ["head","secretary","duty","spokesperson"],
  "claim.complete": ["head","secretary","duty","spokesperson"],
  "claim.except": ["head","secretary","duty","spokesperson"],
  "claim.resume": ["head","secretary","duty","spokesperson"],
  "claim.strike": ["head","secretary","duty","spokesperson"],
  "review.find": ["head","secretary","duty","spokesperson"],
  "review.reword": ["head","secretary","duty","spokesperson"],
  "review.strike": ["head","secretary","duty","spokesperson"],
  "review.assign": ["head","secretary","duty","spokesperson"],
  "review.move": ["head","secretary","duty","spokesperson"],
  "review.finish": ["head","secretary","duty","spokesperson"],
  "review.drop": ["head","secretary","duty","spokesperson"],
};

/**
 * An account on the administrator's page.
 */
export type Account = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Name.
 */
name: string, 
/**
 * Position.
 */
title: string, 
/**
 * The function whose office they sit in; the office follows from the date.
 */
function: string | null, 
/**
 * That office's name today.
 */
office_name: string, 
/**
 * What they may act as.
 */
roles: Array<Role>, 
/**
 * All that ever made them a spokesperson, newest last.
 */
designations: Array<DesignationRow>, 
/**
 * All positions that they hold or held, oldest first.
 */
posts: Array<PostRow>, 
/**
 * Barred from signing in.
 */
disabled: boolean, 
/**
 * Has chosen a password.
 */
has_password: boolean, };

/**
 * Who did something, and when it was recorded.
 */
export type Act = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name at that moment.
 */
name: string, 
/**
 * Position at that moment.
 */
title: string, 
/**
 * Office at that moment.
 */
office: OfficeId | null, 
/**
 * When the server recorded it.
 */
at: string, 
/**
 * When it was written, when that was notably earlier: it waited on a device without a network.
 */
written_at?: string, };

/**
 * What became of an action.
 */
export type ActionOutcome = { "kind": "done", 
/**
 * What was done, and what shows it.
 */
note: string, 
/**
 * Who says so.
 */
by: Act, } | { "kind": "dropped", 
/**
 * Why not.
 */
reason: string, 
/**
 * Who says so.
 */
by: Act, };

/**
 * Who acts: a frozen copy, because people change posts and the record does not.
 */
export type Actor = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name at that moment.
 */
name: string, 
/**
 * Position at that moment.
 */
title: string, 
/**
 * Office at that moment.
 */
office: OfficeId | null, 
/**
 * What they may act as.
 */
roles: Array<Role>, 
/**
 * By what right they speak for the authority in this matter, while they may.
 */
mandate?: Mandate, };

/**
 * An agency that has to have a spokesperson.
 */
export type Agency = { 
/**
 * Its id.
 */
id: OfficeId, 
/**
 * Its name.
 */
name: string, 
/**
 * It governs a commune.
 */
commune: boolean, };

/**
 * An office agrees to go out together with these words.
 */
export type Agreement = { 
/**
 * The office.
 */
office: OfficeId, 
/**
 * The words.
 */
digest: Digest, 
/**
 * Who said so.
 */
by: Act, };

/**
 * A moment from which time is counted. Moments are explicit and on the record; several are not the same
 * although people mix them up: when it happened, when the office received it, when the office found that it
 * touches public opinion.
 */
export type Anchor = "occurred_at" | "received_at" | "detected_at" | "opened_at" | "impact_assessed_at" | "verdict_at" | "labelled_at" | "published_at" | "inquiry_at" | "article_published_at" | "request_sent_at" | "conference_at" | "breach_detected_at" | "closed_at" | "signed_at" | "designated_at" | "period_ends_at";

/**
 * One thing that was counted, or was not.
 */
export type AnnualItem = { 
/**
 * The incident; none for the office's own log.
 */
incident: IncidentId | null, 
/**
 * Its number; empty for the office's own log.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Why it was counted, or was not.
 */
why: string, 
/**
 * The moment by which it belongs to the year.
 */
at: string, 
/**
 * The incident is under way: the number may change.
 */
under_way: boolean, 
/**
 * The reader may enter the incident.
 */
enters: boolean, };

/**
 * The page of the annual report.
 */
export type AnnualPage = { 
/**
 * The report.
 */
report: AnnualReport, 
/**
 * The years for which there is a form, the newest first.
 */
years: Array<number>, 
/**
 * The reader keeps the office's press log.
 */
keeps_press: boolean, };

/**
 * A part of the report's time in which a press conference is held.
 */
export type AnnualQuarter = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * Conferences held in it.
 */
held: number, 
/**
 * How it stands.
 */
state: AnnualQuarterState, };

/**
 * How a part of the report's time stands.
 */
export type AnnualQuarterState = "held" | "missing" | "running" | "ahead";

/**
 * The report of one year.
 */
export type AnnualReport = { 
/**
 * The year that it is for.
 */
year: number, 
/**
 * First day of its time.
 */
from: string, 
/**
 * Last day of its time.
 */
to: string, 
/**
 * Its time is over: nothing new comes in, what is recorded late still does.
 */
ended: boolean, 
/**
 * Title of the form.
 */
title: string, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * Form and provisions were compared with the signed texts.
 */
verified: boolean, 
/**
 * Sent before this moment; none when the law's data do not say.
 */
due_at: string | null, 
/**
 * When it was made.
 */
made_at: string, 
/**
 * The lines of the form.
 */
rows: Array<AnnualRow>, 
/**
 * The parts of the time in each of which a press conference is held.
 */
quarters: Array<AnnualQuarter>, 
/**
 * What the law asks about those, in words.
 */
conference_note: string, 
/**
 * What the data remark.
 */
notes: Array<string>, 
/**
 * How it was counted.
 */
method: Array<string>, };

/**
 * A line of the form.
 */
export type AnnualRow = { 
/**
 * Its number on the form.
 */
number: number, 
/**
 * What it asks for.
 */
title: string, 
/**
 * How many.
 */
count: number, 
/**
 * Out of how many, when it asks for that.
 */
of: number | null, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * What was counted.
 */
counted: Array<AnnualItem>, 
/**
 * What belongs to the total and was not.
 */
missed: Array<AnnualItem>, };

/**
 * A verdict on exact words.
 */
export type Approval = { 
/**
 * The functions for which it counts.
 */
functions: Array<string>, 
/**
 * Who gave it.
 */
by: Act, 
/**
 * Since when it was their turn.
 */
asked_at?: string, 
/**
 * The words that were read.
 */
digest: Digest, 
/**
 * Who voided it by opening the text for an edit.
 */
voided: Act | null, } & ({ "verdict": "approved" } | { "verdict": "objected", 
/**
 * Why.
 */
reason: string, 
/**
 * Stops publication until the head of the task force decides.
 */
strong: boolean, 
/**
 * How the head decided, when it was to publish all the same.
 */
settled: Settlement | null, });

/**
 * One row of the approval matrix, resolved to offices and frozen at opening.
 */
export type ApprovalRule = { 
/**
 * The kind of statement; `*` for every kind without a rule of its own.
 */
kind: string, 
/**
 * The levels for which it holds.
 */
levels: Array<Level>, 
/**
 * Who must approve.
 */
required: Array<Signatory>, 
/**
 * Who is asked. Their silence holds nothing up, nor does their objection, unless it is a strong one.
 */
consulted: Array<Signatory>, };

/**
 * A file beside the log, kept under its digest.
 */
export type Attachment = { 
/**
 * SHA-256 of its bytes.
 */
digest: Digest, 
/**
 * Its name.
 */
name: string, 
/**
 * Its size, bytes.
 */
size: number, 
/**
 * Its type, as its content says.
 */
media: string, };

/**
 * A provision on which a rule rests, and whether somebody has compared it with the signed text.
 */
export type Basis = { 
/**
 * Code of the provision in the law data.
 */
code: string, 
/**
 * The citation in words.
 */
cite: string, 
/**
 * What it says, short.
 */
text?: string, 
/**
 * Compared with the signed text.
 */
verified: boolean, };

/**
 * What may be put into a blank.
 */
export type BlankAnswer = { "kind": "words" } | { "kind": "moment" } | { "kind": "number" } | { "kind": "phone" } | { "kind": "choice", 
/**
 * The words that may be chosen.
 */
of: Array<string>, };

/**
 * What the record knows and a blank can be filled from. Only facts of the record, verbatim.
 */
export type BlankSource = "title" | "place" | "occurred_at" | "received_at" | "now" | "facts_verified" | "facts_open" | "facts_as_of";

/**
 * What happened between two revisions.
 */
export type Brief = { 
/**
 * After which.
 */
since: number, 
/**
 * Up to which.
 */
until: number, 
/**
 * The most important kinds first; kinds in which nothing happened are not there.
 */
parts: Array<BriefPart>, };

/**
 * What people say about briefs.
 */
export type BriefCommand = { "verb": "acknowledge", 
/**
 * Which.
 */
until: number, };

/**
 * What a part of a brief is about.
 */
export type BriefKind = "incident" | "clock" | "statement" | "fact" | "decision" | "proposal" | "task" | "enquiry" | "meeting" | "claim" | "clipping" | "action" | "office" | "shift" | "entry" | "message";

/**
 * What happened to one kind of row.
 */
export type BriefPart = { 
/**
 * Which.
 */
kind: BriefKind, 
/**
 * Rows that were not there before.
 */
new: number, 
/**
 * Rows that were there and are different now.
 */
changed: number, 
/**
 * The newest of them.
 */
rows: Array<BriefRow>, };

/**
 * A row that a brief names.
 */
export type BriefRow = { 
/**
 * The row's id.
 */
id: string, 
/**
 * In words.
 */
words: string, 
/**
 * It was not there before.
 */
new: boolean, };

/**
 * How far a person was told of what happened without them.
 */
export type Briefing = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * Last change.
 */
rev: number, 
/**
 * The revision up to which they were told.
 */
until: number, 
/**
 * Their acknowledgement.
 */
by: Act, };

/**
 * A channel through which statements go out.
 */
export type Channel = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What to mind.
 */
hint: string, };

/**
 * Where statements go.
 */
export type ChannelRow = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What to mind.
 */
hint: string, 
/**
 * The provision that knows this form of speaking, in words.
 */
basis: string | null, 
/**
 * There only in exercises.
 */
exercise: boolean, };

/**
 * What the opening page needs.
 */
export type Choices = { 
/**
 * Playbooks, the best match first.
 */
playbooks: Array<PlaybookChoice>, 
/**
 * Files that were left out.
 */
problems: Array<DataProblem>, 
/**
 * What will be missing before long, such as the days off of the coming year.
 */
reminders: Array<Reminder>, };

/**
 * A fact that a statement rests on.
 */
export type Citation = { 
/**
 * The fact.
 */
fact: RowId, 
/**
 * The fact in words, as it stood.
 */
said: string, 
/**
 * It is another one now.
 */
changed: boolean, };

/**
 * A claim.
 */
export type Claim = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Its number in the incident.
 */
number: string, 
/**
 * What is said, word for word.
 */
said: string, 
/**
 * Code of the kind that it is suspected to be.
 */
kind: string | null, 
/**
 * The message that it came from.
 */
from?: RowId, 
/**
 * Who entered it.
 */
entered: Act, 
/**
 * The newest correction.
 */
corrected: PressChange | null, 
/**
 * Struck out: entered twice or by mistake.
 */
struck: PressChange | null, 
/**
 * Where it was seen, in the order of recording.
 */
places: Array<ClaimPlace>, 
/**
 * How it was sorted.
 */
class: ClaimClass | null, 
/**
 * Who verifies it.
 */
verification: ClaimVerification | null, 
/**
 * What was concluded.
 */
conclusion: ClaimConclusion | null, 
/**
 * What was concluded before, the oldest first.
 */
earlier: Array<ClaimConclusion>, 
/**
 * Labels, the oldest first.
 */
labels: Array<ClaimLabel>, 
/**
 * How the public was told, the oldest first.
 */
notices: Array<ClaimNotice>, 
/**
 * Requests, the oldest first.
 */
requests: Array<ClaimRequest>, 
/**
 * Reports of the result.
 */
reports: Array<ClaimReport>, 
/**
 * Why these steps do not apply to it.
 */
excepted: PressChange | null, 
/**
 * Who recorded that work on it is done.
 */
done: Act | null, 
/**
 * What comes next; none when nothing does.
 */
next: ClaimStep | null, };

/**
 * Whether citizens may have the information that it contains.
 */
export type ClaimAccess = "closed" | "conditional" | "open";

/**
 * What became of a request at one place.
 */
export type ClaimAnswer = "acknowledged" | "refused" | "partly" | "removed";

/**
 * What one place answered to a request.
 */
export type ClaimAnswered = { 
/**
 * Which place.
 */
place: RowId, 
/**
 * The newest answer; none yet.
 */
answer: ClaimAnswer | null, 
/**
 * When it came.
 */
at: string | null, 
/**
 * What shows it, or why not.
 */
note: string | null, };

/**
 * The register's words and rules on the incident's day.
 */
export type ClaimBook = { 
/**
 * What the portal shows while a claim is worked on; none without a law.
 */
working?: string, 
/**
 * What it shows afterwards.
 */
done?: string, 
/**
 * The words of the label.
 */
label?: string, 
/**
 * To whom results are sent.
 */
reported_to?: string, 
/**
 * What a claim may be.
 */
kinds?: Array<ClaimTerm>, 
/**
 * What the classes mean, by the codes of [`Harm`] and [`Access`].
 */
classes?: Array<ClaimTerm>, 
/**
 * What all this rests on.
 */
basis?: Array<Basis>, 
/**
 * The rules of which a claim gets clocks.
 */
rules?: Array<ClaimRule>, 
/**
 * Moments of the incident that the first claim sets, because the tasks of a playbook count from them.
 */
anchors?: Array<Anchor>, };

/**
 * How it was sorted.
 */
export type ClaimClass = { 
/**
 * How much harm.
 */
harm: ClaimHarm, 
/**
 * Who may have it.
 */
access: ClaimAccess, 
/**
 * Who sorted it.
 */
by: Act, 
/**
 * Why it was sorted anew.
 */
reason: string | null, };

/**
 * What people ask of the register of claims.
 */
export type ClaimCommand = { "verb": "enter", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What is said, word for word.
 */
said: string, 
/**
 * Code of the kind that it is suspected to be.
 */
kind?: string, 
/**
 * Where it was seen.
 */
place: ClaimSeen, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "correct", 
/**
 * Which.
 */
id: RowId, 
/**
 * What is said.
 */
said: string, 
/**
 * The suspected kind.
 */
kind?: string, 
/**
 * Why it is corrected.
 */
reason: string, } | { "verb": "see", 
/**
 * Which.
 */
id: RowId, 
/**
 * Where.
 */
place: ClaimSeen, 
/**
 * After the conclusion, so that requests begin anew.
 */
again?: boolean, } | { "verb": "reach", 
/**
 * Which.
 */
id: RowId, 
/**
 * At which place.
 */
place: RowId, 
/**
 * How many, as the place counts.
 */
count: number, 
/**
 * When it was read off.
 */
at: string, } | { "verb": "classify", 
/**
 * Which.
 */
id: RowId, 
/**
 * How much harm.
 */
harm: ClaimHarm, 
/**
 * Who may have it.
 */
access: ClaimAccess, 
/**
 * Why, when it is sorted anew.
 */
reason?: string, } | { "verb": "verify", 
/**
 * Which.
 */
id: RowId, 
/**
 * An office of the room.
 */
office?: OfficeId, 
/**
 * A body outside the room.
 */
body?: string, 
/**
 * Since when.
 */
at: string, } | { "verb": "conclude", 
/**
 * Which.
 */
id: RowId, 
/**
 * What.
 */
judged: ClaimJudged, } | { "verb": "label", 
/**
 * Which.
 */
id: RowId, 
/**
 * Where.
 */
place: string, 
/**
 * When.
 */
at: string, 
/**
 * How the public was told with it.
 */
told?: ClaimTold, } | { "verb": "unlabel", 
/**
 * Which.
 */
id: RowId, 
/**
 * When.
 */
at: string, 
/**
 * Why.
 */
reason: string, } | { "verb": "tell", 
/**
 * Which.
 */
id: RowId, 
/**
 * How.
 */
told: ClaimTold, } | { "verb": "request", 
/**
 * Which.
 */
id: RowId, 
/**
 * The request's id.
 */
request: RowId, 
/**
 * To whom, about what.
 */
sought: ClaimSought, } | { "verb": "answer", 
/**
 * Which.
 */
id: RowId, 
/**
 * The request.
 */
request: RowId, 
/**
 * At which place; at all of them when none.
 */
place?: RowId, 
/**
 * What.
 */
answer: ClaimAnswer, 
/**
 * When.
 */
at: string, 
/**
 * What shows it, or why not.
 */
note?: string, } | { "verb": "report", 
/**
 * Which.
 */
id: RowId, 
/**
 * To whom.
 */
to: string, 
/**
 * Number and date of the document.
 */
document?: string, 
/**
 * When.
 */
at: string, } | { "verb": "complete", 
/**
 * Which.
 */
id: RowId, } | { "verb": "except", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "resume", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "strike", 
/**
 * Which.
 */
id: RowId, 
/**
 * One place only.
 */
place?: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * What verification concluded.
 */
export type ClaimConclusion = { 
/**
 * What, why, on what it rests, when.
 */
judged: ClaimJudged, 
/**
 * Who recorded it.
 */
by: Act, };

/**
 * How much harm it may do, as the law sorts claims.
 */
export type ClaimHarm = "severe" | "harmful";

/**
 * Something about a claim that a rule or a condition may hang on.
 */
export type ClaimIs = "severe" | "recurring";

/**
 * What verification concluded, and on what it rests.
 */
export type ClaimJudged = { 
/**
 * What it found.
 */
verdict: ClaimVerdict, 
/**
 * Why.
 */
reason: string, 
/**
 * When it was concluded.
 */
at: string, 
/**
 * Number and date of the written conclusion.
 */
document?: string, 
/**
 * Facts of the ledger that show it.
 */
facts?: Array<RowId>, 
/**
 * Files that show it.
 */
attachments?: Array<Attachment>, };

/**
 * A label that was put on.
 */
export type ClaimLabel = { 
/**
 * Where.
 */
place: string, 
/**
 * When.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * When it was taken off.
 */
off_at: string | null, 
/**
 * Why.
 */
off: PressChange | null, };

/**
 * That the public was told.
 */
export type ClaimNotice = { 
/**
 * How, by what, when.
 */
told: ClaimTold, 
/**
 * Who recorded it.
 */
by: Act, };

/**
 * How the public was told.
 */
export type ClaimNoticeKind = "notice" | "warning";

/**
 * A place with all that is known of it.
 */
export type ClaimPlace = { 
/**
 * Where and when.
 */
seen: ClaimSeen, 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * Seen again after the verdict.
 */
again: boolean, 
/**
 * Its reach, the oldest reading first.
 */
reach: Array<ClaimReach>, 
/**
 * Struck out.
 */
struck: PressChange | null, };

/**
 * How many people it reached, as somebody read it off.
 */
export type ClaimReach = { 
/**
 * Views, shares, comments: people or deeds, as the place counts.
 */
count: number, 
/**
 * When it was read off.
 */
at: string, 
/**
 * Who read it off.
 */
by: Act, };

/**
 * That results went to whom the law names.
 */
export type ClaimReport = { 
/**
 * To whom.
 */
to: string, 
/**
 * Number and date of the document.
 */
document: string | null, 
/**
 * When.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, };

/**
 * A request for removal or blocking.
 */
export type ClaimRequest = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * To whom, by which document, when.
 */
sought: ClaimSought, 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * What came of it, place by place.
 */
places: Array<ClaimAnswered>, };

/**
 * A rule of which each claim, or each request, gets a clock.
 */
export type ClaimRule = { 
/**
 * Its clock, as an incident would have it.
 */
clock: DeadlineClock, 
/**
 * For which claims or requests only.
 */
only?: ClaimRuleOnly, };

/**
 * For which claims or requests a rule holds.
 */
export type ClaimRuleOnly = "severe" | "harmful" | "urgent";

/**
 * A place where it was seen: a link, or words that say where.
 */
export type ClaimSeen = { 
/**
 * The place's id.
 */
id: RowId, 
/**
 * Where it stands.
 */
link?: string, 
/**
 * Where, in words: a group, a loudspeaker, a leaflet.
 */
note?: string, 
/**
 * When it was seen there.
 */
seen_at: string, 
/**
 * What shows it.
 */
attachments?: Array<Attachment>, };

/**
 * A request for removal or blocking.
 */
export type ClaimSought = { 
/**
 * Whom it went to: a platform, an authority.
 */
to: string, 
/**
 * Number and date of the document.
 */
document?: string, 
/**
 * When it went out.
 */
at: string, 
/**
 * Urgent, as the force that asks says.
 */
urgent?: boolean, 
/**
 * The places that it names.
 */
places: Array<RowId>, };

/**
 * A step.
 */
export type ClaimStep = "classify" | "verify" | "conclude" | "label" | "tell" | "request" | "report" | "complete";

/**
 * A code and what it means.
 */
export type ClaimTerm = { 
/**
 * The code.
 */
code: string, 
/**
 * The words.
 */
title: string, };

/**
 * How the public was told: by a statement that is out, or in a form of another office.
 */
export type ClaimTold = { 
/**
 * Made public, or warned of.
 */
kind: ClaimNoticeKind, 
/**
 * By which statement.
 */
statement?: RowId, 
/**
 * How else: which office, in what form, where.
 */
note?: string, 
/**
 * When.
 */
at: string, };

/**
 * What verification found.
 */
export type ClaimVerdict = "false" | "not_false" | "unverifiable";

/**
 * Who verifies it.
 */
export type ClaimVerification = { 
/**
 * An office of the room.
 */
office: OfficeId | null, 
/**
 * Its name, or that of a body outside the room.
 */
body: string, 
/**
 * Since when.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, };

/**
 * Something that was published about the incident.
 */
export type Clipping = { 
/**
 * Its id, made from its link.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Where it stands, as it was first entered.
 */
link: string, 
/**
 * What it is called, and its tone.
 */
words: ClippingWords, 
/**
 * How far it reached, the oldest reading first.
 */
readings: Array<Reading>, 
/**
 * Who entered it first.
 */
entered: Act, 
/**
 * The message that it came from.
 */
from?: RowId, 
/**
 * The newest correction.
 */
corrected: PressChange | null, 
/**
 * Struck out: not about this incident, or entered by mistake; counts nowhere.
 */
struck: PressChange | null, };

/**
 * What people and services ask of media watch.
 */
export type ClippingCommand = { "verb": "enter", 
/**
 * What.
 */
entry: ClippingEntry, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "import", 
/**
 * The import's id: its readings carry it.
 */
id: RowId, 
/**
 * What.
 */
entries: Array<ClippingEntry>, } | { "verb": "read", 
/**
 * Which.
 */
id: RowId, 
/**
 * How many people.
 */
reach: number, 
/**
 * When it was read; now when empty.
 */
at: string | null, } | { "verb": "correct", 
/**
 * Which.
 */
id: RowId, 
/**
 * What is right.
 */
words: ClippingWords, 
/**
 * Why.
 */
reason: string, } | { "verb": "strike", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "restore", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * Something that was published, as somebody enters it.
 */
export type ClippingEntry = { 
/**
 * Where it stands.
 */
link: string, 
/**
 * The newspaper, station, site or platform; never a person's account.
 */
outlet: string, 
/**
 * Its title, or how it begins.
 */
title: string, 
/**
 * When it was published.
 */
published_at?: string, 
/**
 * In what tone.
 */
tone: Tone, 
/**
 * How many people it reached, as it was read; none when nobody counted.
 */
reach?: number, 
/**
 * When that was read; now when empty.
 */
read_at?: string, 
/**
 * What to mind.
 */
note?: string, };

/**
 * What becomes of an entry.
 */
export type ClippingFate = "new" | "again" | "same";

/**
 * A line of a table that would be taken.
 */
export type ClippingLine = { 
/**
 * Which line, the first being 1.
 */
line: number, 
/**
 * What becomes of it.
 */
fate: ClippingFate, 
/**
 * What it says.
 */
entry: ClippingEntry, };

/**
 * What a table says, beside what the incident knows.
 */
export type ClippingReading = { 
/**
 * In what encoding it came.
 */
encoding: string, 
/**
 * What separates its cells, in words.
 */
separator: string, 
/**
 * What would be taken, line by line.
 */
lines: Array<ClippingLine>, 
/**
 * How many new rows.
 */
added: number, 
/**
 * How many further readings of rows that are there.
 */
again: number, 
/**
 * How many say nothing new.
 */
same: number, 
/**
 * What would not be taken, and why.
 */
problems: Array<TableProblem>, };

/**
 * What can be corrected of a row: everything but its link, which it is known by.
 */
export type ClippingWords = { 
/**
 * The outlet.
 */
outlet: string, 
/**
 * The title.
 */
title: string, 
/**
 * When it was published.
 */
published_at?: string, 
/**
 * In what tone.
 */
tone: Tone, 
/**
 * What to mind.
 */
note?: string, };

/**
 * How an incident ended.
 */
export type Closing = { 
/**
 * Who closed it, and when.
 */
by: Act, 
/**
 * With what result.
 */
summary: string, };

/**
 * What people and the room ask for: one variant per noun.
 */
export type Command = { "noun": "incident" } & IncidentCommand | { "noun": "office" } & OfficeCommand | { "noun": "task" } & TaskCommand | { "noun": "deadline" } & DeadlineCommand | { "noun": "statement" } & StatementCommand | { "noun": "fact" } & FactCommand | { "noun": "decision" } & DecisionCommand | { "noun": "message" } & MessageCommand | { "noun": "entry" } & EntryCommand | { "noun": "line" } & LineCommand | { "noun": "question" } & QuestionCommand | { "noun": "ladder" } & LadderCommand | { "noun": "enquiry" } & EnquiryCommand | { "noun": "meeting" } & MeetingCommand | { "noun": "plan" } & PlanCommand | { "noun": "clipping" } & ClippingCommand | { "noun": "shift" } & ShiftCommand | { "noun": "brief" } & BriefCommand | { "noun": "claim" } & ClaimCommand | { "noun": "review" } & ReviewCommand;

/**
 * One command, chosen by its sender and kept in the log for ever, so that sending again is always safe.
 */
export type CommandId = string;

/**
 * A commune, ward or town.
 */
export type CommuneRow = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The district that it belonged to.
 */
district: string | null, 
/**
 * First day, when known.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, 
/**
 * The decision that made or ended it.
 */
basis: string, };

/**
 * A step in words. What is not there is empty.
 */
export type ComparedStep = { 
/**
 * Its number in its list.
 */
seq: number, 
/**
 * The title of its phase.
 */
phase: string, 
/**
 * What is to be done.
 */
title: string, 
/**
 * The name of the function that leads.
 */
lead: string, 
/**
 * The names of the functions that support.
 */
support: Array<string>, 
/**
 * Its limit.
 */
due: string, 
/**
 * The law requires it.
 */
mandatory: boolean, 
/**
 * What it rests on, as it is cited.
 */
basis: Array<string>, 
/**
 * What has to be so before it is asked for.
 */
only_if: string, 
/**
 * What it leaves behind.
 */
output: string, };

/**
 * How words found on a channel compare with the approved ones.
 */
export type Comparison = "matches" | "within" | "differs" | "not_compared";

/**
 * What has to be so: any one of its parts is enough. Without parts it always holds.
 */
export type Condition = { 
/**
 * The parts.
 */
any: Array<ConditionPart>, };

/**
 * One thing that can be so or not.
 */
export type ConditionPart = { "kind": "level", 
/**
 * The lowest level.
 */
at_least: Level, } | { "kind": "figure", 
/**
 * What the figure is about, as the ledger calls it.
 */
label: string, 
/**
 * The smallest figure.
 */
at_least: number, } | { "kind": "answer", 
/**
 * The question, with its question mark.
 */
question: string, 
/**
 * Yes or no.
 */
yes: boolean, } | { "kind": "sent_back", 
/**
 * How often.
 */
times: number, } | { "kind": "claim", 
/**
 * How.
 */
is: ClaimIs, };

/**
 * Please correct a row of the list.
 */
export type CorrectedSpokesperson = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * What is right; the agency stays.
 */
entry: Spokesperson, };

/**
 * How a length of time is counted.
 */
export type Counted = "elapsed" | "working_hours" | "working_days" | "calendar_days";

/**
 * Levels and phases, each in the order in which they came.
 */
export type Course = { 
/**
 * Levels; the first is the one that it opened with.
 */
levels: Array<LevelStep>, 
/**
 * Phases; the first is the playbook's first.
 */
phases: Array<PhaseStep>, };

/**
 * A data file that was left out, and why.
 */
export type DataProblem = { 
/**
 * The file.
 */
file: string, 
/**
 * The line, from 1.
 */
line: number, 
/**
 * Why.
 */
reason: string, };

/**
 * A clock of the law, running.
 */
export type Deadline = { 
/**
 * Last change.
 */
rev: number, 
/**
 * When time is up; none while the anchor is not known.
 */
due_at: string | null, 
/**
 * How it was stopped.
 */
stopped: DeadlineStop | null, 
/**
 * Recorded as missed, at the revision's moment.
 */
missed_at: string | null, 
/**
 * What it waits for, in words; it does not apply before.
 */
asleep: string | null, 
/**
 * Minutes before the end of which the newest reminder spoke.
 */
reminded: number | null, 
/**
 * When it was due before the moment from which it counts was changed.
 */
was_due_at: string | null, 
/**
 * The claim whose clock it is; none for the incident's own.
 */
of: DeadlineOf | null, 
/**
 * Why it does not apply any more.
 */
lifted: string | null, 
/**
 * The duty that it measures; also its id.
 */
id: RowId, 
/**
 * What has to be done.
 */
title: string, 
/**
 * Its limit.
 */
due: DeadlineDue, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * Kinds of statement whose publication stops it.
 */
stopped_by: Array<string>, 
/**
 * The moment whose recording stops it.
 */
stopped_when?: Anchor, 
/**
 * What else stops it, in words: a report that was sent, a correction that appeared. A person records it.
 */
stopped_on?: string, 
/**
 * Until this holds, it does not apply.
 */
only_if?: Condition, 
/**
 * The office that owes it.
 */
office?: OfficeId, 
/**
 * Owed by somebody outside, the press or a platform; the office keeps an eye on it.
 */
outside?: boolean, };

/**
 * A clock of the law, as frozen when the incident opened.
 */
export type DeadlineClock = { 
/**
 * The duty that it measures; also its id.
 */
id: RowId, 
/**
 * What has to be done.
 */
title: string, 
/**
 * Its limit.
 */
due: DeadlineDue, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * Kinds of statement whose publication stops it.
 */
stopped_by: Array<string>, 
/**
 * The moment whose recording stops it.
 */
stopped_when?: Anchor, 
/**
 * What else stops it, in words: a report that was sent, a correction that appeared. A person records it.
 */
stopped_on?: string, 
/**
 * Until this holds, it does not apply.
 */
only_if?: Condition, 
/**
 * The office that owes it.
 */
office?: OfficeId, 
/**
 * Owed by somebody outside, the press or a platform; the office keeps an eye on it.
 */
outside?: boolean, };

/**
 * What the room asks of a clock.
 */
export type DeadlineCommand = { "verb": "miss", 
/**
 * Which clock.
 */
id: RowId, } | { "verb": "remind", 
/**
 * Which clock.
 */
id: RowId, } | { "verb": "meet", 
/**
 * Which clock.
 */
id: RowId, 
/**
 * When it was done.
 */
at: string, 
/**
 * What shows it: number and date of the document, the link.
 */
on: string, };

/**
 * A deadline as data.
 */
export type DeadlineDue = { 
/**
 * From when.
 */
anchor: Anchor, 
/**
 * Minutes; for working days and days of the calendar, days.
 */
amount: number, 
/**
 * How they are counted.
 */
counted: Counted, 
/**
 * Whose limit it is.
 */
source: Source, 
/**
 * The time ends so long before the moment, not after it.
 */
before?: boolean, };

/**
 * The claim whose clock it is: it counts from a moment of the claim, not of the incident.
 */
export type DeadlineOf = { 
/**
 * Which claim.
 */
claim: RowId, 
/**
 * The rule that the incident froze.
 */
rule: RowId, 
/**
 * From when it counts.
 */
from: string, 
/**
 * The request whose answer it awaits.
 */
request?: RowId, };

/**
 * How a clock was stopped.
 */
export type DeadlineStop = { 
/**
 * When the statement was released, the moment recorded, or the thing done.
 */
at: string, 
/**
 * Which statement.
 */
statement?: RowId | null, 
/**
 * What was recorded instead, in words.
 */
on?: string | null, };

/**
 * A decision.
 */
export type Decided = { 
/**
 * What was decided.
 */
text: string, 
/**
 * When.
 */
at: string, 
/**
 * By whom it was recorded.
 */
by: string, };

/**
 * Who decided, free of accounts: the chairman on the telephone decides, the officer on duty records.
 */
export type Decider = { 
/**
 * Name.
 */
name: string, 
/**
 * In which capacity: office held, or by whose order.
 */
capacity?: string, };

/**
 * A decision.
 */
export type Decision = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * What was decided.
 */
text: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * When it was taken.
 */
occurred_at: string, 
/**
 * Who decided, when it is not who recorded it.
 */
decider?: Decider, 
/**
 * What was weighed and not taken.
 */
rejected?: Array<RejectedOption>, 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin: Origin | null, 
/**
 * The message that it came from.
 */
from?: RowId, };

/**
 * What people ask of decisions.
 */
export type DecisionCommand = { "verb": "take", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What was decided.
 */
text: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * When; now when empty.
 */
occurred_at: string | null, 
/**
 * Who decided; who records it when empty.
 */
decider?: Decider, 
/**
 * What was weighed and not taken, each with the reason.
 */
rejected?: Array<RejectedOption>, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin?: Origin, 
/**
 * The message that it came from.
 */
from?: RowId, };

/**
 * One way, and what became of it there.
 */
export type Delivery = { 
/**
 * Which way; none when there is none.
 */
way: Way | null, 
/**
 * What became of it.
 */
progress: DeliveryState, };

/**
 * What became of a delivery.
 */
export type DeliveryState = { "state": "due", 
/**
 * Not before.
 */
at: string, 
/**
 * It waits for the end of the person's quiet hours.
 */
quiet: boolean, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * Why the last try failed.
 */
last?: string, } | { "state": "skipped", 
/**
 * Why.
 */
why: Skipped, 
/**
 * When that was decided.
 */
at: string, } | { "state": "sent", 
/**
 * When.
 */
at: string, 
/**
 * At which try.
 */
tries: number, } | { "state": "failed", 
/**
 * When.
 */
at: string, 
/**
 * After how many tries.
 */
tries: number, 
/**
 * Why the last one failed.
 */
why: string, };

/**
 * A designation as spokesperson. Its JSON stands in the directory's log and is permanent.
 */
export type Designation = { 
/**
 * As what they speak.
 */
kind: MandateKind, 
/**
 * From when.
 */
from: string, 
/**
 * Until when.
 */
until: string | null, 
/**
 * The document that says so.
 */
instrument: string, 
/**
 * The one incident that it covers; all when empty.
 */
incident: IncidentId | null, 
/**
 * The head who delegated it.
 */
by: PersonId | null, };

/**
 * A designation as the list shows it.
 */
export type DesignationRow = { 
/**
 * Its number among the person's, from 1; never given twice.
 */
number: number, 
/**
 * What the document says.
 */
designation: Designation, 
/**
 * Whether it holds now.
 */
state: DesignationState, 
/**
 * The number of the incident that it covers.
 */
incident_number: string | null, 
/**
 * The name of the head who delegated it.
 */
by_name: string | null, 
/**
 * Who recorded it, and when.
 */
recorded: Act, 
/**
 * That it was taken back.
 */
revoked: Revocation | null, };

/**
 * Whether a designation holds.
 */
export type DesignationState = "not_yet" | "in_force" | "ended" | "revoked";

/**
 * A browser that takes messages, without what only the sender needs.
 */
export type DeviceRow = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Since when.
 */
since: string, 
/**
 * The push service's host.
 */
service: string, };

/**
 * SHA-256; in text, 64 lower-case hexadecimal digits.
 */
export type Digest = string;

/**
 * Offices, functions, places, channels and people of one day.
 */
export type DirectoryDay = { 
/**
 * The day.
 */
on: string, 
/**
 * The days on which offices began or took a function over, oldest first.
 */
changed_on: Array<string>, 
/**
 * What offices are for, in the order of the data; who holds each on that day, the first speaks.
 */
functions: Array<FunctionRow>, 
/**
 * Offices that exist on that day, those of communes left out.
 */
offices: Array<OfficeRow>, 
/**
 * Positions held on that day, by people who have or had an account.
 */
people: Array<PersonRow>, 
/**
 * Communes, wards and towns that exist on that day.
 */
communes: Array<CommuneRow>, 
/**
 * Where statements go, in the order in which they go out.
 */
channels: Array<ChannelRow>, };

/**
 * The number that the registry gave, and the date.
 */
export type Document = { 
/**
 * Number and sign.
 */
number: string, 
/**
 * The date on it.
 */
date: string, 
/**
 * Who entered it.
 */
by: Act, };

/**
 * How the holder of a function is found when no office holds it for good.
 */
export type Elsewhere = "by_place" | "by_choice";

/**
 * Please let it send no more.
 */
export type EndedService = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * Why.
 */
reason: string, };

/**
 * Please record that somebody no longer speaks for their agency.
 */
export type EndedSpokesperson = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * Since when.
 */
until: string, 
/**
 * Why, or by which document.
 */
reason: string, };

/**
 * A question of the press.
 */
export type Enquiry = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * What was asked.
 */
asked: EnquiryAsked, 
/**
 * Who recorded it.
 */
entered: Act, 
/**
 * Who has to answer; the office that recorded it when nobody was said.
 */
owner?: Owner, 
/**
 * Who handed it on last.
 */
handed?: Act, 
/**
 * What became of it; none while it is open.
 */
outcome: EnquiryOutcome | null, 
/**
 * The newest correction.
 */
corrected: PressChange | null, 
/**
 * Struck out: recorded by mistake, counts nowhere.
 */
struck: PressChange | null, 
/**
 * The message that it came from.
 */
from?: RowId, };

/**
 * What was asked.
 */
export type EnquiryAsked = { 
/**
 * The newspaper, station, or body that directs or manages the press.
 */
outlet: string, 
/**
 * Who asked for it.
 */
asked_by?: string, 
/**
 * The question.
 */
question: string, 
/**
 * When it arrived.
 */
received_at: string, 
/**
 * When an answer was promised, or is wanted.
 */
due_at?: string, };

/**
 * What people ask of the log of questions.
 */
export type EnquiryCommand = { "verb": "enter", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What was asked.
 */
asked: EnquiryAsked, 
/**
 * Who has to answer; the sender's office when empty.
 */
owner?: Owner, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "hand_on", 
/**
 * Which.
 */
id: RowId, 
/**
 * Who.
 */
to: Owner, 
/**
 * Why, or what to mind.
 */
note: string | null, } | { "verb": "answer", 
/**
 * Which.
 */
id: RowId, 
/**
 * By a statement that is out.
 */
statement: RowId | null, 
/**
 * How else, or what was said; needed without a statement.
 */
note: string | null, 
/**
 * When; the statement's release or now when empty.
 */
at: string | null, } | { "verb": "decline", 
/**
 * Which.
 */
id: RowId, 
/**
 * Code of the ground.
 */
ground: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * When; now when empty.
 */
at: string | null, } | { "verb": "correct", 
/**
 * Which.
 */
id: RowId, 
/**
 * What was asked.
 */
asked: EnquiryAsked, 
/**
 * Why it is corrected.
 */
reason: string, } | { "verb": "strike", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * What became of a question.
 */
export type EnquiryOutcome = { "kind": "answered", 
/**
 * By a statement that is out.
 */
statement: RowId | null, 
/**
 * How else, or what was said.
 */
note: string | null, 
/**
 * When.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, } | { "kind": "declined", 
/**
 * On which ground; none where the data of the day list none.
 */
ground: RefusalGround | null, 
/**
 * Why.
 */
reason: string, 
/**
 * When.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, };

/**
 * What people ask of entries.
 */
export type EntryCommand = { "verb": "add", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What happened.
 */
text: string, 
/**
 * When it happened; when it was written when empty.
 */
occurred_at: string | null, 
/**
 * How it is known.
 */
source: string | null, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin?: Origin, 
/**
 * Files that show it.
 */
attachments?: Array<Attachment>, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "correct", 
/**
 * Which.
 */
id: RowId, 
/**
 * What happened.
 */
text: string, 
/**
 * When it happened.
 */
occurred_at: string, 
/**
 * Why it is corrected.
 */
reason: string, };

/**
 * What shows that a task was done.
 */
export type Evidence = { 
/**
 * Files.
 */
attachments?: Array<Attachment>, 
/**
 * Where it can be seen.
 */
link?: string, 
/**
 * The row of this incident that shows it.
 */
row?: EvidenceRow, };

/**
 * A row of the incident that shows it.
 */
export type EvidenceRow = { "kind": "statement", 
/**
 * Which.
 */
id: RowId, } | { "kind": "fact", 
/**
 * Which.
 */
id: RowId, } | { "kind": "entry", 
/**
 * Which.
 */
id: RowId, };

/**
 * A question that people will ask, and what to mind when answering.
 */
export type ExpectedQuestion = { 
/**
 * The question.
 */
question: string, 
/**
 * Where the answer comes from, what not to say.
 */
hint: string, };

/**
 * A fact.
 */
export type Fact = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Its number in the incident.
 */
number: string, 
/**
 * What it is about: "Số hộ bị cô lập"; for a claim, the whole sentence.
 */
label: string, 
/**
 * The figure; none for a claim.
 */
value: string | null, 
/**
 * The time for which it holds.
 */
as_of: string, 
/**
 * From where it is known.
 */
source: string, 
/**
 * How far it can be relied on.
 */
state: FactState, 
/**
 * Counts the changes of what it says; a verification names the one that was read.
 */
version: number, 
/**
 * Who entered what it says now.
 */
entered: Act, 
/**
 * Who verified, disputed or withdrew it.
 */
judged: Act | null, 
/**
 * Why it is disputed or withdrawn.
 */
reason: string | null, 
/**
 * The only office that may change it.
 */
sole: OfficeId | null, 
/**
 * What it said before, the oldest first.
 */
earlier: Array<FactVersion>, 
/**
 * The message that it came from.
 */
from?: RowId, };

/**
 * What people ask of facts.
 */
export type FactCommand = { "verb": "enter", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What it is about.
 */
label: string, 
/**
 * The figure; none for a claim.
 */
value: string | null, 
/**
 * The time for which it holds.
 */
as_of: string, 
/**
 * From where it is known.
 */
source: string, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "revise", 
/**
 * Which.
 */
id: RowId, 
/**
 * The version that was read.
 */
version: number, 
/**
 * The figure; none for a claim.
 */
value: string | null, 
/**
 * The time for which it holds.
 */
as_of: string, 
/**
 * From where it is known.
 */
source: string, } | { "verb": "verify", 
/**
 * Which.
 */
id: RowId, 
/**
 * The version that was read.
 */
version: number, } | { "verb": "dispute", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "withdraw", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "name_source", 
/**
 * Which.
 */
id: RowId, 
/**
 * The office.
 */
office: OfficeId | null, };

/**
 * How far a fact can be relied on.
 */
export type FactState = "unverified" | "verified" | "disputed" | "withdrawn";

/**
 * What a fact said before it was changed.
 */
export type FactVersion = { 
/**
 * The fact in words.
 */
said: string, 
/**
 * From where.
 */
source: string, 
/**
 * Who entered it.
 */
by: Act, };

/**
 * One figure.
 */
export type Figure = { 
/**
 * What is measured.
 */
measure: Measure, 
/**
 * Of which office or clock, from which moment; empty when there is only one.
 */
of: string, 
/**
 * What came of it.
 */
value: FigureValue, 
/**
 * What it is counted from.
 */
counted: string, };

/**
 * What came of measuring.
 */
export type FigureValue = { "is": "length", 
/**
 * Seconds; below nought: before the moment from which it is counted, or after the limit.
 */
seconds: number, } | { "is": "count", 
/**
 * How many.
 */
count: number, } | { "is": "share", 
/**
 * How many of them.
 */
part: number, 
/**
 * How many there are.
 */
whole: number, } | { "is": "not_yet", 
/**
 * What is missing.
 */
why: string, } | { "is": "not_applicable", 
/**
 * Why not.
 */
why: string, };

/**
 * What somebody found.
 */
export type Finding = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Under which question.
 */
question: ReviewQuestion, 
/**
 * The words.
 */
text: string, 
/**
 * Who found it.
 */
by: Act, 
/**
 * Who worded it anew last.
 */
reworded: Act | null, 
/**
 * Struck out.
 */
struck: PressChange | null, };

/**
 * What a first message to the public should say, and the kinds of statement that are one.
 */
export type FirstMessage = { 
/**
 * Kinds of statement that are checked.
 */
kinds: Array<string>, 
/**
 * The parts, in order.
 */
parts: Array<MessagePart>, };

/**
 * What was found: a page of incidents with their rows, and how much there is in all.
 */
export type Found = { 
/**
 * The incidents of this page: those under way first, then the newest.
 */
incidents: Array<FoundIncident>, 
/**
 * How many incidents there are in all.
 */
incidents_in_all: number, 
/**
 * How many rows there are in all.
 */
rows_in_all: number, 
/**
 * How many rows there would be of each kind, whatever kinds were asked for.
 */
kinds: Array<FoundKind>, 
/**
 * Incidents whose newest lines were not looked through yet.
 */
behind: number, };

/**
 * An incident in which something was found.
 */
export type FoundIncident = { 
/**
 * Which.
 */
id: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How serious.
 */
level: Level, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * When it was opened.
 */
opened_at: string, 
/**
 * When it ended.
 */
closed_at: string | null, 
/**
 * How many rows were found in it.
 */
rows_in_all: number, 
/**
 * The newest of them.
 */
rows: Array<FoundRow>, };

/**
 * How many rows of a kind there are.
 */
export type FoundKind = { 
/**
 * The kind.
 */
kind: PassageKind, 
/**
 * How many.
 */
rows: number, };

/**
 * A row that was found.
 */
export type FoundRow = { 
/**
 * Of what kind.
 */
kind: PassageKind, 
/**
 * Its id; for a line of the timeline its revision and place, `12-0`.
 */
row: string, 
/**
 * When it was.
 */
at: string, 
/**
 * What it is called.
 */
title: Array<TextPiece>, 
/**
 * Its words around what was looked for.
 */
text: Array<TextPiece>, 
/**
 * Who has to do with it.
 */
who: Array<TextPiece>, };

/**
 * What was frozen at opening and does not change.
 */
export type Frame = { 
/**
 * Last change.
 */
rev: number, 
/**
 * Phases of the playbook.
 */
phases: Array<Phase>, 
/**
 * Prepared statements.
 */
prepared: Array<Prepared>, 
/**
 * Who approves what.
 */
approvals: Array<ApprovalRule>, 
/**
 * Where statements go out.
 */
channels: Array<Channel>, 
/**
 * What a first message should say.
 */
first_message: FirstMessage, 
/**
 * What people will ask.
 */
expected: Array<ExpectedQuestion>, 
/**
 * The levels and the rules between them.
 */
ladder: Ladder, 
/**
 * Grounds on which information may be refused to the press.
 */
refusal_grounds: Array<RefusalGround>, 
/**
 * Words and rules of the register of claims.
 */
claims: ClaimBook, 
/**
 * The working calendar.
 */
calendar: WorkingCalendar, };

/**
 * A function that an account may sit in.
 */
export type FunctionChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * The office that holds it today.
 */
office: string, };

/**
 * A function and the offices that held it, of all times.
 */
export type FunctionRow = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How its holder is found when no office holds it for good.
 */
elsewhere: Elsewhere | null, 
/**
 * All holders of all times, oldest first.
 */
holders: Array<HolderRow>, };

/**
 * A handover: what was handed to whom, and what became of it.
 */
export type Handover = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Who is to take over.
 */
to: Officer, 
/**
 * What the office had on its hands, as it stood then.
 */
note: HandoverNote, 
/**
 * What else there is to say.
 */
remark: string | null, 
/**
 * Who offered it, and when.
 */
offered: Act, 
/**
 * What became of it; none while it waits.
 */
outcome: HandoverOutcome | null, };

/**
 * What an office has on its hands.
 */
export type HandoverNote = { 
/**
 * As of when.
 */
at: string, 
/**
 * What there is: by kind, the most urgent of each first.
 */
items: Array<NoteItem>, };

/**
 * What became of a handover.
 */
export type HandoverOutcome = { "kind": "confirmed", 
/**
 * Who.
 */
by: Act, } | { "kind": "declined", 
/**
 * By whom.
 */
by: Act, 
/**
 * Why.
 */
reason: string, } | { "kind": "taken_back", 
/**
 * By whom.
 */
by: Act, };

/**
 * The incident as a whole, as the room shows it.
 */
export type Header = { 
/**
 * Last change.
 */
rev: number, 
/**
 * Number in the register.
 */
number: string, 
/**
 * What happened.
 */
title: string, 
/**
 * How serious.
 */
level: Level, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * Where.
 */
place: Place | null, 
/**
 * The playbook that it opened with.
 */
playbook: PlaybookRef, 
/**
 * Further playbooks that run.
 */
more: Array<PlaybookRef>, 
/**
 * The day whose law and organisation apply.
 */
in_force_on: string, 
/**
 * The moments known so far.
 */
anchors: Partial<Record<Anchor, string>>, 
/**
 * From when it stood at which level and in which phase.
 */
course: Course, 
/**
 * Who opened it.
 */
opened: Act, 
/**
 * Who closed it.
 */
closed: Closing | null, };

/**
 * A task that somebody is at, for the administrator who is about to move them: numbers and titles only.
 */
export type HeldTask = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * What happened.
 */
incident_title: string, 
/**
 * The task.
 */
task: RowId, 
/**
 * What has to be done.
 */
title: string, 
/**
 * The short name of the office whose task it is.
 */
office: string, 
/**
 * The incident cannot be closed before it is done or waived.
 */
mandatory: boolean, 
/**
 * When it is due, once that is known.
 */
due_at: string | null, };

/**
 * An office that held a function for some time.
 */
export type HolderRow = { 
/**
 * The office.
 */
office: string, 
/**
 * Its name.
 */
name: string, 
/**
 * First day, when known.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, 
/**
 * Something about the office has not been checked.
 */
uncertain: boolean, 
/**
 * What, or another remark.
 */
note: string | null, 
/**
 * It holds the function on the day that was asked about.
 */
now: boolean, };

/**
 * A program that is called.
 */
export type HookRow = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * What it is.
 */
name: string, 
/**
 * Its address.
 */
url: string, 
/**
 * For which office; for all when none.
 */
office: OfficeId | null, 
/**
 * Who set it up.
 */
added: Act, 
/**
 * Who stopped it.
 */
stopped: Act | null, };

/**
 * What people ask of the incident as a whole.
 */
export type IncidentCommand = { "verb": "open" } & Opening | { "verb": "set_level", 
/**
 * The new level.
 */
level: Level, 
/**
 * Why.
 */
reason: string, 
/**
 * Lower it although something still speaks against it; the head's to decide.
 */
despite?: boolean, } | { "verb": "set_anchor", 
/**
 * Which moment.
 */
anchor: Anchor, 
/**
 * When.
 */
at: string, 
/**
 * Why, when it moves.
 */
reason: string | null, } | { "verb": "close", 
/**
 * With what result.
 */
summary: string, 
/**
 * Although something still speaks against it; the head's to decide.
 */
despite?: boolean, };

/**
 * One incident; also the name of its log file.
 */
export type IncidentId = string;

/**
 * What waits for a person in one incident.
 */
export type IncidentWaits = { 
/**
 * Which.
 */
incident: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * What waits, the most urgent kinds first.
 */
waits: Array<Wait>, };

/**
 * A token, shown this once.
 */
export type IssuedToken = { 
/**
 * The secret that the service sends.
 */
token: string, 
/**
 * Where it sends to; `{id}` stands for an incident when the token is for all.
 */
url: string, };

/**
 * Several offices go out together, not before a time.
 */
export type JointRelease = { 
/**
 * Not before.
 */
until: string, 
/**
 * Who has to agree.
 */
offices: Array<OfficeId>, 
/**
 * Who agreed, to which words.
 */
agreed: Array<Agreement>, 
/**
 * Who proposed it.
 */
by: Act, 
/**
 * When the time came: whether everything was in place. Not yet: none.
 */
ready: boolean | null, };

/**
 * The ladder as an incident keeps it.
 */
export type Ladder = { 
/**
 * The levels, from the lowest.
 */
rungs: Array<LadderRung>, 
/**
 * The rules.
 */
rules: Array<LadderRule>, 
/**
 * What has to be answered with yes before the level goes down.
 */
lowering: Array<string>, 
/**
 * What has to be answered with yes before the incident is closed.
 */
closing: Array<string>, 
/**
 * Kinds of statement of which one has to be out before the incident is closed.
 */
last_words: Array<string>, };

/**
 * What people ask of proposals.
 */
export type LadderCommand = { "verb": "settle", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * What a rule brings about.
 */
export type LadderEffect = { "kind": "propose_level", 
/**
 * Which.
 */
level: Level, } | { "kind": "hold_publishing", 
/**
 * Which question.
 */
until: string, } | { "kind": "ask_head" };

/**
 * A rule of escalation.
 */
export type LadderRule = { 
/**
 * Its code.
 */
code: string, 
/**
 * What it says, in words.
 */
title: string, 
/**
 * When it speaks.
 */
when: Condition, 
/**
 * What it brings about.
 */
effect: LadderEffect, };

/**
 * One level.
 */
export type LadderRung = { 
/**
 * Which.
 */
level: Level, 
/**
 * What makes an incident one of this level; any one is enough.
 */
criteria: Array<string>, 
/**
 * Who speaks.
 */
speaks: string, 
/**
 * How the room works.
 */
rhythm: string, 
/**
 * Until the first public word, minutes: the office's own aim.
 */
first_word_minutes: number, };

/**
 * Please bar somebody from signing in.
 */
export type Leaving = { 
/**
 * When they left their post; none when only the account is shut.
 */
left: string | null, 
/**
 * The tasks that the administrator knows will wait to be taken again.
 */
released: Array<TaskRef>, };

/**
 * A step that was skipped, or a task that people added.
 */
export type Lesson = { 
/**
 * What is to be done.
 */
title: string, 
/**
 * Why it was skipped, or what came of it.
 */
reason: string, 
/**
 * Who skipped or did it.
 */
by: Act | null, };

/**
 * How serious: 1 watch, 2 incident, 3 serious, 4 crisis.
 */
export type Level = 1 | 2 | 3 | 4;

/**
 * From when the incident stood at a level.
 */
export type LevelStep = { 
/**
 * The level.
 */
level: Level, 
/**
 * Since when, as recorded.
 */
at: string, 
/**
 * The line of the log that says so.
 */
rev: number, };

/**
 * A line of the timeline.
 */
export type Line = { 
/**
 * Its id: revision and place within it.
 */
id: [number, number], 
/**
 * Last change.
 */
rev: number, 
/**
 * What it is about.
 */
kind: LineKind, 
/**
 * The sentence.
 */
text: string, 
/**
 * When it happened.
 */
occurred_at: string, 
/**
 * Who did it, and when it was recorded.
 */
by: Act, 
/**
 * How it is known.
 */
source: string | null, 
/**
 * The entry, when a person wrote it.
 */
entry: RowId | null, 
/**
 * Who corrected it.
 */
corrected: Act | null, 
/**
 * The line that says it right.
 */
corrected_by?: [number, number], 
/**
 * The line that it says right; that one stays as it was.
 */
corrects?: [number, number], 
/**
 * Why it corrects that one.
 */
reason?: string, 
/**
 * The phase in which the incident stood when it was recorded.
 */
phase?: string, 
/**
 * That it belongs in the report.
 */
report?: LineMark, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin: Origin | null, 
/**
 * Files that show it.
 */
attachments?: Array<Attachment>, 
/**
 * The message that it came from.
 */
from?: RowId, };

/**
 * What people ask of lines.
 */
export type LineCommand = { "verb": "mark", 
/**
 * Which line.
 */
line: [number, number], 
/**
 * The heading under which it stands there.
 */
heading: string | null, 
/**
 * A remark.
 */
note: string | null, } | { "verb": "unmark", 
/**
 * Which line.
 */
line: [number, number], };

/**
 * What a line is about.
 */
export type LineKind = "entry" | "incident" | "office" | "task" | "deadline" | "statement" | "fact" | "decision" | "question" | "press" | "claim" | "media" | "review";

/**
 * That a line belongs in the report.
 */
export type LineMark = { 
/**
 * The heading under which it stands there.
 */
heading?: string, 
/**
 * A remark for whoever writes the report.
 */
note?: string, 
/**
 * Who says so.
 */
by: Act, };

/**
 * By which of its two times a line is placed, and from–to is meant.
 */
export type LineOrder = "recorded" | "occurred";

/**
 * A page of the timeline, newest first.
 */
export type LinePage = { 
/**
 * The revision at which it was answered.
 */
rev: number, 
/**
 * The lines.
 */
lines: Array<Line>, 
/**
 * How many lines fit.
 */
matched: number, 
/**
 * How many lines there are.
 */
total: number, 
/**
 * How many that fit stand before the first one here.
 */
newer: number, 
/**
 * How many that fit stand after the last one here.
 */
older: number, 
/**
 * Everybody who recorded lines, by name.
 */
people: Array<LinePerson>, };

/**
 * A person who recorded lines.
 */
export type LinePerson = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name, as the newest line has it.
 */
name: string, 
/**
 * How many lines.
 */
lines: number, };

/**
 * A one-time link.
 */
export type Link = { 
/**
 * The address to hand over.
 */
url: string, };

/**
 * What a link is for.
 */
export type LinkPurpose = { 
/**
 * Sign-in name that it belongs to.
 */
name: string, 
/**
 * A password has to be chosen.
 */
choose_password: boolean, };

/**
 * The right itself, as it stood when its holder acted.
 */
export type Mandate = { 
/**
 * Which of the three.
 */
kind: MandateKind, 
/**
 * The document that gives it.
 */
instrument: string, 
/**
 * When it ends; none: no end was set.
 */
until: string | null, };

/**
 * The three ways to be a spokesperson, the weightiest first: who holds two in one matter speaks by the first.
 */
export type MandateKind = "head" | "regular" | "delegated";

/**
 * An incident under way, as the matter of a delegation.
 */
export type Matter = { 
/**
 * Its id.
 */
id: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * What happened.
 */
title: string, };

/**
 * Who is signed in.
 */
export type Me = { 
/**
 * The person as they stand today.
 */
actor: Actor, 
/**
 * Their office's name today.
 */
office_name: string, 
/**
 * The server's clock.
 */
now: string, 
/**
 * The demonstration runs.
 */
demo: boolean, 
/**
 * The demonstration's simulated colleague is on.
 */
colleague: boolean, };

/**
 * What is measured.
 */
export type Measure = "first_statement" | "margin" | "approval" | "acceptance" | "corrections" | "withdrawals" | "tasks_in_time" | "facts_verified";

/**
 * A meeting with the press.
 */
export type Meeting = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * What is recorded of it.
 */
held: MeetingHeld, 
/**
 * Who recorded it.
 */
recorded: Act, 
/**
 * The newest correction.
 */
corrected: PressChange | null, 
/**
 * Struck out: recorded by mistake, counts nowhere.
 */
struck: PressChange | null, };

/**
 * What people ask of the log of meetings.
 */
export type MeetingCommand = { "verb": "record", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What is recorded of it.
 */
held: MeetingHeld, } | { "verb": "correct", 
/**
 * Which.
 */
id: RowId, 
/**
 * What is recorded of it.
 */
held: MeetingHeld, 
/**
 * Why it is corrected.
 */
reason: string, } | { "verb": "strike", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * What is recorded of a meeting.
 */
export type MeetingHeld = { 
/**
 * What kind.
 */
kind: MeetingKind, 
/**
 * When it began.
 */
held_at: string, 
/**
 * Where, or on which platform.
 */
place?: string, 
/**
 * Who chaired, what was said, who came.
 */
note?: string, };

/**
 * What kind of meeting it was.
 */
export type MeetingKind = "press_conference" | "press_briefing";

/**
 * Somebody who has a part in an incident, as of today: whom a message, or a plan of duty, may name.
 */
export type Member = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name, as it is spoken.
 */
name: string, 
/**
 * Position.
 */
title: string, 
/**
 * Office on the incident's day.
 */
office: OfficeId | null, 
/**
 * What they may act as.
 */
roles: Array<Role>, };

/**
 * A message.
 */
export type Message = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * The revision in which it was sent: talk stands in this order, whatever becomes of a message later.
 */
sent: number, 
/**
 * The words.
 */
text: string, 
/**
 * Who sent it.
 */
by: Act, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin: Origin | null, 
/**
 * Files that show it.
 */
attachments?: Array<Attachment>, 
/**
 * What it answers.
 */
reply?: MessageQuote, 
/**
 * Whom it names, and who of them has read it.
 */
mentions?: Array<MessageMentioned>, 
/**
 * Who pinned it, while it is.
 */
pinned?: Act, 
/**
 * Which offices are asked to confirm that they know, and which have.
 */
asked?: MessageAsked, 
/**
 * What of the record came of it.
 */
became?: Array<MessageBecame>, };

/**
 * That offices are asked to confirm that they know.
 */
export type MessageAsked = { 
/**
 * Who asked last.
 */
by: Act, 
/**
 * Which offices.
 */
offices: Array<MessageAskedOffice>, 
/**
 * Who called it off.
 */
ended: Act | null, };

/**
 * One office that is asked.
 */
export type MessageAskedOffice = { 
/**
 * Which.
 */
office: OfficeId, 
/**
 * Since when.
 */
asked_at: string, 
/**
 * Who confirmed for it, and when.
 */
confirmed: Act | null, 
/**
 * How many times it was reminded.
 */
reminded: number, 
/**
 * When it was reminded last.
 */
reminded_at: string | null, };

/**
 * What came of a message.
 */
export type MessageBecame = { 
/**
 * What it is.
 */
noun: MessageNoun, 
/**
 * Its row.
 */
id: RowId, 
/**
 * Who put it on record.
 */
by: Act, };

/**
 * What people ask of messages.
 */
export type MessageCommand = { "verb": "send", 
/**
 * Its id.
 */
id: RowId, 
/**
 * The words.
 */
text: string, 
/**
 * Of the demonstration: on public record, or made for it.
 */
origin?: Origin, 
/**
 * Files that show it.
 */
attachments?: Array<Attachment>, 
/**
 * The message that it answers.
 */
reply?: RowId, 
/**
 * Whom the words name; the server fills in what they are called.
 */
mentions?: Array<MessageMention>, 
/**
 * Offices that are asked to confirm that they know.
 */
ask?: Array<OfficeId>, } | { "verb": "see", 
/**
 * Which.
 */
id: RowId, } | { "verb": "pin", 
/**
 * Which.
 */
id: RowId, } | { "verb": "unpin", 
/**
 * Which.
 */
id: RowId, } | { "verb": "ask", 
/**
 * Which message.
 */
id: RowId, 
/**
 * Which offices; those that are asked already are not asked twice.
 */
offices: Array<OfficeId>, } | { "verb": "acknowledge", 
/**
 * Which message.
 */
id: RowId, } | { "verb": "call_off", 
/**
 * Which message.
 */
id: RowId, } | { "verb": "remind", 
/**
 * Which message.
 */
id: RowId, };

/**
 * Whom a message names. In the words it stands as `@` and the name.
 */
export type MessageMention = { "kind": "person", 
/**
 * Who.
 */
person: PersonId, 
/**
 * Their name, without a note in brackets; the server fills it in.
 */
name: string, } | { "kind": "office", 
/**
 * Which.
 */
office: OfficeId, 
/**
 * Its short name in the incident; the server fills it in.
 */
name: string, };

/**
 * Whom a message names, and whether they have read it.
 */
export type MessageMentioned = { 
/**
 * Whom.
 */
whom: MessageMention, 
/**
 * Who read it, for themselves or for the office.
 */
seen: Act | null, };

/**
 * What a message can become.
 */
export type MessageNoun = "entry" | "task" | "fact" | "decision" | "enquiry" | "claim" | "clipping";

/**
 * One part of a first message. It counts as there when one of its words is.
 */
export type MessagePart = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What to write.
 */
hint: string, 
/**
 * Words of which one shows that it is there, lower case.
 */
words: Array<string>, };

/**
 * A message as a reply carries it: readable where the message itself is not loaded.
 */
export type MessageQuote = { 
/**
 * Which message.
 */
id: RowId, 
/**
 * Who sent it.
 */
by: Act, 
/**
 * Its beginning.
 */
text: string, };

/**
 * A person as they were when they were named.
 */
export type Named = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name at that moment; the server fills it in.
 */
name: string, 
/**
 * Position at that moment; the server fills it in.
 */
title: string, 
/**
 * Office at that moment; the server fills it in.
 */
office: OfficeId | null, };

/**
 * Please create an account; the answer is a one-time link.
 */
export type NewAccount = { 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Name.
 */
name: string, 
/**
 * Position.
 */
title: string, 
/**
 * The function whose office they sit in.
 */
function: string | null, 
/**
 * What they may act as; spokesperson comes by designation only.
 */
roles: Array<Role>, 
/**
 * A designation as spokesperson.
 */
spokesperson: Designation | null, };

/**
 * Please record that somebody was made a spokesperson.
 */
export type NewDesignation = { 
/**
 * Chosen by the browser; sending again with the same id records nothing twice.
 */
id: CommandId, 
/**
 * What the document says.
 */
designation: Designation, };

/**
 * Please put this version in force.
 */
export type NewPlaybookVersion = { 
/**
 * Chosen by the browser; sending again is safe.
 */
id: CommandId, 
/**
 * The version that was edited, by its digest.
 */
base: Digest, 
/**
 * The Markdown.
 */
text: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Please record a position, or correct one.
 */
export type NewPosition = { 
/**
 * Chosen by the browser; sending again with the same id records nothing twice.
 */
id: CommandId, 
/**
 * Which is corrected; a further one when nothing is said.
 */
number: number | null, 
/**
 * The position.
 */
position: Position, };

/**
 * Please give somebody another position, office or roles.
 */
export type NewProfile = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * Position.
 */
title: string, 
/**
 * The function whose office they sit in.
 */
function: string | null, 
/**
 * What they may act as; spokesperson comes by designation only.
 */
roles: Array<Role>, 
/**
 * Since when they hold the position, when it is another one; since now when nothing is said.
 */
from: string | null, 
/**
 * The document that says so.
 */
instrument: string | null, 
/**
 * The tasks that the administrator knows will wait to be taken again.
 */
released: Array<TaskRef>, };

/**
 * Please record that a designation was taken back.
 */
export type NewRevocation = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * Why.
 */
reason: string, };

/**
 * Please let this service send.
 */
export type NewService = { 
/**
 * Chosen by the browser; the same id is the same request.
 */
id: CommandId, 
/**
 * What it is called; its acts carry this name.
 */
name: string, 
/**
 * The only incident that it may send to; every one under way when empty.
 */
incident?: IncidentId, 
/**
 * Until when.
 */
until: string, };

/**
 * Please put spokespersons on the list: all of them, or none.
 */
export type NewSpokespersons = { 
/**
 * Chosen by the browser; sending again with the same id records nothing twice.
 */
id: CommandId, 
/**
 * What the list shall say.
 */
entries: Array<Spokesperson>, };

/**
 * A newer version of a playbook that runs in an incident.
 */
export type NewerPlaybook = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The version that the incident began with.
 */
had: number, 
/**
 * The version in force.
 */
version: number, 
/**
 * Who published that, when and why.
 */
newest: PlaybookVersion | null, 
/**
 * The steps that differ.
 */
steps: Array<NewerStep>, };

/**
 * A step in which a newer version differs from what the incident has.
 */
export type NewerStep = { 
/**
 * Its number in the newer version; none when it went.
 */
seq: number | null, 
/**
 * The incident's own task; none when it has none.
 */
task: RowId | null, 
/**
 * That task is done or skipped: it stays as it is.
 */
ended: boolean, 
/**
 * How it differs.
 */
difference: StepDifference, };

/**
 * One thing that is handed over.
 */
export type NoteItem = { 
/**
 * What it is.
 */
kind: NoteKind, 
/**
 * The row.
 */
row: RowId, 
/**
 * In words, as they were at that moment.
 */
words: string, 
/**
 * By when.
 */
due_at: string | null, };

/**
 * What an item of the note is.
 */
export type NoteKind = "clock" | "approval" | "confirmation" | "statement" | "task" | "enquiry" | "claim" | "clipping" | "proposal";

/**
 * Something that somebody was to be told.
 */
export type Notice = { 
/**
 * Its id; sorts by time.
 */
id: RowId, 
/**
 * Who is told.
 */
to: Recipient, 
/**
 * In which incident; none when somebody only tries their ways.
 */
matter: NoticeMatter | null, 
/**
 * What waits.
 */
subjects: Array<Subject>, 
/**
 * How often it was said.
 */
step: NoticeStep, 
/**
 * The notice that nobody reacted to.
 */
after?: RowId, 
/**
 * Whose silence it is about, when those who lead are told.
 */
about?: string, 
/**
 * When.
 */
raised_at: string, 
/**
 * Every way, and what became of it.
 */
deliveries: Array<Delivery>, 
/**
 * When the person was seen to know: they said so, or opened the room.
 */
seen_at: string | null, 
/**
 * When what it was about waited no longer.
 */
settled_at: string | null, };

/**
 * What a person asks about notices.
 */
export type NoticeAsk = { "verb": "set_routes", 
/**
 * The mailbox; none for no mail.
 */
mail: string | null, 
/**
 * Quiet hours; none for none.
 */
quiet: Quiet | null, } | { "verb": "add_device", 
/**
 * Its id.
 */
device: RowId, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * What its page gave.
 */
keys: PushKeys, } | { "verb": "drop_device", 
/**
 * Which.
 */
device: RowId, } | { "verb": "see", 
/**
 * Of which.
 */
notices: Array<RowId>, } | { "verb": "retry", 
/**
 * Which notice.
 */
notice: RowId, } | { "verb": "try", 
/**
 * The notice's id.
 */
notice: RowId, } | { "verb": "add_hook", 
/**
 * Its id.
 */
hook: RowId, 
/**
 * What it is.
 */
name: string, 
/**
 * Its address.
 */
url: string, 
/**
 * For which office; for all when none.
 */
office: OfficeId | null, } | { "verb": "stop_hook", 
/**
 * Which.
 */
hook: RowId, };

/**
 * What the server answers to a change.
 */
export type NoticeDone = { 
/**
 * The secret of a new program, shown this once (Standard Webhooks form, `whsec_…`).
 */
secret: string | null, };

/**
 * The incident that a notice is about.
 */
export type NoticeMatter = { 
/**
 * Which.
 */
incident: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * How serious it was.
 */
level: Level, };

/**
 * A person's notices and how they are reached.
 */
export type NoticePage = { 
/**
 * The newest revision of all notices; ask with it and be answered when there is a newer one.
 */
rev: number, 
/**
 * Newest first.
 */
notices: Array<Notice>, 
/**
 * Their mailbox.
 */
mail: string | null, 
/**
 * Their quiet hours.
 */
quiet: Quiet | null, 
/**
 * Their browsers.
 */
devices: Array<DeviceRow>, 
/**
 * The key with which browsers subscribe (RFC 8292, base64url).
 */
push_key: string, 
/**
 * The server can send mail.
 */
mails: boolean, 
/**
 * They keep accounts, and see programs too.
 */
administers: boolean, 
/**
 * Programs that are called; for the administrator only.
 */
hooks: Array<HookRow>, 
/**
 * Notices to programs, newest first; for the administrator only.
 */
hook_notices: Array<Notice>, };

/**
 * Please do this about notices.
 */
export type NoticeRequest = { 
/**
 * Chosen by the browser; the same id is the same request.
 */
id: CommandId, 
/**
 * What.
 */
ask: NoticeAsk, };

/**
 * How often it was said, and to whom.
 */
export type NoticeStep = "first" | "again" | "leads";

/**
 * An office with a part in the incident.
 */
export type Office = { 
/**
 * Its id.
 */
id: OfficeId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Its name on the day.
 */
name: string, 
/**
 * Its short name.
 */
short: string, 
/**
 * One of the task force's own seats.
 */
seat: boolean, 
/**
 * Its place among the offices: seats in their order of precedence, then as they were pulled in.
 */
order: number, 
/**
 * When it was asked to take the incident on: at the opening, or when it was pulled in.
 */
asked_at: string, 
/**
 * Who accepted the incident for it, and when.
 */
accepted: Act | null, };

/**
 * An office that may be pulled into an incident.
 */
export type OfficeChoice = { 
/**
 * Its id.
 */
id: OfficeId, 
/**
 * Its name on the day.
 */
name: string, 
/**
 * The authority of a commune.
 */
commune: boolean, };

/**
 * What people ask of offices.
 */
export type OfficeCommand = { "verb": "accept" } | { "verb": "invite", 
/**
 * Which, with its name on the day the incident's organisation is taken from; the server fills it in.
 */
office: PlannedOffice, };

/**
 * One office, as the organisation data names it.
 */
export type OfficeId = string;

/**
 * The office's own press log.
 */
export type OfficePress = { 
/**
 * Questions, the newest first.
 */
enquiries: Array<Enquiry>, 
/**
 * Meetings, the newest first.
 */
meetings: Array<Meeting>, 
/**
 * Grounds on which information may be refused today.
 */
grounds: Array<RefusalGround>, };

/**
 * An office of a day.
 */
export type OfficeRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The names of what it is for on that day.
 */
functions: Array<string>, 
/**
 * First day, when known.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, 
/**
 * The names of those whose work it took over.
 */
before: Array<string>, 
/**
 * The names of those who took over its work.
 */
after: Array<string>, 
/**
 * The decision that made it.
 */
basis: string | null, 
/**
 * Something about it has not been checked.
 */
uncertain: boolean, 
/**
 * What, or another remark.
 */
note: string | null, 
/**
 * It has to have a spokesperson.
 */
speaks: boolean, };

/**
 * A person with the name and the position that they had at that moment; the server fills both in.
 */
export type Officer = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Position.
 */
title: string, };

/**
 * Something that is to be done after an incident and is not done yet.
 */
export type OpenAction = { 
/**
 * After which incident.
 */
incident: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * The incident is closed.
 */
closed: boolean, 
/**
 * Which action of its review.
 */
action: RowId, 
/**
 * What is to be done.
 */
text: string, 
/**
 * Whose it is, in words.
 */
whose: string, 
/**
 * The last day for it.
 */
due: string, 
/**
 * That day has gone by.
 */
over: boolean, 
/**
 * It waits for the reader: theirs by name, or their office's and nobody's by name.
 */
mine: boolean, 
/**
 * The reader's office sees to it, whoever of it.
 */
office: boolean, };

/**
 * Please open an incident.
 */
export type OpenRequest = { 
/**
 * Chosen by the browser; the same id opens the same incident.
 */
id: IncidentId, 
/**
 * What happened.
 */
title: string, 
/**
 * The playbook's code.
 */
playbook: string, 
/**
 * Codes of further playbooks that run beside it.
 */
also: Array<string>, 
/**
 * How serious; the playbook's default when empty.
 */
level: Level | null, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * The commune's code.
 */
commune: string | null, 
/**
 * When it happened; now when empty.
 */
occurred_at: string | null, 
/**
 * When the office received it; now when empty.
 */
received_at: string | null, 
/**
 * When the office found that it touches public opinion.
 */
impact_assessed_at: string | null, 
/**
 * The day whose law and organisation apply; the day of reception when empty. For exercises on a past event.
 */
in_force_on: string | null, };

/**
 * The incident is open.
 */
export type Opened = { 
/**
 * Its id.
 */
id: IncidentId, 
/**
 * Its number.
 */
number: string, };

/**
 * Everything with which an incident begins: what the opener said, and the versions in force, frozen.
 */
export type Opening = { 
/**
 * Number in the register.
 */
number: string, 
/**
 * What happened.
 */
title: string, 
/**
 * How serious.
 */
level: Level, 
/**
 * An exercise, marked on every screen and page.
 */
exercise: boolean, 
/**
 * Where.
 */
place: Place | null, 
/**
 * When it happened.
 */
occurred_at: string, 
/**
 * When the office received it.
 */
received_at: string, 
/**
 * When the office found that it touches public opinion, if it has.
 */
impact_assessed_at: string | null, 
/**
 * The day whose law and organisation apply.
 */
in_force_on: string, 
/**
 * The playbook.
 */
playbook: PlaybookRef, 
/**
 * Its phases.
 */
phases: Array<Phase>, 
/**
 * Its tasks.
 */
tasks: Array<PlannedTask>, 
/**
 * The clocks of the law.
 */
clocks: Array<DeadlineClock>, 
/**
 * The offices.
 */
offices: Array<PlannedOffice>, 
/**
 * The prepared statements.
 */
prepared: Array<Prepared>, 
/**
 * Who approves what.
 */
approvals: Array<ApprovalRule>, 
/**
 * Where statements go out. An exercise has channels of its own and no others.
 */
channels: Array<Channel>, 
/**
 * What a first message should say.
 */
first_message: FirstMessage, 
/**
 * What people will ask.
 */
expected?: Array<ExpectedQuestion>, 
/**
 * The levels and the rules between them.
 */
ladder: Ladder, 
/**
 * Grounds on which information may be refused to the press.
 */
refusal_grounds?: Array<RefusalGround>, 
/**
 * Words and rules of the register of claims.
 */
claims: ClaimBook, 
/**
 * The working calendar.
 */
calendar: WorkingCalendar, };

/**
 * Whether a line of the demonstration is on public record or was made for it. Real incidents say nothing.
 */
export type Origin = "documented" | "reconstructed";

/**
 * What goes on, for who leads.
 */
export type Outlook = { 
/**
 * Who leads the task force today: names and positions.
 */
heads: Array<string>, 
/**
 * Incidents under way.
 */
situations: Array<Situation>, 
/**
 * What ended within the last day.
 */
ended: Array<Summary>, };

/**
 * Whose something is.
 */
export type Owner = { "kind": "office", 
/**
 * Which.
 */
office: OfficeId, } | { "kind": "person", 
/**
 * Who.
 */
named: Named, };

/**
 * Who may issue a document.
 */
export type PaperIssuer = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Its layout, and whether that was compared with the signed text.
 */
layout: string, 
/**
 * The layout was compared with the signed text.
 */
verified: boolean, 
/**
 * The ways of signing for it.
 */
signs: Array<string>, };

/**
 * A document that an incident offers.
 */
export type PaperOffer = { 
/**
 * Its code in addresses.
 */
code: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What it is about.
 */
about: string, 
/**
 * Not approved yet: the document says that it is a draft.
 */
draft: boolean, 
/**
 * Codes of who usually issues it, the first one first.
 */
issuers: Array<string>, 
/**
 * Minutes are signed by two, whoever issues them.
 */
minutes: boolean, 
/**
 * People who approved its words, by name.
 */
approvers: Array<string>, };

/**
 * All that an incident offers to sign.
 */
export type PaperOffers = { 
/**
 * The documents.
 */
papers: Array<PaperOffer>, 
/**
 * Who may issue them today.
 */
issuers: Array<PaperIssuer>, };

/**
 * What kind of row a passage is of.
 */
export type PassageKind = "incident" | "statement" | "line" | "message" | "fact" | "decision" | "task" | "enquiry" | "meeting" | "claim" | "clipping";

/**
 * Rows to put in place of those with the same id. `from` 0 means: forget what you have first.
 */
export type Patch = { 
/**
 * The revision that the receiver has.
 */
from: number, 
/**
 * The revision that the receiver has afterwards.
 */
rev: number, 
/**
 * The incident as a whole.
 */
header?: Header, 
/**
 * What was frozen at opening.
 */
frame?: Frame, 
/**
 * Offices.
 */
offices?: Array<Office>, 
/**
 * Tasks.
 */
tasks?: Array<Task>, 
/**
 * Clocks of the law.
 */
deadlines?: Array<Deadline>, 
/**
 * Statements.
 */
statements?: Array<Statement>, 
/**
 * Facts.
 */
facts?: Array<Fact>, 
/**
 * Decisions.
 */
decisions?: Array<Decision>, 
/**
 * Questions on which tasks, clocks and rules hang.
 */
questions?: Array<Question>, 
/**
 * What the rules between the levels brought up.
 */
proposals?: Array<Proposal>, 
/**
 * Questions of the press.
 */
enquiries?: Array<Enquiry>, 
/**
 * Meetings with the press.
 */
meetings?: Array<Meeting>, 
/**
 * Media watch.
 */
clippings?: Array<Clipping>, 
/**
 * Duty, past and present.
 */
shifts?: Array<Shift>, 
/**
 * How far each person was told of what happened without them.
 */
briefings?: Array<Briefing>, 
/**
 * Claims.
 */
claims?: Array<Claim>, 
/**
 * What people found when they looked back.
 */
findings?: Array<Finding>, 
/**
 * What is to be done after the incident.
 */
actions?: Array<ReviewAction>, 
/**
 * Talk.
 */
messages?: Array<Message>, 
/**
 * Talk is whole from this revision on: the receiver has every message that was sent since; 0: all of them. Said by
 * a first load and by an older page of talk.
 */
talk_from?: number, 
/**
 * The timeline.
 */
lines?: Array<Line>, 
/**
 * The timeline is whole from this revision on, now; 0: nothing older is left. Said when it changes.
 */
lines_from?: number, };

/**
 * One person in the directory.
 */
export type PersonId = string;

/**
 * A position that was held on the day.
 */
export type PersonRow = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * The position.
 */
position: Position, 
/**
 * The name of the function.
 */
function: string, 
/**
 * The office that held the function on that day.
 */
office: string, 
/**
 * It began when the account was made: nobody said since when it was really held.
 */
since_account: boolean, };

/**
 * A part of the playbook.
 */
export type Phase = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its title.
 */
title: string, };

/**
 * From when the incident stood in a phase.
 */
export type PhaseStep = { 
/**
 * The phase's code.
 */
phase: string, 
/**
 * Since when, as recorded.
 */
at: string, 
/**
 * The line of the log that says so.
 */
rev: number, };

/**
 * Where it happened: a commune as it was called on the day.
 */
export type Place = { 
/**
 * Statistical code.
 */
code: string, 
/**
 * Name.
 */
name: string, };

/**
 * What people ask of the plan. The server fills in what a browser must not say.
 */
export type PlanCommand = { "verb": "run", 
/**
 * Its code.
 */
playbook: string, 
/**
 * Why.
 */
reason: string, } | { "verb": "take_step", 
/**
 * The playbook's code.
 */
playbook: string, 
/**
 * Its version.
 */
version: number, 
/**
 * The step's number in it.
 */
seq: number, 
/**
 * The task whose place it takes; a further task when none.
 */
replaces: RowId | null, 
/**
 * Why.
 */
reason: string, };

/**
 * An office that has a part in the incident.
 */
export type PlannedOffice = { 
/**
 * Its id.
 */
id: OfficeId, 
/**
 * Its name on the day.
 */
name: string, 
/**
 * Its short name.
 */
short: string, 
/**
 * One of the task force's own seats.
 */
seat: boolean, };

/**
 * A task as the playbook plans it, its owner resolved to an office.
 */
export type PlannedTask = { 
/**
 * Its id within the incident.
 */
id: RowId, 
/**
 * Its number in the playbook.
 */
seq: number, 
/**
 * Its phase.
 */
phase: string, 
/**
 * What is to be done.
 */
title: string, 
/**
 * The function that leads it.
 */
function: string, 
/**
 * The function's name.
 */
function_title: string, 
/**
 * The office that held the function.
 */
office: OfficeId | null, 
/**
 * Functions that support it.
 */
support: Array<string>, 
/**
 * Its limit.
 */
due: DeadlineDue | null, 
/**
 * The incident cannot be closed without it.
 */
mandatory: boolean, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * What it brings forth.
 */
output: string | null, 
/**
 * Until this holds, nobody is asked to do it.
 */
only_if?: Condition, 
/**
 * The playbook that it comes from, when that is not the one which the incident opened with.
 */
playbook?: string, };

/**
 * One thing that differs, in words. Of a list only the items that went and those that came are told.
 */
export type PlaybookChange = { 
/**
 * What differs.
 */
field: PlaybookField, 
/**
 * Its name.
 */
name: string, 
/**
 * The words before.
 */
before: string, 
/**
 * The words after.
 */
after: string, };

/**
 * What the reader says of a text.
 */
export type PlaybookChecked = { 
/**
 * What is wrong with it, by line.
 */
problems: Array<DataProblem>, 
/**
 * As it reads on paper; none while something is wrong.
 */
sheet: PlaybookSheet | null, };

/**
 * A playbook to choose from.
 */
export type PlaybookChoice = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When to use it.
 */
when: string, 
/**
 * Its default level.
 */
level: Level, 
/**
 * Its version.
 */
version: number, 
/**
 * How many tasks it plans.
 */
tasks: number, 
/**
 * Some clock of it counts from the assessment of impact.
 */
asks_impact: boolean, 
/**
 * The words of the person's text that it was proposed for; empty without a match.
 */
matched: Array<string>, };

/**
 * What two versions of a playbook have and have not in common.
 */
export type PlaybookComparison = { 
/**
 * What differs above and below the steps.
 */
head: Array<PlaybookChange>, 
/**
 * The steps, in the order of the newer version; one that went stands behind the one that it followed.
 */
steps: Array<StepDifference>, };

/**
 * One version of a playbook, to be read.
 */
export type PlaybookEdition = { 
/**
 * Which, by whom, why.
 */
version: PlaybookVersion, 
/**
 * The Markdown.
 */
text: string, 
/**
 * As it reads on paper; none when its names are not there any more.
 */
sheet: PlaybookSheet | null, 
/**
 * What is wrong with it today.
 */
problems: Array<DataProblem>, };

/**
 * A thing that can differ; its name is the one that the files use.
 */
export type PlaybookField = "title" | "when" | "triggers" | "keywords" | "level" | "escalation" | "strategy" | "clocks" | "statements" | "questions" | "phase" | "lead" | "support" | "due" | "mandatory" | "basis" | "only_if" | "output";

/**
 * What an incident that is over says about one of its playbooks.
 */
export type PlaybookLessons = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The playbook's code.
 */
playbook: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The incident's number.
 */
number: string, 
/**
 * The version that the incident began with.
 */
had: number, 
/**
 * The version whose reason names the incident.
 */
considered: number | null, 
/**
 * Steps that were skipped.
 */
skipped: Array<Lesson>, 
/**
 * Tasks that people added.
 */
added: Array<Lesson>, 
/**
 * The newest version with all of it written in; none when there is nothing left to write.
 */
text: string | null, };

/**
 * The shelf.
 */
export type PlaybookList = { 
/**
 * Playbooks by their title.
 */
playbooks: Array<PlaybookRow>, 
/**
 * What is wrong with files and versions; told to those who may do something about it.
 */
problems: Array<DataProblem>, };

/**
 * Where a version of a playbook came from.
 */
export type PlaybookOrigin = { "from": "file", 
/**
 * The file.
 */
file: string, } | { "from": "web" };

/**
 * A playbook, all of its versions, and the newest of them.
 */
export type PlaybookPage = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its versions, the newest first.
 */
versions: Array<PlaybookVersion>, 
/**
 * The newest.
 */
newest: PlaybookEdition, 
/**
 * The number of the version in force, which is older than the newest while that one cannot be used.
 */
in_force: number | null, 
/**
 * The person may publish.
 */
may_edit: boolean, };

/**
 * The playbook that the incident opened with.
 */
export type PlaybookRef = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its version.
 */
version: number, 
/**
 * Its title.
 */
title: string, 
/**
 * Digest of the file's bytes.
 */
digest: Digest, };

/**
 * A playbook on the shelf.
 */
export type PlaybookRow = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When to use it.
 */
when: string, 
/**
 * The level an incident begins with.
 */
level: Level, 
/**
 * How many tasks it plans.
 */
tasks: number, 
/**
 * How many of them have a limit of the law's.
 */
by_law: number, 
/**
 * How many have a limit of the office's own.
 */
by_policy: number, 
/**
 * The number of the version in force.
 */
version: number, 
/**
 * The newest version that was kept; older or newer than the one in force while something is wrong.
 */
newest: PlaybookVersion | null, };

/**
 * A playbook as it reads on paper: codes are names, provisions say whether they were compared with the signed text.
 */
export type PlaybookSheet = { 
/**
 * Its code.
 */
id: string, 
/**
 * Its version.
 */
version: number, 
/**
 * Its title.
 */
title: string, 
/**
 * When to use it.
 */
when: string, 
/**
 * Signs that say: open an incident.
 */
triggers: string, 
/**
 * Words by which it is found.
 */
keywords: Array<string>, 
/**
 * The level an incident begins with.
 */
level: Level, 
/**
 * When to raise the level.
 */
escalation: string, 
/**
 * How to speak.
 */
strategy: string, 
/**
 * Clocks of the law that run, as of today.
 */
clocks: Array<DeadlineClock>, 
/**
 * Prepared statements, by title.
 */
statements: Array<string>, 
/**
 * Its phases.
 */
phases: Array<Phase>, 
/**
 * Its tasks, as of today.
 */
tasks: Array<PlannedTask>, 
/**
 * What people will ask.
 */
expected: Array<ExpectedQuestion>, };

/**
 * Please look whether this can be published.
 */
export type PlaybookText = { 
/**
 * The Markdown.
 */
text: string, };

/**
 * A version of a playbook, without its words.
 */
export type PlaybookVersion = { 
/**
 * Its number.
 */
version: number, 
/**
 * Digest of the Markdown.
 */
digest: Digest, 
/**
 * The playbook's title in it.
 */
title: string, 
/**
 * Why it was published; none for a file's.
 */
reason: string | null, 
/**
 * Who published it, or that the program took it in.
 */
by: Act, 
/**
 * Where it came from.
 */
origin: PlaybookOrigin, };

/**
 * A position with its days. Its JSON stands in the directory's log and is permanent.
 */
export type Position = { 
/**
 * Its name.
 */
title: string, 
/**
 * The function whose office it is in; which office that is depends on the day.
 */
function: string | null, 
/**
 * From when, when known.
 */
from: string | null, 
/**
 * Until just before when; none while it lasts.
 */
until: string | null, 
/**
 * The document that says so.
 */
instrument: string | null, };

/**
 * A position of an account, as the administrator sees it.
 */
export type PostRow = { 
/**
 * Its number among the person's.
 */
number: number, 
/**
 * The position.
 */
position: Position, 
/**
 * Who recorded it, and when.
 */
recorded: Act, };

/**
 * The approval that a template got before anything happened.
 */
export type Preapproval = { 
/**
 * Who gave it, as the instrument says.
 */
by: string, 
/**
 * The instrument: number and date, as cited.
 */
instrument: string, 
/**
 * The first day on which it holds.
 */
from: string, 
/**
 * The last day on which it holds.
 */
until: string, };

/**
 * A prepared statement.
 */
export type Prepared = { 
/**
 * Its kind.
 */
kind: string, 
/**
 * The kind's title.
 */
title: string, 
/**
 * Meant for the public; only such words stop a clock.
 */
public: boolean, 
/**
 * The words, with `{{blanks}}`.
 */
text: string, 
/**
 * What the blanks are for.
 */
blanks: Array<PreparedBlank>, 
/**
 * Approved beforehand: only its blanks are filled in, nothing else is written.
 */
preapproved?: Preapproval, 
/**
 * It accounts for the incident: people go on writing it when the incident is closed.
 */
account?: boolean, };

/**
 * A blank of a prepared statement.
 */
export type PreparedBlank = { 
/**
 * Its name between the braces.
 */
name: string, 
/**
 * What to call it.
 */
label: string, 
/**
 * What belongs there.
 */
hint: string, 
/**
 * What may be put there.
 */
answer: BlankAnswer, 
/**
 * What of the record it is filled from when a draft begins; none when a person has to know.
 */
from?: BlankSource, };

/**
 * What prescribes it.
 */
export type Prescribed = "limit" | "task" | "approval";

/**
 * A person in the room.
 */
export type Present = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Office.
 */
office: OfficeId | null, 
/**
 * Looking at.
 */
at: string | null, 
/**
 * Writing there.
 */
typing: boolean, };

/**
 * That somebody changed a row, and why.
 */
export type PressChange = { 
/**
 * Who.
 */
by: Act, 
/**
 * Why.
 */
reason: string, };

/**
 * What is asked of the office's own press log.
 */
export type PressCommand = { "noun": "enquiry" } & EnquiryCommand | { "noun": "meeting" } & MeetingCommand;

/**
 * Please keep this in the office's own press log.
 */
export type PressRequest = { 
/**
 * Chosen by the browser; the same id is the same request.
 */
id: CommandId, 
/**
 * What.
 */
command: PressCommand, };

/**
 * What went wrong with an HTTP call.
 */
export type Problem = { 
/**
 * A stable code.
 */
code: string, 
/**
 * What to do, in words.
 */
words: string, };

/**
 * Something that a rule brought up.
 */
export type Proposal = { 
/**
 * The rule's code.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * The rule.
 */
rule: LadderRule, 
/**
 * When it was brought up.
 */
proposed_at: string, 
/**
 * What people made of it.
 */
settled: ProposalSettled | null, };

/**
 * What people made of a proposal.
 */
export type ProposalSettled = { 
/**
 * Who.
 */
by: Act, 
/**
 * Why.
 */
reason: string, };

/**
 * That a row of the list was made public.
 */
export type Publication = { 
/**
 * When.
 */
at: string, 
/**
 * Where.
 */
link: string | null, 
/**
 * Who recorded it, and when.
 */
recorded: Act, };

/**
 * Please record that rows of the list were made public.
 */
export type PublishedSpokespersons = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * Which rows.
 */
rows: Array<RowId>, 
/**
 * When.
 */
at: string, 
/**
 * Where.
 */
link: string | null, };

/**
 * That it is gone.
 */
export type PurgeDone = { 
/**
 * The line that records it.
 */
rev: number, 
/**
 * How many lines lost words.
 */
lines: number, 
/**
 * How many files were removed.
 */
files: number, 
/**
 * What says it too and stays.
 */
standing: Array<string>, };

/**
 * A line of the log, without what it says.
 */
export type PurgeLine = { 
/**
 * Its number.
 */
rev: number, 
/**
 * When it was recorded.
 */
at: string, 
/**
 * Whose it is.
 */
by: string, 
/**
 * What it is about.
 */
about: Array<string>, 
/**
 * How many texts of it would lose words; 0 for a line that would stay.
 */
texts: number, 
/**
 * How many files it names that would go.
 */
files: number, };

/**
 * That it goes.
 */
export type PurgeOrder = { 
/**
 * The id of the command: sent again, it is the same one.
 */
id: CommandId, 
/**
 * What.
 */
what: PurgeQuestion, 
/**
 * Why, without saying what; on the record.
 */
reason: string, };

/**
 * An incident that can be purged.
 */
export type PurgePlace = { 
/**
 * Which.
 */
id: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * It is over.
 */
closed: boolean, };

/**
 * What shall be looked at: lines, or a passage wherever it stands.
 */
export type PurgeQuestion = { 
/**
 * All words of these lines.
 */
lines?: Array<number>, 
/**
 * This passage, letter by letter.
 */
passage?: string, };

/**
 * What a purge would do.
 */
export type PurgeSurvey = { 
/**
 * The lines that it would touch.
 */
lines: Array<PurgeLine>, 
/**
 * Other lines that say the same words or name the same files.
 */
also: Array<PurgeLine>, 
/**
 * Numbers of drafts that would lose all their words.
 */
drafts: Array<string>, 
/**
 * What says it too and stays, and what to do about that.
 */
standing: Array<string>, 
/**
 * Files that would be removed.
 */
files: number, 
/**
 * Files that stay because something else names them.
 */
kept: number, };

/**
 * A browser that takes messages, as its page gives it (W3C Push API, `PushSubscription`).
 */
export type PushKeys = { 
/**
 * The push service's address for it.
 */
endpoint: string, 
/**
 * Its public key (P-256, uncompressed, base64url).
 */
p256dh: string, 
/**
 * Its authentication secret (16 bytes, base64url).
 */
auth: string, };

/**
 * A question.
 */
export type Question = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * The question.
 */
text: string, 
/**
 * The newest answer.
 */
answer: QuestionAnswer | null, };

/**
 * An answer.
 */
export type QuestionAnswer = { 
/**
 * Yes or no.
 */
yes: boolean, 
/**
 * What it rests on.
 */
note: string | null, 
/**
 * Who answered.
 */
by: Act, };

/**
 * What people ask of questions.
 */
export type QuestionCommand = { "verb": "answer", 
/**
 * Which.
 */
id: RowId, 
/**
 * Yes or no.
 */
yes: boolean, 
/**
 * What it rests on; needed when an answer changes.
 */
note: string | null, };

/**
 * Hours in which only what is urgent may disturb, by the office's clock; over midnight when `from` is later.
 */
export type Quiet = { 
/**
 * From.
 */
from: string, 
/**
 * Until.
 */
until: string, };

/**
 * How far it had reached at a moment.
 */
export type Reading = { 
/**
 * How many people; none when it was seen again and nobody counted.
 */
reach: number | null, 
/**
 * When it was read.
 */
at: string, 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * The import that it came with.
 */
batch?: RowId, };

/**
 * Who is told.
 */
export type Recipient = { "kind": "person", 
/**
 * Who.
 */
person: PersonId, } | { "kind": "hook", 
/**
 * Which.
 */
hook: RowId, };

/**
 * A ground on which information may be refused to the press.
 */
export type RefusalGround = { 
/**
 * Its code.
 */
code: string, 
/**
 * The ground.
 */
title: string, 
/**
 * The provision that lists it, in words.
 */
cite: string, };

/**
 * An option that was weighed and not taken.
 */
export type RejectedOption = { 
/**
 * What would have been done.
 */
option: string, 
/**
 * Why it is not.
 */
reason: string, };

/**
 * A publication on one channel.
 */
export type Release = { 
/**
 * The channel's code.
 */
channel: string, 
/**
 * When it went out, as the spokesperson says.
 */
at: string, 
/**
 * Where it can be read.
 */
link: string | null, 
/**
 * The words that went out.
 */
digest: Digest, 
/**
 * The spokesperson, and when it was recorded.
 */
by: Act, 
/**
 * How far the facts that the words rest on were verified when they went out.
 */
rests_on: ReleaseGround, 
/**
 * What was found there, the newest.
 */
capture: ReleaseCapture | null, 
/**
 * That the old words were dealt with here, after newer ones went out.
 */
tick: ReleaseTick | null, };

/**
 * What was found on a channel.
 */
export type ReleaseCapture = { 
/**
 * The words found there.
 */
text: string | null, 
/**
 * A picture or a file of it.
 */
file: Attachment | null, 
/**
 * How the words compare with the approved ones.
 */
compared: Comparison, 
/**
 * Who found it.
 */
by: Act, };

/**
 * The facts that words rest on, as they stood when the words went out.
 */
export type ReleaseGround = { 
/**
 * How many were cited.
 */
cited: number, 
/**
 * How many of them were verified, and said what the words say.
 */
verified: number, };

/**
 * A channel on which a statement is meant to go out.
 */
export type ReleasePlan = { 
/**
 * The channel's code.
 */
channel: string, 
/**
 * When, if that was said.
 */
at: string | null, 
/**
 * Who planned it.
 */
by: Act, };

/**
 * The old words were corrected, taken down or linked to the newer ones.
 */
export type ReleaseTick = { 
/**
 * Who saw to it.
 */
by: Act, 
/**
 * What was done.
 */
note: string | null, };

/**
 * Something that the data will lack before long.
 */
export type Reminder = { 
/**
 * One line for whoever opens incidents.
 */
words: string, 
/**
 * What has to be done, for whoever keeps the data.
 */
todo: string, 
/**
 * The file.
 */
file: string, 
/**
 * The line, from 1.
 */
line: number, };

/**
 * What is to be done after the incident.
 */
export type ReviewAction = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * What is to be done.
 */
text: string, 
/**
 * Whose it is.
 */
owner: Owner, 
/**
 * The last day for it.
 */
due: string, 
/**
 * The finding that it answers.
 */
finding: RowId | null, 
/**
 * Who put it down.
 */
added: Act, 
/**
 * The newest change of owner or day.
 */
moved: PressChange | null, 
/**
 * What became of it; none while it is open.
 */
outcome: ActionOutcome | null, };

/**
 * What people ask of the review.
 */
export type ReviewCommand = { "verb": "find", 
/**
 * Its id.
 */
id: RowId, 
/**
 * Under which question.
 */
question: ReviewQuestion, 
/**
 * The words.
 */
text: string, } | { "verb": "reword", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words.
 */
text: string, } | { "verb": "strike", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "assign", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What.
 */
text: string, 
/**
 * Whose it is.
 */
owner: Owner, 
/**
 * The last day for it.
 */
due: string, 
/**
 * The finding that it answers.
 */
finding: RowId | null, } | { "verb": "move", 
/**
 * Which.
 */
id: RowId, 
/**
 * Whose it is now.
 */
owner: Owner, 
/**
 * The last day for it now.
 */
due: string, 
/**
 * Why.
 */
reason: string, } | { "verb": "finish", 
/**
 * Which.
 */
id: RowId, 
/**
 * What was done, and what shows it.
 */
note: string, } | { "verb": "drop", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why not.
 */
reason: string, };

/**
 * The four questions of an after-action review.
 */
export type ReviewQuestion = "planned" | "happened" | "why" | "next";

/**
 * That a designation was taken back.
 */
export type Revocation = { 
/**
 * Who recorded it, and since when it holds.
 */
act: Act, 
/**
 * Why.
 */
reason: string, };

/**
 * What a person is in the room for. One person may hold several.
 */
export type Role = "head" | "secretary" | "duty" | "spokesperson" | "field" | "observer" | "admin" | "service" | "room";

/**
 * Whether a room accepts commands.
 */
export type RoomStatus = { "mode": "live" } | { "mode": "read_only", 
/**
 * Why, in words.
 */
why: string, };

/**
 * A row that people add to an incident: a task, a statement, a decision, a message, an entry.
 */
export type RowId = string;

/**
 * A public statement that is out.
 */
export type SaidPublicly = { 
/**
 * Its id.
 */
statement: RowId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its beginning.
 */
text: string, 
/**
 * There is more of it.
 */
more: boolean, 
/**
 * When it went out first.
 */
at: string, 
/**
 * Where.
 */
channels: Array<string>, 
/**
 * What it does to the one before it, in words.
 */
relation: string | null, };

/**
 * What such an incident would begin with. Rows as its room would show them.
 */
export type Schedule = { 
/**
 * The day whose law and organisation apply.
 */
in_force_on: string, 
/**
 * Its tasks in the playbook's order.
 */
tasks: Array<Task>, 
/**
 * Its clocks of the law.
 */
deadlines: Array<Deadline>, 
/**
 * Its offices.
 */
offices: Array<Office>, };

/**
 * Please open an incident on this text, in thought only.
 */
export type ScheduleRequest = { 
/**
 * The Markdown.
 */
text: string, 
/**
 * When it happened; with the reception when empty.
 */
occurred_at: string | null, 
/**
 * When the office received it, and opened the incident.
 */
received_at: string, 
/**
 * When the office found that it touches public opinion.
 */
impact_assessed_at: string | null, 
/**
 * The commune's code.
 */
commune: string | null, 
/**
 * The day whose law and organisation apply; the day of reception when empty.
 */
in_force_on: string | null, };

/**
 * With which key, and up to which line, an incident's record is sealed.
 */
export type Sealed = { 
/**
 * The id of the public key.
 */
key: Digest, 
/**
 * The public key, PEM.
 */
pem: string, 
/**
 * The line of the newest checkpoint; none yet.
 */
rev: number | null, 
/**
 * When it was signed.
 */
at: string | null, 
/**
 * An authority's time stamp of it is there.
 */
stamped: boolean, };

/**
 * An office with a part in an incident.
 */
export type SeatShown = { 
/**
 * Its id.
 */
office: OfficeId, 
/**
 * Its short name.
 */
short: string, 
/**
 * One of the task force's own.
 */
seat: boolean, 
/**
 * Who accepted the incident for it, and when.
 */
accepted: Act | null, 
/**
 * How many of its people are in the room; filled in as it is asked.
 */
present: number, };

/**
 * A service that may send, or might.
 */
export type ServiceRow = { 
/**
 * Its id.
 */
id: PersonId, 
/**
 * Its name.
 */
name: string, 
/**
 * The only incident that it may send to.
 */
incident: IncidentId | null, 
/**
 * That incident's number.
 */
incident_number: string | null, 
/**
 * Until when.
 */
until: string, 
/**
 * Who let it.
 */
issued: Act, 
/**
 * Who ended it.
 */
revoked: Act | null, 
/**
 * Why.
 */
reason: string | null, };

/**
 * The head's decision over a strong objection.
 */
export type Settlement = { 
/**
 * The head.
 */
by: Act, 
/**
 * Why the words go out.
 */
reason: string, };

/**
 * One officer's duty for their office.
 */
export type Shift = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * For which office.
 */
office: OfficeId, 
/**
 * Who is on duty.
 */
officer: Officer, 
/**
 * Since when.
 */
from: string, 
/**
 * Who recorded its beginning.
 */
begun: Act, 
/**
 * Who comes after.
 */
relief: ShiftRelief | null, 
/**
 * Handovers that were offered, the last one last; only that one may wait.
 */
handovers: Array<Handover>, 
/**
 * How it ended.
 */
ended: ShiftEnd | null, };

/**
 * What people ask of duty.
 */
export type ShiftCommand = { "verb": "take", 
/**
 * The new duty's id.
 */
id: RowId, 
/**
 * Since when; none: now.
 */
from: string | null, 
/**
 * Why, when somebody else is on duty and hands nothing over.
 */
reason: string | null, } | { "verb": "assign", 
/**
 * The new duty's id.
 */
id: RowId, 
/**
 * Which office.
 */
office: OfficeId, 
/**
 * Who; the server fills the name in.
 */
officer: Officer, 
/**
 * Since when; none: now.
 */
from: string | null, 
/**
 * Why, when somebody else is on duty.
 */
reason: string | null, } | { "verb": "plan", 
/**
 * Whose duty.
 */
id: RowId, 
/**
 * Who; the server fills the name in.
 */
officer: Officer | null, 
/**
 * When.
 */
at: string | null, } | { "verb": "offer", 
/**
 * Which duty.
 */
id: RowId, 
/**
 * The handover's id.
 */
handover: RowId, 
/**
 * To whom; the server fills the name in.
 */
to: Officer, 
/**
 * What else there is to say.
 */
remark: string | null, } | { "verb": "confirm", 
/**
 * Which duty ends.
 */
id: RowId, 
/**
 * By which handover.
 */
handover: RowId, 
/**
 * The id of the duty that begins.
 */
next: RowId, } | { "verb": "decline", 
/**
 * Which duty.
 */
id: RowId, 
/**
 * Which handover.
 */
handover: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "take_back", 
/**
 * Which duty.
 */
id: RowId, 
/**
 * Which handover.
 */
handover: RowId, } | { "verb": "leave", 
/**
 * Which duty ends.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * How somebody's duty ended.
 */
export type ShiftEnd = { 
/**
 * Who recorded it.
 */
by: Act, 
/**
 * The duty that came after it; none when nobody followed.
 */
next: RowId | null, 
/**
 * Why, when it did not end by a handover.
 */
reason: string | null, };

/**
 * Who is to relieve, and when, as far as it is known.
 */
export type ShiftRelief = { 
/**
 * Who.
 */
officer: Officer | null, 
/**
 * When.
 */
at: string | null, 
/**
 * Who planned it.
 */
planned: Act, };

/**
 * Please sign me in.
 */
export type SignIn = { 
/**
 * Sign-in name.
 */
name: string, 
/**
 * Password.
 */
password: string, };

/**
 * Please sign me in by a link, and set a password if the link asks for one.
 */
export type SignInByLink = { 
/**
 * The link's secret.
 */
token: string, 
/**
 * The new password, when the link is for choosing one.
 */
password: string | null, };

/**
 * Whose approval a rule asks for: an office, or a person in a role.
 */
export type Signatory = { 
/**
 * The function in the organisation data.
 */
function: string, 
/**
 * Its name.
 */
title: string, 
/**
 * The office that held the function.
 */
office: OfficeId | null, 
/**
 * That office's short name; empty when nobody held it.
 */
office_short: string, 
/**
 * The role that is needed; none means any desk officer of the office.
 */
role: Role | null, 
/**
 * Its turn: asked once everybody required in the turns before has approved. Equal turns are asked together.
 */
turn: number, 
/**
 * Minutes to answer in, from the moment it is their turn; none: no time box.
 */
minutes?: number, 
/**
 * Silence is enough: when the time box runs out without a word, that is noted and holds nothing up.
 */
silence: boolean, };

/**
 * An incident under way in plain words, for who leads.
 */
export type Situation = { 
/**
 * In short.
 */
incident: Summary, 
/**
 * What was said to the public last.
 */
said: SaidPublicly | null, 
/**
 * What was decided, the newest first.
 */
decisions: Array<Decided>, 
/**
 * What waits for the reader.
 */
waits: Array<Wait>, };

/**
 * Why nothing was sent.
 */
export type Skipped = "present" | "no_way" | "too_many" | "done" | "gone" | "no_mail_server";

/**
 * Who set the limit.
 */
export type Source = "law" | "policy";

/**
 * The one stretch in which two texts differ: at this character, so many cut, these put in.
 */
export type Splice = { 
/**
 * Characters that stay before it.
 */
at: number, 
/**
 * Characters that went.
 */
cut: number, 
/**
 * What came.
 */
put: string, };

/**
 * A spokesperson of an agency. Its JSON stands in the directory's log and is permanent.
 */
export type Spokesperson = { 
/**
 * The agency, as the organisation's data names it.
 */
office: OfficeId, 
/**
 * Its head, or whom the head assigned.
 */
kind: MandateKind, 
/**
 * Name.
 */
name: string, 
/**
 * Position.
 */
title: string, 
/**
 * Telephone; empty for a head who is reached through the office.
 */
phone: string, 
/**
 * Official mail; empty for a head who is reached through the office.
 */
email: string, 
/**
 * The document that says so; empty for a head of whom none was given.
 */
instrument: string, 
/**
 * When that was decided; the limit for making it public counts from here.
 */
designated_at: string | null, 
/**
 * From when.
 */
from: string, 
/**
 * Until just before when.
 */
until: string | null, 
/**
 * The account and the number of its designation, when this is about somebody who speaks here too.
 */
designation?: [PersonId, number] | null, };

/**
 * The list of spokespersons on a day, and who is missing.
 */
export type SpokespersonList = { 
/**
 * The day.
 */
on: string, 
/**
 * The authority that publishes it.
 */
authority: string, 
/**
 * The provision that asks for it, in words, and whether that was compared with the signed text.
 */
basis: string | null, 
/**
 * Compared with the signed text.
 */
verified: boolean, 
/**
 * Agencies that have to have a spokesperson on that day.
 */
agencies: number, 
/**
 * Agencies with a head or a regular spokesperson on the list.
 */
covered: number, 
/**
 * Agencies with a regular spokesperson on the list.
 */
regular: number, 
/**
 * The rows of the day, in the order of the agencies.
 */
rows: Array<SpokespersonRow>, 
/**
 * Agencies without a row.
 */
gaps: Array<Agency>, 
/**
 * All agencies of the day.
 */
all: Array<Agency>, };

/**
 * What a table of spokespersons holds.
 */
export type SpokespersonReading = { 
/**
 * What was read, line by line, when every line is right.
 */
entries: Array<SpokespersonRow>, 
/**
 * What is wrong, line by line; nothing is taken while there is anything.
 */
problems: Array<TableProblem>, 
/**
 * They are on the list now.
 */
taken: boolean, };

/**
 * A row of the list.
 */
export type SpokespersonRow = { 
/**
 * Its id; none while there is only a designation of an account, and nobody said how the person is reached.
 */
id: RowId | null, 
/**
 * The agency's name on the day.
 */
agency: string, 
/**
 * What the list says.
 */
entry: Spokesperson, 
/**
 * When it must be public at the latest; none when the law in force on the day of the decision sets no limit.
 */
due_at: string | null, 
/**
 * When it was made public last.
 */
published: Publication | null, 
/**
 * It was corrected since.
 */
stale: boolean, };

/**
 * Please read a table of spokespersons, as it is copied from a spreadsheet.
 */
export type SpokespersonTable = { 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * The table, its head line first.
 */
text: string, 
/**
 * Put them on the list if every line is right; otherwise it is only read.
 */
take: boolean, };

/**
 * One signatory's square on the sheet: asked when, until when, and the answer.
 */
export type Square = { 
/**
 * Whose.
 */
signatory: Signatory, 
/**
 * Must approve; else is asked.
 */
required: boolean, 
/**
 * Since when it is their turn; none: others come first.
 */
asked_at: string | null, 
/**
 * When their time box ends.
 */
due_at: string | null, 
/**
 * When it was noted that it ended without a word.
 */
lapsed_at: string | null, 
/**
 * What they said.
 */
answer: SquareAnswer, };

/**
 * What stands in a square.
 */
export type SquareAnswer = { "is": "not_yet" } | { "is": "waiting" } | { "is": "approved", 
/**
 * By whom.
 */
by: Act, } | { "is": "objected", 
/**
 * Who.
 */
by: Act, 
/**
 * Why.
 */
reason: string, 
/**
 * Stops publication until the head decides.
 */
strong: boolean, 
/**
 * How the head decided.
 */
settled: Settlement | null, } | { "is": "silent" };

/**
 * A statement.
 */
export type Statement = { 
/**
 * Its id.
 */
id: RowId, 
/**
 * Last change.
 */
rev: number, 
/**
 * Its number in the incident.
 */
number: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Meant for the public.
 */
public: boolean, 
/**
 * How far it is.
 */
state: StatementState, 
/**
 * The words; empty for a viewer who does not see drafts.
 */
text: string, 
/**
 * The digest of the words.
 */
digest: Digest, 
/**
 * Who began it.
 */
drafted: Act, 
/**
 * Who wrote last.
 */
written: Act, 
/**
 * Everybody who wrote in it.
 */
authors: Array<PersonId>, 
/**
 * The first of its series.
 */
series: RowId, 
/**
 * The statement before it in the series.
 */
follows: StatementFollows | null, 
/**
 * The published statement after it, and what that one is to this.
 */
followed: StatementFollows | null, 
/**
 * Approved beforehand: only blanks are filled in.
 */
form: StatementForm | null, 
/**
 * The facts that it rests on.
 */
citations: Array<Citation>, 
/**
 * The parts of a first message that are not there, by title; empty for kinds that are none.
 */
lacks: Array<string>, 
/**
 * The newest submission, while it stands.
 */
submission: StatementSubmission | null, 
/**
 * The squares of that submission.
 */
squares: Array<Square>, 
/**
 * All verdicts, void ones included.
 */
approvals: Array<Approval>, 
/**
 * The words of those verdicts, each once.
 */
versions: Array<StatementVersion>, 
/**
 * A joint release.
 */
joint: JointRelease | null, 
/**
 * Where it is meant to go out.
 */
plans: Array<ReleasePlan>, 
/**
 * Where it went out.
 */
releases: Array<Release>, 
/**
 * The registry's number.
 */
document: Document | null, 
/**
 * Who put it aside.
 */
dropped: Act | null, };

/**
 * What people ask of statements.
 */
export type StatementCommand = { "verb": "draft", 
/**
 * Its id.
 */
id: RowId, 
/**
 * Its kind.
 */
kind: string, 
/**
 * Its title; the kind's title when empty.
 */
title: string | null, 
/**
 * The published statement that it updates, corrects or withdraws.
 */
follows?: StatementFollows, } | { "verb": "type", 
/**
 * Which.
 */
id: RowId, 
/**
 * The change.
 */
update: Update, } | { "verb": "write", 
/**
 * Which.
 */
id: RowId, 
/**
 * The digest of the words that were changed.
 */
over: Digest, 
/**
 * The new words.
 */
text: string, } | { "verb": "fill", 
/**
 * Which.
 */
id: RowId, 
/**
 * The blank's name.
 */
blank: string, 
/**
 * What belongs there.
 */
value: string, } | { "verb": "cite", 
/**
 * Which.
 */
id: RowId, 
/**
 * The fact.
 */
fact: RowId, } | { "verb": "uncite", 
/**
 * Which.
 */
id: RowId, 
/**
 * The fact.
 */
fact: RowId, } | { "verb": "drop", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "submit", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were read.
 */
digest: Digest, } | { "verb": "reopen", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why, if it has to be said.
 */
reason?: string, } | { "verb": "approve", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were read.
 */
digest: Digest, } | { "verb": "object", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were read.
 */
digest: Digest, 
/**
 * Why.
 */
reason: string, 
/**
 * Stops publication until the head of the task force decides.
 */
strong: boolean, } | { "verb": "settle", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were read.
 */
digest: Digest, 
/**
 * Publish all the same.
 */
publish: boolean, 
/**
 * Why.
 */
reason: string, } | { "verb": "lapse", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were submitted.
 */
digest: Digest, 
/**
 * The function that was asked.
 */
function: string, } | { "verb": "hold", 
/**
 * Which.
 */
id: RowId, 
/**
 * Not before.
 */
until: string, 
/**
 * Who has to agree.
 */
offices: Array<OfficeId>, } | { "verb": "agree", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that were read.
 */
digest: Digest, } | { "verb": "release", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "reach", 
/**
 * Which.
 */
id: RowId, } | { "verb": "plan", 
/**
 * Which.
 */
id: RowId, 
/**
 * On which channel.
 */
channel: string, 
/**
 * When, if known.
 */
at: string | null, } | { "verb": "publish", 
/**
 * Which.
 */
id: RowId, 
/**
 * The words that went out.
 */
digest: Digest, 
/**
 * On which channel.
 */
channel: string, 
/**
 * When.
 */
at: string, 
/**
 * Where they can be read.
 */
link: string | null, } | { "verb": "capture", 
/**
 * Which.
 */
id: RowId, 
/**
 * On which channel.
 */
channel: string, 
/**
 * The words found there.
 */
text: string | null, 
/**
 * A picture or file of it, uploaded before.
 */
file: Attachment | null, } | { "verb": "number", 
/**
 * Which.
 */
id: RowId, 
/**
 * Number and sign.
 */
number: string, 
/**
 * The date on it.
 */
date: string, } | { "verb": "tick", 
/**
 * Which of the older statements.
 */
id: RowId, 
/**
 * On which channel.
 */
channel: string, 
/**
 * What was done.
 */
note: string | null, };

/**
 * The statement before, and what this one is to it.
 */
export type StatementFollows = { 
/**
 * The statement before.
 */
statement: RowId, 
/**
 * What this one is to it.
 */
relation: StatementRelation, };

/**
 * A template that was approved beforehand: nothing but its blanks is written.
 */
export type StatementForm = { 
/**
 * The approval.
 */
approval: Preapproval, 
/**
 * The words, with `{{blanks}}`.
 */
template: string, 
/**
 * What stands in the blanks, by name.
 */
values: { [key in string]: string }, };

/**
 * What a statement is to the one before it in its series.
 */
export type StatementRelation = "update" | "correction" | "withdrawal";

/**
 * How far a statement is.
 */
export type StatementState = "draft" | "in_review" | "approved" | "published" | "dropped";

/**
 * One step of a statement's history.
 */
export type StatementStep = { 
/**
 * The line of the log.
 */
rev: number, 
/**
 * When it was recorded.
 */
at: string, 
/**
 * Who did it.
 */
by: Act, 
/**
 * What was done: the event's verb.
 */
what: string, 
/**
 * What it changed in the words; none when it changed none.
 */
splice: Splice | null, };

/**
 * A submission: the words are frozen and have a digest.
 */
export type StatementSubmission = { 
/**
 * The words.
 */
digest: Digest, 
/**
 * Who submitted them.
 */
by: Act, };

/**
 * Words on which somebody gave a verdict, kept so that they can be compared with what came after.
 */
export type StatementVersion = { 
/**
 * Their digest.
 */
digest: Digest, 
/**
 * The words.
 */
text: string, };

/**
 * How a step stands to the other list. Steps are named by their numbers in their lists.
 */
export type StepDifference = { "kind": "same", 
/**
 * Its number before.
 */
before: number, 
/**
 * Its number after.
 */
after: number, 
/**
 * What is to be done.
 */
title: string, } | { "kind": "changed", 
/**
 * Its number before.
 */
before: number, 
/**
 * Its number after.
 */
after: number, 
/**
 * What is to be done, after.
 */
title: string, 
/**
 * What differs.
 */
changes: Array<PlaybookChange>, } | { "kind": "added", 
/**
 * Its number.
 */
after: number, 
/**
 * The step.
 */
step: ComparedStep, } | { "kind": "removed", 
/**
 * Its number.
 */
before: number, 
/**
 * The step.
 */
step: ComparedStep, };

/**
 * One thing that waits.
 */
export type Subject = { 
/**
 * What it is, as the room's list of waits has it: the same thing has the same key.
 */
key: string, 
/**
 * What to do, in words.
 */
words: string, 
/**
 * By when.
 */
due_at?: string, 
/**
 * It may wake people at night.
 */
urgent: boolean, };

/**
 * An incident on the board.
 */
export type Summary = { 
/**
 * Its id.
 */
id: IncidentId, 
/**
 * Its number.
 */
number: string, 
/**
 * What happened.
 */
title: string, 
/**
 * How serious.
 */
level: Level, 
/**
 * An exercise.
 */
exercise: boolean, 
/**
 * Where.
 */
place: Place | null, 
/**
 * The playbook's title.
 */
playbook: string, 
/**
 * When it was opened.
 */
opened_at: string, 
/**
 * When it was closed.
 */
closed_at: string | null, 
/**
 * The newest revision.
 */
rev: number, 
/**
 * When the newest line was recorded.
 */
changed_at: string, 
/**
 * The next clock of the law to run out.
 */
due_at: string | null, 
/**
 * What that clock measures.
 */
due_title: string | null, 
/**
 * A clock was missed.
 */
missed: boolean, 
/**
 * Statements waiting for approval.
 */
in_review: number, 
/**
 * Tasks that still hold up closing.
 */
mandatory_open: number, 
/**
 * Questions of the press without an answer.
 */
enquiries_open: number, 
/**
 * What rules brought up and nobody has decided.
 */
proposals_open: number, 
/**
 * The task force's own seats, then who was pulled in.
 */
seats: Array<SeatShown>, 
/**
 * What can be said of it in figures.
 */
outcome: SummaryOutcome, 
/**
 * What waits for the reader; filled in as it is asked.
 */
waits: number, };

/**
 * The few figures that stand in a list. What is none has not happened.
 */
export type SummaryOutcome = { 
/**
 * Seconds from the reception to the first public statement.
 */
first_public_seconds: number | null, 
/**
 * Something went out.
 */
spoke: boolean, 
/**
 * Corrections that went out.
 */
corrections: number, 
/**
 * Clocks of the law that were met in time.
 */
clocks_met: number, 
/**
 * Clocks of the law that had a limit.
 */
clocks: number, };

/**
 * What is wrong in a line of a table.
 */
export type TableProblem = { 
/**
 * Which line, the head line being 1.
 */
line: number, 
/**
 * What is wrong with it, for whoever wrote it.
 */
reason: string, };

/**
 * A task of the incident.
 */
export type Task = { 
/**
 * Last change.
 */
rev: number, 
/**
 * When it is due; none while its anchor is not known.
 */
due_at: string | null, 
/**
 * How far it is.
 */
progress: TaskProgress, 
/**
 * What it waits for, in words; nobody is asked to do it before.
 */
asleep: string | null, 
/**
 * Since when its condition holds.
 */
woken_at: string | null, 
/**
 * Who is to do it, by name; their office may all the same.
 */
named?: Named, 
/**
 * Who was at it and left their post or their office; the task waits to be taken again.
 */
left_by?: Act, 
/**
 * The message that it came from.
 */
from?: RowId, 
/**
 * Its id within the incident.
 */
id: RowId, 
/**
 * Its number in the playbook.
 */
seq: number, 
/**
 * Its phase.
 */
phase: string, 
/**
 * What is to be done.
 */
title: string, 
/**
 * The function that leads it.
 */
function: string, 
/**
 * The function's name.
 */
function_title: string, 
/**
 * The office that held the function.
 */
office: OfficeId | null, 
/**
 * Functions that support it.
 */
support: Array<string>, 
/**
 * Its limit.
 */
due: DeadlineDue | null, 
/**
 * The incident cannot be closed without it.
 */
mandatory: boolean, 
/**
 * What it rests on.
 */
basis: Array<Basis>, 
/**
 * What it brings forth.
 */
output: string | null, 
/**
 * Until this holds, nobody is asked to do it.
 */
only_if?: Condition, 
/**
 * The playbook that it comes from, when that is not the one which the incident opened with.
 */
playbook?: string, };

/**
 * What people ask of tasks.
 */
export type TaskCommand = { "verb": "add", 
/**
 * Its id.
 */
id: RowId, 
/**
 * What is to be done.
 */
title: string, 
/**
 * In which phase.
 */
phase: string, 
/**
 * Which office.
 */
office: OfficeId | null, 
/**
 * By when.
 */
due_at: string | null, 
/**
 * The message that it came from.
 */
from?: RowId, } | { "verb": "take", 
/**
 * Which.
 */
id: RowId, } | { "verb": "finish", 
/**
 * Which.
 */
id: RowId, 
/**
 * With what result; a mandatory task needs one.
 */
note: string | null, 
/**
 * What shows it; a mandatory task needs something.
 */
evidence?: Evidence, } | { "verb": "name", 
/**
 * Which.
 */
id: RowId, 
/**
 * Who; the server fills in who that is.
 */
to: Named | null, } | { "verb": "skip", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, } | { "verb": "release", 
/**
 * Which.
 */
id: RowId, 
/**
 * Why.
 */
reason: string, };

/**
 * How far a task is.
 */
export type TaskProgress = { "state": "open" } | { "state": "taken", 
/**
 * Who.
 */
by: Act, } | { "state": "done", 
/**
 * Who finished it.
 */
by: Act, 
/**
 * With what result.
 */
note: string | null, 
/**
 * What shows it.
 */
evidence?: Evidence, } | { "state": "skipped", 
/**
 * Who decided so.
 */
by: Act, 
/**
 * Why.
 */
reason: string, };

/**
 * A task, as one names it from outside its incident.
 */
export type TaskRef = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The task in it.
 */
task: RowId, };

/**
 * A piece of a text, and whether it is one of the words that were looked for.
 */
export type TextPiece = { 
/**
 * As it was written.
 */
text: string, 
/**
 * Looked for.
 */
hit: boolean, };

/**
 * To the browser.
 */
export type ToClient = { "type": "welcome", 
/**
 * The protocol that the server speaks.
 */
protocol: number, 
/**
 * The server's clock.
 */
now: string, 
/**
 * Who you are in this incident.
 */
you: Actor, 
/**
 * Whether the room accepts commands.
 */
status: RoomStatus, 
/**
 * Where the record stands: until the browser is there it is catching up.
 */
rev: number, } | { "type": "patch", 
/**
 * The rows.
 */
patch: Patch, 
/**
 * The head of the log at the patch's revision.
 */
head: Digest, } | { "type": "accepted", 
/**
 * Which.
 */
id: CommandId, 
/**
 * The revision that it made.
 */
rev: number, } | { "type": "refused", 
/**
 * Which.
 */
id: CommandId, 
/**
 * A stable code.
 */
code: string, 
/**
 * What to do, for the person who acted.
 */
words: string, } | { "type": "brief", 
/**
 * By kind of row.
 */
brief: Brief, } | { "type": "presence", 
/**
 * One per person.
 */
people: Array<Present>, } | { "type": "waiting", 
/**
 * The most urgent kinds first.
 */
waits: Array<Wait>, } | { "type": "you", 
/**
 * Who you are in this incident now.
 */
you: Actor, } | { "type": "status", 
/**
 * How it is now.
 */
status: RoomStatus, } | { "type": "part", 
/**
 * Which piece, from 0.
 */
at: number, 
/**
 * How many there are.
 */
of: number, 
/**
 * The piece.
 */
text: string, } | { "type": "beat", 
/**
 * The server's clock.
 */
now: string, };

/**
 * From the browser.
 */
export type ToServer = { "type": "hello", 
/**
 * The newest revision that it has seen.
 */
rev: number, 
/**
 * The head of the log at that revision. The server must know it, or the record was rolled back.
 */
head: Digest | null, 
/**
 * The protocol that its code speaks.
 */
protocol: number, } | { "type": "command", 
/**
 * Chosen by the browser.
 */
id: CommandId, 
/**
 * What.
 */
command: Command, 
/**
 * When it was written, by the server's clock as the device knows it, for what waited without a network.
 */
written_at?: string, } | { "type": "brief", 
/**
 * The newest revision that the person was told of.
 */
since: number, } | { "type": "look", 
/**
 * A place in the room: `statement:<id>`, `timeline`, …
 */
at: string | null, 
/**
 * Whether keys are being pressed there.
 */
typing: boolean, };

/**
 * In what tone.
 */
export type Tone = "positive" | "neutral" | "negative";

/**
 * One change of the shared text, as Yjs encodes it (update, version 1); in JSON, Base64.
 */
export type Update = string;

/**
 * How far it is.
 */
export type Upload = { 
/**
 * Bytes that are on the server's disk; the next piece begins here.
 */
offset: number, 
/**
 * What a command may name, when all of it is there.
 */
attachment: Attachment | null, };

/**
 * A file that somebody wants to send up, or goes on with.
 */
export type UploadRequest = { 
/**
 * SHA-256 of all of it.
 */
digest: Digest, 
/**
 * How long it is, bytes.
 */
size: number, 
/**
 * Its name.
 */
name: string, };

/**
 * Something that waits for a person.
 */
export type Wait = { 
/**
 * What.
 */
what: WaitFor, 
/**
 * What to do, in words.
 */
words: string, 
/**
 * By when, if there is a limit.
 */
due_at: string | null, };

/**
 * What there is to do.
 */
export type WaitFor = { "kind": "accept" } | { "kind": "call", 
/**
 * Which.
 */
office: OfficeId, } | { "kind": "relieve", 
/**
 * Whose duty.
 */
shift: RowId, 
/**
 * Which handover.
 */
handover: RowId, } | { "kind": "relief", 
/**
 * Whose duty.
 */
shift: RowId, } | { "kind": "acknowledge", 
/**
 * What a message says.
 */
message: RowId, 
/**
 * How many times the office was reminded.
 */
reminded: number, } | { "kind": "mentioned", 
/**
 * Which.
 */
message: RowId, } | { "kind": "approve", 
/**
 * On which.
 */
statement: RowId, } | { "kind": "settle", 
/**
 * On which.
 */
statement: RowId, } | { "kind": "agree", 
/**
 * Of which.
 */
statement: RowId, } | { "kind": "publish", 
/**
 * Which.
 */
statement: RowId, } | { "kind": "recheck", 
/**
 * Which.
 */
statement: RowId, } | { "kind": "tick", 
/**
 * Whose.
 */
statement: RowId, 
/**
 * On which channel.
 */
channel: string, } | { "kind": "clock", 
/**
 * Which.
 */
deadline: RowId, } | { "kind": "propose", 
/**
 * Which.
 */
proposal: RowId, } | { "kind": "task", 
/**
 * Which.
 */
task: RowId, 
/**
 * Its time is over.
 */
over: boolean, } | { "kind": "enquiry", 
/**
 * Which.
 */
enquiry: RowId, 
/**
 * The time promised is over.
 */
over: boolean, } | { "kind": "claim", 
/**
 * Which.
 */
claim: RowId, 
/**
 * Its time is over.
 */
over: boolean, } | { "kind": "action", 
/**
 * Which.
 */
action: RowId, 
/**
 * Its day is over.
 */
over: boolean, };

/**
 * A way to somebody.
 */
export type Way = { "way": "push", 
/**
 * Which.
 */
device: RowId, } | { "way": "mail", 
/**
 * The address at that moment.
 */
address: string, } | { "way": "hook", 
/**
 * Which.
 */
hook: RowId, };

/**
 * When the office works, and by which clock it reads a moment.
 */
export type WorkingCalendar = { 
/**
 * Offset of local time from UTC, minutes.
 */
utc_offset_minutes: number, 
/**
 * Working days of the week, 1 = Monday … 7 = Sunday.
 */
weekdays: Array<number>, 
/**
 * Working hours of a day, in order, each from–to.
 */
spans: [string, string][], 
/**
 * Days off.
 */
holidays: string[], 
/**
 * Working days that make up for a day off.
 */
extra_days: string[], };

/**
 * One thing that was prescribed, and what became of it.
 */
export type YardstickReading = { 
/**
 * What prescribes it.
 */
kind: Prescribed, 
/**
 * Tells it from all others of the incident.
 */
key: string, 
/**
 * What was to be done.
 */
title: string, 
/**
 * Whose it was, short; empty when it is nobody's in particular.
 */
whose: string, 
/**
 * What was laid down, in words.
 */
prescribed: string, 
/**
 * When its time was up.
 */
due_at: string | null, 
/**
 * When it was done.
 */
done_at: string | null, 
/**
 * What was left of the limit when it was done, seconds; below nought: late.
 */
left_seconds: number | null, 
/**
 * How it went.
 */
verdict: YardstickVerdict, 
/**
 * Who did it or what shows it, or why it was not done; may be empty.
 */
note: string, };

/**
 * How it went.
 */
export type YardstickVerdict = "in_time" | "late" | "not_done" | "done" | "running" | "excused" | "not_applicable";

export const anchorTitle: Record<Anchor, string> = {
  occurred_at: "sự việc xảy ra",
  received_at: "tiếp nhận, xử lý theo thẩm quyền",
  detected_at: "phát hiện",
  opened_at: "mở sự cố",
  impact_assessed_at: "xác định có tác động dư luận",
  verdict_at: "kết luận kiểm chứng",
  labelled_at: "gắn nhãn",
  published_at: "phát hành phát ngôn ban đầu",
  inquiry_at: "nhận câu hỏi, văn bản của báo chí",
  article_published_at: "bài báo đăng",
  request_sent_at: "gửi yêu cầu gỡ, cải chính",
  conference_at: "họp báo",
  breach_detected_at: "phát hiện vi phạm dữ liệu",
  closed_at: "kết thúc sự cố",
  signed_at: "ký văn bản",
  designated_at: "có quyết định giao phát ngôn",
  period_ends_at: "hết kỳ báo cáo năm",
};

export const levelTitle: Record<Level, string> = {
  1: "Theo dõi",
  2: "Sự cố",
  3: "Nghiêm trọng",
  4: "Khủng hoảng",
};

export const lineKindTitle: Record<LineKind, string> = {
  entry: "Diễn biến",
  incident: "Sự cố",
  office: "Cơ quan",
  task: "Nhiệm vụ",
  deadline: "Thời hạn",
  statement: "Phát ngôn",
  fact: "Dữ kiện",
  decision: "Quyết định",
  question: "Đánh giá",
  press: "Báo chí",
  claim: "Tin đồn",
  media: "Điểm báo",
  review: "Rút kinh nghiệm",
};

export const mandateTitle: Record<MandateKind, string> = {
  head: "Người đứng đầu",
  regular: "Người phát ngôn thường xuyên",
  delegated: "Người được ủy quyền",
};

export const passageKindTitle: Record<PassageKind, string> = {
  incident: "Sự cố",
  statement: "Phát ngôn",
  line: "Dòng thời gian",
  message: "Trao đổi",
  fact: "Dữ kiện",
  decision: "Quyết định",
  task: "Nhiệm vụ",
  enquiry: "Câu hỏi báo chí",
  meeting: "Làm việc với báo chí",
  claim: "Tin đồn",
  clipping: "Điểm báo",
};

export const measureTitle: Record<Measure, string> = {
  first_statement: "Đến phát ngôn công khai đầu tiên",
  margin: "Còn lại của thời hạn khi hoàn thành",
  approval: "Thời gian duyệt, lâu nhất",
  acceptance: "Thời gian tiếp nhận sự cố",
  corrections: "Đính chính đã phát hành",
  withdrawals: "Phát ngôn đã rút",
  tasks_in_time: "Nhiệm vụ xong trong hạn",
  facts_verified: "Dữ kiện đã xác minh khi phát hành",
};

export const prescribedTitle: Record<Prescribed, string> = {
  limit: "Thời hạn theo quy định",
  task: "Nhiệm vụ của kịch bản",
  approval: "Duyệt phát ngôn",
};

export const skippedTitle: Record<Skipped, string> = {
  present: "không gửi: đang mở phòng",
  no_way: "không gửi: chưa bật cách báo nào",
  too_many: "không gửi: đã báo nhiều trong một giờ qua",
  done: "không gửi: việc đã xong trước đó",
  gone: "không gửi: cách báo này đã được bỏ",
  no_mail_server: "không gửi: máy chủ chưa được cấu hình gửi thư",
};

export const yardstickVerdictTitle: Record<YardstickVerdict, string> = {
  in_time: "Trong hạn",
  late: "Muộn",
  not_done: "Chưa làm",
  done: "Xong, không đặt hạn",
  running: "Còn thời gian",
  excused: "Được miễn, bỏ qua",
  not_applicable: "Không áp dụng",
};
