// Where the focus goes when what had it is gone. Left on nothing, a keyboard begins at the top of the page again and a
// screen reader says nothing.

/** An answer on a bad network comes late; longer than this nobody is surprised by where the focus is. */
const PATIENCE_MS = 10_000;

function give(to: HTMLElement, options?: FocusOptions): boolean {
  to.focus(options);
  if (document.activeElement === to) return true;
  // What is disabled takes no focus, and what is no control takes it when it is told to.
  if (to.hasAttribute("tabindex") || to.matches("button, input, select, textarea")) return false;
  to.tabIndex = -1;
  to.focus(options);
  return document.activeElement === to;
}

/** Looks at every change of the page until `done`, or until it is too late; answers how to stop. */
function until(done: () => boolean): () => void {
  const stop = (): void => {
    changes.disconnect();
    clearTimeout(timer);
  };
  const changes = new MutationObserver(() => done() && stop());
  const timer = setTimeout(stop, PATIENCE_MS);
  changes.observe(document.body, { childList: true, subtree: true });
  return stop;
}

/** One page takes the place of another: to the heading of the new one, unless it or the person puts it elsewhere. Answers how to stop. */
export function arrive(): () => void {
  const before = document.activeElement;
  return until(() => {
    const now = document.activeElement ?? document.body;
    if (now !== document.body) return now !== before;
    const heading = document.querySelector<HTMLElement>("h1");
    return heading !== null && give(heading, { preventScroll: true });
  });
}

/** Remembers what has the focus; answers how to give it back: to that, or to the nearest around it that is still there. */
export function held(): () => void {
  const around: HTMLElement[] = [];
  for (let one = document.activeElement; one instanceof HTMLElement && one !== document.body; one = one.parentElement) around.push(one);
  // A row, a part of the room, the page: what lies between has no meaning of its own.
  const places = around.filter((one, index) => index === 0 || one.matches("li, section, [role=tabpanel], header, main"));
  return () => void places.find((one) => one.isConnected && give(one));
}

/** A button that is pressed by keyboard may vanish with what it did, as "Nhận việc" does: the focus stays in its row. Answers how to stop. */
export function keepPlace(): () => void {
  let stop = () => {};
  const pressed = (event: MouseEvent): void => {
    // A click without a pointer.
    if (event.detail !== 0 || !(event.target instanceof Element)) return;
    stop();
    const button = event.target.closest("button");
    if (!button || document.activeElement !== button) return;
    const giveBack = held();
    stop = until(() => {
      if (document.activeElement !== document.body) return !button.isConnected;
      if (button.isConnected) return false;
      giveBack();
      return true;
    });
  };
  addEventListener("click", pressed, true);
  return () => {
    stop();
    removeEventListener("click", pressed, true);
  };
}
