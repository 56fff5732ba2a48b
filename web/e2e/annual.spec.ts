// A question of the press, entered and answered in the room, stands in the annual report with the incident behind it.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Lan tin vỡ đập ở xã thử nghiệm, dân chạy trong đêm";
const press = (page: Page) => page.getByRole("region", { name: "Sổ báo chí", exact: true });
const row = (page: Page, number: number) => page.getByRole("region", { name: "Sáu mục của biểu mẫu" }).locator("ol > li").nth(number - 1);

test("a question answered in the room is counted in the annual report", async ({ windows, server }) => {
  test.setTimeout(240_000);
  const [page, party] = [windows.press.page, windows.party.page];
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await page.getByLabel("Chuyện gì xảy ra?").fill(TITLE);
  await expect(page.getByRole("radio", { name: /Tin giả/ })).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await room.isLive(page);
  await room.intoRoom(party, TITLE);

  await test.step("entered with the keyboard, seen by the others", async () => {
    for (const one of [page, party]) await room.show(one, "Báo chí");
    await press(page).getByRole("button", { name: "Ghi câu hỏi" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Báo Thử Nghiệm");
    await room.dialog(page).getByLabel("Câu hỏi, yêu cầu").fill("Đập có an toàn không?");
    await room.dialog(page).getByLabel("Người hỏi").press("Enter");
    await expect(room.dialog(page)).toHaveCount(0);
    for (const one of [page, party]) await expect(press(one)).toContainText("Đập có an toàn không?");
    await expect(press(page)).toContainText("1 câu hỏi chờ trả lời");
    await expect(room.line(page, "Báo Thử Nghiệm hỏi")).toBeVisible();
  });

  await test.step("a refusal needs a listed ground and a reason; an answer needs words", async () => {
    await press(page).getByRole("button", { name: "Từ chối" }).click();
    const refuse = room.dialog(page).getByRole("button", { name: "Từ chối" });
    await room.dialog(page).getByLabel("Lý do").fill("chưa nói được");
    await expect(refuse).toBeDisabled();
    await room.dialog(page).getByLabel("Căn cứ").selectOption({ index: 1 });
    await expect(refuse).toBeEnabled();
    await page.keyboard.press("Escape");

    await press(page).getByRole("button", { name: "Trả lời" }).click();
    await expect(room.dialog(page).getByRole("button", { name: "Trả lời" })).toBeDisabled();
    await room.dialog(page).getByLabel("Trả lời thế nào").fill("Người phát ngôn gọi lại, đã nói rõ");
    await room.dialog(page).getByRole("button", { name: "Trả lời" }).click();
    await expect(room.dialog(page)).toHaveCount(0);
    for (const one of [page, party]) await expect(press(one)).toContainText("Đã trả lời");
  });

  await test.step("the report counts it and leads back", async () => {
    await page.goto(`${server.origin}/bao-cao-nam`);
    const years = page.getByLabel("Năm báo cáo");
    await years.selectOption({ index: 0 });
    await expect(row(page, 3)).toContainText("1/1");
    await expect(row(page, 1).locator(".value")).toHaveText("0");
    await row(page, 3).getByRole("button").click();
    await expect(row(page, 3)).toContainText("Báo Thử Nghiệm");
    await expect(row(page, 3)).toContainText("đang xử lý");
    await expect(page.getByText("chưa đối chiếu văn bản gốc").first()).toBeVisible();
  });

  await test.step("the quarterly conference is kept by the office and counted at once", async () => {
    await page.getByRole("button", { name: "Ghi cuộc họp" }).click();
    await room.dialog(page).getByLabel("Nơi họp, nền tảng").fill("Hội trường thử nghiệm");
    await room.dialog(page).getByRole("button", { name: "Ghi cuộc họp" }).click();
    await expect(room.dialog(page)).toHaveCount(0);
    await expect(row(page, 1).locator(".value")).toHaveText("1");
    await expect(page.getByText("Đã họp báo").first()).toBeVisible();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải PDF" }).click();
    expect((await saved).suggestedFilename()).toMatch(/^bao-cao-nam-\d{4}\.pdf$/);
  });

  await row(page, 3).getByRole("button").click({ trial: true });
  await page.getByRole("link", { name: new RegExp(TITLE) }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
});
