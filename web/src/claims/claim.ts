// Claims as the register shows them: where one is on its way, what is due, how far it reaches. No rule is decided here.
import type { Claim, ClaimBook, ClaimPlace, ClaimStep, Deadline } from "../wire";
import type { Seed } from "../lib/view.svelte";
import { isRunning } from "../room/title";

/** What is being asked of the person. */
export type ClaimAsk =
  | { ask: "enter"; seed?: Seed }
  | { ask: "see" | "again" | ClaimStep | "unlabel" | "except" | "resume" | "correct" | "strike"; id: string }
  | { ask: "reach" | "strike_place"; id: string; place: string }
  | { ask: "answer"; id: string; request: string };

export const STEPS: readonly ClaimStep[] = ["classify", "verify", "conclude", "label", "tell", "request", "report", "complete"];
export type StepState = "done" | "current" | "ahead" | "off";

export const isOpen = (claim: Claim): boolean => claim.struck === null && claim.excepted === null && claim.done === null;
/** The label that stands. */
export const labelOf = (claim: Claim) => claim.labels.filter((one) => one.off === null).at(-1) ?? null;
export const standing = (claim: Claim): ClaimPlace[] => claim.places.filter((one) => one.struck === null);
export const recurrences = (claim: Claim): number => standing(claim).filter((one) => one.again).length;

/** Steps that the verdict and the classes rule out. */
function isOff(claim: Claim, step: ClaimStep): boolean {
  const verdict = claim.conclusion?.judged.verdict;
  const closed = claim.class?.access === "closed";
  if (step === "label" || step === "tell") return closed || verdict === "not_false" || (step === "label" && verdict === "unverifiable");
  return (step === "request" || step === "report") && (verdict === "not_false" || verdict === "unverifiable");
}

function isDone(claim: Claim, step: ClaimStep): boolean {
  switch (step) {
    case "classify":
      return claim.class !== null;
    case "verify":
      return claim.verification !== null;
    case "conclude":
      return claim.conclusion !== null;
    case "label":
      return labelOf(claim) !== null;
    case "tell":
      return claim.notices.length > 0;
    case "request":
      return claim.requests.length > 0;
    case "report":
      return claim.reports.length > 0;
    case "complete":
      return claim.done !== null;
  }
}

/** Where it is on its way; the server says which step comes next. */
export const trackOf = (claim: Claim): { step: ClaimStep; state: StepState }[] =>
  STEPS.map((step) => ({
    step,
    state: claim.next === step ? "current" : isDone(claim, step) ? "done" : isOff(claim, step) || !isOpen(claim) ? "off" : "ahead",
  }));

/** The clocks of a claim that run, what is due first before the others. */
export const clocksOf = (claim: Claim, deadlines: Iterable<Deadline>): Deadline[] =>
  [...deadlines].filter((one) => one.of?.claim === claim.id && isRunning(one)).sort((a, b) => (a.due_at ?? "").localeCompare(b.due_at ?? ""));

/** The clock of a request that is not complied with: it runs on when our own steps are done and the incident is closed. */
export const awaited = (claim: Claim, deadlines: Iterable<Deadline>): Deadline | null => clocksOf(claim, deadlines).find((one) => one.of?.request !== undefined) ?? null;

/** The newest readings of all places together; null when nobody has read any. */
export function reachOf(claim: Claim): number | null {
  const newest = standing(claim).flatMap((one) => one.reach.at(-1)?.count ?? []);
  return newest.length === 0 ? null : newest.reduce((sum, one) => sum + one, 0);
}

/** What a place is called. */
export const placeName = (place: ClaimPlace): string => place.seen.note ?? place.seen.link ?? "";

/** Open ones first, what is due first before the others; then the rest, the newest first. */
export function inOrder(claims: Iterable<Claim>, deadlines: Iterable<Deadline>): Claim[] {
  const all = [...deadlines];
  const rows = [...claims].map((claim) => ({ claim, due: clocksOf(claim, all)[0]?.due_at ?? "9999" }));
  rows.sort((a, b) => Number(isOpen(b.claim)) - Number(isOpen(a.claim)) || (isOpen(a.claim) ? a.due.localeCompare(b.due) : 0) || b.claim.number.localeCompare(a.claim.number, "vi", { numeric: true }));
  return rows.map((row) => row.claim);
}

/** What a class or a kind is called: as the day's law has it, or in plain words. */
export function termOf(terms: ClaimBook["kinds"] | undefined, code: string, plain: Record<string, string>): string {
  return terms?.find((term) => term.code === code)?.title ?? plain[code] ?? code;
}
