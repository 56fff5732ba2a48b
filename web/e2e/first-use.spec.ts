// Somebody who never saw it: opens an incident, finds what waits, answers an enquiry of the press. By mouse, by keyboard
// alone, and on a phone by touch; led only by what stands on the screen, and at each stop axe finds nothing serious.
import AxeBuilder from "@axe-core/playwright";
import * as room from "./room";
import { enter, expect, SEATS, test, type Page, type Windows } from "./test";

const SAID = "Tin đồn vỡ đập ở xã Thử, dân bỏ chạy";
const ASKED = "Đập có vỡ không, bao nhiêu hộ phải đi?";
const OUTLET = "Báo Thử Nghiệm";
const ANSWER = "Chánh Văn phòng trả lời qua điện thoại: đập an toàn";

/** How a person moves through the page; what they look for is the same three times. */
type Hand = {
  page: Page;
  press(role: "button" | "link", name: string | RegExp, within?: Where): Promise<void>;
  write(field: string | RegExp, words: string): Promise<void>;
};
type Where = (page: Page) => ReturnType<Page["locator"]>;
const main: Where = (page) => page.getByRole("main");
const enquiry: Where = (page) => page.getByRole("region", { name: /^Sổ báo chí/ }).getByRole("listitem").filter({ hasText: ASKED });

const byMouse = (page: Page): Hand => ({
  page,
  press: (role, name, within = (all) => all.locator("body")) => within(page).getByRole(role, { name }).click(),
  write: (field, words) => page.getByLabel(field).fill(words),
});
const byTouch = (page: Page): Hand => ({
  page,
  press: (role, name, within = (all) => all.locator("body")) => within(page).getByRole(role, { name }).tap(),
  write: async (field, words) => {
    await page.getByLabel(field).tap();
    await page.keyboard.type(words);
  },
});
/** Tab and Enter, from where the focus is, back where what is looked for stands before it. Further than `TABS_MAX` nobody goes on looking. */
const TABS_MAX = 32;
const byKeyboard = (page: Page): Hand => {
  async function go(to: ReturnType<Page["locator"]>): Promise<void> {
    await expect(to).toBeVisible();
    for (let tabs = 0; tabs <= TABS_MAX; tabs += 1) {
      if (await to.evaluate((element) => element === document.activeElement)) return;
      const behind = await to.evaluate((element) => (document.activeElement?.compareDocumentPosition(element) ?? 0) === Node.DOCUMENT_POSITION_PRECEDING);
      await page.keyboard.press(behind ? "Shift+Tab" : "Tab");
    }
    throw new Error(`not within ${TABS_MAX} tabs: ${to}`);
  }
  return {
    page,
    press: async (role, name, within = (all) => all.locator("body")) => {
      await go(within(page).getByRole(role, { name }));
      await page.keyboard.press("Enter");
    },
    write: async (field, words) => {
      await go(page.getByLabel(field));
      await page.keyboard.type(words);
    },
  };
};

async function clean(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((one) => one.impact === "serious" || one.impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`), where).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, `${where}: nothing sticks out sideways`).toBeLessThanOrEqual(0);
}

/** A colleague in another office writes down what the press asks of this person's. */
async function pressCalls(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await room.isLive(page);
  await room.show(page, "Báo chí");
  await page.getByRole("button", { name: "Ghi câu hỏi" }).click();
  const dialog = room.dialog(page);
  await dialog.getByLabel("Cơ quan báo chí").fill(OUTLET);
  await dialog.getByLabel("Câu hỏi, yêu cầu").fill(ASKED);
  await dialog.getByRole("button", { name: "Sau 30 phút" }).click();
  const own = await dialog.getByLabel("Ai phải trả lời").locator("option").filter({ hasText: /^Sở/ }).first().getAttribute("value");
  await dialog.getByLabel("Ai phải trả lời").selectOption(own);
  await dialog.getByRole("button", { name: "Ghi câu hỏi" }).click();
  await expect(dialog).toHaveCount(0);
}

async function journey(hand: Hand, colleague: Page): Promise<void> {
  const { page, press, write } = hand;
  await clean(page, "the board");
  await press("link", "Mở sự cố", main);
  await clean(page, "opening");
  await write("Chuyện gì xảy ra?", SAID);
  await expect(page.getByRole("radio", { name: /^Tin giả/ })).toBeChecked();
  await press("button", /^Mở sự cố/, main);
  await expect(page.getByRole("heading", { level: 1, name: SAID })).toBeVisible();
  await room.isLive(page);
  await expect(page.getByRole("heading", { level: 1 }), "who reads with the ears hears where they are").toBeFocused();
  await clean(page, "the new room");
  await press("button", "Tiếp nhận sự cố");
  await expect(page.getByRole("button", { name: "Tiếp nhận sự cố", exact: true })).toHaveCount(0);

  await pressCalls(colleague, page.url());
  const waits = page.getByRole("button", { name: /^Chờ bạn: \d+ việc$/ });
  await press("link", /Sự cố$/);
  await expect(page.getByRole("heading", { level: 1, name: "Bảng sự cố" })).toBeAttached();
  await expect(waits).toBeVisible();
  await press("button", /^Chờ bạn: \d+ việc$/);
  await clean(page, "what waits");
  await press("link", new RegExp(`Trả lời câu hỏi của ${OUTLET}`));
  await room.isLive(page);
  await expect(enquiry(page), "led to the very row").toBeFocused();
  await expect(enquiry(page)).toBeInViewport();
  await clean(page, "the enquiry");
  await press("button", "Trả lời", enquiry);
  await expect(room.dialog(page).getByLabel("Trả lời thế nào")).toBeFocused();
  await clean(page, "answering");
  await write("Trả lời thế nào", ANSWER);
  await press("button", "Ghi đã trả lời", (all) => room.dialog(all));
  await expect(room.dialog(page)).toHaveCount(0);
  await expect(enquiry(page)).toContainText(ANSWER);
  await expect(enquiry(page), "the focus stays with what was answered").toBeFocused();
  await expect(colleague.getByRole("region", { name: /^Sổ báo chí/ })).toContainText(ANSWER);
  await expect(page.getByRole("region", { name: "Chờ bạn" })).not.toContainText(OUTLET);
}

const colleague = (windows: Windows): Page => windows.party.page;

test("by mouse on a PC", async ({ windows }) => {
  await journey(byMouse(windows.press.page), colleague(windows));
});

test("by keyboard alone", async ({ windows }) => {
  const { page } = windows.press;
  await journey(byKeyboard(page), colleague(windows));
  // A dialog that is left by Escape gives the focus back to what opened it.
  const correct = enquiry(page).getByRole("button", { name: "Sửa", exact: true });
  await page.keyboard.press("Tab");
  await expect(correct).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(room.dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(room.dialog(page)).toHaveCount(0);
  await expect(correct).toBeFocused();
  // What vanishes with what it did leaves the focus in its row.
  await page.keyboard.press("1");
  const first = room.tasks(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: "Nhận việc", exact: true }) }).first();
  const id = (await first.getAttribute("id")) ?? "";
  await first.getByRole("button", { name: "Nhận việc", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(`#${id}`)).toContainText("Bạn đang làm");
  await expect(page.locator(`#${id}`)).toBeFocused();
});

test("on a phone, by touch", async ({ browser, server, windows }) => {
  const { page } = await enter(browser, server.linkOf(SEATS.press), { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await journey(byTouch(page), colleague(windows));
  await page.context().close();
});
