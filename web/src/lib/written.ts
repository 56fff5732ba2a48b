// When something was written, by the server's clock, although the device's may be hours wrong and the server may be
// reached only much later.
import type { Clock } from "./time";

/** What the device knew when something was written. */
export type Written = {
  /** Milliseconds by the server's clock, as well as it was known then: for showing, and for sending when `known`. */
  at: number;
  /** The server had said its time to this page. */
  known: boolean;
  /** The device's clock, and how far the server's was believed to be from it: a page that is opened without a network
   * believes what an earlier one learned; null when there was none. */
  device: number;
  offset: number | null;
  /** A clock that nobody sets, counted from when the page began; and which page that was. */
  monotonic: number;
  page: string;
};

/** Two readings of how wrong the device's clock is agree within this: a slow message is not a changed clock. */
const SAME_MS = 60_000;

export function written(clock: Clock): Written {
  const { known, device, offset, monotonic, page } = clock.reading();
  return { at: clock.now(), known, device, offset, monotonic, page };
}

/**
 * When it was written, by the server's clock as it is known now.
 * 1. The server's time was known: that is it, whatever the device's clock did since.
 * 2. It was believed from before, and the device's clock is wrong by as much as it was believed to be: nobody touched
 *    it, and it went on while the device slept.
 * 3. The same page still runs: so long ago as the clock says that nobody sets. (Some devices stop it while they sleep;
 *    then this is too late, never too early.)
 * 4. The page is gone: the device's clock, corrected by how wrong it is now.
 * The server bounds it all the same.
 */
export function writtenAt(said: Written, clock: Clock): number {
  if (said.known) return said.at;
  const now = clock.reading();
  const offset = now.offset ?? 0;
  if (said.offset !== null && Math.abs(said.offset - offset) < SAME_MS) return said.device + offset;
  if (said.page === now.page) return now.device + offset - (now.monotonic - said.monotonic);
  return said.device + offset;
}
