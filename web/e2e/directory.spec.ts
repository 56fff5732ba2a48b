// The directory: an administrator closes a gap in the list of spokespersons, everybody reads it, it leaves on paper and as
// a file; who held what on a day; and somebody who leaves with tasks in hand.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { administrator, atDesk } from "./people";
import * as room from "./room";
import { Server } from "./server";
import { expect, test, type Page } from "./test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/** The page as it stands, in all four looks. */
async function clean(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} – ${node.failureSummary}`).join("\n  ")}`);
      expect.soft(found, `${name}, ${size.width}, ${colorScheme}`).toEqual([]);
      const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
      expect.soft(scroll, `${name}, ${size.width}: nothing sticks out sideways`).toBeLessThanOrEqual(client);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}

test("a gap is closed, and the list is read, printed, saved and made public", async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await Server.start("serve");
  const admin = await administrator(browser, server);
  const reader = await atDesk(browser, admin, { name: "Đỗ Thị Đọc", function: "press_authority" });
  await admin.getByRole("link", { name: "Danh bạ" }).click();
  await expect(admin.getByText("Đã có 0/113 cơ quan")).toBeVisible();
  const dialog = room.dialog(admin);

  await test.step("recorded from the list of gaps, with what is wrong said first", async () => {
    await admin.getByLabel("Lọc cơ quan còn thiếu").fill("so y te");
    await admin.getByRole("button", { name: "Ghi người phát ngôn: Sở Y tế tỉnh Lào Cai" }).click();
    await expect(dialog.getByLabel("Cơ quan", { exact: true }).locator("option:checked")).toHaveText("Sở Y tế tỉnh Lào Cai");
    await dialog.getByLabel("Họ và tên").fill("Nguyễn Thử Nghiệm");
    await dialog.getByRole("textbox", { name: "Chức vụ" }).fill("Phó Giám đốc");
    await dialog.getByRole("button", { name: "Ghi vào danh sách" }).click();
    await expect(dialog.getByText("Nhập ngày ký: hạn công khai tính từ đó.")).toBeVisible();
    await dialog.getByLabel("Điện thoại").fill("115");
    await dialog.getByLabel("Thư điện tử công vụ").fill("npn@example.vn");
    await dialog.getByLabel("Số, ký hiệu văn bản giao").fill("09/QĐ-SYT");
    await dialog.getByLabel("Ngày ký").fill("1/7/2026");
    await dialog.getByRole("button", { name: "Ghi vào danh sách" }).click();
    await expect(dialog.getByText(/^Số điện thoại gồm ít nhất 6 chữ số/)).toBeVisible();
    await clean(admin, "form with an error");
    await dialog.getByLabel("Điện thoại").fill("0214 3840 034");
    await dialog.getByRole("button", { name: "Ghi vào danh sách" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(admin.getByText("Đã có 1/113 cơ quan")).toBeVisible();
    await expect(admin.getByRole("heading", { name: "Còn thiếu: 112 cơ quan" })).toBeVisible();
  });

  await test.step("pasted from a spreadsheet: one wrong line keeps all out", async () => {
    await admin.getByRole("button", { name: "Dán từ bảng tính" }).click();
    const head = "Cơ quan\tTư cách\tHọ và tên\tChức vụ\tTừ ngày";
    await dialog.getByLabel("Bảng dán vào").fill(`${head}\nUBND phường Sa Pa\tNgười đứng đầu\tTrần Hai\tChủ tịch\t1/7/2025\nUBND xã Không Có\tNgười đứng đầu\tA\tB\t1/7/2025`);
    await dialog.getByRole("button", { name: "Kiểm tra" }).click();
    await expect(dialog.getByText("1 dòng chưa đúng, chưa ghi gì:")).toBeVisible();
    await dialog.getByLabel("Bảng dán vào").fill(`${head}\nUBND phường Sa Pa\tNgười đứng đầu\tTrần Hai\tChủ tịch\t1/7/2025`);
    await dialog.getByRole("button", { name: "Kiểm tra" }).click();
    await dialog.getByRole("button", { name: "Ghi 1 người" }).click();
    await expect(admin.getByText("Đã có 2/113 cơ quan")).toBeVisible();
  });

  await test.step("made public", async () => {
    const row = admin.getByRole("row", { name: /Nguyễn Thử Nghiệm/ });
    await expect(row).not.toContainText("đã công khai lúc");
    await admin.getByRole("button", { name: "Ghi đã công khai" }).click();
    await dialog.getByLabel("Đường dẫn bản đã đăng").fill("https://laocai.example/nguoi-phat-ngon");
    await dialog.getByRole("button", { name: "Ghi đã công khai 2 người" }).click();
    await expect(row).toContainText(/công khai lúc/);
    await expect(row.getByRole("link", { name: "nơi đăng" })).toHaveAttribute("href", "https://laocai.example/nguoi-phat-ngon");
    await clean(admin, "list, administrator");
  });

  await test.step("read by everybody, saved, printed", async () => {
    await reader.goto(`${server.origin}/danh-ba`);
    await expect(reader.getByRole("row", { name: /Nguyễn Thử Nghiệm/ })).toContainText("0214 3840 034");
    await expect(reader.getByRole("button", { name: /^Ghi người phát ngôn|^Sửa|^Thôi/ })).toHaveCount(0);
    const saving = reader.waitForEvent("download");
    await reader.getByRole("link", { name: "Tải CSV" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^nguoi-phat-ngon-.*\.csv$/);
    const table = await readFile(await saved.path(), "utf8");
    expect(table.startsWith("\uFEFFTT,Cơ quan,")).toBe(true);
    expect(table).toContain("Nguyễn Thử Nghiệm");
    await reader.emulateMedia({ media: "print" });
    const sheet = reader.locator("article.sheet");
    await expect(sheet).toContainText("Danh sách người phát ngôn và cung cấp thông tin cho báo chí");
    await expect(sheet.locator("tbody tr")).toHaveCount(2);
    await expect(reader.getByRole("heading", { name: /^Còn thiếu/ })).toBeHidden();
    await reader.emulateMedia({ media: "screen" });
  });

  await test.step("who held a function on a day", async () => {
    await reader.getByRole("link", { name: "Chức năng" }).click();
    await reader.getByRole("button", { name: "1/3/2025" }).click();
    await reader.getByLabel("Ai giữ chức năng này ngày đó?").fill("báo chí");
    const row = reader.getByRole("row", { name: /Cơ quan quản lý báo chí của tỉnh/ });
    await expect(row.getByRole("cell").first()).toContainText("Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai");
    await expect(row.getByRole("cell").nth(1)).toContainText("Sở Thông tin và Truyền thông tỉnh Lào Cai");
    await clean(reader, "functions");
    for (const tab of ["Cơ quan", "Người, chức vụ", "Xã, phường", "Kênh"]) {
      await reader.getByRole("navigation", { name: "Các phần của danh bạ" }).getByRole("link", { name: tab }).click();
      await expect(reader.getByRole("navigation", { name: "Các phần của danh bạ" }).getByRole("link", { name: tab })).toHaveAttribute("aria-current", "page");
      await clean(reader, tab);
    }
  });
  await server.end();
});

test("somebody who leaves with tasks in hand leaves none behind unseen", async ({ browser }) => {
  const server = await Server.start("serve");
  const admin = await administrator(browser, server);
  const leaving = await atDesk(browser, admin, { name: "Lê Thị Rời", function: "press_authority" });
  const staying = await atDesk(browser, admin, { name: "Phạm Văn Ở", function: "press_authority" });
  const headers = { origin: server.origin, "x-phongtruc": "1" };
  const request = { id: "su-co-thu", title: "Tin đồn thử nghiệm", playbook: "fake_news_social", level: 2 };
  expect((await leaving.request.post(`${server.origin}/api/incidents`, { headers, data: request })).ok()).toBe(true);
  await leaving.goto(`${server.origin}/su-co/su-co-thu`);
  const task = (page: Page) => page.locator("#task-t-1");
  await task(leaving).getByRole("button", { name: "Nhận việc", exact: true }).click();
  await staying.goto(`${server.origin}/su-co/su-co-thu`);
  // What a colleague has taken is not among one's own.
  await room.showAllTasks(staying);
  await expect(task(staying)).toContainText("Lê Thị Rời");

  await admin.goto(`${server.origin}/tai-khoan`);
  const dialog = room.dialog(admin);
  await admin.getByRole("button", { name: "Khóa: Lê Thị Rời" }).click();
  await expect(dialog).toContainText("Người này đang giữ 1 nhiệm vụ chưa xong");
  await dialog.getByRole("button", { name: "Khóa" }).click();
  await expect(dialog.getByText("Hãy xem danh sách nhiệm vụ và đánh dấu đồng ý trước.")).toBeVisible();
  await clean(admin, "leaving with tasks");
  await dialog.getByLabel("Người này thôi chức vụ, rời vị trí").check();
  await dialog.getByLabel(/^Tôi đã xem và đồng ý/).check();
  await dialog.getByRole("button", { name: "Khóa" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(task(staying)).toContainText("đã rời vị trí, chờ người nhận");
  await task(staying).getByRole("button", { name: "Nhận việc", exact: true }).click();
  await expect(task(staying)).not.toContainText("đã rời vị trí");
  await server.end();
});
