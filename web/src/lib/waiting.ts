// What waits for a person: verdicts that are asked of them, tasks of their office that are nearly due, the acceptance.
import type { Act, Actor, Approval, Signatory, Statement, Task } from "../wire";
import type { Incident } from "./incident.svelte";
import { isDesk } from "./may";
import { HOUR } from "./time";

export const isOpen = (task: Task): boolean => task.progress.state === "open" || task.progress.state === "taken";
/** Counted from the closing of the incident, so it does not hold closing up. */
export const holdsUpClosing = (task: Task): boolean => task.mandatory && isOpen(task) && task.due?.anchor !== "closed_at";

/** Whether the person may sign as this signatory: a role outranks the office. */
export const signs = (signatory: Signatory, you: Actor): boolean =>
  signatory.role ? you.roles.includes(signatory.role) : signatory.office !== null && signatory.office === you.office;

/** The verdicts that still speak of the submitted words, newest first. */
export function standing(statement: Statement): Approval[] {
  const digest = statement.submission?.digest;
  return statement.approvals.filter((given) => given.voided === null && given.digest === digest).toReversed();
}

export const verdictOf = (statement: Statement, signatory: Signatory): Approval | null =>
  standing(statement).find((given) => given.functions.includes(signatory.function)) ?? null;

/** Required signatories whose newest verdict on these words is not an approval. */
export const missing = (statement: Statement): Signatory[] =>
  (statement.submission?.required ?? []).filter((one) => verdictOf(statement, one)?.verdict !== "approved");

/** Somebody's newest verdict on these words is an objection. */
export function objections(statement: Statement): Approval[] {
  const heard = new Set<string>();
  return standing(statement).filter((given) => {
    const fresh = !heard.has(given.by.person);
    heard.add(given.by.person);
    return fresh && given.verdict === "objected";
  });
}

export type Asked = "not_asked" | "own" | "approved" | "objected" | "waiting";

/** How this person stands to a submitted statement. */
export function asked(statement: Statement, you: Actor): Asked {
  const submission = statement.submission;
  if (!submission || statement.state === "published") return "not_asked";
  const signatories = [...submission.required, ...submission.consulted];
  if (!isDesk(you) || !signatories.some((one) => signs(one, you))) return "not_asked";
  if (statement.authors.includes(you.person) || submission.by.person === you.person) return "own";
  const given = standing(statement).find((one) => one.by.person === you.person);
  return given ? given.verdict : "waiting";
}

export type Wait =
  | { kind: "accept" }
  | { kind: "approve"; statement: Statement }
  | { kind: "publish"; statement: Statement }
  | { kind: "task"; task: Task; over: boolean };

export function waiting(incident: Incident, you: Actor, now: number): Wait[] {
  const found: Wait[] = [];
  if (incident.header?.closed) return found;
  const own = you.office ? incident.offices.get(you.office) : undefined;
  if (own && !own.accepted && isDesk(you)) found.push({ kind: "accept" });
  for (const statement of incident.statements.values()) {
    if (asked(statement, you) === "waiting") {
      // Another person of the same office may have answered already.
      const open = [...(statement.submission?.required ?? []), ...(statement.submission?.consulted ?? [])].some(
        (one) => signs(one, you) && verdictOf(statement, one) === null,
      );
      if (open) found.push({ kind: "approve", statement });
    }
    if (statement.state === "approved" && you.roles.includes("spokesperson")) found.push({ kind: "publish", statement });
  }
  const tasks = [...incident.tasks.values()].filter(
    (task) => isOpen(task) && task.due_at !== null && task.office !== null && task.office === you.office && Date.parse(task.due_at) - now < HOUR,
  );
  tasks.sort((a, b) => (a.due_at ?? "").localeCompare(b.due_at ?? "") || a.seq - b.seq);
  for (const task of tasks) found.push({ kind: "task", task, over: Date.parse(task.due_at ?? "") <= now });
  return found;
}

/** A name as the room says it: without the note in brackets that the demonstration adds. */
export const nameOf = (who: { name: string }): string => who.name.replace(/\s*\(.*\)$/, "");
export type { Act };
