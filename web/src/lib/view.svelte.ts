// What this person looks at in the room: the open dialog, the panel on a phone, the page's context.
import { createContext } from "svelte";
import type { Anchor, StatementFollows } from "../wire";
import type { PressAsk } from "../press/desk";
import type { Room } from "./room.svelte";

export type Ask =
  | { ask: "level" }
  | { ask: "anchor"; anchor: Anchor | null }
  | { ask: "decision" }
  | { ask: "close" }
  | { ask: "invite" }
  | { ask: "finish"; id: string }
  | { ask: "skip"; id: string }
  | { ask: "correct"; key: string }
  | { ask: "draft"; follows?: StatementFollows }
  | { ask: "fact"; id: string | null }
  | { ask: "verify" | "dispute" | "withdraw" | "source"; id: string }
  | { ask: "add_task" }
  | { ask: "run" }
  | { ask: "settle_proposal" | "meet" | "answer"; id: string }
  | { ask: "press"; press: PressAsk }
  | { ask: "shortcuts" };

export type Panel = "timeline" | "tasks" | "facts" | "statements" | "chat";

export class View {
  ask: Ask | null = $state.raw(null);
  panel: Panel = $state("timeline");

  /** Shows a panel and puts the focus there; `field` puts it into the panel's field. */
  focus(panel: Panel, field = false): void {
    this.panel = panel;
    const go = () => {
      const place = document.getElementById(`panel-${panel}`);
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
