// What statements, claims and duty put on the drawn line: each moment that somebody looks for later. A moment stands
// where the timeline has it, so that its mark finds its line.
import type { Claim, LineKind, Shift, Statement } from "../wire";
import type { Item, Shape, Track } from "./drawing";
import { drawn as words } from "./words";

const ms = Date.parse;

/** Makes the marks of one row. */
function marker(track: Track, kind: LineKind, id: string, title: string) {
  return (key: string, at: string, shape: Shape, state: string, bad = false): Item => ({ key: `${track}-${id}-${key}`, track, at: ms(at), shape, bad, title, state, rev: null, kind });
}

/** When it was begun, submitted, first went out, dropped. */
export function ofStatement(one: Statement): Item[] {
  const mark = marker("statement", "statement", one.id, `${one.number} ${one.title}`);
  const items = [mark("draft", one.drafted.at, "ring", words.drafted)];
  if (one.submission) items.push(mark("submit", one.submission.by.at, "square", words.submitted));
  const first = one.releases.map((release) => release.at).sort((a, b) => ms(a) - ms(b))[0];
  if (first) items.push(mark("out", first, "dot", words.published(one.releases.length)));
  if (one.dropped) items.push(mark("drop", one.dropped.at, "cross", words.dropped));
  return items;
}

/** Letters of a claim that its mark takes. */
const SAID_MAX = 56;
const shortly = (said: string): string => (said.length > SAID_MAX ? `${said.slice(0, said.lastIndexOf(" ", SAID_MAX) + 1 || SAID_MAX).trimEnd()}…` : said);

/** When it was first seen and seen again, what was concluded, and every step that the law asks for after that. */
export function ofClaim(one: Claim): Item[] {
  const mark = marker("claim", "claim", one.id, `${one.number} “${shortly(one.said)}”`);
  const items: Item[] = [];
  const [entered] = one.places;
  if (entered) items.push(mark("seen", entered.seen.seen_at, "ring", words.claim.seen));
  if (one.struck) return [...items, mark("struck", one.struck.by.at, "cross", words.claim.struck)];
  const again = one.places.filter((place) => place.again && !place.struck);
  again.forEach((place, index) => items.push(mark(`again-${place.seen.id}`, place.seen.seen_at, "ring", words.claim.again(index + 1), true)));
  const concluded = [...one.earlier, ...(one.conclusion ? [one.conclusion] : [])];
  concluded.forEach(({ judged }, index) => items.push(mark(`verdict-${index}`, judged.at, "square", words.claim.verdict[judged.verdict])));
  one.labels.forEach((label, index) => {
    items.push(mark(`label-${index}`, label.at, "dot", words.claim.labelled));
    if (label.off_at) items.push(mark(`off-${index}`, label.off_at, "cross", words.claim.unlabelled, true));
  });
  one.notices.forEach(({ told }, index) => items.push(mark(`told-${index}`, told.at, "dot", words.claim.told[told.kind])));
  for (const { id, sought, places } of one.requests) {
    items.push(mark(`sought-${id}`, sought.at, "tick", words.claim.sought(sought.to)));
    // Several places answered by one letter are one mark.
    const answers = new Map(places.flatMap((place) => (place.answer && place.at ? [[`${place.answer} ${place.at}`, { answer: place.answer, at: place.at }] as const] : [])));
    for (const [key, { answer, at }] of answers) items.push(mark(`answer-${id}-${key}`, at, answer === "refused" ? "cross" : "dot", words.claim.answered(sought.to, answer), answer === "refused"));
  }
  one.reports.forEach((report, index) => items.push(mark(`report-${index}`, report.at, "tick", words.claim.reported(report.to))));
  if (one.excepted) items.push(mark("except", one.excepted.by.at, "cross", words.claim.excepted));
  if (one.done) items.push(mark("done", one.done.at, "cross", words.claim.done));
  return items;
}

/** Whose duty began without a handover, what was handed over to whom and how that ended, and when nobody followed. */
export function ofDuty(shifts: Iterable<Shift>, office: (id: string) => string): Item[] {
  const all = [...shifts];
  const handed = (one: Shift): boolean => one.handovers.some((handover) => handover.outcome?.kind === "confirmed");
  const followers = new Set(all.filter(handed).map((one) => one.ended?.next));
  return all.flatMap((one) => {
    const mark = marker("shift", "office", one.id, words.duty.of(office(one.office)));
    const items: Item[] = [];
    const who = one.officer.name;
    if (!followers.has(one.id)) items.push(mark("begun", one.begun.at, "ring", words.duty.begun(who)));
    for (const { id, to, offered, outcome } of one.handovers) {
      items.push(mark(`offer-${id}`, offered.at, "square", words.duty.offered(who, to.name)));
      if (outcome?.kind === "confirmed") items.push(mark(`end-${id}`, outcome.by.at, "dot", words.duty.confirmed(to.name)));
      else if (outcome?.kind === "declined") items.push(mark(`end-${id}`, outcome.by.at, "cross", words.duty.declined(to.name), true));
    }
    if (one.ended && one.ended.next === null) items.push(mark("left", one.ended.by.at, "cross", words.duty.left(who), true));
    return items;
  });
}
