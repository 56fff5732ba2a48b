// Whether a text looks as if it came from a document that bears a stamp of secrecy. It only points; people judge. Nothing of
// the text is sent or kept for it.

/** The levels of state secrets as stamps have them, the longest first. */
const LEVELS = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"] as const;
export type Stamp = (typeof LEVELS)[number];

/** What may stand around the words on a stamp's own line: frames of spaces, stars, dashes, brackets, a colon. */
const FRAME = /^[\s*\-–—_.:"“”()[\]|]+|[\s*\-–—_.:"“”()[\]|]+$/g;
/** "Độ mật: Tối mật", as the head of a document has it. */
const HEAD = /^độ mật\s*[:–-]\s*(tuyệt mật|tối mật|mật)\b/iu;
/** Only on documents that are stamped: who may read it and which copy it is. */
const ONLY_STAMPED = /^(tài liệu mật|tài liệu tối mật|tài liệu tuyệt mật|chỉ người có tên mới được bóc bì)/iu;

/** The stamp that a text seems to bear; null when it seems to bear none. */
export function stampOf(text: string): Stamp | null {
  for (const raw of text.normalize("NFC").split(/\r?\n|\t/)) {
    const line = raw.replace(FRAME, "").replace(/\s+/g, " ");
    // In running words "mật" is honey, density or a password; a stamp stands alone and in capitals.
    const alone = LEVELS.find((level) => line === level);
    if (alone) return alone;
    const said = HEAD.exec(line)?.[1] ?? ONLY_STAMPED.exec(line)?.[1];
    if (said) return LEVELS.find((level) => said.toUpperCase().includes(level)) ?? "MẬT";
  }
  return null;
}
