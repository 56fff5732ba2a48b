// What this person looks at in the room: the open dialog, the panel on a phone, the page's context.
import { createContext } from "svelte";
import type { Anchor, Attachment, Line, StatementFollows } from "../wire";
import type { ClaimAsk } from "../claims/claim";
import type { PressAsk } from "../press/desk";
import type { ReviewAsk } from "../review/review";
import type { ShiftAsk } from "../shift/duty";
import type { Room } from "./room.svelte";

/** What a form takes over from the message that it is opened on. */
export type Seed = { from: string; text: string; at: string; source: string; files: Attachment[] };

export type Ask =
  | { ask: "level" }
  | { ask: "anchor"; anchor: Anchor | null }
  | { ask: "decision"; seed?: Seed }
  | { ask: "entry"; seed: Seed }
  | { ask: "confirm"; id: string }
  | { ask: "close" }
  | { ask: "leaked"; line: number }
  | { ask: "invite"; office?: string }
  | { ask: "finish"; id: string }
  | { ask: "skip"; id: string }
  | { ask: "name"; id: string }
  | { ask: "correct"; line: Line }
  | { ask: "draft"; follows?: StatementFollows }
  | { ask: "fact"; id: string | null; seed?: Seed }
  | { ask: "verify" | "dispute" | "withdraw" | "source"; id: string }
  | { ask: "add_task"; seed?: Seed }
  | { ask: "run" }
  | { ask: "settle_proposal" | "meet" | "answer"; id: string }
  | { ask: "press"; press: PressAsk }
  | { ask: "clipping"; how: "enter" | "correct" | "read" | "strike" | "restore"; id: string | null }
  | { ask: "clippings" | "services" }
  | { ask: "shift"; shift: ShiftAsk }
  | { ask: "claim"; claim: ClaimAsk }
  | { ask: "review"; review: ReviewAsk }
  | { ask: "shortcuts" };

/** A register: they share one place, see `room/desks.ts`. */
export type Desk = "tasks" | "facts" | "claims" | "press" | "media" | "decisions" | "review";
/** A part of the room; on a phone one shows at a time. */
export type Panel = "timeline" | "desk" | "statements" | "chat";

const isDesk = (place: Panel | Desk): place is Desk => !/^(timeline|desk|statements|chat)$/.test(place);

export class View {
  ask: Ask | null = $state.raw(null);
  panel: Panel = $state("timeline");
  desk: Desk = $state("tasks");
  /** The message that somebody wants to see; the talk shows it and puts it out. */
  said: string | null = $state(null);

  /** Leads to a message, wherever in the talk it stands. */
  toMessage(id: string): void {
    this.panel = "chat";
    this.said = id;
  }

  /** Shows a part or a register, and leaves the focus to whoever leads to a row of it. */
  show(to: Panel | Desk): void {
    if (isDesk(to)) this.desk = to;
    this.panel = isDesk(to) ? "desk" : to;
  }

  /** Shows a part or a register and puts the focus there; `field` puts it into its field. */
  focus(to: Panel | Desk, field = false): void {
    this.show(to);
    const go = () => {
      const place = document.getElementById(`panel-${to}`);
      const target = field ? place?.parentElement?.querySelector<HTMLElement>("[data-field]") : place;
      target?.focus();
      return document.activeElement === target;
    };
    // At once where it shows, so that no key is lost; on a phone, or from another page, after it has been shown.
    if (!go()) setTimeout(go, 30);
  }
}

export const [getRoom, setRoom] = createContext<Room>();
export const [getView, setView] = createContext<View>();
