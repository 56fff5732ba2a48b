// Where a submission stands, as far as a screen has to put it in words. The squares themselves come from the server.
import type { Actor, Approval, Signatory, Square, Statement } from "../wire";
import { isDesk } from "./may";

/** Whether the person may sign here: a role outranks the office. */
export const signs = (signatory: Signatory, you: Actor): boolean =>
  signatory.role ? you.roles.includes(signatory.role) : signatory.office !== null && signatory.office === you.office;

/** The verdicts that still speak of the submitted words, newest first. */
export function standing(statement: Statement): Approval[] {
  const digest = statement.submission?.digest;
  return statement.approvals.filter((given) => given.voided === null && given.digest === digest).toReversed();
}

/** Nothing more is needed from here for the words to go out. */
export function isSatisfied({ answer, required }: Square): boolean {
  if (answer.is === "approved" || answer.is === "silent") return true;
  if (answer.is === "objected") return answer.settled !== null || (!required && !answer.strong);
  return !required;
}

/** The squares that hold the words back. */
export const missing = (statement: Statement): Square[] => statement.squares.filter((square) => !isSatisfied(square));

/** Strong objections on which the head has not decided. A colleague's approval does not take one back. */
export function strongObjections(statement: Statement): (Approval & { verdict: "objected" })[] {
  const heard = new Set<string>();
  const found: (Approval & { verdict: "objected" })[] = [];
  for (const given of standing(statement)) {
    const fresh = !heard.has(given.by.person);
    heard.add(given.by.person);
    if (fresh && given.verdict === "objected" && given.strong && !given.settled) found.push(given);
  }
  return found;
}

/** How this person stands to a submitted statement. */
export type Stand =
  | { is: "not_asked" | "own" | "waiting" | "approved" }
  | { is: "not_yet"; before: string }
  | { is: "objected"; turn: boolean; before: string }
  | { is: "colleague"; name: string };

/** Who has to answer before anybody in a later turn is asked. */
export const first = (statement: Statement): string =>
  statement.squares.find((square) => square.required && !isSatisfied(square))?.signatory.title ?? "";

export function stand(statement: Statement, you: Actor): Stand {
  const { submission } = statement;
  const mine = statement.squares.filter((square) => signs(square.signatory, you));
  const isOver = statement.state === "published" || statement.state === "dropped";
  if (!submission || isOver || !isDesk(you) || mine.length === 0) return { is: "not_asked" };
  if (statement.authors.includes(you.person) || submission.by.person === you.person) return { is: "own" };
  const asked = mine.filter((square) => square.asked_at !== null);
  const given = standing(statement).find((one) => one.by.person === you.person);
  if (given?.verdict === "objected") return { is: "objected", turn: asked.length > 0, before: first(statement) };
  if (asked.length === 0) return { is: "not_yet", before: first(statement) };
  const open = asked.filter((square) => square.answer.is !== "approved");
  if (open.length > 0) return { is: "waiting" };
  const other = asked.find((square) => square.answer.is === "approved" && square.answer.by.person !== you.person);
  if (!given && other?.answer.is === "approved") return { is: "colleague", name: other.answer.by.name };
  return { is: "approved" };
}
