// Editing one statement: what is typed, what it started from, what the room has. Nothing typed is ever thrown away
// without the person saying so: a copy stays on the device until the room has accepted it.
import type { Digest, Statement } from "../wire";
import { keep, readKept } from "./kept";
import { Refused } from "./outbox.svelte";
import { merged, normal, unseen } from "./text";

/** After this pause in typing the draft is saved. */
export const PAUSE_MS = 1_500;

type Base = { digest: Digest; text: string };
type Copy = { text: string; base: Base };

const keyOf = (incident: string, statement: string, person: string) => `phongtruc.draft.${incident}.${statement}.${person}`;

/** Whether words of this statement wait on this device. */
export const hasCopy = (incident: string, statement: string, person: string): boolean => readKept(keyOf(incident, statement, person)) !== "";

function readCopy(key: string): Copy | null {
  try {
    const copy: unknown = JSON.parse(readKept(key));
    if (!copy || typeof copy !== "object" || !("text" in copy) || !("base" in copy)) return null;
    const { text, base } = copy as Copy;
    return typeof text === "string" && typeof base?.digest === "string" && typeof base.text === "string" ? { text, base } : null;
  } catch {
    return null;
  }
}

export type Around = {
  /** Sends the words; throws Refused; done when the row shows them. */
  write: (over: Digest, text: string) => Promise<void>;
  /** Whether a save may go out by itself now: the connection lives, and a submitted text was opened on purpose. */
  ready: () => boolean;
  incident: string;
  person: string;
};

export class Editing {
  text = $state("");
  /** What the edit started from. */
  base: Base = $state.raw({ digest: "", text: "" });
  saving = $state(false);
  savedAt: number | null = $state(null);
  problem = $state("");
  /** The room's text, when it was changed in the same place as this one. */
  conflict: Statement | null = $state.raw(null);
  /** Whose change was joined with this one. */
  joined: string | null = $state(null);
  restored = $state(false);
  dirty = $derived(normal(this.text) !== this.base.text);

  private row: Statement;
  private sent: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly key: string;

  constructor(
    row: Statement,
    private readonly around: Around,
  ) {
    this.row = row;
    this.key = keyOf(around.incident, row.id, around.person);
    this.base = { digest: row.digest, text: row.text };
    this.text = row.text;
    const copy = readCopy(this.key);
    if (copy && row.state !== "published" && normal(copy.text) !== row.text) {
      this.text = copy.text;
      this.base = copy.base;
      this.restored = true;
      this.reconcile();
    } else {
      keep(this.key, "");
    }
  }

  /** The person typed. */
  typed(text: string): void {
    this.text = text;
    this.problem = "";
    this.keepCopy();
    this.plan();
  }

  /** The room's row changed. Answers the new text of the field when it is not what was typed. */
  arrived(row: Statement): void {
    const same = row.digest === this.row.digest;
    this.row = row;
    if (!same) this.reconcile();
  }

  /** Saves now. */
  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.dirty || this.saving || this.conflict || !this.around.ready()) return;
    if (unseen(this.text).length > 0) return;
    const text = normal(this.text);
    this.saving = true;
    this.sent = text;
    try {
      await this.around.write(this.base.digest, text);
      this.problem = "";
      this.reconcile();
      this.savedAt = Date.now();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // The row that made it stale has come, or is coming and will reconcile.
      if (error.code === "text_changed") this.reconcile();
      else if (error.code !== "cancelled") this.problem = error.words;
    } finally {
      this.saving = false;
      this.sent = null;
      if (this.dirty && !this.problem) this.plan();
    }
  }

  keepMine(): void {
    this.base = { digest: this.row.digest, text: this.row.text };
    this.conflict = null;
    this.keepCopy();
    void this.save();
  }

  takeTheirs(): void {
    this.base = { digest: this.row.digest, text: this.row.text };
    this.text = this.row.text;
    this.conflict = null;
    this.problem = "";
    this.keepCopy();
  }

  leave(): void {
    clearTimeout(this.timer);
  }

  /** Saves what waits, now that it may: after the connection came back. */
  resume(): void {
    if (this.dirty) this.plan();
  }

  private reconcile(): void {
    const { row } = this;
    const mine = normal(this.text);
    if (row.digest === this.base.digest && !this.conflict) {
      this.keepCopy();
      return;
    }
    const next: Base = { digest: row.digest, text: row.text };
    if (mine === row.text || mine === this.base.text) {
      // Saved, or nothing of mine: the room's text is the text.
      if (mine !== row.text) this.text = row.text;
      this.base = next;
      this.conflict = null;
    } else if (this.sent !== null && row.text === this.sent) {
      // My own save came back while I typed on.
      this.base = next;
    } else {
      const both = merged(this.base.text, mine, row.text);
      if (both === null) {
        this.conflict = row;
      } else {
        this.text = both;
        this.base = next;
        this.conflict = null;
        this.joined = row.written.name;
        this.plan();
      }
    }
    this.keepCopy();
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), PAUSE_MS);
  }

  private keepCopy(): void {
    keep(this.key, this.dirty ? JSON.stringify({ text: this.text, base: this.base } satisfies Copy) : "");
  }
}
