// A playbook while somebody edits it: the text, what it was edited from, what its reader says of it. What is typed is
// kept on the device at every key.
import { api, ApiError, wordsOf } from "../lib/api";
import { session } from "../lib/session.svelte";
import { normal } from "../lib/text";
import { ended } from "../pages/parts/ended";
import type { PlaybookChecked, PlaybookEdition, PlaybookPage } from "../wire";
import { forgetDraft, keepDraft, linesChanged, readDraft } from "./draft";
import { words } from "./words";

/** How long nobody types before the reader is asked. */
const CHECK_AFTER_MS = 600;

export class Editing {
  page: PlaybookPage | null = $state.raw(null);
  /** The version that the text was edited from; not the newest when somebody published meanwhile. */
  base: PlaybookEdition | null = $state.raw(null);
  text = $state("");
  /** The text was found on the device. */
  restored = $state(false);
  /** The incident whose lessons were written in, or could not be because something was being edited. */
  proposal: { number: string; written: boolean } | null = $state.raw(null);
  kept = $state(true);
  checked: (PlaybookChecked & { of: string }) | null = $state.raw(null);
  /** Why it could not be checked. */
  unchecked: string | null = $state(null);
  problem: string | null = $state(null);

  readonly moved = $derived(this.base !== null && this.page !== null && this.base.version.digest !== this.page.newest.version.digest);
  readonly changed = $derived(this.base ? linesChanged(normal(this.base.text), normal(this.text)) : 0);
  readonly current = $derived(this.checked !== null && this.checked.of === this.text);
  readonly wrong = $derived(new Set(this.checked?.problems.map((problem) => problem.line) ?? []));
  readonly sound = $derived(this.current && this.checked?.problems.length === 0);

  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    private readonly incident: string | null,
  ) {}

  private get person(): string {
    return session.me?.actor.person ?? "";
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      const page = await ended(api.playbook(this.id));
      const draft = readDraft(this.id, this.person);
      if (draft && !this.base) {
        const old = page.versions.find((version) => version.digest === draft.base && version.version !== page.newest.version.version);
        this.base = old ? await ended(api.playbookEdition(this.id, old.version)) : page.newest;
        this.text = draft.text;
        this.restored = true;
      }
      this.base ??= page.newest;
      if (!this.restored && !this.text) this.text = page.newest.text;
      if (this.incident && !this.proposal) await this.propose(this.incident);
      this.page = page;
      void this.check();
    } catch (error) {
      this.problem = error instanceof ApiError && error.status === 404 ? words.notFound : wordsOf(error);
    }
  }

  /** Writes the lessons of an incident in, over nothing that somebody is editing. */
  private async propose(incident: string): Promise<void> {
    const lessons = (await ended(api.lessons(incident))).find((one) => one.playbook === this.id);
    if (!lessons?.text) return;
    this.proposal = { number: lessons.number, written: !this.restored };
    if (this.restored) return;
    this.text = lessons.text;
    this.typed();
  }

  typed(): void {
    if (this.base) this.kept = keepDraft(this.id, this.person, { base: this.base.version.digest, text: this.text });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.check(), CHECK_AFTER_MS);
  }

  leave(): void {
    clearTimeout(this.waiting);
  }

  private async check(): Promise<void> {
    const of = this.text;
    try {
      const checked = await ended(api.checkPlaybook(this.id, of));
      // An answer that comes late is about other words.
      if (of !== this.text) return;
      this.checked = { ...checked, of };
      this.unchecked = null;
    } catch (error) {
      this.unchecked = wordsOf(error);
    }
  }

  /** The differences of the newest version were brought in by hand: it is what is edited now. */
  rebase(): void {
    if (!this.page) return;
    this.base = this.page.newest;
    this.typed();
  }

  /** Back to the newest version as it stands. */
  discard(): void {
    if (!this.page) return;
    this.base = this.page.newest;
    this.text = this.page.newest.text;
    this.restored = false;
    this.typed();
    forgetDraft(this.id, this.person);
  }

  published(): void {
    this.leave();
    forgetDraft(this.id, this.person);
  }
}
