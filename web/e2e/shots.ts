// Pictures of every page, for people to look at: `npm run shots -- FOLDER`. Not a test; nothing is compared.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Server } from "./server";
import * as room from "./room";
import { expect, test, type Page } from "./test";

const FOLDER = resolve(process.env["PHONGTRUC_SHOTS"] || "shots");
const LOOKS = [
  { size: "pc", viewport: { width: 1440, height: 900 } },
  { size: "phone", viewport: { width: 390, height: 844 } },
] as const;

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const { size, viewport } of LOOKS) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize(LOOKS[0].viewport);
}

test("pages of the demonstration", async ({ windows, server, browser }) => {
  test.setTimeout(600_000);
  const { page } = windows.press;
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(server.origin);
  await expect(guest.getByLabel("Tên đăng nhập")).toBeVisible();
  await shoot(guest, "vao");

  await page.goto(`${server.origin}/mo`);
  await shoot(page, "mo-trong");
  await page.getByLabel("Chuyện gì xảy ra?").fill("Sạt lở đất vùi lấp nhà dân, nhiều người mất tích");
  await expect(page.locator("mark").first()).toBeVisible();
  await shoot(page, "mo");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Sạt lở đất/ })).toBeVisible();

  await page.goto(server.origin);
  await expect(page.getByRole("main").getByRole("listitem").getByRole("heading")).toHaveCount(2);
  await shoot(page, "bang");
  await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  const address = page.url();
  await shoot(page, "phong");
  for (const [tab, name] of [["Nhiệm vụ", "nhiem-vu"], ["Phát ngôn", "phat-ngon"], ["Trao đổi", "trao-doi"]] as const) {
    await page.setViewportSize(LOOKS[1].viewport);
    await page.getByRole("navigation", { name: "Các phần của phòng" }).getByRole("button", { name: tab }).click();
    await shoot(page, `phong-${name}`);
  }
  const sid = /"noun":"statement","verb":"drafted","id":"([^"]+)"/.exec((await server.log(room.idOf(page))).join("\n"))?.[1];
  await page.goto(`${address}/phat-ngon/${sid}`);
  await expect(room.editor(page)).toBeVisible();
  await shoot(page, "phat-ngon-soan");
  await room.fillBlanks(page);
  await room.submit(page);
  const party = windows.party.page;
  await party.goto(page.url());
  await expect(party.getByRole("button", { name: "Duyệt", exact: true })).toBeVisible();
  await shoot(party, "phat-ngon-duyet");
  await party.getByRole("button", { name: "Duyệt", exact: true }).click();
  await shoot(party, "phat-ngon-duyet-hop");

  await page.goto(`${address}/xuat`);
  await expect(page.getByRole("heading", { name: /^Xuất hồ sơ/ })).toBeVisible();
  await shoot(page, "xuat");
  await guest.context().close();
});

test("accounts", async ({ browser }) => {
  test.setTimeout(300_000);
  const server = await Server.start("serve");
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.links[0]?.url ?? "");
  await expect(page.getByLabel("Mật khẩu mới")).toBeVisible();
  await shoot(page, "dat-mat-khau");
  await page.getByLabel("Mật khẩu mới").fill("một câu dài dễ nhớ");
  await page.getByRole("button", { name: "Lưu mật khẩu và vào" }).click();
  await expect(page.getByText("Không có sự cố nào đang mở")).toBeVisible();
  await shoot(page, "bang-trong");
  await page.goto(`${server.origin}/tai-khoan`);
  await page.getByRole("button", { name: "Thêm tài khoản" }).click();
  await page.getByLabel("Giao làm người phát ngôn").check();
  await shoot(page, "tai-khoan-them");
  await page.getByLabel("Họ và tên").fill("Đặng Thị Thử Nghiệm");
  await page.getByRole("textbox", { name: "Chức vụ" }).fill("Trực Văn phòng");
  await page.getByLabel("Số, ký hiệu văn bản").fill("12/QĐ-UBND");
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await expect(page.getByRole("textbox", { name: /^Liên kết của/ })).toBeVisible();
  await shoot(page, "tai-khoan-lien-ket");
  await page.getByRole("button", { name: "Đã đưa, đóng lại" }).click();
  await shoot(page, "tai-khoan");
  await page.context().close();
  await server.end();
});
