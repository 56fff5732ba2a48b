// A row of the list as the form holds it, and as it is sent.
import { dayKey, momentOf, readTime, timeOnly } from "../lib/time";
import type { OfficeId, Spokesperson, SpokespersonRow } from "../wire";
import { endOf, lastDay } from "./day";
import { words } from "./words";

const f = words.form;
export type Form = {
  office: OfficeId | "";
  kind: "regular" | "head";
  name: string;
  title: string;
  phone: string;
  email: string;
  instrument: string;
  /** Days: `2026-11-10`. */
  signed: string;
  /** Time of day of the signature, as typed. */
  time: string;
  from: string;
  until: string;
};
export type Errors = Partial<Record<keyof Form, string>>;

export function formOf(office: OfficeId | "", row: SpokespersonRow | null): Form {
  if (!row) return { office, kind: "regular", name: "", title: "", phone: "", email: "", instrument: "", signed: "", time: "", from: "", until: "" };
  const { kind, name, title, phone, email, instrument, designated_at: at, from, until } = row.entry;
  const time = at && timeOnly(at) !== "00:00" ? timeOnly(at) : "";
  const days = { signed: at ? dayKey(at) : "", from: dayKey(from), until: until ? lastDay(until) : "" };
  return { office, kind: kind === "head" ? "head" : "regular", name, title, phone, email, instrument, time, ...days };
}

export function errorsOf(form: Form): Errors {
  const errors: Errors = {};
  const regular = form.kind === "regular";
  if (!form.office) errors.office = f.agencyMissing;
  if (!form.name.trim()) errors.name = f.nameMissing;
  if (!form.title.trim()) errors.title = f.positionMissing;
  for (const field of ["phone", "email", "instrument"] as const) if (regular && !form[field].trim()) errors[field] = f.needed;
  if (regular && !form.signed) errors.signed = f.signedMissing;
  if (form.time.trim() && !readTime(form.time)) errors.time = f.timeWrong;
  if (!form.from && !form.signed) errors.from = f.fromMissing;
  if (form.until && form.until < (form.from || form.signed)) errors.until = f.endBefore;
  return errors;
}

const FIELDS: Record<string, keyof Form> = {
  bad_phone: "phone",
  bad_email: "email",
  no_instrument: "instrument",
  end_before_beginning: "until",
  not_an_agency: "from",
  speaker_listed: "name",
};
/** Beside which field a refusal's words belong. */
export const fieldOf = (code: string): keyof Form | null => FIELDS[code] ?? null;

/** What is sent; `before` keeps what the form does not show. */
export function entryOf(form: Form, before: SpokespersonRow | null): Spokesperson {
  const { office, kind, name, title, phone, email, instrument, signed, time, from, until } = form;
  const first = from || signed;
  // What was not touched keeps its moment, which may be finer than a day.
  const kept = before?.entry;
  const begins = kept && dayKey(kept.from) === first ? kept.from : momentOf(first, "00:00");
  const ends = kept?.until && lastDay(kept.until) === until ? kept.until : until ? endOf(until) : null;
  return {
    office,
    kind,
    name: name.trim(),
    title: title.trim(),
    phone: phone.trim(),
    email: email.trim(),
    instrument: instrument.trim(),
    designated_at: signed ? momentOf(signed, readTime(time) ?? "00:00") : null,
    from: begins,
    until: ends,
    ...(kept?.designation ? { designation: kept.designation } : {}),
  };
}

