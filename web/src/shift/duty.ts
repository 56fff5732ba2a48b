// Duty of the offices as the room shows it: who is on duty, whether they are there, since when an office is silent.
import type { Room } from "../lib/room.svelte";
import { MINUTE } from "../lib/time";
import { ACCEPT_AT_LAST_MINUTES, ACCEPT_WITHIN_MINUTES, type Handover, type Office, type Present, type Shift } from "../wire";

/** What is being asked of the person about duty. */
export type ShiftAsk =
  | { ask: "take" | "assign"; office: string }
  | { ask: "plan" | "offer" | "leave"; shift: string }
  | { ask: "handover"; shift: string; handover: string };

/** With what an address begins that leads to a handover. */
export const HANDOVER_HASH = "#ban-giao-";

export const inOrder = (offices: Iterable<Office>): Office[] => [...offices].sort((a, b) => a.order - b.order);

export const onDuty = (shifts: Iterable<Shift>, office: string): Shift | null => [...shifts].find((row) => row.office === office && row.ended === null) ?? null;

/** Duty that is over, the newest first. */
export const past = (shifts: Iterable<Shift>, office: string): Shift[] =>
  [...shifts].filter((row) => row.office === office && row.ended !== null).sort((a, b) => b.from.localeCompare(a.from));

/** The handover that waits to be confirmed. */
export function offerOf(shift: Shift | null): Handover | null {
  const last = shift?.handovers.at(-1);
  return last && shift?.ended === null && last.outcome === null ? last : null;
}

/** Whether the one on duty is in the room: null when nobody knows, because the room is not reached. */
export function isHere(people: readonly Present[], shift: Shift | null, reached: boolean): boolean | null {
  if (!reached || !shift) return null;
  return people.some((one) => one.person === shift.officer.person);
}

/** How loud an office's silence is: asked, late, at last. */
export type Loudness = 0 | 1 | 2;
export type Silent = { office: Office; length: number; loudness: Loudness };

/**
 * The offices that were asked and have not accepted: the seats first, then those who were silent longest. Only the seats
 * get louder: a playbook pulls in many, and what is loud for each of them is heard for none.
 */
export function silent(offices: Iterable<Office>, now: number): Silent[] {
  const waiting = [...offices].filter((office) => office.accepted === null);
  const since = waiting.map((office) => ({ office, length: Math.max(0, now - Date.parse(office.asked_at)) }));
  const loud = (office: Office, length: number): Loudness =>
    !office.seat ? 0 : length >= ACCEPT_AT_LAST_MINUTES * MINUTE ? 2 : length >= ACCEPT_WITHIN_MINUTES * MINUTE ? 1 : 0;
  return since
    .map(({ office, length }): Silent => ({ office, length, loudness: loud(office, length) }))
    .sort((a, b) => Number(b.office.seat) - Number(a.office.seat) || b.length - a.length || a.office.order - b.office.order);
}

/** Where a handover that waits for somebody is read. */
export const handoverPlace = (handover: string): string => `${HANDOVER_HASH}${handover}`;

/** The handover that an address leads to, with its duty. */
export function handoverAt(room: Room, hash: string): ShiftAsk | null {
  if (!hash.startsWith(HANDOVER_HASH)) return null;
  const id = hash.slice(HANDOVER_HASH.length);
  const shift = [...room.incident.shifts.values()].find((row) => row.handovers.some((one) => one.id === id));
  return shift ? { ask: "handover", shift: shift.id, handover: id } : null;
}
