// Keeps the screen from going dark, and says honestly whether the browser does: it lets go whenever the page is hidden.

export class Awake {
  /** Null: nobody asked yet. */
  on: boolean | null = $state(null);
  private lock: WakeLockSentinel | null = null;

  /** Asks now and on every return to the page. The result ends it. */
  start(): () => void {
    const ask = () => document.visibilityState === "visible" && void this.ask();
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      document.removeEventListener("visibilitychange", ask);
      void this.lock?.release();
    };
  }

  /** Asks once more: some browsers grant it only after a touch. */
  async ask(): Promise<void> {
    if (this.lock && !this.lock.released) return;
    try {
      // Not every browser has it, and none has it outside a secure page.
      const held = await navigator.wakeLock?.request("screen");
      this.lock = held ?? null;
      this.on = held !== undefined;
      held?.addEventListener("release", () => (this.on = false));
    } catch {
      this.on = false;
    }
  }
}
