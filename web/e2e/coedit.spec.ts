// Several offices type in one statement at once: through a cut of the network, a closed tab, a power failure, an ended
// session and a submission in between, every window and the record end with the same words, and no character is lost.
import { createHash } from "node:crypto";
import type { Locator } from "@playwright/test";
import * as people from "./people";
import * as room from "./room";
import { Server } from "./server";
import { expect, SEATS, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
/** Longer than the silence after which a window believes that its connection is dead. */
const CUT = { timeout: 50_000 };

const status = (page: Page): Locator => page.locator("#statement-state");
const words = (page: Page): Promise<string> => room.editor(page).inputValue();
const held = (page: Page): Locator => page.getByRole("region", { name: "Phần bạn gõ chưa vào bản trình" });

/** Puts the caret before or behind some words, as a click does. */
async function caret(page: Page, side: "before" | "behind", some: string): Promise<void> {
  await room.editor(page).evaluate(
    (field: HTMLTextAreaElement, { side, some }) => {
      const at = some ? field.value.indexOf(some) : field.value.length;
      if (at < 0) throw new Error(`«${some}» is not there`);
      const place = side === "behind" ? at + some.length : at;
      field.focus();
      field.setSelectionRange(place, place);
    },
    { side, some },
  );
}
async function type(page: Page, side: "before" | "behind", some: string, text: string): Promise<void> {
  await caret(page, side, some);
  await page.keyboard.type(text);
}

/** The statement as the complete export has it. */
async function record(page: Page, number: string): Promise<{ text: string; digest: string }> {
  const { origin } = new URL(page.url());
  const whole = await (await page.request.get(`${origin}/api/incidents/${room.idOf(page)}/export/json`)).json();
  const row = whole.incident.statements.find((one: { number: string }) => one.number === number);
  return { text: row.text, digest: row.digest };
}

/** All windows, the record and the digest in sight say the same. */
async function agree(pages: Page[], number: string): Promise<string> {
  for (const page of pages) await room.isSaved(page);
  const text = await words(pages[0]!);
  for (const page of pages) await expect(room.editor(page)).toHaveValue(text);
  const kept = await record(pages[0]!, number);
  expect(kept.text).toBe(text);
  expect(kept.digest).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
  for (const page of pages) await expect(page.locator("header .code").first()).toHaveText(kept.digest.slice(0, 12));
  return text;
}

test("three offices, one of them on a phone and for a while without a network, from the first word to publication", async ({ browser }) => {
  test.setTimeout(300_000);
  const server = await Server.start("serve");
  const admin = await people.administrator(browser, server);
  const press = await people.atDesk(browser, admin, { name: "Lê Thị Nháp", function: "press_authority" });
  const government = await people.atDesk(browser, admin, { name: "Nguyễn Văn Thử", function: "pc_office" });
  const party = await people.atDesk(browser, admin, { name: "Trần Thị Mẫu", function: "party_office" });
  const head = await people.atDesk(browser, admin, { name: "Phạm Văn Duyệt", function: "party_office" });
  const speaker = await people.atDesk(browser, admin, { name: "Hoàng Thị Nói", function: "pc_office", speaks: true });
  const writers = [press, government, party];
  await party.setViewportSize({ width: 390, height: 844 });

  let number = "";
  await test.step("three windows have the statement open and see each other", async () => {
    await press.getByRole("main").getByRole("link", { name: "Mở sự cố" }).first().click();
    await press.getByLabel("Chuyện gì xảy ra?").fill(TITLE);
    await press.getByRole("radio", { name: /Nghiêm trọng/ }).and(press.locator("[name=level]")).check({ force: true });
    await press.keyboard.press("Control+Enter");
    await room.isLive(press);
    number = await room.draft(press, "Thông tin ban đầu");
    for (const page of [government, party]) await page.goto(press.url());
    for (const page of writers) await expect(room.editor(page)).toBeVisible();
    // Everybody has one colour, the same in every window, and nobody has the same.
    const own = (page: Page) => page.getByText(/^Bạn · (lam|cam|lục|tím|ngọc|hồng|nâu|rêu)$/);
    const seen = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: new RegExp(`^${name} .* · \\S+$`) });
    await expect(async () => {
      const colours = await Promise.all([government, party, press].map(async (page) => (await own(page).innerText()).split(" · ").at(-1)!));
      expect(new Set(colours).size).toBe(3);
      for (const page of [press, party]) await expect(seen(page, "Nguyễn Văn Thử")).toHaveText(new RegExp(`· ${colours[0]}$`), { timeout: 500 });
      for (const page of [press, government]) await expect(seen(page, "Trần Thị Mẫu")).toHaveText(new RegExp(`· ${colours[1]}$`), { timeout: 500 });
    }).toPass({ timeout: 15_000 });
  });

  await test.step("all three type at once; carets stay, names stand beside them", async () => {
    await room.editor(press).fill("Một.\nHai.\nBa.");
    await expect(room.editor(party)).toHaveValue("Một.\nHai.\nBa.");
    await caret(government, "behind", "Hai.");
    await Promise.all([type(press, "behind", "Một.", " Đập Cốc Ly an toàn."), type(party, "behind", "Ba.", " Bà con yên tâm.")]);
    await government.keyboard.type(" Hồ xả nước theo quy trình.");
    const text = "Một. Đập Cốc Ly an toàn.\nHai. Hồ xả nước theo quy trình.\nBa. Bà con yên tâm.";
    expect(await agree(writers, number)).toBe(text);
    await expect(press.locator(".above b")).toHaveText(["Thử", "Mẫu"]);
  });

  await test.step("undo takes back one's own words only", async () => {
    await type(press, "behind", "Một.", " SAI");
    await expect(room.editor(party)).toHaveValue(/SAI/);
    await type(party, "behind", "Bà con", " ta");
    await expect(room.editor(press)).toHaveValue(/Bà con ta/);
    await press.keyboard.press("Control+z");
    await expect(room.editor(party)).not.toHaveValue(/SAI/);
    await expect(room.editor(press)).toHaveValue(/Bà con ta/);
  });

  await test.step("one loses the network; everybody types on; on return both are in one text, and it is shown", async () => {
    await government.context().setOffline(true);
    await type(government, "behind", "Hai.", " (mất mạng)");
    await type(press, "behind", "Một.", " (tại Sở)");
    await type(party, "behind", "Ba.", " (từ xã)");
    await expect(status(government)).toHaveText(/^Mất mạng từ \d\d:\d\d – chữ bạn gõ được giữ trên máy này/, CUT);
    await government.keyboard.type(" vẫn gõ");
    await expect(room.editor(press)).not.toHaveValue(/mất mạng/);
    await government.context().setOffline(false);
    await expect(room.editor(press)).toHaveValue(/mất mạng\) vẫn gõ/, CUT);
    const text = await agree(writers, number);
    for (const some of ["(mất mạng) vẫn gõ", "(tại Sở)", "(từ xã)"]) expect(text).toContain(some);
    await expect(government.getByText(/^Phần bạn gõ lúc mất mạng đã ghép với phần của /)).toBeVisible();
    await government.getByText("Thay đổi trong lúc bạn mất mạng").click();
    await expect(government.locator("details ins").first()).toContainText(/tại Sở|từ xã/);
    await government.getByRole("button", { name: "Đã đọc" }).click();
    await expect(government.getByText("Thay đổi trong lúc bạn mất mạng")).toHaveCount(0);
  });

  await test.step("submitted, approved; opened again, the approval is void and the difference shown", async () => {
    await room.submit(press);
    for (const page of writers) await expect(room.step(page)).toHaveText("Duyệt");
    await expect(room.editor(government)).toHaveCount(0);
    for (const page of [head, speaker]) await page.goto(press.url());
    await room.approve(head);
    await room.reopen(government);
    for (const page of [...writers, head]) await expect(room.step(page)).toHaveText("Soạn");
    await type(government, "behind", "Hai.", " Sửa lại.");
    await agree([...writers, head], number);
    await room.submit(press);
    await head.getByText(/^Ý kiến trước đây/).click();
    await expect(head.getByText(/^Hết hiệu lực: Nguyễn Văn Thử mở lại để sửa/)).toBeVisible();
    await expect(head.getByRole("region", { name: "Khác gì với bản bạn đã duyệt" }).locator("ins")).toContainText("Sửa lại.");
  });

  await test.step("approved again and published: the words that went out are the words on record", async () => {
    for (const page of [head, speaker]) await room.approve(page);
    for (const page of writers) await expect(room.step(page)).toHaveText("Đủ duyệt");
    await room.publish(speaker, room.minutesAgo(0), "https://laocai.gov.vn/tin/coc-ly");
    const { text } = await record(press, number);
    for (const page of writers) {
      await expect(room.step(page)).toHaveText("Phát hành");
      await expect(page.locator("article > .text")).toHaveText(text, { useInnerText: true });
    }
  });

  for (const page of [...writers, head, speaker, admin]) await page.context().close();
  await server.end();
});

/** A draft that two windows of the demonstration have open. */
async function together(press: Page, government: Page, text: string): Promise<string> {
  await room.intoRoom(press, TITLE);
  const number = await room.draft(press, "Thông tin ban đầu");
  await government.goto(press.url());
  await expect(room.editor(government)).toBeVisible();
  await room.editor(press).fill(text);
  await agree([press, government], number);
  return number;
}

test("a tab closed without a network loses nothing", async ({ windows }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  const number = await together(press, government, "Đập an toàn.");
  const address = press.url();
  await windows.press.context.setOffline(true);
  await type(press, "behind", "Đập", " Cốc Ly");
  await expect(press.locator("#statement-text")).toHaveValue("Đập Cốc Ly an toàn.");
  await press.close();
  await type(government, "behind", "toàn.", " Hết.");
  await room.isSaved(government);
  await windows.press.context.setOffline(false);

  const again = await windows.press.context.newPage();
  await again.goto(address.replace(/\/phat-ngon.*/, ""));
  await expect(room.statements(again).getByText("có chữ chưa ghi sổ trên máy này")).toBeVisible();
  await again.goto(address);
  await expect(room.editor(government)).toHaveValue("Đập Cốc Ly an toàn. Hết.");
  await expect(again.getByText(/^Phần bạn gõ lúc mất mạng đã ghép/)).toBeVisible();
  await agree([again, government], number);
});

test("the power fails at the server while two type", async ({ windows, server }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  const number = await together(press, government, "Một.\nHai.");
  await caret(government, "behind", "Hai.");
  await type(press, "behind", "Một.", " Ngay trước khi mất điện.");
  await server.kill();
  await press.keyboard.type(" Trong lúc mất điện.");
  await government.keyboard.type(" Ở đây cũng vậy.");
  await expect(status(press)).toHaveText(/^Mất mạng từ/);
  await server.again();
  for (const page of [press, government]) {
    await expect(room.editor(page)).toHaveValue("Một. Ngay trước khi mất điện. Trong lúc mất điện.\nHai. Ở đây cũng vậy.", CUT);
  }
  await agree([press, government], number);
});

test("words typed without a network while somebody submits stay, and go in when it is opened again", async ({ windows }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  const number = await together(press, government, "Đập an toàn.");
  await windows.press.context.setOffline(true);
  await type(press, "behind", "Đập", " Cốc Ly");
  await room.submit(government);
  await windows.press.context.setOffline(false);

  await expect(held(press)).toBeVisible(CUT);
  await expect(held(press).locator("ins")).toContainText("Cốc Ly");
  await expect(room.editor(press)).toHaveCount(0);
  await expect(press.locator("article > .text")).toHaveText("Đập an toàn.");
  await held(press).getByRole("button", { name: "Mở lại để sửa và đưa vào" }).click();
  await room.dialog(press).getByRole("button", { name: "Mở để sửa" }).click();
  for (const page of [press, government]) await expect(room.editor(page)).toHaveValue("Đập Cốc Ly an toàn.");
  await expect(held(press)).toHaveCount(0);
  await agree([press, government], number);
});

test("a session that ends under somebody's hands keeps the words until they are back", async ({ windows, server }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  const number = await together(press, government, "Đập an toàn.");
  await windows.press.context.setOffline(true);
  await type(press, "behind", "Đập", " Cốc Ly");
  // Signed out elsewhere, while this window hears nothing of it.
  const ended = await windows.press.context.request.delete(`${server.origin}/api/session`, { headers: { origin: server.origin, "x-phongtruc": "1" } });
  expect(ended.ok()).toBe(true);
  await windows.press.context.setOffline(false);
  await expect(press.getByText(/phần đang viết dở vẫn còn trên máy này/)).toBeVisible(CUT);
  await press.goto(server.linkOf(SEATS.press));
  await expect(room.editor(press)).toHaveValue("Đập Cốc Ly an toàn.");
  await expect(room.editor(government)).toHaveValue("Đập Cốc Ly an toàn.");
  await agree([press, government], number);
});

test("a paste that is too long is refused whole, with words", async ({ windows }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  await together(press, government, "Đập an toàn.");
  await windows.press.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await press.evaluate(() => navigator.clipboard.writeText("dài ".repeat(20_000)));
  await caret(press, "behind", "Đập");
  await press.keyboard.press("Control+v");
  await expect(press.getByRole("alert")).toContainText("80.012 ký tự, vượt giới hạn 40.000");
  await expect(room.editor(press)).toHaveValue("Đập an toàn.");
  await press.evaluate(() => navigator.clipboard.writeText("Tiếng Việt\r\n".normalize("NFD")));
  await press.keyboard.press("Control+v");
  await expect(room.editor(government)).toHaveValue("ĐậpTiếng Việt\n an toàn.");
});
