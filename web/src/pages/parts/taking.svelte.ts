// Lets the server make a file of an incident and hands it to the browser, which fetches it on its own: large files need
// no memory here and go on after a break. Says how far it is; one at a time; what is cancelled leaves nothing behind.
import { api, ApiError, wordsOf, type ExportJob } from "../../lib/api";
import { toasts } from "../../lib/toasts.svelte";
import { ended } from "./ended";
import { words } from "./words";

const w = words.exports;
/** How often a job is asked how far it is, milliseconds. */
const ASK_EVERY = 400;

export class Taking {
  /** What is being made; empty when nothing is. */
  what = $state("");
  /** How far it is, or what became of the last one. */
  said = $state("");
  private asked: AbortController | null = $state.raw(null);
  readonly canCancel = $derived(this.asked !== null);

  constructor(private readonly incident: string) {}

  async take(what: string, begin: () => Promise<ExportJob>): Promise<void> {
    if (this.what) return;
    this.what = what;
    this.said = w.preparing;
    this.asked = new AbortController();
    try {
      const name = await ended(this.made(begin, this.asked.signal));
      this.said = name ? w.done(name) : w.cancelled;
    } catch (error) {
      this.said = "";
      toasts.warn(`${w.failed} ${wordsOf(error)}`);
    }
    this.asked = null;
    this.what = "";
  }

  cancel(): void {
    this.asked?.abort();
  }

  /** The file's name; empty when it was cancelled. */
  private async made(begin: () => Promise<ExportJob>, signal: AbortSignal): Promise<string> {
    let job = await begin();
    while (job.state === "waiting" || job.state === "working") {
      this.said = job.state === "working" ? w.step(job.step, job.of, job.words) : w.waiting;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
      if (signal.aborted) {
        await api.cancelExport(this.incident, job.id);
        return "";
      }
      job = await api.exportJob(this.incident, job.id);
    }
    if (job.state === "failed") throw new ApiError(422, "export_failed", job.words);
    const link = document.createElement("a");
    link.href = api.exportFileHref(this.incident, job.id);
    link.download = job.name;
    link.click();
    return job.name;
  }
}
