// Who is signed in. A 401 anywhere leads to the sign-in page, which comes back to where the person was.
import { paths, router } from "../router.svelte";
import type { Me, Role } from "../wire";
import { api, ApiError, onSignedOut } from "./api";
import { clock } from "./time";

const BACK = "phongtruc.back";
const RETRY_MS = 4_000;

class Session {
  /** Unknown until the server has answered once. */
  state: "unknown" | "in" | "out" | "unreachable" = $state("unknown");
  me: Me | null = $state.raw(null);
  /** Why the server could not be asked, in words. */
  problem = $state("");

  /** Asks the server who this is. */
  async load(): Promise<void> {
    try {
      const me = await api.me();
      clock.set(me.now);
      this.me = me;
      this.state = "in";
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.leave();
        return;
      }
      this.problem = error instanceof ApiError ? error.words : String(error);
      if (this.me) return;
      this.state = "unreachable";
      // What the person has not sent waits on this device: come back without being asked.
      setTimeout(() => this.state === "unreachable" && void this.load(), RETRY_MS);
    }
  }

  /** After signing in: who it is now, then back to the page that asked for it. */
  async entered(): Promise<void> {
    await this.load();
    if (this.state !== "in") return;
    const back = sessionStorage.getItem(BACK);
    sessionStorage.removeItem(BACK);
    router.go(back ?? paths.board, "replace");
  }

  async signOut(): Promise<void> {
    await api.signOut();
    sessionStorage.removeItem(BACK);
    this.me = null;
    this.state = "out";
    router.go(paths.signIn);
  }

  /** The session ended: to the sign-in page, remembering where the person was. */
  leave(): void {
    this.me = null;
    this.state = "out";
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
