// Binds a plain textarea to a shared text. The field has a copy of the document to itself, which always says what the
// field says: while a syllable is being composed the copy takes nothing from others, and afterwards yjs merges the two.
import * as Y from "yjs";
import { changed, lengthOf, type Span, STATEMENT_MAX } from "./text";

/** The name of the shared text within its document, as the server knows it. */
export const SHARED = "text";
/** The origin of the person's own changes: what undo takes back. */
const OWN = "own";

/** Where somebody's caret is, in words that stay true while others type: places before and behind characters. */
export type Place = { anchor: unknown; head: unknown };

export type Ears = {
  /** The field's text is another one, by whomever. */
  shown: (text: string) => void;
  /** The caret or the selection moved; null when the field was left. */
  moved: (at: Place | null) => void;
  /** What was put in would have made the text this long; the field is as it was. */
  refused: (length: number) => void;
  /** Whether changes of others wait for the end of a syllable. */
  waits: (is: boolean) => void;
};

/** A keyboard may still go back over the characters that it sent, until the word is finished. */
const FINISHED = /[^\p{L}\p{M}\p{N}]$/u;
/** Longer than any word, shorter than any text that would be slow to look through. */
const WORD_MAX = 64;

export class TextBinding {
  private readonly copy = new Y.Doc();
  private readonly text = this.copy.getText(SHARED);
  private readonly undoing = new Y.UndoManager(this.text, { trackedOrigins: new Set([OWN]) });
  private readonly gone = new AbortController();
  private composing = false;
  private selection: [number, number] = [0, 0];
  private last = "";

  constructor(
    private readonly field: HTMLTextAreaElement,
    private readonly doc: Y.Doc,
    private readonly ears: Ears,
  ) {
    this.catchUp();
    // The window's one hand: the server knows by it whose words these are. Nothing else may write with it.
    this.copy.clientID = doc.clientID;
    field.value = this.readable();
    ears.shown(field.value);
    this.text.observe(this.draw);
    this.copy.on("update", this.give);
    doc.on("update", this.take);
    const { signal } = this.gone;
    field.addEventListener("beforeinput", this.before, { signal });
    field.addEventListener("input", this.typed, { signal });
    field.addEventListener("compositionstart", () => (this.composing = true), { signal });
    field.addEventListener("compositionend", this.composed, { signal });
    field.addEventListener("keydown", this.key, { signal });
    field.addEventListener("focus", this.look, { signal });
    field.addEventListener("blur", this.left, { signal });
    document.addEventListener("selectionchange", this.look, { signal });
  }

  destroy(): void {
    this.gone.abort();
    this.doc.off("update", this.take);
    this.copy.destroy();
  }

  undo(): void {
    if (!this.composing) this.undoing.undo();
  }

  redo(): void {
    if (!this.composing) this.undoing.redo();
  }

  /** Puts texts in place of stretches of the text, for the person and to be undone by them. */
  edit(spans: (text: string) => Span[]): void {
    if (!this.composing) this.write(spans(this.readable()));
  }

  /** Where in the field somebody's place is now; null when it is not known here. */
  indexOf(place: unknown): number | null {
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), this.copy);
      return found?.type === this.text ? found.index : null;
    } catch {
      // It comes from another window and may be anything.
      return null;
    }
  }

  /** The shared text as a field can show it, place for place. */
  private readable(): string {
    return this.text.toString().replaceAll("\r", "\n");
  }

  private readonly give = (update: Uint8Array, origin: unknown): void => {
    if (origin !== OWN && origin !== this.undoing) return;
    this.doc.transact((transaction) => {
      Y.applyUpdate(this.doc, update);
      // Or yjs takes the window's own words for those of a stranger with the same hand.
      transaction.local = true;
    }, this);
  };

  private readonly take = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    if (this.composing) this.ears.waits(true);
    else Y.applyUpdate(this.copy, update);
  };

  private write(spans: Span[]): void {
    this.copy.transact(() => {
      for (const { from, to, text } of spans.toReversed()) {
        this.text.delete(from, to - from);
        this.text.insert(from, text);
      }
    }, OWN);
  }

  private catchUp(): void {
    Y.applyUpdate(this.copy, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.copy)));
  }

  /** Puts into the field what the copy has and the field has not; the browser keeps the caret at its words. */
  private readonly draw = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    const { field } = this;
    if (field.value === this.readable()) return this.ears.shown(field.value);
    const direction = field.selectionDirection;
    let at = 0;
    let end = 0;
    for (const { retain = 0, delete: gone = 0, insert = "" } of event.delta) {
      const text = typeof insert === "string" ? insert.replaceAll("\r", "\n") : "";
      if (text || gone) field.setRangeText(text, at, at + gone, "preserve");
      at += retain + text.length;
      if (!retain) end = at;
    }
    // Another program may have cut a character in half, which changes more than it says.
    if (field.value !== this.readable()) field.value = this.readable();
    if (transaction.origin === this.undoing) field.setSelectionRange(end, end);
    else if (direction === "backward") field.setSelectionRange(field.selectionStart, field.selectionEnd, direction);
    this.ears.shown(field.value);
  };

  private readonly before = (event: InputEvent): void => {
    this.selection = [this.field.selectionStart, this.field.selectionEnd];
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    if (event.inputType === "historyUndo") this.undo();
    else this.redo();
  };

  private readonly typed = (event: Event): void => {
    const { field } = this;
    const [before, after] = [this.readable(), field.value];
    if (before === after) return;
    const length = after.length > STATEMENT_MAX ? lengthOf(after) : 0;
    if (length > STATEMENT_MAX && length > lengthOf(before)) {
      if (this.composing) return;
      field.value = before;
      field.setSelectionRange(...this.selection);
      this.ears.refused(length);
      return;
    }
    const { from, to, text } = changed(before, after, field.selectionEnd);
    this.write([{ from, to, text }]);
    const whole = event instanceof InputEvent && event.inputType.startsWith("insertFrom");
    if (!this.composing && (whole || FINISHED.test(text))) this.compose(from, from + text.length);
  };

  private readonly composed = (event: Event): void => {
    this.composing = false;
    this.typed(event);
    // Once the browser has finished with the syllable itself.
    setTimeout(() => {
      if (this.composing || this.gone.signal.aborted) return;
      this.catchUp();
      this.ears.waits(false);
    });
  };

  /** Writes the words between two places in composed characters (NFC), as the record keeps them. */
  private compose(from: number, to: number): void {
    const { field } = this;
    const text = this.readable();
    const near = Math.max(0, from - WORD_MAX);
    const start = near + Math.max(0, text.slice(near, from).search(/\S*$/));
    const end = to + (/^\p{M}*/u.exec(text.slice(to, to + WORD_MAX))?.[0].length ?? 0);
    const [word, put] = [text.slice(start, end), text.slice(start, end).normalize("NFC")];
    if (put === word) return;
    const moved = (place: number) => (place <= start ? place : start + text.slice(start, place).normalize("NFC").length);
    const selection = [moved(field.selectionStart), moved(field.selectionEnd)] as const;
    const one = changed(word, put, put.length);
    this.write([{ from: start + one.from, to: start + one.to, text: one.text }]);
    field.setSelectionRange(...selection);
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const redo = (key === "z" && event.shiftKey) || (key === "y" && event.ctrlKey);
    if (key !== "z" && !redo) return;
    event.preventDefault();
    if (redo) this.redo();
    else this.undo();
  };

  private readonly left = (): void => {
    // A field is also left when it is taken off the page; a moment later it is known which it was.
    queueMicrotask(() => {
      if (this.gone.signal.aborted) return;
      if (!this.composing) this.compose(this.field.selectionEnd, this.field.selectionEnd);
      this.tell(null);
    });
  };

  private readonly look = (): void => {
    const { field } = this;
    if (document.activeElement !== field) return;
    const ends = [field.selectionStart, field.selectionEnd];
    if (field.selectionDirection === "backward") ends.reverse();
    // Held by the character before it: what others type at the caret comes behind it.
    const [anchor, head] = ends.map((end) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.text, end, -1)));
    this.tell({ anchor, head });
  };

  private tell(at: Place | null): void {
    const said = JSON.stringify(at);
    if (said === this.last) return;
    this.last = said;
    this.ears.moved(at);
  }
}
