// The server's time, ticking once a second, for everything that counts down.
import { clock } from "./time";

class Now {
  ms = $state(clock.now());

  constructor() {
    const tick = () => {
      this.ms = clock.now();
      // Aligned to the server's second, so that every screen in the room changes together.
      setTimeout(tick, 1000 - (clock.now() % 1000) + 5);
    };
    tick();
    document.addEventListener("visibilitychange", () => (this.ms = clock.now()));
  }
}

export const now = new Now();
