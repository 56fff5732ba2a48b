import * as room from "./room";
import { expect, test, type Page } from "./test";
const LOOKS = [["pc", 1440, 900], ["phone", 390, 844]] as const;
async function shoot(page: Page, name: string, full = false) {
  for (const [size, width, height] of LOOKS) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of (size === "pc" ? ["light", "dark"] : ["light"]) as ("light" | "dark")[]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: `/tmp/shots/${name}-${size}-${colorScheme}.png`, fullPage: full });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
test("pics", async ({ windows, server }) => {
  test.setTimeout(200_000);
  const page = windows.press.page;
  for (const title of ["Lan tin vỡ đập ở xã thử nghiệm, dân chạy trong đêm", "Tin đồn giá vàng tăng ở xã thử"]) {
    await page.goto(server.origin);
    await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
    await page.getByLabel("Chuyện gì xảy ra?").fill(title);
    await page.waitForTimeout(500);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await room.isLive(page);
  }
  const press = page.getByRole("region", { name: "Sổ báo chí", exact: true });
  for (const [outlet, q] of [["Báo Thử Nghiệm", "Đập có an toàn không, khi nào có kết luận?"], ["Đài Mẫu", "Bao nhiêu hộ phải sơ tán?"], ["Báo Ví Dụ", "Ai chịu trách nhiệm?"]]) {
    await press.getByRole("button", { name: "Ghi câu hỏi" }).click();
    await room.dialog(page).getByLabel("Cơ quan báo chí").fill(outlet!);
    await room.dialog(page).getByLabel("Câu hỏi, yêu cầu").fill(q!);
    if (outlet === "Đài Mẫu") await room.dialog(page).getByRole("group", { name: /Hẹn trả lời/ }).getByRole("button").click();
    if (outlet === "Báo Thử Nghiệm") await shoot(page, "ask-enter");
    await page.keyboard.press("Enter");
    await room.dialog(page).getByRole("button", { name: "Ghi câu hỏi" }).click().catch(() => {});
    await expect(room.dialog(page)).toHaveCount(0);
  }
  const of = (q: string) => press.getByRole("listitem").filter({ hasText: q });
  await of("Bao nhiêu hộ").getByRole("button", { name: "Trả lời" }).click();
  await room.dialog(page).getByLabel("Trả lời thế nào").fill("Người phát ngôn gọi lại: 12 hộ.");
  await room.dialog(page).getByRole("button", { name: "Trả lời" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await of("Ai chịu").getByRole("button", { name: "Từ chối" }).click();
  await room.dialog(page).getByLabel("Căn cứ").selectOption({ index: 3 });
  await room.dialog(page).getByLabel("Lý do").fill("Vụ việc đang được xác minh, công bố khi có kết luận.");
  await shoot(page, "ask-decline");
  await room.dialog(page).getByRole("button", { name: "Từ chối" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await press.getByRole("button", { name: "Ghi cuộc họp" }).click();
  await room.dialog(page).getByLabel("Nơi họp").fill("Hội trường thử");
  await room.dialog(page).getByRole("button", { name: "Ghi cuộc họp" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await page.locator(".statements").first().evaluate((e) => (e.scrollTop = 9999));
  await shoot(page, "room");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("navigation", { name: "Các phần của phòng" }).getByRole("button", { name: "Phát ngôn" }).click();
  await page.screenshot({ path: `/tmp/shots/room-phone-st.png`, fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${server.origin}/bao-cao-nam`);
  await page.getByLabel("Năm báo cáo").waitFor();
  await page.locator("ol > li").nth(4).getByRole("button").click();
  await shoot(page, "annual", true);
  const html = await page.request.get(`${server.origin}/api/annual/export/html`);
  const pdf = await page.request.get(`${server.origin}/api/annual/export/pdf`);
  const { writeFileSync } = await import("node:fs");
  writeFileSync("/tmp/shots/form.html", await html.body());
  writeFileSync("/tmp/shots/form.pdf", await pdf.body());
  const other = await page.context().newPage();
  await other.setContent(await html.text());
  await other.screenshot({ path: "/tmp/shots/form-screen.png", fullPage: true });
});
