// Who is signed in. A 401 anywhere leads to the sign-in page, which comes back to where the person was.
import { paths, router } from "../router.svelte";
import type { Me, Role } from "../wire";
import { api, ApiError, onSignedOut } from "./api";
import { keep, readKept } from "./kept";
import { forgetRooms } from "./kept-room";
import { waitingOf } from "./shelf";
import { hear, tell } from "./tabs";
import { clock, HOUR } from "./time";
import { toasts } from "./toasts.svelte";
import { outbox as words } from "./words.outbox";

const BACK = "phongtruc.back";
const RETRY_MS = 4_000;
const KEPT = "phongtruc.me";
/** Signed out without a network. */
const LEAVING = "phongtruc.leaving";
/** As long as a session lasts: beyond it this device does not believe either. */
const SESSION_MS = 12 * HOUR;

/** Who was signed in on this device when the server was last asked; null when that is too long ago. */
function keptMe(): Me | null {
  try {
    const { me, at } = JSON.parse(readKept(KEPT)) as { me: Me; at: number };
    return Math.abs(Date.now() - at) < SESSION_MS ? me : null;
  } catch {
    return null;
  }
}

class Session {
  /** Unknown until the server has answered once. */
  state: "unknown" | "in" | "out" | "unreachable" = $state("unknown");
  me: Me | null = $state.raw(null);
  /** The server was not reached yet: this is who was signed in here. It checks everything later. */
  unconfirmed = $state(false);
  /** Why the server could not be asked, in words. */
  problem = $state("");

  /** Asks the server who this is. */
  async load(): Promise<void> {
    try {
      if (readKept(LEAVING)) {
        await api.signOut();
        keep(LEAVING, "");
      }
      const me = await api.me();
      clock.set(me.now);
      this.me = me;
      this.state = "in";
      this.unconfirmed = false;
      keep(KEPT, JSON.stringify({ me, at: Date.now() }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.leave();
        return;
      }
      this.problem = error instanceof ApiError ? error.words : String(error);
      if (this.me && !this.unconfirmed) return;
      this.me ??= keptMe();
      this.unconfirmed = this.me !== null;
      this.state = this.me ? "in" : "unreachable";
      // What the person has not sent waits on this device: come back without being asked.
      setTimeout(() => (this.unconfirmed || this.state === "unreachable") && void this.load(), RETRY_MS);
    }
  }

  /** After signing in: who it is now, then back to the page that asked for it. */
  async entered(): Promise<void> {
    keep(LEAVING, "");
    // A new session has seen nothing yet.
    await forgetRooms().catch(() => {});
    await this.load();
    if (this.state !== "in" || !this.me) return;
    tell({ say: "signed_in", person: this.me.actor.person });
    const back = sessionStorage.getItem(BACK);
    sessionStorage.removeItem(BACK);
    router.go(back ?? paths.board, "replace");
  }

  async signOut(): Promise<void> {
    try {
      await api.signOut();
    } catch (error) {
      // Without a network this device forgets at once, and the server is told as soon as it is reached.
      if (!(error instanceof ApiError) || error.status !== 0) throw error;
      keep(LEAVING, "1");
    }
    sessionStorage.removeItem(BACK);
    const { me } = this;
    this.out();
    const waiting = me ? await waitingOf(me.actor.person).catch(() => []) : [];
    if (waiting.length > 0) toasts.say(words.signedOut(waiting.length));
    tell({ say: "signed_out" });
    router.go(paths.signIn);
  }

  /** Nobody is signed in: what was seen does not stay on this device. What waits to be sent does, for its writer. */
  private out(): void {
    this.me = null;
    this.unconfirmed = false;
    this.state = "out";
    keep(KEPT, "");
    void forgetRooms().catch(() => {});
  }

  /** The session ended: to the sign-in page, remembering where the person was. */
  leave(): void {
    this.out();
    if (router.route.page === "sign_in") return;
    const here = router.pathname + router.search;
    if (here !== paths.board) sessionStorage.setItem(BACK, here);
    router.go(paths.signIn, "replace");
  }

  is(...roles: Role[]): boolean {
    return roles.some((role) => this.me?.actor.roles.includes(role) ?? false);
  }
}

export const session = new Session();
onSignedOut(() => session.leave());
hear((said) => {
  // All tabs share one session: who signs out in one is out in all, and who signs in as another is another in all.
  if (said.say === "signed_out" && session.state === "in") session.leave();
  if (said.say === "signed_in" && session.me && session.me.actor.person !== said.person) location.reload();
});
