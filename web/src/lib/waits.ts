// What waits for a person, as the server says it.
import type { RowId } from "../wire";

export type WaitFor =
  | { kind: "accept" }
  | { kind: "approve" | "settle" | "publish" | "agree" | "recheck"; statement: RowId }
  | { kind: "tick"; statement: RowId; channel: string }
  | { kind: "task"; task: RowId; over: boolean };
export type Wait = { what: WaitFor; words: string; due_at: string | null };
export type IncidentWaits = { incident: string; number: string; title: string; exercise: boolean; waits: Wait[] };
