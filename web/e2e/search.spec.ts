// Finding things across incidents: the keyboard from the field to the very row, without marks, on a PC and on a phone.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
const field = (page: Page) => page.getByRole("searchbox", { name: "Tìm trong mọi sự cố" });

test("by keyboard alone to the very message, and back to the results", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await room.say(page, "Loa phường Thử đã thông báo, hoà nhã");
  await expect(room.said(page, "Loa phường Thử đã thông báo, hoà nhã")).toBeVisible();

  // The shortcut works from the room as well; a slash that is typed into a message stays a slash.
  await page.getByPlaceholder("Nhắn mọi cơ quan trong phòng").pressSequentially("a/b");
  await expect(page.getByPlaceholder("Nhắn mọi cơ quan trong phòng")).toHaveValue("a/b");
  await page.getByPlaceholder("Nhắn mọi cơ quan trong phòng").fill("");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expect(page.getByText("Tìm lại bất cứ điều gì đã ghi")).toBeVisible();
  await page.keyboard.type("loa phuong thu hòa nhã");
  await expect(page.getByRole("status").filter({ hasText: "1 kết quả trong 1 sự cố" })).toBeVisible();
  const hit = page.getByRole("link", { name: /Loa phường Thử/ });
  await expect(hit.locator(".said mark")).toHaveText(["Loa", "phường", "Thử", "hoà", "nhã"]);
  await page.keyboard.press("ArrowDown");
  await expect(hit).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/su-co\/coc-ly-2024(#tin-.*)?$/);
  await expect(page.locator("[id^=tin-]").filter({ hasText: "Loa phường Thử" })).toBeFocused();

  await page.goBack();
  await expect(field(page)).toHaveValue("loa phuong thu hòa nhã");
  await expect(hit).toBeVisible();
});

test("kinds, people and one incident narrow it down, and what is not found says what to do", async ({ windows }) => {
  const { page } = windows.party;
  await page.keyboard.press("/");
  await field(page).fill("đập");
  const kinds = page.getByRole("group", { name: "Loại nội dung" });
  await expect(kinds.getByRole("button", { name: /^Dòng thời gian \d+$/ })).toBeVisible();
  await kinds.getByRole("button", { name: /^Dòng thời gian/ }).click();
  await expect(page).toHaveURL(/loai=line/);
  await expect(page.locator("[data-hit] .kind").first()).toHaveText("Dòng thời gian");
  await page.getByRole("button", { name: /^Xem cả \d+ kết quả/ }).click();
  await expect(page.getByRole("button", { name: /^Chỉ trong / })).toBeVisible();
  const first = page.locator("[data-hit]").first();
  await first.click();
  await expect(page.locator("[id^=line-]:focus")).toBeInViewport();

  await page.keyboard.press("/");
  await field(page).fill("zyzzyva");
  await expect(page.getByText("Không thấy «zyzzyva».")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(page.getByText("Chỗ không tìm tới")).toBeVisible();
});

test("on a phone", async ({ windows }) => {
  const { page } = windows.government;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: /^Tìm trong mọi sự cố/ }).click();
  await field(page).fill("coc ly");
  await expect(page.locator("[data-hit]").first()).toBeVisible();
  await page.locator("[data-hit]").first().click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
});
