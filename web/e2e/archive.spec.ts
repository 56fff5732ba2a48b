// The sealed archive, taken from the exports page, is judged whole by the verifier that goes with it.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "./test";

const VERIFIER = resolve(import.meta.dirname, "../../src/archive/verify.py");

test("the archive is downloaded and proves itself", async ({ windows, server }, info) => {
  test.setTimeout(180_000);
  const { page } = windows.press;
  await page.goto(`${server.origin}/su-co/coc-ly-2024/xuat`);
  const section = page.getByRole("region", { name: "Hồ sơ lưu trữ có niêm phong" });
  await expect(section).toContainText("Mã khóa của máy chủ");
  const saved = page.waitForEvent("download");
  await section.getByRole("button", { name: "Tải hồ sơ lưu trữ" }).click();
  await expect(section.getByRole("status")).toContainText("Đang lập");
  const file = await saved;
  await expect(section.getByRole("status")).toContainText("Đã tải");
  expect(file.suggestedFilename()).toMatch(/-luu-tru\.zip$/);
  const path = info.outputPath("ho-so.zip");
  await file.saveAs(path);
  const said = execFileSync("python3", ["-B", VERIFIER, path], { encoding: "utf8" });
  expect(said).toContain("Nguyên vẹn");
  expect(said).toContain("chữ ký của MANIFEST: đúng");

  await section.getByText("Kiểm tra hồ sơ").click();
  await expect(section.getByText("-----BEGIN PUBLIC KEY-----")).toBeVisible();
});
