// A designation as the form holds it, and as it is sent.
import { momentOf, readTime } from "../../lib/time";
import type { Account, Designation, MandateKind } from "../../wire";
import { words } from "./words";
import { designation as d } from "./words.designation";

export const KINDS: MandateKind[] = ["head", "regular", "delegated"];

export type Form = {
  kind: MandateKind;
  instrument: string;
  /** Days: `2024-09-10`. */
  from: string;
  until: string;
  /** What stands in the field for the last day is no day. */
  untilUnread: boolean;
  /** Time of day at which a delegation ends, as typed; empty: the end of the day. */
  time: string;
  incident: string;
  by: string;
};
export type Errors = Partial<Record<keyof Form, string>>;

export const blank = (today: string, kind: MandateKind = "regular"): Form => ({
  kind,
  instrument: "",
  from: today,
  until: "",
  untilUnread: false,
  time: "",
  incident: "",
  by: "",
});

/** The minute in which a designation ends: of a delegation the one that was typed, else the last of its day. */
const endOf = (form: Form): string =>
  momentOf(form.until, form.kind === "delegated" ? (readTime(form.time) ?? LAST_MINUTE) : LAST_MINUTE);
/** How "the whole day" is kept; shown as the day alone. */
export const LAST_MINUTE = "23:59";

export function errorsOf(form: Form): Errors {
  const errors: Errors = {};
  const delegated = form.kind === "delegated";
  if (!form.instrument.trim()) errors.instrument = d.instrumentMissing;
  if (!form.from) errors.from = d.fromMissing;
  if (form.untilUnread) errors.until = words.dayWrong;
  else if (delegated && !form.until) errors.until = d.untilNeeded;
  else if (form.from && form.until && endOf(form) <= momentOf(form.from, "00:00")) errors.until = d.endBefore;
  if (delegated) {
    if (form.time.trim() && !readTime(form.time)) errors.time = d.timeWrong;
    if (!form.incident) errors.incident = d.matterMissing;
    if (!form.by) errors.by = d.byMissing;
  }
  return errors;
}

const FIELDS: Record<string, keyof Form> = {
  no_instrument: "instrument",
  end_before_beginning: "until",
  delegation_unbounded: "until",
  delegation_too_long: "until",
  unknown_matter: "incident",
  not_theirs_to_delegate: "by",
  own_delegation: "by",
};
/** Beside which field a refusal's words belong. */
export const fieldOf = (code: string): keyof Form | null => FIELDS[code] ?? null;

/** A designation counts from the beginning of its first day. */
export function designationOf(form: Form): Designation {
  const delegated = form.kind === "delegated";
  return {
    kind: form.kind,
    from: momentOf(form.from, "00:00"),
    until: form.until ? endOf(form) : null,
    instrument: form.instrument.trim(),
    incident: delegated ? form.incident : null,
    by: delegated ? form.by : null,
  };
}

/** Heads in force who may sign in: who may delegate. The server decides again. */
export const headsOf = (accounts: Account[]): Account[] =>
  accounts.filter(
    (account) =>
      !account.disabled && account.designations.some((row) => row.designation.kind === "head" && row.state === "in_force"),
  );

/** The next moment after `now` at which some designation begins or ends; the list is stale then. */
export function nextTurn(accounts: Account[], now: number): number | null {
  const rows = accounts.flatMap((account) => account.designations.filter((row) => !row.revoked));
  const moments = rows.flatMap(({ designation: { from, until } }) => [Date.parse(from), until ? Date.parse(until) : now]);
  const ahead = moments.filter((moment) => moment > now);
  return ahead.length ? Math.min(...ahead) : null;
}
