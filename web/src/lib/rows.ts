// Where a row of an incident stands: its address, and the id of its element in the room. Links from outside the room
// (what was found, what waits) lead to the very row.
import { paths } from "../router.svelte";
import type { PassageKind } from "../wire";

/** With what the id of a row's element begins. */
const BEGINS: Record<Exclude<PassageKind, "incident" | "statement">, string> = {
  line: "line-",
  message: "tin-",
  task: "task-",
  fact: "fact-",
  decision: "decision-",
  enquiry: "cau-hoi-",
  meeting: "hop-bao-",
  claim: "tin-don-",
  clipping: "tin-bai-",
};

/** The id of a row's element in the room. */
const elementOf = (kind: keyof typeof BEGINS, row: string): string => BEGINS[kind] + row;

/** The address of a row. A line's id is its revision and its place in it: `12-0`. */
export function addressOf(incident: string, kind: PassageKind, row: string): string {
  if (kind === "incident") return paths.room(incident);
  if (kind === "statement") return paths.statement(incident, row);
  return `${paths.room(incident)}#${elementOf(kind, kind === "line" ? row.replace("-", ".") : row)}`;
}
