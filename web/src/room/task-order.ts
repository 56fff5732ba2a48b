// Which tasks a person looks at, and in which order: what is late first, then by what is due first, the rest at the end.
import { isAsleep, isOpen } from "../lib/waiting";
import type { Actor, Task } from "../wire";

export type Filter = "mine" | "office" | "all";
export const FILTERS: readonly Filter[] = ["mine", "office", "all"];

type Me = Pick<Actor, "person" | "office">;

const isOffices = (task: Task, me: Me): boolean => task.office !== null && task.office === me.office;
/** Open, nobody is at it, and it was given to nobody by name. */
export const isNobodys = (task: Task): boolean => task.progress.state === "open" && !isAsleep(task) && !task.named;
/** Taken, ended or given by name: this person's own. */
export const isOwn = (task: Task, me: Me): boolean =>
  ("by" in task.progress && task.progress.by.person === me.person) || (isOpen(task) && task.named?.person === me.person);

/** Mine: what I am at or was given, and what of my office nobody is at yet. */
export const matches: Record<Filter, (task: Task, me: Me) => boolean> = {
  mine: (task, me) => isOwn(task, me) || (isOffices(task, me) && isNobodys(task)),
  office: isOffices,
  all: () => true,
};

export type Section = "over" | "due" | "undated" | "ended";
export const SECTIONS: readonly Section[] = ["over", "due", "undated", "ended"];

export function sectionOf(task: Task, now: number): Section {
  if (!isOpen(task)) return "ended";
  if (!task.due_at) return "undated";
  return Date.parse(task.due_at) <= now ? "over" : "due";
}

/** What is due first comes first; what has no date keeps the order of the playbook; of what is done, the newest first. */
export function inOrder(a: Task, b: Task): number {
  const [open, other] = [isOpen(a), isOpen(b)];
  if (open !== other) return open ? -1 : 1;
  if (!open) return endedAt(b).localeCompare(endedAt(a)) || a.seq - b.seq;
  const end = "9999";
  return (a.due_at ?? end).localeCompare(b.due_at ?? end) || a.seq - b.seq;
}

const endedAt = (task: Task): string => ("by" in task.progress ? task.progress.by.at : "");
