// A new account as the form holds it, and as it is sent.
import type { NewAccount, Role } from "../../wire";
import { designationOf, errorsOf as designationErrorsOf, fieldOf as designationFieldOf, type Errors as DesignationErrors, type Form as DesignationForm } from "./designation";
import { words } from "./words";

/** Roles that are given by hand; spokesperson comes by designation only, the room is nobody. */
export type GivenRole = Exclude<Role, "spokesperson" | "room" | "service">;
export const GIVEN: GivenRole[] = ["duty", "secretary", "head", "field", "observer", "admin"];

export const givenOf = (roles: Role[]): GivenRole[] => roles.filter((role): role is GivenRole => role !== "spokesperson" && role !== "room" && role !== "service");

export type Form = {
  name: string;
  login: string;
  position: string;
  function: string;
  roles: GivenRole[];
  designate: boolean;
  designation: DesignationForm;
};
export type Errors = Partial<Record<"name" | "login" | "position" | "roles", string>> & { designation?: DesignationErrors };

const LOGIN = /^[a-z0-9][a-z0-9.-]{1,39}$/;

export function errorsOf(form: Form): Errors {
  const errors: Errors = {};
  const a = words.accounts;
  if (!form.name.trim()) errors.name = a.nameMissing;
  if (!LOGIN.test(form.login)) errors.login = a.loginBad;
  if (!form.position.trim()) errors.position = a.positionMissing;
  if (!form.roles.length && !form.designate) errors.roles = a.roleMissing;
  const designation = form.designate ? designationErrorsOf(form.designation) : {};
  return Object.keys(designation).length ? { ...errors, designation } : errors;
}

/** A refusal's words beside the field to which they belong; none when they belong to no single one. */
export function errorsFor(code: string, said: string): Errors | null {
  if (code === "name_taken" || code === "bad_name") return { login: said };
  const field = designationFieldOf(code);
  return field ? { designation: { [field]: said } } : null;
}

export function requestOf(form: Form): NewAccount {
  return {
    login: form.login,
    name: form.name.trim(),
    title: form.position.trim(),
    function: form.function || null,
    roles: form.roles,
    spokesperson: form.designate ? designationOf(form.designation) : null,
  };
}

/** «Nguyễn Văn An» signs in as «nguyen-van-an» unless somebody writes otherwise. */
export function loginFrom(name: string, folded: (text: string) => string): string {
  return folded(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
}
