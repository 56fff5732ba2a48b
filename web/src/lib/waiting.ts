// Tasks and names as every panel needs them.
import type { Task } from "../wire";

export { standing } from "./squares";

/** Its condition does not hold yet: nobody is asked to do it. */
export const isAsleep = (task: Task): boolean => task.asleep !== null;
export const isOpen = (task: Task): boolean => task.progress.state === "open" || task.progress.state === "taken";
/** Counted from the closing of the incident, so it does not hold closing up. */
export const holdsUpClosing = (task: Task): boolean => task.mandatory && isOpen(task) && !isAsleep(task) && task.due?.anchor !== "closed_at";

/** A name as the room says it: without the note in brackets that the demonstration adds. */
export const nameOf = (who: { name: string }): string => who.name.replace(/\s*\(.*\)$/, "");
