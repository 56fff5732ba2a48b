// Where in the room the things stand that a brief names.
import type { Desk, Panel } from "../lib/view.svelte";
import type { BriefKind } from "../wire";

export type Place = { statement?: string; panel: Panel | Desk; hash?: string };

/** The part of the room that shows rows of a kind, and with what the id of a row's element begins there. */
const PLACES: Record<BriefKind, { panel: Panel | Desk; rows?: string }> = {
  incident: { panel: "timeline" },
  clock: { panel: "timeline" },
  statement: { panel: "statements" },
  fact: { panel: "facts", rows: "fact-" },
  decision: { panel: "decisions", rows: "decision-" },
  proposal: { panel: "timeline" },
  task: { panel: "tasks", rows: "task-" },
  enquiry: { panel: "press", rows: "cau-hoi-" },
  meeting: { panel: "press" },
  claim: { panel: "claims", rows: "tin-don-" },
  action: { panel: "review", rows: "viec-sau-" },
  clipping: { panel: "media", rows: "tin-bai-" },
  office: { panel: "timeline" },
  shift: { panel: "timeline" },
  entry: { panel: "timeline" },
  message: { panel: "chat" },
};

export function placeOf(kind: BriefKind, row?: string): Place {
  const { panel, rows } = PLACES[kind];
  if (row === undefined) return { panel };
  if (kind === "statement") return { panel, statement: row };
  return rows === undefined ? { panel } : { panel, hash: `${rows}${row}` };
}
