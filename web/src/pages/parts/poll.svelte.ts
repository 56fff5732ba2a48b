// Asks again and again while somebody looks, and knows how old its answer is. An answer that comes late, after a
// newer question, is dropped; one that does not come at all counts as a lost connection.
import { clock } from "../../lib/time";

const SILENCE_MS = 8_000;

export class Poll<T> {
  answer: T | null = $state.raw(null);
  /** When the answer came, by the server's clock. */
  at: number | null = $state(null);
  lost = $state(false);
  /** The last failure, for those who can say it better than "lost". */
  error: unknown = $state.raw(null);
  private asked = 0;

  constructor(private readonly ask: () => Promise<T>) {}

  async now(): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    try {
      const answer = await within(SILENCE_MS, this.ask());
      if (turn !== this.asked) return;
      this.answer = answer;
      this.at = clock.now();
      this.lost = false;
      this.error = null;
    } catch (error) {
      if (turn !== this.asked) return;
      this.lost = true;
      this.error = error;
    }
  }

  /** Asks every `every` milliseconds while the page is visible, and on coming back to it. The result ends it. */
  start(every: number): () => void {
    const look = () => {
      if (document.visibilityState === "visible") void this.now();
    };
    const beat = setInterval(look, every);
    const cut = () => (this.lost = true);
    addEventListener("focus", look);
    addEventListener("online", look);
    addEventListener("offline", cut);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(beat);
      removeEventListener("focus", look);
      removeEventListener("online", look);
      removeEventListener("offline", cut);
      document.removeEventListener("visibilitychange", look);
    };
  }
}

async function within<T>(length: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("silence")), length);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
