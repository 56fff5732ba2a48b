// What the browser hides because the server would refuse it. The table is generated from src/domain/may.rs; the
// server decides.
import { commandRoles, DESK, LEADS, type Actor, type Command, type Role, type Verb } from "../wire";

export type { Verb };

/** Whoever acts in roles: a person in the room, or one who has a part in it. */
type Roled = Pick<Actor, "roles">;

const has = (actor: Roled, roles: readonly Role[]): boolean => roles.some((role) => actor.roles.includes(role));

export const verbOf = (command: Command): Verb => `${command.noun}.${command.verb}` as Verb;

export function may(actor: Roled, verb: Verb): boolean {
  return has(actor, commandRoles[verb]);
}

export const isLead = (actor: Roled): boolean => has(actor, LEADS);
/** Sees drafts: works at the desk. */
export const isDesk = (actor: Roled): boolean => has(actor, DESK);

/** What waits for the connection: facts, talk, tasks. What binds others is done in sight of the present state only. */
const queued: Verb[] = ["message.send", "entry.add", "entry.correct", "task.take", "task.finish", "office.accept", "decision.take", "fact.enter", "claim.enter", "claim.see", "claim.reach", "brief.acknowledge"];
export const isQueued = (verb: Verb): boolean => queued.includes(verb);
