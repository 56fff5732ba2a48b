// The server speaks plain Yjs: two editors made of the library's own documents and its own network code, nothing of
// ours, come to the same words as the server's record, through concurrent typing and a while without a network.
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import * as room from "./room";
import { expect, test, type Window } from "./test";

const EDITS = 400;

/** Throws the same numbers again for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** An editor of the library's own, signed in as the window's person. */
async function editor(window: Window, origin: string, incident: string, statement: string): Promise<{ text: Y.Text; wire: WebsocketProvider }> {
  const cookies = (await window.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  class SignedIn extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie: cookies, origin } });
    }
  }
  const doc = new Y.Doc();
  const base = `${origin.replace("http", "ws")}/api/incidents/${incident}/statements/${statement}`;
  const wire = new WebsocketProvider(base, "text", doc, { WebSocketPolyfill: SignedIn as unknown as typeof globalThis.WebSocket, disableBc: true });
  const text = doc.getText("text");
  await expect.poll(() => wire.synced).toBe(true);
  return { text, wire };
}

test("a conversation in plain Yjs ends with the server's own words", async ({ windows, server }) => {
  const { page } = windows.press;
  await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  const number = await room.draft(page, "Thông cáo báo chí");
  await expect(room.editor(page)).toBeVisible();
  const [incident, statement] = [room.idOf(page), new URL(page.url()).pathname.split("/").at(-1) ?? ""];
  const editors = [await editor(windows.government, server.origin, incident, statement), await editor(windows.party, server.origin, incident, statement)];
  const [one, other] = editors.map(({ text }) => text) as [Y.Text, Y.Text];
  expect(one.toString()).toBe(await room.editor(page).inputValue());

  const throws = dice(7);
  const words = ["mưa ", "lũ ", "đập ", "an toàn. ", "\n", "👍 "];
  const edit = (text: Y.Text) => {
    if (text.length > 20 && throws(4) === 0) {
      // A whole character: half of a pair is no text.
      const at = text.toString().search(/[a-zđàáạảãăâêôơư]/);
      if (at >= 0) text.delete(at, 1);
    } else text.insert(throws(3) === 0 ? 0 : text.length, words[throws(words.length)] ?? "");
  };
  for (let n = 0; n < EDITS; n += 1) {
    // For a stretch one of them hears nothing and types on.
    if (n === EDITS / 4) editors[1]?.wire.disconnect();
    if (n === EDITS / 2) editors[1]?.wire.connect();
    edit(n % 2 === 0 ? one : other);
  }

  await expect.poll(() => one.toString() === other.toString()).toBe(true);
  await expect(room.editor(page)).toHaveValue(one.toString());
  await room.isSaved(page);
  const whole = await (await page.request.get(`${server.origin}/api/incidents/${incident}/export/json`)).json();
  const row = whole.incident.statements.find((row: { number: string }) => row.number === number);
  expect(row.text).toBe(one.toString().normalize("NFC"));
  for (const { wire } of editors) wire.destroy();
});
