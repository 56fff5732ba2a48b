// Folding in the browser gives what the server's gives: both are held to tests/folding.json.
import { expect, it } from "vitest";
import cases from "../../../tests/folding.json";
import { fold, holds, wantedWords } from "./fold";

it("forgets marks where they stand, and capitals", () => {
  for (const [written = "", folded] of cases.folded) {
    expect(fold(written)).toBe(folded);
    expect(fold(written.normalize("NFD"))).toBe(folded);
  }
});

it("finds words in any order, whatever their marks", () => {
  for (const [written, typed, found] of cases.found) expect(holds(String(written), wantedWords(String(typed))), `${typed} in ${written}`).toBe(found);
});
