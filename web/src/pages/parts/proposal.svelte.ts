// Playbooks proposed as one types: only the answer to the newest question counts, and a lost one is asked again.
import { api } from "../../lib/api";
import type { PlaybookChoice, Reminder } from "../../wire";
import { ended } from "./ended";

/** How long a pause in typing is a question. */
const TYPING_MS = 250;
const AGAIN_MS = 3_000;

export class Proposal {
  playbooks: PlaybookChoice[] = $state.raw([]);
  reminders: Reminder[] = $state.raw([]);
  failed = $state(false);
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asking: Promise<void> = Promise.resolve();
  private turn = 0;

  /** Asks for what fits these words: at once, or when the typing pauses. */
  ask(words: () => string, when: "now" | "pause"): void {
    this.leave();
    this.turn += 1;
    const turn = this.turn;
    this.asking = new Promise((done) => {
      this.waiting = setTimeout(() => void this.choices(words, turn).then(done), when === "now" ? 0 : TYPING_MS);
    });
  }

  /** Done when the newest question is answered, or has had its time. */
  async settled(): Promise<void> {
    await Promise.race([this.asking, new Promise((late) => setTimeout(late, 2 * AGAIN_MS))]);
  }

  leave(): void {
    clearTimeout(this.waiting);
  }

  private async choices(words: () => string, turn: number): Promise<void> {
    try {
      const answer = await ended(api.choices(words()));
      if (turn !== this.turn) return;
      this.playbooks = answer.playbooks;
      this.reminders = answer.reminders;
      this.failed = false;
    } catch {
      if (turn !== this.turn) return;
      this.failed = true;
      this.waiting = setTimeout(() => void this.choices(words, turn), AGAIN_MS);
    }
  }
}
