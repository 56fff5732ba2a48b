// The board, the wall of the duty room, the leaders' page and the figures.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
const rows = (page: Page) => page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });

test("the board says which office has not accepted, filters, and follows by itself", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  await press.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await press.getByLabel("Chuyện gì xảy ra?").fill("Lan tin vỡ đập ở xã Thử");
  await press.keyboard.press("Control+Enter");
  await expect(press.getByRole("heading", { level: 1, name: /xã Thử/ })).toBeVisible();
  const row = rows(party).filter({ hasText: "xã Thử" });
  await expect(row).toBeVisible({ timeout: 20_000 });
  const seats = row.getByRole("list", { name: "Các cơ quan" });
  await expect(seats.getByText(/chưa tiếp nhận/)).toHaveCount(3);
  await expect(row.getByText(/việc chờ bạn/)).toBeVisible();

  await room.accept(press);
  await expect(seats.getByText(/chưa tiếp nhận/)).toHaveCount(2, { timeout: 20_000 });
  await party.getByRole("button", { name: /^Chưa đủ cơ quan tiếp nhận/ }).click();
  await expect(row).toBeVisible();
  const filter = party.getByRole("searchbox", { name: "Lọc sự cố" });
  await filter.fill("xa thu");
  await expect(rows(party)).toHaveCount(1);
  await filter.fill("núi lửa");
  await expect(party.getByText("Không có sự cố nào khớp bộ lọc.")).toBeVisible();
  await party.getByRole("button", { name: "Bỏ lọc" }).click();
  await expect(rows(party)).toHaveCount(2);
  // An exercise stands apart.
  await expect(party.getByRole("region", { name: /^Diễn tập/ }).getByText(TITLE)).toBeVisible();
});

test("the wall shows without a hand, and says when it is cut off", async ({ windows, server }) => {
  const { page, context } = windows.government;
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${server.origin}/man-hinh`);
  await expect(page.getByRole("heading", { name: TITLE })).toBeVisible();
  await expect(page.getByText(/^Trực tuyến · cập nhật \d\d:\d\d:\d\d$/)).toBeVisible();
  // From four metres: letters of 20 points and more, and the clock of the law of 80.
  const size = (part: string) => page.locator(part).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(await size(".wall .rows h2")).toBeGreaterThanOrEqual(40);
  expect(await size(".wall .rows .clock p")).toBeGreaterThanOrEqual(24);
  expect(await size(".wall .time")).toBeGreaterThanOrEqual(96);
  await expect(page.locator(".wall .seats li")).toHaveCount(3);
  await expect(page.getByText(/^✓ (vắng|\d+ người)$/).first()).toBeVisible();
  const stays = await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth);
  expect(stays, "nothing is below or beside the screen").toBe(true);
  await page.getByRole("button", { name: "Toàn màn hình" }).click();
  await expect(page.getByRole("button", { name: "Thoát toàn màn hình" })).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByRole("status").filter({ hasText: /^MẤT KẾT NỐI – những gì hiện ở đây là lúc/ })).toBeVisible({ timeout: 25_000 });
  await context.setOffline(false);
  await expect(page.getByText(/^Trực tuyến/)).toBeVisible({ timeout: 25_000 });
});

test("who leads reads what was said, what is decided and what is needed, and it prints on one page", async ({ windows, server }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await room.decide(page, "Giao cơ quan báo chí xác minh", "Tin lan nhanh");
  await page.goto(`${server.origin}/lanh-dao`);
  const card = page.getByRole("article", { name: TITLE });
  await expect(card).toContainText("Giao cơ quan báo chí xác minh");
  await expect(card).toContainText("Chưa công bố gì.");
  await expect(card.getByText("Cần bạn", { exact: true })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(card).toBeVisible();
});

test("an incident in figures, with what each is counted from, and against what was prescribed", async ({ windows, server }) => {
  const { page } = windows.press;
  await page.goto(`${server.origin}/su-co/coc-ly-2024/so-lieu`);
  const spoken = page.getByRole("region", { name: "Đến phát ngôn công khai đầu tiên" });
  const first = spoken.getByRole("row", { name: /tiếp nhận, xử lý theo thẩm quyền/ });
  await expect(first).toContainText("chưa có");
  await expect(first).toContainText("Chưa có phát ngôn công khai nào.");
  await expect(page.getByRole("heading", { name: "Thời gian tiếp nhận sự cố" })).toBeVisible();
  await expect(page.getByText("Sự cố chưa kết thúc: số liệu đến lúc này.")).toBeVisible();
  const compared = page.getByRole("region", { name: "So với quy định và kịch bản" });
  const tasks = compared.getByRole("table", { name: /^Nhiệm vụ của kịch bản \d/ });
  await expect(tasks.getByRole("columnheader")).toHaveText(["Việc, của ai", "Quy định", "Thực tế", "Kết quả"]);
  await expect(compared.getByRole("table", { name: /^Thời hạn theo quy định \d/ })).toContainText("theo luật");
});
