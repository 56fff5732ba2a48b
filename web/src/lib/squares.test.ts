// Where a person stands to submitted words, by the squares that the server sends.
import { describe, expect, it } from "vitest";
import type { Actor, Approval, Square, Statement } from "../wire";
import { isSatisfied, missing, stand, standing, strongObjections } from "./squares";

const AT = "2024-09-10T14:00:00Z";
const act = (person: string, office: string | null = null) => ({ person, name: person.toUpperCase(), title: "", office, at: AT });
const you = (person: string, office: string, roles: Actor["roles"] = ["duty"]): Actor => ({ person, name: person, title: "", office, roles });
const square = (office: string, answer: Square["answer"], more: Partial<Square> = {}): Square => ({
  signatory: { function: office, title: office, office, office_short: "", role: null, turn: 1, silence: false },
  required: true,
  asked_at: answer.is === "not_yet" ? null : AT,
  due_at: null,
  lapsed_at: null,
  answer,
  ...more,
});
const given = (person: string, more: Partial<Approval> = {}): Approval =>
  ({ functions: [], by: act(person), digest: "d", voided: null, verdict: "approved", ...more }) as Approval;
const objection = (person: string, strong: boolean, settled = false): Approval =>
  given(person, { verdict: "objected", reason: "sai", strong, settled: settled ? { by: act("head"), reason: "cần" } : null } as Partial<Approval>);
const statement = (squares: Square[], approvals: Approval[] = []): Statement =>
  ({ state: "in_review", authors: ["writer"], submission: { digest: "d", by: act("submitter") }, squares, approvals }) as unknown as Statement;

const approved = (person: string): Square["answer"] => ({ is: "approved", by: act(person) });
const objected = (strong: boolean, settled = false): Square["answer"] => ({
  is: "objected", by: act("a"), reason: "sai", strong, settled: settled ? { by: act("head"), reason: "cần" } : null,
});

describe("a square", () => {
  it.each([
    [square("a", approved("a")), true],
    [square("a", { is: "silent" }), true],
    [square("a", { is: "waiting" }), false],
    [square("a", { is: "waiting" }, { required: false }), true],
    [square("a", objected(false)), false],
    [square("a", objected(false), { required: false }), true],
    [square("a", objected(true), { required: false }), false],
    [square("a", objected(true, true)), true],
  ])("is satisfied or holds the words back (%#)", (one, is) => {
    expect(isSatisfied(one)).toBe(is);
    expect(missing(statement([one])).length).toBe(is ? 0 : 1);
  });
});

describe("a person", () => {
  const sheet = (approvals: Approval[] = []) => statement([square("party", { is: "waiting" }), square("press", { is: "not_yet" })], approvals);
  it("is asked, or not yet, or not at all", () => {
    expect(stand(sheet(), you("p", "party"))).toEqual({ is: "waiting" });
    expect(stand(sheet(), you("p", "press"))).toEqual({ is: "not_yet", before: "party" });
    expect(stand(sheet(), you("p", "police"))).toEqual({ is: "not_asked" });
    expect(stand(sheet(), you("p", "party", ["field"]))).toEqual({ is: "not_asked" });
  });
  it("never judges their own words", () => {
    for (const person of ["writer", "submitter"]) expect(stand(sheet(), you(person, "party"))).toEqual({ is: "own" });
  });
  it("sees that a colleague has answered", () => {
    const done = statement([square("party", approved("colleague"))], [given("colleague")]);
    expect(stand(done, you("p", "party"))).toEqual({ is: "colleague", name: "COLLEAGUE" });
    expect(stand(done, you("colleague", "party"))).toEqual({ is: "approved" });
  });
  it("takes an objection back only in turn", () => {
    expect(stand(sheet([objection("p", false)]), you("p", "party"))).toMatchObject({ is: "objected", turn: true });
    expect(stand(sheet([objection("p", false)]), you("p", "press"))).toMatchObject({ is: "objected", turn: false });
  });
});

describe("strong objections", () => {
  it("stand until their author or the head decides; nobody else's approval takes them back", () => {
    const names = (approvals: Approval[]) => strongObjections(statement([], approvals)).map((one) => one.by.person);
    expect(names([objection("a", true), given("b")])).toEqual(["a"]);
    expect(names([objection("a", true), given("a")])).toEqual([]);
    expect(names([objection("a", true, true)])).toEqual([]);
    expect(names([objection("a", false)])).toEqual([]);
    expect(names([{ ...objection("a", true), voided: act("b") }])).toEqual([]);
  });
  it("verdicts on other words do not count", () => {
    expect(standing(statement([], [given("a"), given("b", { digest: "older" })])).map((one) => one.by.person)).toEqual(["a"]);
  });
});
