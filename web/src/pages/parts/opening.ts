// The form for opening an incident, as it is kept between reloads and as it is sent.
import { newId } from "../../lib/id";
import { dayKey } from "../../lib/time";
import type { Level, OpenRequest } from "../../wire";
import { words } from "./words";

/** A moment as the form holds it: null is "now"; a typed one that cannot be read yet has no `at`. */
export type Typed = { at: string | null } | null;

export type Draft = {
  /** Made once per form: sending twice opens one incident. */
  id: string;
  title: string;
  /** Chosen by hand; empty: the best match. */
  playbook: string;
  /** Further playbooks that run beside it. */
  also: string[];
  /** Chosen by hand; none: the playbook's. */
  level: Level | null;
  commune: { code: string; name: string } | null;
  occurred: Typed;
  received: Typed;
  /** Whether the assessment has been made at all, when the playbook asks. */
  assessed: boolean;
  impact: Typed;
  exercise: boolean;
  inForceOn: string;
  /** What stands in that field is no day. */
  inForceUnread: boolean;
  /** Was sent once without an answer: it may be open already. */
  tried: boolean;
};

/** Clocks differ; the server tolerates as much. */
const TOLERANCE_MS = 120_000;
const KEY = "phongtruc.opening";

export const anew = (): Draft => ({
  id: newId(),
  title: "",
  playbook: "",
  also: [],
  level: null,
  commune: null,
  occurred: null,
  received: null,
  assessed: true,
  impact: null,
  exercise: false,
  inForceOn: "",
  inForceUnread: false,
  tried: false,
});

/** The form that was left unfinished in this tab, or a new one. */
export function restored(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (kept && typeof kept === "object" && "id" in kept) return { ...anew(), ...(kept as Partial<Draft>) };
  } catch {
    // Not readable: a new form.
  }
  return anew();
}

export function keep(draft: Draft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // No room in the browser's storage: the form still works, only a reload loses it.
  }
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
}

/** Whether anything was entered that a person would miss. */
export function isUntouched(draft: Draft): boolean {
  const plain = (form: Draft) => JSON.stringify({ ...form, id: "" });
  return plain(draft) === plain(anew());
}

export type Field = "title" | "playbook" | "occurred" | "received" | "impact" | "commune" | "in_force_on";

/** Codes of refusals, and beside which field their words belong. */
const FIELD: Record<string, Field> = {
  empty: "title",
  too_long: "title",
  unseen_character: "title",
  unknown_playbook: "playbook",
  unknown_place: "commune",
};
export const fieldOf = (code: string): Field | null => FIELD[code] ?? null;

/** The day whose list of communes applies. */
export function dayOf(draft: Draft, now: number): string {
  if (draft.exercise && draft.inForceOn) return draft.inForceOn;
  return dayKey(draft.received?.at ?? now);
}

/** What is wrong with the moments, as far as this device can tell. The server has the last word. */
export function momentErrors(draft: Draft, asksImpact: boolean, now: number): Partial<Record<Field, string>> {
  const errors: Partial<Record<Field, string>> = {};
  const read = (field: Field, typed: Typed): number | null => {
    if (!typed) return null;
    const { at } = typed;
    if (!at) errors[field] = words.opening.badMoment;
    else if (Date.parse(at) > now + TOLERANCE_MS) errors[field] = words.opening.inFuture;
    return at ? Date.parse(at) : null;
  };
  const received = read("received", draft.received);
  const occurred = read("occurred", draft.occurred) ?? received;
  if (!errors.received && received !== null && occurred !== null && received < occurred) errors.received = words.opening.receivedBefore;
  if (draft.exercise && draft.inForceUnread) errors.in_force_on = words.dayWrong;
  if (asksImpact && draft.assessed) {
    const impact = read("impact", draft.impact);
    if (!errors.impact && impact !== null && occurred !== null && impact < occurred) errors.impact = words.opening.impactBefore;
  }
  return errors;
}

/** The request; moments left at "now" are the server's to fill in. */
export function requestOf(draft: Draft, playbook: string, asksImpact: boolean, now: number): OpenRequest {
  const at = (typed: Typed) => typed?.at ?? null;
  const assessed = asksImpact && draft.assessed;
  const impact = assessed ? (at(draft.impact) ?? new Date(now).toISOString()) : null;
  const received = at(draft.received);
  // Received in the past and happened "now" contradict each other: it happened when it was received, at the latest.
  // An assessment said by this device's clock must not come before a "now" said by the server's.
  const occurred = at(draft.occurred) ?? received ?? (assessed && !draft.impact ? impact : null);
  return {
    id: draft.id,
    title: draft.title,
    playbook,
    also: draft.also.filter((id) => id !== playbook),
    level: draft.level,
    exercise: draft.exercise,
    commune: draft.commune?.code ?? null,
    occurred_at: occurred,
    received_at: received,
    impact_assessed_at: impact,
    in_force_on: draft.exercise && draft.inForceOn ? draft.inForceOn : null,
  };
}
