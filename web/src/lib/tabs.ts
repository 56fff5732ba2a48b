// The tabs of one browser: what one says to the others, and whether another one still lives.

export type Said =
  /** What waits in a box changed. */
  | { say: "outbox"; box: string }
  | { say: "signed_out" }
  | { say: "signed_in"; person: string };

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("phongtruc");

export function tell(said: Said): void {
  channel?.postMessage(said);
}

/** Hears the other tabs; answers how to stop. */
export function hear(ears: (said: Said) => void): () => void {
  const heard = ({ data }: MessageEvent<Said>) => ears(data);
  channel?.addEventListener("message", heard);
  return () => channel?.removeEventListener("message", heard);
}

const lockOf = (page: string) => `phongtruc.page.${page}`;
/** Without locks (plain http in an office network): a page that lives has long sent what it had by then, ms. */
const PATIENCE_MS = 15_000;

/** Holds as long as this page lives. */
export function live(page: string): void {
  navigator.locks?.request(lockOf(page), () => new Promise(() => {})).catch(() => {});
}

/** Whether that page lives, asked of the browser. Without locks every page may. */
export async function lives(page: string): Promise<boolean> {
  if (!navigator.locks) return true;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === lockOf(page)) ?? true;
}

/** Done when that page is gone, or as good as gone: sending a thing twice is safe, it is only done once. */
export async function gone(page: string): Promise<void> {
  if (navigator.locks) await navigator.locks.request(lockOf(page), () => {});
  else await new Promise((done) => setTimeout(done, PATIENCE_MS));
}
