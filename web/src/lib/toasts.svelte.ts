// Short notes at the edge of the page. What a person must act on stays until it is closed.

export type Toast = { id: number; tone: "plain" | "danger"; words: string };
const PLAIN_MS = 5_000;
let last = 0;

class Toasts {
  list: Toast[] = $state([]);

  /** A note that goes away by itself. */
  say(words: string): void {
    const id = this.add("plain", words);
    setTimeout(() => this.close(id), PLAIN_MS);
  }
  /** A refusal or a failure: stays until closed, by the person or by its id. */
  warn(words: string): number {
    return this.list.find((toast) => toast.words === words)?.id ?? this.add("danger", words);
  }
  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
  private add(tone: Toast["tone"], words: string): number {
    last += 1;
    this.list = [...this.list.slice(-3), { id: last, tone, words }];
    return last;
  }
}

export const toasts = new Toasts();
