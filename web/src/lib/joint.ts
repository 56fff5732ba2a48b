// A joint release: who has agreed to these very words, and whether the time has come.
import type { JointRelease, OfficeId, Statement } from "../wire";

export type JointState = {
  agreed: { office: OfficeId; at: string }[];
  /** Agreed to words that are no longer these. */
  older: OfficeId[];
  missing: OfficeId[];
  early: boolean;
  /** The time has come and something is not in place. */
  held: boolean;
};

export function jointState(statement: Statement, joint: JointRelease, now: number): JointState {
  const given = (office: OfficeId) => joint.agreed.find((one) => one.office === office);
  const holds = (office: OfficeId) => given(office)?.digest === statement.digest;
  const agreed = joint.offices.filter(holds).map((office) => ({ office, at: given(office)?.by.at ?? "" }));
  const open = joint.offices.filter((office) => !holds(office));
  const early = now < Date.parse(joint.until);
  const older = open.filter((office) => given(office) !== undefined);
  const missing = open.filter((office) => given(office) === undefined);
  return { agreed, older, missing, early, held: !early && (open.length > 0 || statement.state !== "approved") };
}
