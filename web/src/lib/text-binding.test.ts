// The field and the shared text: whatever is typed, composed, pasted or undone, by several at once, all end with the
// same words, and nobody's caret leaves its place.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { STATEMENT_MAX } from "./text";
import { type Place, SHARED, TextBinding } from "./text-binding";

/** A window: its document, its field, and what comes and goes between it and the others. */
class Window {
  readonly doc = new Y.Doc();
  readonly field = document.createElement("textarea");
  readonly binding: TextBinding;
  readonly out: Uint8Array[] = [];
  shown = "";
  refused = 0;
  waiting = false;
  place: Place | null = null;

  constructor(start?: Uint8Array) {
    if (start) Y.applyUpdate(this.doc, start);
    document.body.append(this.field);
    this.binding = new TextBinding(this.field, this.doc, {
      shown: (text) => (this.shown = text),
      moved: (at) => (this.place = at),
      refused: (length) => (this.refused = length),
      waits: (is) => (this.waiting = is),
    });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "wire" && this.out.push(update));
  }

  get text(): string {
    return this.doc.getText(SHARED).toString();
  }
  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, "wire");
  }
  select(from: number, to = from, direction: "forward" | "backward" = "forward"): void {
    this.field.setSelectionRange(from, to, direction);
  }
  /** What a browser does for a key or a paste: the selection is replaced, then it says so. */
  put(text: string, inputType = "insertText"): void {
    this.field.dispatchEvent(new InputEvent("beforeinput", { inputType, cancelable: true }));
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.field.dispatchEvent(new InputEvent("input", { inputType }));
  }
  back(count = 1): void {
    this.select(this.field.selectionStart - count, this.field.selectionEnd);
    this.put("", "deleteContentBackward");
  }
  begin(): void {
    this.field.dispatchEvent(new CompositionEvent("compositionstart"));
  }
  end(): void {
    this.field.dispatchEvent(new CompositionEvent("compositionend"));
    vi.runAllTimers();
  }
  press(key: string, shiftKey = false): void {
    this.field.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, shiftKey }));
  }
}

function begin(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText(SHARED).insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}
/** Everybody hears everything. */
function deliver(...windows: Window[]): void {
  for (const one of windows) {
    for (const update of one.out.splice(0)) for (const other of windows) if (other !== one) other.hear(update);
  }
}
function two(text: string): [Window, Window] {
  const start = begin(text);
  return [new Window(start), new Window(start)];
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("typing", () => {
  it("is in the other window's field at once", () => {
    const [a, b] = two("Đập Cốc Ly");
    a.select(10);
    a.put(" an toàn");
    deliver(a, b);
    expect([b.field.value, b.shown, a.text]).toEqual(["Đập Cốc Ly an toàn", "Đập Cốc Ly an toàn", b.text]);
  });
  it("survives a keyboard that goes back and puts in again, with somebody else's words between the bursts", () => {
    const [a, b] = two("Tin: .");
    b.select(5);
    // UniKey: t i e e → tiê, n g s → tiếng.
    for (const key of ["t", "i", "e"]) b.put(key);
    a.select(0);
    a.put("Hỏa tốc. ");
    b.back();
    deliver(a, b);
    b.put("ê");
    for (const key of ["n", "g"]) b.put(key);
    a.put("Lần 2. ");
    b.back(3);
    deliver(a, b);
    b.put("ếng");
    deliver(a, b);
    expect(a.field.value).toBe("Hỏa tốc. Lần 2. Tin: tiếng.");
    expect(b.field.value).toBe(a.field.value);
    expect(b.field.selectionStart).toBe(a.field.value.indexOf(".", 20));
  });
  it("is of one hand, whichever way the words go, and however often the field is bound", () => {
    const [a] = two("Đập.");
    const hand = a.doc.clientID;
    a.select(3);
    a.put(" vỡ");
    a.binding.destroy();
    const again = new TextBinding(a.field, a.doc, { shown: () => {}, moved: () => {}, refused: () => {}, waits: () => {} });
    again.edit((text) => [{ from: text.length, to: text.length, text: " Hết." }]);
    expect([a.text, a.doc.clientID]).toEqual(["Đập vỡ. Hết.", hand]);
    expect([...Y.decodeStateVector(Y.encodeStateVector(a.doc)).keys()]).toHaveLength(2);
  });
  it("never cuts a character of two units in half", () => {
    const [a, b] = two("👍");
    a.select(0, 2);
    a.put("👎");
    deliver(a, b);
    expect([b.field.value, b.text]).toEqual(["👎", "👎"]);
  });
  it("puts a doubled letter where the caret is, not where it looks the same", () => {
    const [a, b] = two("aa");
    b.select(1);
    a.select(1);
    a.put("a");
    deliver(a, b);
    // Held by the character before it: b's caret stays in front of what a typed.
    expect([b.field.value, b.field.selectionStart]).toEqual(["aaa", 1]);
  });
});

describe("carets", () => {
  it("stay at the same words when others type before, behind and around them", () => {
    const [a, b] = two("một hai ba");
    b.select(4, 7, "backward");
    a.select(10);
    a.put(" bốn");
    a.select(0);
    a.put("không ");
    deliver(a, b);
    const { selectionStart, selectionEnd, selectionDirection } = b.field;
    expect([b.field.value.slice(selectionStart, selectionEnd), selectionDirection]).toEqual(["hai", "backward"]);
  });
  it("are known to the others by the words, and to nobody when the field is left", async () => {
    const [a, b] = two("một hai ba");
    a.field.focus();
    a.select(4, 7);
    document.dispatchEvent(new Event("selectionchange"));
    b.select(0);
    b.put("không ");
    deliver(a, b);
    expect([b.binding.indexOf(a.place?.anchor), b.binding.indexOf(a.place?.head)]).toEqual([10, 13]);
    expect([b.binding.indexOf({ item: "x" }), b.binding.indexOf(7)]).toEqual([null, null]);
    a.field.blur();
    await Promise.resolve();
    expect(a.place).toBeNull();
  });
});

describe("composing a syllable", () => {
  it("leaves the field alone until the end, and then has both", () => {
    const [a, b] = two("Dân  về nhà.");
    a.begin();
    a.select(4);
    a.put("tr", "insertCompositionText");
    b.select(0);
    b.put("Tối nay: ");
    b.select(b.field.value.length);
    b.put(" Hết.");
    deliver(a, b);
    expect(a.field.value).toBe("Dân tr về nhà.");
    expect(a.waiting).toBe(true);
    a.select(4, 6);
    a.put("trở", "insertCompositionText");
    // What is being composed is in the other window all the same.
    deliver(a, b);
    expect(b.field.value).toBe("Tối nay: Dân trở về nhà. Hết.");
    a.end();
    expect([a.field.value, a.waiting]).toEqual([b.field.value, false]);
    expect(a.field.selectionStart).toBe("Tối nay: Dân trở".length);
  });
  it("merges with somebody who changed the very same word", () => {
    const [a, b] = two("đập vỡ");
    a.begin();
    a.select(4, 6);
    a.put("an toàn", "insertCompositionText");
    b.select(4, 6);
    b.put("chắc");
    deliver(a, b);
    a.end();
    deliver(a, b);
    expect(a.field.value).toBe(b.field.value);
    for (const word of ["đập", "an toàn", "chắc"]) expect(a.field.value).toContain(word);
    expect(a.field.value).not.toContain("vỡ");
  });
});

describe("undo", () => {
  it("takes back one's own words only, and puts them in again", () => {
    const [a, b] = two("Đập.");
    a.select(3);
    a.put(" an toàn");
    vi.advanceTimersByTime(1_000);
    b.select(4);
    b.put(" Hết.");
    deliver(a, b);
    a.press("z");
    expect(a.field.value).toBe("Đập. Hết.");
    expect(a.field.selectionStart).toBe(3);
    a.press("Z", true);
    expect(a.field.value).toBe("Đập an toàn. Hết.");
    a.press("z");
    a.press("y");
    deliver(a, b);
    expect(b.field.value).toBe("Đập an toàn. Hết.");
  });
  it("comes from the browser's own menu too", () => {
    const [a] = two("");
    a.put("sai");
    a.field.dispatchEvent(new InputEvent("beforeinput", { inputType: "historyUndo", cancelable: true }));
    expect(a.text).toBe("");
    a.field.dispatchEvent(new InputEvent("beforeinput", { inputType: "historyRedo", cancelable: true }));
    expect(a.text).toBe("sai");
  });
  it("takes back what a button did for the person", () => {
    const [a] = two("Lúc {{giờ}}");
    a.binding.edit((text) => [{ from: text.indexOf("{{"), to: text.length, text: "21:04" }]);
    expect(a.field.value).toBe("Lúc 21:04");
    a.press("z");
    expect(a.text).toBe("Lúc {{giờ}}");
  });
});

describe("what is put in", () => {
  it("is composed, with one form of line end", () => {
    const [a] = two("x");
    a.select(1);
    a.put("Tiếng\nViệt".normalize("NFD"), "insertFromPaste");
    expect(a.text).toBe("xTiếng\nViệt");
    expect(a.field.selectionStart).toBe(a.text.length);
  });
  it("is left to a keyboard that sends marks one by one, until the word is finished", () => {
    const [a] = two("");
    for (const key of ["ê", "\u0301"]) a.put(key);
    expect(a.text).toBe("ê\u0301");
    a.put(" ");
    expect([a.text, a.field.selectionStart]).toEqual(["ế ", 2]);
  });
  it("is composed with the letter before it, and when the field is left", async () => {
    const [a] = two("hê");
    a.field.focus();
    a.select(2);
    a.put("\u0301t");
    a.field.blur();
    await Promise.resolve();
    expect(a.text).toBe("hết");
  });
  it("is refused whole when it would be too long, and the field stays as it was", () => {
    const [a] = two("giữ nguyên");
    a.select(4, 10);
    a.put("x".repeat(STATEMENT_MAX), "insertFromPaste");
    expect([a.field.value, a.text, a.refused]).toEqual(["giữ nguyên", "giữ nguyên", STATEMENT_MAX + 4]);
    expect([a.field.selectionStart, a.field.selectionEnd]).toEqual([4, 10]);
  });
  it("may always be made shorter", () => {
    const [a] = two("x".repeat(STATEMENT_MAX + 5));
    a.select(5);
    a.back();
    expect([a.text.length, a.refused]).toEqual([STATEMENT_MAX + 4, 0]);
  });
});

/** A small known generator, so that a failure can be repeated from its seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

describe("anything at once", () => {
  const words = ["đập ", "an toàn", "\n", "👍", "Tiếng ".normalize("NFD"), "ê\u0301", "x", "{{giờ}}"];
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("ends with the same words everywhere (seed %i)", async (seed) => {
    const roll = dice(seed);
    const start = begin("Thông cáo về đập Cốc Ly 👍.\nHết.");
    const all = [new Window(start), new Window(start), new Window(start)];
    const composing = new Set<Window>();
    const waiting = new Map(all.map((one) => [one, [] as Uint8Array[]]));
    // Browsers have no caret within a character.
    const place = (text: string) => {
      const at = roll(text.length + 1);
      return /^[\udc00-\udfff]/.test(text.slice(at)) ? at - 1 : at;
    };
    const sent = (one: Window) => {
      for (const update of one.out.splice(0)) for (const [other, queue] of waiting) if (other !== one) queue.push(update);
    };
    for (let step = 0; step < 400; step += 1) {
      const one = all[roll(all.length)]!;
      const act = roll(8);
      if (act < 3) {
        one.select(place(one.field.value));
        one.put(words[roll(words.length)]!, composing.has(one) ? "insertCompositionText" : roll(2) ? "insertText" : "insertFromPaste");
      } else if (act === 3) {
        const [from = 0, to] = [place(one.field.value), place(one.field.value)].sort((a, b) => a - b);
        one.select(from, to);
        one.put(roll(2) ? "" : "thay");
      } else if (act === 4) {
        if (composing.delete(one)) one.end();
        else composing.add(one), one.begin();
      } else if (act === 5) {
        if (roll(2)) one.binding.undo();
        else one.binding.redo();
      } else {
        for (const update of waiting.get(one)!.splice(0, 1 + roll(4))) one.hear(update);
      }
      sent(one);
      expect(one.field.value).toBe(one.shown);
      if (!composing.has(one)) expect(one.field.value).toBe(one.text);
    }
    for (const one of composing) one.end();
    for (const one of all) one.field.dispatchEvent(new FocusEvent("blur"));
    await Promise.resolve();
    for (const one of all) sent(one);
    for (const [one, queue] of waiting) for (const update of queue) one.hear(update);
    expect(new Set(all.map((one) => one.text)).size).toBe(1);
    for (const one of all) expect(one.field.value).toBe(one.text);
  });
});
