// How long a key takes from one window to another, and to the record: `npm run latency`. Not a test; nothing is
// asserted, because a busy machine is slow. The ratio to a bare answer of the same server says what sharing adds.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const KEYS = 60;

/** Notes when the field's words change, in the machine's own time, which all windows share. */
const watch = (page: Page) =>
  room.editor(page).evaluate((field: HTMLTextAreaElement) => {
    const seen: Record<number, number> = {};
    Object.assign(window, { seen });
    const look = () => {
      seen[field.value.length] ??= performance.timeOrigin + performance.now();
      requestAnimationFrame(look);
    };
    look();
  });
const noted = (page: Page) => page.evaluate(() => (window as unknown as { seen: Record<number, number> }).seen);

function spread(name: string, times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  console.log(`${name}: median ${at(0.5).toFixed(1)} ms, 95 of 100 within ${at(0.95).toFixed(1)} ms (${times.length})`);
  return at(0.5);
}

test("from one window to another", async ({ windows, server }) => {
  test.setTimeout(300_000);
  const [one, other] = [windows.press.page, windows.government.page];
  await room.intoRoom(one, "Tin đồn vỡ đập thủy điện Cốc Ly");
  await room.draft(one, "Thông cáo báo chí");
  await other.goto(one.url());
  for (const page of [one, other]) await expect(room.editor(page)).toBeVisible();
  for (const page of [one, other]) await watch(page);
  await room.editor(one).focus();
  for (let key = 0; key < KEYS; key += 1) await one.keyboard.type("a", { delay: 120 });
  await expect.poll(async () => Object.keys(await noted(other)).length).toBeGreaterThan(KEYS);
  const [typed, seen] = [await noted(one), await noted(other)];
  const shared = Object.entries(seen).flatMap(([length, at]) => (typed[Number(length)] === undefined ? [] : [at - (typed[Number(length)] ?? 0)]));
  const answers: number[] = [];
  for (let call = 0; call < KEYS; call += 1) {
    answers.push(
      await one.evaluate(async (origin) => {
        const from = performance.now();
        await fetch(`${origin}/api/session`);
        return performance.now() - from;
      }, server.origin),
    );
  }
  const [key, bare] = [spread("a key, seen in the other window", shared), spread("a bare answer of the same server", answers)];
  console.log(`ratio ${(key / bare).toFixed(1)}`);
});
