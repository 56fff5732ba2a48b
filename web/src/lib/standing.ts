// How the room stands with the server, as one of a few states that each have their words: what the person may believe
// of what is on the screen.
import type { RoomStatus } from "../wire";
import type { End, Link, Part } from "./connection";

/** Nobody is frightened by a break of a moment. */
export const MOMENT_MS = 4_000;

export type Standing =
  | { is: "live" }
  /** Reached, but what is on the screen, or what was written here, is not there yet. */
  | { is: "catching_up"; rows: number; commands: number; part?: Part }
  /** A beat is late: it may be gone. */
  | { is: "quiet"; since: number }
  /** Not reached, for a moment or for the first time. */
  | { is: "connecting"; again: boolean }
  /** Not reached: what is on the screen is as old as `since`. `network`: the device believes that it has one. */
  | { is: "offline"; since: number; next: number | null; network: boolean }
  | { is: "read_only"; why: string }
  | { is: "closed" }
  | { is: "ended"; why: End };

export type Seen = {
  link: Link;
  status: RoomStatus;
  /** The incident is over. */
  closed: boolean;
  /** Revisions that the server has and the screen has not. */
  behind: number;
  /** Commands from before the connection came back that are not answered. */
  resending: number;
  /** The device believes that it has a network. */
  network: boolean;
  /** Device time. */
  now: number;
};

export function standing({ link, status, closed, behind, resending, network, now }: Seen): Standing {
  if (link.state === "ended") return { is: "ended", why: link.why };
  if (link.state !== "live") {
    const { lost } = link;
    if (lost !== null && (!network || now - lost > MOMENT_MS)) return { is: "offline", since: lost, next: link.state === "waiting" ? link.next : null, network };
    return { is: "connecting", again: lost !== null };
  }
  // A long patch may be slow without being lost: it is quiet only when its parts stop coming.
  if (link.quiet === undefined && (behind > 0 || link.part)) return { is: "catching_up", rows: behind, commands: resending, ...(link.part ? { part: link.part } : {}) };
  if (link.quiet !== undefined) return { is: "quiet", since: link.quiet };
  if (status.mode === "read_only") return { is: "read_only", why: status.why };
  if (resending > 0) return { is: "catching_up", rows: 0, commands: resending };
  return closed ? { is: "closed" } : { is: "live" };
}
