// Offices and who answers for them: the banner until all have accepted, duty, a handover confirmed in another window; and
// who comes back after an absence is told what happened.
import AxeBuilder from "@axe-core/playwright";
import * as people from "./people";
import * as room from "./room";
import { Server } from "./server";
import { expect, test, type Page } from "./test";

const DEMO = "Tin đồn vỡ đập thủy điện Cốc Ly";
const HOURS_MS = 3 * 60 * 60_000;

const banner = (page: Page) => page.getByRole("region", { name: "Cơ quan chưa tiếp nhận" });
const seat = (page: Page, office: RegExp) => page.getByRole("region", { name: "Các cơ quan trực" }).getByRole("button", { name: office });
const brief = (page: Page) => page.getByRole("region", { name: "Tóm tắt khi bạn vắng mặt" });

async function openedBy(page: Page, what: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).first().click();
  await page.getByLabel("Chuyện gì xảy ra?").fill(what);
  await page.keyboard.press("Control+Enter");
  await room.isLive(page);
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter((one) => one.impact === "serious" || one.impact === "critical")).toEqual([]);
}
/** Behind the seat: opens it and presses a button there. */
async function atSeat(page: Page, office: RegExp, act: string): Promise<void> {
  await seat(page, office).click();
  await page.getByRole("button", { name: act, exact: true }).and(page.locator("[popover]:popover-open button")).click();
}

test("everybody sees which offices have not accepted, with the minutes; the office's own people have the button", async ({ windows }) => {
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  const pages = [press, party, government];
  await openedBy(press, "Tin đồn vỡ đập, chưa ai nhận");
  for (const page of [party, government]) {
    await page.goto(press.url());
    await room.isLive(page);
  }
  for (const page of pages) {
    await expect(banner(page)).toContainText(/Chưa tiếp nhận sự cố:.*VP Tỉnh ủy đã \d+ phút/);
    await clean(page);
  }
  await room.accept(party);
  for (const page of pages) await expect(banner(page)).not.toContainText("VP Tỉnh ủy");
  await expect(seat(press, /^Văn phòng Tỉnh ủy/)).toContainText("Tiếp nhận");
  await expect(banner(party).getByRole("button")).toHaveCount(0);
  for (const page of [government, press]) await room.accept(page);
  // What the playbook pulled in is asked as well, and is named after the seats.
  for (const page of pages) await expect(banner(page)).not.toContainText("VP UBND");
});

test("duty is handed over: the note is read and confirmed in the other window, on a phone; until then the old one stays", async ({ browser }) => {
  const server = await Server.start("serve");
  const admin = await people.administrator(browser, server);
  const first = await people.atDesk(browser, admin, { name: "Lê Thị Ca Một", function: "press_authority" });
  const second = await people.atDesk(browser, admin, { name: "Trần Văn Ca Hai", function: "press_authority" });
  await second.setViewportSize({ width: 390, height: 844 });
  await openedBy(first, "Tin đồn vỡ đập, trực đêm");
  await second.goto(first.url());
  await room.isLive(second);

  const own = /^Sở /;
  await room.accept(first);
  await atSeat(first, own, "Nhận trực");
  await room.dialog(first).getByRole("button", { name: "Nhận trực", exact: true }).click();
  await expect(room.dialog(first)).toHaveCount(0);
  await expect(seat(second, own)).toContainText("Lê Thị Ca Một");
  await expect(seat(second, own)).toHaveAccessibleName(/Trực ban Lê Thị Ca Một, có mặt/);

  await atSeat(first, own, "Bàn giao ca");
  await room.dialog(first).getByLabel("Bàn giao cho").selectOption({ label: "Trần Văn Ca Hai, Trực" });
  await room.dialog(first).getByLabel("Ghi thêm").fill("Báo Thử hẹn gọi lại lúc 5 giờ.");
  await clean(first);
  await room.dialog(first).getByRole("button", { name: "Bàn giao ca", exact: true }).click();
  await expect(room.dialog(first)).toContainText("Phiếu bàn giao ca trực");
  await expect(room.dialog(first)).toContainText("Đang chờ xác nhận");
  await first.keyboard.press("Escape");
  await expect(seat(second, own)).toContainText("đang bàn giao cho Trần Văn Ca Hai");

  // What waits leads there, on a phone by its menu.
  await second.getByRole("button", { name: /^Chờ bạn/ }).click();
  await second.getByRole("link", { name: /Nhận bàn giao ca trực .* từ Lê Thị Ca Một/ }).click();
  await expect(room.dialog(second)).toContainText("Báo Thử hẹn gọi lại lúc 5 giờ.");
  await expect(room.dialog(second)).toContainText("Nhiệm vụ chưa xong");
  await clean(second);
  await room.dialog(second).getByRole("button", { name: "Đã đọc, nhận trực" }).click();
  await expect(room.dialog(second)).toHaveCount(0);
  await expect(seat(first, own)).toContainText("Trần Văn Ca Hai");
  await expect(room.line(first, "xác nhận bàn giao của Lê Thị Ca Một")).toBeVisible();

  // What was handed over stays readable as it was, and has a sheet of paper.
  await seat(first, own).click();
  await first.getByRole("button", { name: "Phiếu bàn giao ca trực" }).click();
  await expect(room.dialog(first)).toContainText("Trần Văn Ca Hai xác nhận lúc");
  await first.emulateMedia({ media: "print" });
  await expect(room.dialog(first).getByRole("heading", { level: 1, name: "Phiếu bàn giao ca trực" })).toBeVisible();
  await expect(room.timeline(first)).toBeHidden();
  await first.emulateMedia({ media: "screen" });
  for (const page of [admin, first, second]) await page.context().close();
  await server.end();
});

test("who is new is told what this is; back after hours a brief says what happened and leads there, and goes away by a key", async ({ windows, server }) => {
  const [{ page: press, context }, party] = [windows.press, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, DEMO);
  await expect(brief(party)).toContainText("Bạn mới vào sự cố này.");
  await clean(party);
  await brief(party).getByRole("button", { name: "Đã nắm" }).click();
  await expect(brief(party)).toHaveCount(0);
  // On the record, so that no other device asks again.
  const acknowledged = async () => (await server.log(room.idOf(party))).filter((line) => line.includes('"verb":"acknowledged"')).length;
  await expect.poll(acknowledged).toBe(1);

  // Who opened it knows what it is; a short absence needs no brief.
  await room.say(party, "tin trước khi vắng");
  await expect(room.said(press, "tin trước khi vắng")).toBeVisible();
  await press.reload();
  await room.isLive(press);
  await expect(room.said(press, "tin trước khi vắng")).toBeVisible();
  await expect(brief(press)).toHaveCount(0);

  const address = press.url();
  await press.close();
  await room.enterFact(party, "Mực nước hồ", "82 m", "Trạm thủy văn");
  await room.enterFact(party, "Số hộ sơ tán", "12 hộ", "UBND xã");
  await room.say(party, "tin trong lúc vắng");
  const back = await context.newPage();
  await back.setViewportSize({ width: 390, height: 844 });
  await back.clock.install({ time: Date.now() + HOURS_MS });
  await back.goto(address);
  await room.isLive(back);
  await expect(brief(back)).toContainText("2 dữ kiện mới");
  await expect(brief(back)).toContainText("1 tin nhắn mới");
  await expect(brief(back)).toContainText(/còn \d+ (giờ|ngày)|QUÁ HẠN/);
  await clean(back);
  await brief(back).getByRole("button", { name: "Xem từng mục" }).click();
  await brief(back).getByRole("button", { name: /Số hộ sơ tán/ }).click();
  await expect(room.facts(back).getByText("Số hộ sơ tán")).toBeVisible();
  await back.keyboard.press("g");
  await expect(brief(back)).toHaveCount(0);
  await expect.poll(acknowledged).toBe(2);
});

test("without a network the state says since when, within seconds, and then that it is live again", async ({ windows }) => {
  const { page, context } = windows.press;
  await room.intoRoom(page, DEMO);
  await context.setOffline(true);
  await expect(room.link(page)).toContainText(/Máy này không có mạng từ \d\d:\d\d/);
  await expect(seat(page, /^Sở /)).toHaveAccessibleName(/Chưa có người trực|Trực ban/);
  await context.setOffline(false);
  await expect(room.link(page)).toHaveAttribute("data-standing", "live", { timeout: 25_000 });
});
