// A statement's words for other places: paragraphs, then what proves them. Nothing in them is markup.
import { dayTyped, full, momentOf } from "./time";
import { w } from "./words";
import type { Statement } from "../wire";

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** What stands under the words: number, when it went out, digest, when it was copied. */
export function proof(statement: Statement, exercise: boolean, now: number): string[] {
  const words = w.desk.travel;
  const { document, releases } = statement;
  const out = releases.map((release) => release.at).sort()[0];
  return [
    ...(exercise ? [w.exerciseLong.toUpperCase()] : []),
    document ? w.release.document.of(document.number, dayTyped(momentOf(document.date, "12:00"))) : `${statement.number} · ${statement.title}`,
    out ? `${words.publishedAt} ${full(out)}` : words.notPublished,
    `${words.digest}: ${statement.digest}`,
    `${words.copiedAt} ${full(now)}`,
  ];
}

export const asPlain = (statement: Statement, exercise: boolean, now: number): string =>
  `${statement.text.trim()}\n\n${proof(statement, exercise, now).join("\n")}\n`;

/** The paragraphs of the words: separated by empty lines. */
export const paragraphs = (text: string): string[] => text.split(/\n[ \t]*\n+/).map((one) => one.trim()).filter(Boolean);

export function asHtml(statement: Statement, exercise: boolean, now: number): string {
  const lines = (text: string) => text.split("\n").map(escape).join("<br>");
  const body = paragraphs(statement.text).map((one) => `<p>${lines(one)}</p>`);
  return [...body, `<p><small>${proof(statement, exercise, now).map(escape).join("<br>")}</small></p>`].join("\n");
}
