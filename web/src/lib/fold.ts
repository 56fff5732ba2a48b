// Finding without marks, as the server does (src/domain/folding.rs): «da» finds «Đá», «hoà» finds «hòa».

export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** The words that somebody looks for, folded. */
export const wantedWords = (typed: string): string[] => fold(typed).split(" ").filter((word) => word !== "");

/** Whether a text holds every one of the folded words, each as a piece of it. */
export function holds(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

/** Whether every word of `wanted` begins some word of `text`. */
export function finds(text: string, wanted: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(wanted)
    .split(" ")
    .every((want) => words.some((word) => word.startsWith(want)));
}

/** Those that fit, the closest first: as typed with its marks, then whose own name begins so, then any word. */
export function closest<T extends { name: string }>(all: T[], wanted: string): T[] {
  const typed = wanted.normalize("NFC").toLowerCase().trim();
  const plain = fold(wanted);
  const rank = (name: string) => {
    // «Phường Sa Pa»: people type «sa pa», not the kind of unit.
    const own = name.normalize("NFC").toLowerCase().replace(/^(xã|phường|thị trấn|đặc khu) /, "");
    if (own.startsWith(typed)) return fold(own) === plain ? 0 : 1;
    return fold(own) === plain ? 2 : fold(own).startsWith(plain) ? 3 : 4;
  };
  const fitting = all.filter((one) => finds(one.name, wanted));
  return fitting.map((one) => ({ one, at: rank(one.name) })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}
