// The page of notices as the server has it, kept up to date while it is shown.
import { api, ApiError, wordsOf } from "../lib/api";
import { newId } from "../lib/id";
import { toasts } from "../lib/toasts.svelte";
import type { NoticeAsk, NoticeDone, NoticePage } from "../wire";

/** After an answer that failed; the next one may come at once. */
const PAUSE_MS = 5_000;

export class Notices {
  page: NoticePage | null = $state.raw(null);
  problem: string | null = $state(null);
  private following = true;

  /** Follows until the page is left; answers how to stop. */
  start(): () => void {
    void this.follow();
    return () => (this.following = false);
  }

  async ask(ask: NoticeAsk): Promise<NoticeDone | null> {
    try {
      const done = await api.askNotices({ id: newId(), ask });
      await this.load();
      return done;
    } catch (error) {
      toasts.warn(wordsOf(error));
      return null;
    }
  }

  private async load(after?: number): Promise<void> {
    const page = await api.notices(after);
    // A slower answer is not put in place of a newer one.
    if (page.rev >= (this.page?.rev ?? 0)) this.page = page;
    this.problem = null;
  }

  private async follow(): Promise<void> {
    while (this.following) {
      try {
        await this.load(this.page?.rev);
      } catch (error) {
        this.problem = wordsOf(error);
        if (error instanceof ApiError && error.status === 401) return;
        await new Promise((then) => setTimeout(then, PAUSE_MS));
      }
    }
  }
}
