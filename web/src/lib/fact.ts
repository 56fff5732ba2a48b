// Facts in words, and which statements rest on them.
import type { Fact, Statement } from "../wire";
import { dayTyped, timeOnly } from "./time";

/** `07:30 ngày 10/9/2024`: a moment as statements write it. */
export const momentInWords = (moment: string): string => `${timeOnly(moment)} ngày ${dayTyped(moment)}`;

/** The fact as a statement says it: the server's own sentence. */
export const sentence = (fact: Fact): string =>
  fact.value === null ? fact.label : `${fact.label}: ${fact.value} (tính đến ${momentInWords(fact.as_of)})`;

export const inOrder = (facts: Iterable<Fact>): Fact[] =>
  [...facts].sort((a, b) => Number(a.state === "withdrawn") - Number(b.state === "withdrawn") || byNumber(a, b));

/** `PN-2` before `PN-10`. */
export const byNumber = (a: { number: string }, b: { number: string }): number =>
  a.number.localeCompare(b.number, "vi", { numeric: true });

/** The statements that cite it. */
export const citing = (fact: Fact, statements: Iterable<Statement>): Statement[] =>
  [...statements].filter((one) => one.citations.some((citation) => citation.fact === fact.id)).sort(byNumber);
