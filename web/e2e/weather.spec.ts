// Two people at work while the network blows: 64 kbit/s with losses, silence, a cut, a browser closed and opened in the
// middle of it. No sentence is lost, no act is done twice, and what the page says of its connection is true in time.
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import * as room from "./room";
import { Server } from "./server";
import { enter, expect, type Page, SEATS, test } from "./test";
import { FAIR, Line, NARROW } from "./weather";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
/** How long the line is away. The issue asks for 30–300 s: `PHONGTRUC_CUT_MS=300000 npm run e2e -- e2e/weather.spec.ts` is the long run; here it is as short as still makes what waited late by more than a minute. */
const CUT_MS = Number(process.env["PHONGTRUC_CUT_MS"] ?? 75_000);
/** The issue: honest within 25 s of a cut. */
const HONEST = { timeout: 25_000 };
const BACK = { timeout: 90_000 };

const strip = (page: Page) => page.getByRole("region", { name: /việc chờ gửi$/ });
const texts = (page: Page) => room.chat(page).locator(".text");

/** The demonstration behind a line of our own, which it believes to be its address. */
async function behind(seed: number): Promise<{ line: Line; server: Server }> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  const line = await Line.to(() => ({ host: "127.0.0.1", port }), seed);
  return { line, server: await Server.start("demo", ["--origin", line.origin], `127.0.0.1:${port}`) };
}

async function inside(browser: Browser, server: Server, seat: string): Promise<Page> {
  const { page } = await enter(browser, server.linkOf(seat));
  await room.intoRoom(page, TITLE);
  // The program itself is on the device.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return page;
}

/** In how many lines of the log a text stands. */
const times = (lines: string[], text: string) => lines.filter((line) => line.includes(JSON.stringify(text).slice(1, -1))).length;

test("no sentence lost, no act twice, an honest state", async ({ browser }) => {
  test.setTimeout(300_000 + 2 * CUT_MS);
  const { line, server } = await behind(7);
  const [party, press] = [await inside(browser, server, SEATS.party), await inside(browser, server, SEATS.press)];
  const incident = room.idOf(press);
  const said: string[] = [];
  const say = async (page: Page, who: string, n: number) => {
    const text = `${who}, câu thứ ${n}, giữa mưa.`;
    await room.say(page, text);
    said.push(text);
  };
  const entries: string[] = [];
  const enterLine = async (page: Page, text: string) => {
    await room.addEntry(page, text, room.minutesAgo(3), "báo qua điện thoại");
    entries.push(text);
  };
  await room.draft(press, "Thông tin ban đầu");
  await expect(room.editor(press)).toBeVisible();
  const statement = press.url();

  line.weather = NARROW;
  for (let n = 1; n <= 4; n += 1) await say(party, "Văn phòng", n);
  await room.editor(press).press("Control+End");
  await press.keyboard.type(" Chữ gõ khi đường truyền hẹp.");
  await room.isSaved(press);

  // The line goes dead without a word: nothing says so but the silence.
  line.hush();
  const dead = Date.now();
  await say(party, "Văn phòng", 5);
  await press.keyboard.type(" Chữ gõ trong im lặng.");
  for (const page of [party, press]) await expect(room.link(page)).not.toHaveText("Trực tuyến", { timeout: Math.max(1, HONEST.timeout - (Date.now() - dead)) });
  for (const page of [party, press]) await expect(room.link(page)).not.toHaveAttribute("data-state", "live", HONEST);
  for (let n = 6; n <= 8; n += 1) await say(party, "Văn phòng", n);
  await enterLine(party, "Nước tràn qua ngầm số 3, viết lúc mất mạng");
  await expect(strip(party)).toContainText("chờ gửi");
  // What binds others is refused, and it is said why.
  const submit = press.getByRole("button", { name: "Trình duyệt" }).first();
  await expect(submit).toBeDisabled();

  // The browser is closed in the middle of it and opened again, still without a line: the page and its rows are there.
  const context = party.context();
  await party.close();
  line.mend();
  line.cut();
  const again = await context.newPage();
  await again.goto(`${line.origin}/su-co/${incident}`);
  await expect(again.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await expect(again.getByText(/^Đang xem bản cất trên máy này, dữ liệu lúc/)).toBeVisible();
  await strip(again).locator("summary").click();
  for (const text of said.slice(5)) await expect(strip(again)).toContainText(text);
  await say(again, "Văn phòng", 9);
  // One is taken back, for good.
  await room.say(again, "câu này bỏ đi");
  await strip(again).getByRole("listitem").filter({ hasText: "câu này bỏ đi" }).getByRole("button", { name: "Bỏ, không gửi" }).click();
  await expect(strip(again)).not.toContainText("câu này bỏ đi");

  await line.until(dead + CUT_MS);
  line.weather = NARROW;
  line.mend();
  for (const page of [again, press]) await expect(room.link(page)).toHaveAttribute("data-state", "live", BACK);
  await expect(strip(again)).toHaveCount(0, BACK);
  await room.isSaved(press);
  line.weather = FAIR;

  // Everybody sees every sentence once, and the log has it once.
  await room.backToRoom(press);
  for (const page of [again, press]) {
    for (const text of said) await expect(texts(page).filter({ hasText: text })).toHaveCount(1, BACK);
    for (const text of entries) await expect(room.line(page, text)).toHaveCount(1);
  }
  const lines = await server.log(incident);
  for (const text of [...said, ...entries]) expect(times(lines, text), text).toBe(1);
  expect(times(lines, "câu này bỏ đi")).toBe(0);
  // In the order in which they were written, with both times.
  const order = said.map((text) => lines.findIndex((line) => line.includes(text)));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  // The fifth was written as the line fell silent.
  const late = JSON.parse(lines[order[4]!]!) as { at: string; written_at?: string };
  expect(Date.parse(late.at) - Date.parse(late.written_at ?? late.at)).toBeGreaterThan(60_000);
  await expect(room.chat(again)).toContainText(/viết \d\d:\d\d, tới \d\d:\d\d/);
  // What was typed in the draft before, during and after is one text.
  await press.goto(statement);
  await expect(room.editor(press)).toHaveValue(/Chữ gõ khi đường truyền hẹp\. Chữ gõ trong im lặng\.$/);
  expect(new Set(lines.map((line) => (JSON.parse(line) as { cause: string }).cause)).size).toBe(lines.length);

  for (const page of [again, press]) await page.context().close();
  await server.end();
  await line.end();
});

/** A photo of about 250 kB: half a minute at 64 kbit/s, and nothing in it repeats. */
async function photo(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 480, height: 400 });
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    const noise = pen.createImageData(480, 400);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    pen.putImageData(noise, 0, 0);
    return canvas.toDataURL("image/jpeg", 0.95);
  });
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

test("a photo goes up through a narrow line, a cut and a closed browser, goes on where it was, and arrives once and whole", async ({ browser }) => {
  test.setTimeout(300_000);
  const { line, server } = await behind(11);
  const [party, press] = [await inside(browser, server, SEATS.party), await inside(browser, server, SEATS.press)];
  const incident = room.idOf(press);
  const bytes = await photo(party);
  expect(bytes.length).toBeGreaterThan(180_000);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const composer = (page: Page) => page.locator("form.composer");

  line.weather = NARROW;
  await composer(party).locator("input[type=file]").first().setInputFiles({ name: "ngầm số 3.jpg", mimeType: "image/jpeg", buffer: bytes });
  // The first piece is on the server's disk when the line is cut.
  const unfinished = join(server.data, "attachments", "unfinished");
  const there = async () => Math.max(0, ...(await Promise.all((await readdir(unfinished).catch(() => [])).map(async (name) => (await stat(join(unfinished, name))).size))));
  await expect.poll(there, { timeout: 90_000 }).toBeGreaterThan(100_000);
  line.cut();
  await expect(room.link(party)).not.toHaveAttribute("data-state", "live", HONEST);
  const text = "Ảnh ngầm số 3 lúc nước tràn.";
  await room.say(party, text);
  await expect(strip(party)).toContainText("chờ gửi");
  await strip(party).locator("summary").click();
  await expect(strip(party)).toContainText("1 tệp chờ gửi");

  // Closed and opened again without a line: words and photo wait on the device.
  const context = party.context();
  await party.close();
  const again = await context.newPage();
  const offsets: number[] = [];
  again.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await again.goto(`${line.origin}/su-co/${incident}`);
  await strip(again).locator("summary").click();
  await expect(strip(again)).toContainText(text);
  await expect(strip(again)).toContainText("1 tệp chờ gửi");
  line.mend();
  await expect(room.link(again)).toHaveAttribute("data-state", "live", BACK);
  await expect(strip(again)).toHaveCount(0, { timeout: 150_000 });
  expect(Math.min(...offsets), "what was there is not sent again").toBeGreaterThan(100_000);
  line.weather = FAIR;

  await expect(texts(press).filter({ hasText: text })).toHaveCount(1, BACK);
  await expect(room.chat(press).getByRole("button", { name: "Xem ảnh ngầm số 3.jpg" })).toHaveCount(1);
  const lines = await server.log(incident);
  expect(times(lines, text)).toBe(1);
  expect(times(lines, digest)).toBe(1);
  const kept = await readFile(join(server.data, "attachments", digest));
  expect(kept.equals(bytes)).toBe(true);
  for (const page of [again, press]) await page.context().close();
  await server.end();
  await line.end();
});
