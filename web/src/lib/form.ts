// Words that were approved beforehand: their blanks, and the words as they will read.
import { momentOf, readDay, readTime } from "./time";

/** A piece of the template: as it stands, or a blank with what stands in it. */
export type FormPiece = { blank: string | null; text: string };

/** The template with what stands in its blanks; an open blank has no text. */
export function formPieces(template: string, values: { [name in string]?: string }): FormPiece[] {
  return template.split(/(\{\{[^{}]*\}\})/).flatMap((piece): FormPiece[] => {
    const blank = /^\{\{(.*)\}\}$/.exec(piece)?.[1];
    if (blank !== undefined) return [{ blank, text: values[blank] ?? "" }];
    return piece ? [{ blank: null, text: piece }] : [];
  });
}

/** The moment that a blank says (`07:30 ngày 10/9/2024`), as the wire wants it; null when it says none. */
export function momentIn(value: string): string | null {
  const [time = "", day = ""] = value.split(" ngày ");
  const [hours, key] = [readTime(time), readDay(day)];
  return hours && key ? momentOf(key, hours) : null;
}
