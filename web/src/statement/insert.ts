// Words that a panel beside the text wants put in at the caret. The editor listens; without one they are copied.
import { copyText } from "../lib/clipboard";

type Take = (text: string) => void;
let taker: Take | null = null;

/** The editor takes what is asked for, until the answer is called. */
export function onInsert(take: Take): () => void {
  taker = take;
  return () => {
    if (taker === take) taker = null;
  };
}

/** Asks for words at the caret. Answers what became of them. */
export async function requestInsert(text: string): Promise<"inserted" | "copied" | "lost"> {
  if (taker) {
    taker(text);
    return "inserted";
  }
  return (await copyText(text)) ? "copied" : "lost";
}
