// A new account as the form holds it, and as it is sent.
import { momentOf } from "../../lib/time";
import type { Designation, NewAccount, Role } from "../../wire";
import { words } from "./words";

/** Roles that are given by hand; spokesperson comes by designation only, the room is nobody. */
export type GivenRole = Exclude<Role, "spokesperson" | "room">;
export const GIVEN: GivenRole[] = ["duty", "secretary", "head", "field", "observer", "admin"];

export type Form = {
  name: string;
  login: string;
  position: string;
  function: string;
  roles: GivenRole[];
  designate: boolean;
  instrument: string;
  /** Days: `2024-09-10`. */
  from: string;
  until: string;
  /** What stands in the field for the last day is no day. */
  untilUnread: boolean;
  incident: string;
};
export type Errors = Partial<Record<keyof Form, string>>;

const LOGIN = /^[a-z0-9][a-z0-9.-]{1,39}$/;

export function errorsOf(form: Form): Errors {
  const errors: Errors = {};
  const a = words.accounts;
  if (!form.name.trim()) errors.name = a.nameMissing;
  if (!LOGIN.test(form.login)) errors.login = a.loginBad;
  if (!form.position.trim()) errors.position = a.positionMissing;
  if (!form.roles.length && !form.designate) errors.roles = a.roleMissing;
  if (form.designate) {
    if (!form.instrument.trim()) errors.instrument = a.instrumentMissing;
    if (!form.from) errors.from = a.fromMissing;
    else if (form.untilUnread) errors.until = words.dayWrong;
    else if (form.until && form.until < form.from) errors.until = a.endBefore;
  }
  return errors;
}

/** Beside which field a refusal's words belong. */
export const fieldOf = (code: string): keyof Form | null =>
  code === "name_taken" || code === "bad_name" ? "login" : code === "end_before_beginning" ? "until" : null;

/** A designation counts from the beginning of its first day to the end of its last. */
function designationOf(form: Form): Designation {
  return {
    from: momentOf(form.from, "00:00"),
    until: form.until ? momentOf(form.until, "23:59") : null,
    instrument: form.instrument.trim(),
    incident: form.incident || null,
  };
}

export function requestOf(form: Form): NewAccount {
  return {
    login: form.login,
    name: form.name.trim(),
    title: form.position.trim(),
    function: form.function || null,
    roles: form.roles,
    spokesperson: form.designate ? designationOf(form) : null,
  };
}

/** «Nguyễn Văn An» signs in as «nguyen-van-an» unless somebody writes otherwise. */
export function loginFrom(name: string, folded: (text: string) => string): string {
  return folded(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
}
