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

test("the statement desk", async ({ windows }) => {
  test.setTimeout(600_000);
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  for (const page of [press, party, government]) await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  const top = async (page: Page) => page.evaluate(() => scrollTo(0, 0));
  const tab = async (page: Page, name: string, picture: string) => {
    await page.setViewportSize(LOOKS[1].viewport);
    await page.getByRole("navigation", { name: "Các phần của phòng" }).getByRole("button", { name }).click();
    await shoot(page, picture);
  };
  const register = async (page: Page, name: string, picture: string) => {
    await tab(page, "Các sổ", picture);
    await room.show(page, name);
    await shoot(page, picture);
  };
  await register(press, "Dữ kiện", "du-kien-trong");
  await press.setViewportSize(LOOKS[0].viewport);
  await room.show(press, "Dữ kiện");

  await room.enterFact(press, "Số hộ bị cô lập ở xã Cốc Ly", "12 hộ", "UBND xã Cốc Ly, điện thoại 22:10");
  await room.enterFact(press, "Đập thủy điện Cốc Ly vận hành bình thường, không có sự cố", "", "Trực ban nhà máy");
  await room.enterFact(press, "Số người phải sơ tán", "340 người", "Ban chỉ huy phòng thủ dân sự huyện Bắc Hà");
  await room.onFact(government, "Số hộ bị cô lập", "Xác minh");
  await room.dialog(government).getByRole("button", { name: "Xác minh", exact: true }).click();
  await room.onFact(government, "Số người phải sơ tán", "Nghi ngờ");
  await room.dialog(government).getByLabel("Lý do").fill("Hai báo cáo lệch nhau 60 người");
  await room.dialog(government).getByRole("button", { name: "Nghi ngờ", exact: true }).click();
  await expect(room.dialog(government)).toHaveCount(0);
  await room.onFact(government, "Số hộ bị cô lập", "Cập nhật");
  await room.dialog(government).getByLabel("Số liệu").fill("15 hộ");
  await room.dialog(government).getByRole("button", { name: "Cập nhật", exact: true }).click();
  await expect(room.dialog(government)).toHaveCount(0);
  await shoot(government, "du-kien");
  await register(government, "Dữ kiện", "du-kien-tab");
  await government.setViewportSize(LOOKS[0].viewport);
  await room.facts(government).getByRole("button", { name: "Ghi dữ kiện" }).click();
  await shoot(government, "du-kien-hop");
  await government.keyboard.press("Escape");

  await press.setViewportSize(LOOKS[0].viewport);
  await press.keyboard.press("p");
  await shoot(press, "mau");
  await press.keyboard.press("Space");
  await press.keyboard.press("Enter");
  await expect(press.getByText("Mẫu đã duyệt trước: chỉ điền chỗ trống")).toBeVisible();
  await shoot(press, "bieu-mau");
  await room.backToRoom(press);

  await room.draft(press, "Thông tin ban đầu");
  const line = "Đập thủy điện Cốc Ly vận hành bình thường, không có sự cố vỡ đập. Có 15 hộ ở xã Cốc Ly bị cô lập do nước dâng.";
  await room.editor(press).fill(`Tối 10/9/2024, UBND tỉnh Lào Cai tiếp nhận thông tin lan truyền về việc đập thủy điện Cốc Ly bị vỡ.\n\n${line}\n\nĐề nghị người dân bình tĩnh, không chia sẻ thông tin chưa được xác thực.`);
  await room.isSaved(press);
  await press.getByRole("button", { name: "Chèn dữ kiện" }).click();
  await shoot(press, "chen-du-kien");
  await room.dialog(press).getByRole("radio", { name: /Số hộ bị cô lập/ }).check();
  await room.dialog(press).getByRole("button", { name: "Chèn", exact: true }).click();
  await shoot(press, "ban-soan");
  await room.submit(press);
  for (const page of [party, government]) await page.goto(press.url());
  await shoot(party, "cho-duyet");
  await room.object(party, "Con số 15 hộ chưa được xác minh lại", "strong");
  await shoot(press, "phan-doi-manh");
  await press.getByRole("button", { name: "Quyết định về phản đối" }).click();
  await shoot(press, "quyet-dinh");
  await press.keyboard.press("Escape");
  await room.reopen(press);
  await shoot(press, "mo-lai");
  await room.editor(press).press("End");
  await room.editor(press).press("Control+End");
  await press.keyboard.type(" Số liệu tính đến 22:10.");
  await room.isSaved(press);
  await room.submit(press);
  await room.approve(party);
  await government.getByRole("button", { name: "Dự kiến kênh" }).click();
  for (const box of (await room.dialog(government).getByRole("checkbox").all()).slice(0, 3)) await box.check();
  await room.dialog(government).getByRole("button", { name: "Dự kiến kênh" }).click();
  await government.getByRole("button", { name: "Hẹn cùng phát hành" }).click();
  await room.dialog(government).getByRole("button", { name: "Sau 30 phút" }).click();
  await shoot(government, "hen");
  await room.dialog(government).getByRole("button", { name: "Hẹn cùng phát hành" }).click();
  await room.approve(government);
  await shoot(government, "hen-giu");
  await press.getByRole("button", { name: "Bỏ hẹn" }).click();
  await room.dialog(press).getByRole("textbox").fill("Tin đồn lan nhanh, không chờ được");
  await room.dialog(press).getByRole("button", { name: "Bỏ hẹn" }).click();
  await expect(room.dialog(press)).toHaveCount(0);
  await government.getByRole("button", { name: "Ghi phát hành" }).click();
  await shoot(government, "phat-hanh-hop");
  await government.keyboard.press("Escape");
  const channel = await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/coc-ly");
  await room.capture(party, channel, "Trang chủ. Đập thủy điện Cốc Ly vận hành bình thường. Có 13 hộ ở xã Cốc Ly bị cô lập.");
  await party.getByRole("button", { name: "Ghi số văn bản" }).click();
  await room.dialog(party).getByLabel("Số, ký hiệu").fill("45/TB-UBND");
  await room.dialog(party).getByRole("button", { name: "Ghi số văn bản" }).click();
  await party.getByText("Xem chỗ khác").click();
  await shoot(party, "phat-hanh");
  await party.emulateMedia({ media: "print" });
  await party.screenshot({ path: join(FOLDER, "in.png"), fullPage: true });
  await party.emulateMedia({ media: "screen" });
  const first = press.url();
  await room.follow(press, "Đính chính");
  await room.editor(press).fill("Đính chính: có 18 hộ bị cô lập.");
  await room.isSaved(press);
  await room.submit(press);
  await government.goto(press.url());
  await room.approve(government);
  await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/dinh-chinh");
  await press.goto(first);
  await top(press);
  await shoot(press, "da-dinh-chinh");
  await room.backToRoom(press);
  await shoot(press, "phong-chuoi");
  await tab(press, "Phát ngôn", "phong-chuoi-tab");
  await press.setViewportSize(LOOKS[0].viewport);
  await press.goto(new URL(first).origin);
  await press.getByRole("button", { name: /^Chờ bạn/ }).click();
  await shoot(press, "cho-ban");
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
