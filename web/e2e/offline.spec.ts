// Without a network: two tabs share one outbox, a refused act comes back to its writer, signing out ends every tab and
// leaves nothing to read, a draft is typed on in a browser that was closed, and a clock five hours wrong falsifies nothing.
import * as room from "./room";
import { enter, expect, type Page, SEATS, test } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
const strip = (page: Page) => page.getByRole("region", { name: /việc chờ gửi$/ });
const item = (page: Page, text: string) => strip(page).getByRole("listitem").filter({ hasText: text });
const unfold = async (page: Page) => {
  if ((await strip(page).locator("details").getAttribute("open")) === null) await strip(page).locator("summary").click();
};
const away = (page: Page) => expect(room.link(page)).not.toHaveAttribute("data-state", "live", { timeout: 40_000 });
/** How many rows of a table this device keeps. */
const keptRows = (page: Page, table: string) =>
  page.evaluate(async (table) => {
    const open = indexedDB.open("phongtruc");
    const db = await new Promise<IDBDatabase>((done, fail) => ((open.onsuccess = () => done(open.result)), (open.onerror = () => fail(open.error))));
    const all = db.transaction(table).objectStore(table).count();
    return new Promise<number>((done) => (all.onsuccess = () => done(all.result)));
  }, table);

test("two tabs show one outbox, either takes back, and each word arrives once", async ({ browser, server }) => {
  const { page: one, context } = await enter(browser, server.linkOf(SEATS.party));
  await room.intoRoom(one, TITLE);
  const two = await context.newPage();
  await two.goto(one.url());
  await room.isLive(two);
  const id = room.idOf(one);

  await server.kill();
  for (const page of [one, two]) await away(page);
  await room.say(one, "từ cửa sổ một");
  await room.say(two, "từ cửa sổ hai");
  await room.say(one, "sẽ bỏ từ cửa sổ kia");
  for (const page of [one, two]) {
    await unfold(page);
    for (const text of ["từ cửa sổ một", "từ cửa sổ hai", "sẽ bỏ từ cửa sổ kia"]) await expect(item(page, text)).toHaveCount(1);
  }
  await item(two, "sẽ bỏ từ cửa sổ kia").getByRole("button", { name: "Bỏ, không gửi" }).click();
  for (const page of [one, two]) await expect(item(page, "sẽ bỏ từ cửa sổ kia")).toHaveCount(0);

  await server.again();
  for (const page of [one, two]) {
    await expect(room.link(page)).toHaveAttribute("data-state", "live", { timeout: 60_000 });
    await expect(strip(page)).toHaveCount(0);
    for (const text of ["từ cửa sổ một", "từ cửa sổ hai"]) await expect(room.said(page, text)).toHaveCount(1);
  }
  const lines = await server.log(id);
  for (const text of ["từ cửa sổ một", "từ cửa sổ hai"]) expect(lines.filter((line) => line.includes(text))).toHaveLength(1);
  expect(lines.filter((line) => line.includes("sẽ bỏ từ cửa sổ kia"))).toHaveLength(0);

  // Out in one is out in both, and nothing of the room stays to be read.
  await one.goto(new URL("/", one.url()).href);
  await one.getByRole("button", { name: "Tài khoản và cài đặt" }).click();
  await one.getByRole("button", { name: "Đăng xuất" }).click();
  for (const page of [one, two]) await expect(page).toHaveURL(/\/vao$/);
  expect(await keptRows(one, "rooms")).toBe(0);
  expect(await one.evaluate(() => localStorage.getItem("phongtruc.me"))).toBeNull();
});

test("a draft is typed on in a browser that was closed and opened again without a network, and all of it arrives", async ({ browser, server }) => {
  const { page: first, context } = await enter(browser, server.linkOf(SEATS.press));
  await room.intoRoom(first, TITLE);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const number = await room.draft(first, "Thông tin ban đầu");
  await room.editor(first).fill("Đập an toàn.");
  await room.isSaved(first);
  const address = first.url();
  const incident = room.idOf(first);
  const type = async (page: Page, words: string) => {
    await room.editor(page).press("Control+End");
    await page.keyboard.type(words);
  };

  await server.kill();
  await away(first);
  await type(first, " Một: gõ lúc mất mạng.");
  await first.close();
  let text = "Đập an toàn. Một: gõ lúc mất mạng.";
  for (const more of [" Hai: mở lại, gõ tiếp.", " Ba: mở lại lần nữa."]) {
    const page = await context.newPage();
    await page.goto(address);
    await expect(room.editor(page)).toHaveValue(text, { timeout: 20_000 });
    await expect(page.locator("#statement-state")).toHaveText(/^Mất mạng từ \d\d:\d\d – chữ bạn gõ được giữ trên máy này/);
    await type(page, more);
    text += more;
    await expect(room.editor(page)).toHaveValue(text);
    await page.close();
  }

  await server.again();
  const back = await context.newPage();
  await back.goto(address);
  await expect(room.editor(back)).toHaveValue(text, { timeout: 30_000 });
  await room.isSaved(back);
  const whole = await (await back.request.get(`${server.origin}/api/incidents/${incident}/export/json`)).json();
  expect(whole.incident.statements.find((one: { number: string }) => one.number === number).text).toBe(text);

  // Nothing of it stays on the device after signing out.
  expect(await keptRows(back, "texts")).toBe(1);
  await back.goto(new URL("/", address).href);
  await back.getByRole("button", { name: "Tài khoản và cài đặt" }).click();
  await back.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(back).toHaveURL(/\/vao$/);
  await expect.poll(() => keptRows(back, "texts")).toBe(0);
  await context.close();
});

test("a clock five hours wrong falsifies nothing", async ({ browser, server }) => {
  for (const wrong of [5, -5]) {
    const context = await browser.newContext();
    await context.addInitScript((hours) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + hours * 3_600_000;
    }, wrong);
    const page = await context.newPage();
    await page.goto(server.linkOf(wrong > 0 ? SEATS.party : SEATS.press));
    await expect(page.getByRole("heading", { name: "Bảng sự cố" })).toBeAttached();
    await room.intoRoom(page, TITLE);
    const text = `đồng hồ máy lệch ${wrong} giờ`;
    const form = room.timeline(page).locator("form");
    await form.getByRole("textbox", { name: "Ghi diễn biến" }).fill(text);
    await form.getByRole("group", { name: "Xảy ra lúc" }).getByRole("button", { name: "Bây giờ" }).click();
    await form.getByRole("button", { name: "Ghi vào dòng thời gian" }).click();
    await expect(room.line(page, text)).toHaveCount(1);
    const line = (await server.log(room.idOf(page))).map((one) => JSON.parse(one) as { at: string; written_at?: string; events: { occurred_at?: string; text?: string }[] }).find((one) => one.events.some((event) => event.text === text));
    const occurred = Date.parse(line?.events[0]?.occurred_at ?? "");
    expect(Math.abs(occurred - Date.parse(line?.at ?? ""))).toBeLessThan(3 * 60_000);
    expect(line?.written_at).toBeUndefined();
    await context.close();
  }
});
