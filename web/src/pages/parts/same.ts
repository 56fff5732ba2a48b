// The id of a command belongs to what it says: sent again after a cut it acts once, changed meanwhile it is another.
import { newId } from "../../lib/id";

export class Same {
  private said = "";
  private id = "";

  idOf(body: unknown): string {
    const says = JSON.stringify(body);
    if (says !== this.said) [this.said, this.id] = [says, newId()];
    return this.id;
  }
}
