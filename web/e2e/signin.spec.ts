// Signing in: the administrator's first link, accounts handed over by links, plain words for what goes wrong, and the
// session that ends under somebody's hands.
import { Server } from "./server";
import * as room from "./room";
import { expect, SEATS, test, type Page } from "./test";

const PASSWORD = "một câu dài dễ nhớ";
const secrecy = (page: Page) => page.getByText("Không đưa nội dung bí mật nhà nước vào hệ thống này.");

async function choose(page: Page, password: string): Promise<void> {
  await page.getByLabel("Mật khẩu mới").fill(password);
  await page.getByRole("button", { name: "Lưu mật khẩu và vào" }).click();
}
async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Tên đăng nhập").fill(name);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
}

test("accounts: from the administrator's first link to a barred person", async ({ browser }) => {
  const server = await Server.start("serve");
  const windows = [await browser.newContext(), await browser.newContext()];
  const [admin, other] = [await windows[0]!.newPage(), await windows[1]!.newPage()];
  const first = server.links[0]?.url ?? "";

  await test.step("the first link lets the administrator choose a password", async () => {
    await admin.goto(first);
    await expect(secrecy(admin)).toBeVisible();
    await expect(admin.getByText("quantri")).toBeVisible();
    await choose(admin, "ngắn");
    await expect(admin.getByRole("alert")).toContainText("cần ít nhất 12");
    await admin.getByRole("button", { name: "Hiện mật khẩu" }).click();
    await expect(admin.getByLabel("Mật khẩu mới")).toHaveAttribute("type", "text");
    await choose(admin, PASSWORD);
    await expect(admin.getByText("Không có sự cố nào đang mở")).toBeVisible();
    expect(admin.url()).not.toContain("#");
  });

  await test.step("a link works once", async () => {
    await other.goto(first);
    await expect(other.getByRole("alert")).toContainText("đã dùng hoặc đã hết hạn");
    await expect(other.getByLabel("Tên đăng nhập")).toBeVisible();
    expect(other.url()).not.toContain("#");
  });

  let url = "";
  await test.step("an account is made, with a designation, and its link shown once", async () => {
    await admin.getByRole("link", { name: "Tạo tài khoản cho các cơ quan" }).click();
    await admin.getByRole("button", { name: "Thêm tài khoản" }).click();
    const dialog = room.dialog(admin);
    await dialog.getByRole("button", { name: "Tạo tài khoản" }).click();
    await expect(dialog.getByText("Nhập họ và tên.")).toBeVisible();
    await dialog.getByLabel("Họ và tên").fill("Đặng Thị Thử Nghiệm");
    await expect(dialog.getByLabel("Tên đăng nhập")).toHaveValue("dang-thi-thu-nghiem");
    await dialog.getByLabel("Chức vụ").fill("Trực Văn phòng");
    await dialog.getByLabel("Cơ quan, theo chức năng").selectOption({ label: "Văn phòng UBND tỉnh" });
    await dialog.getByLabel("Giao làm người phát ngôn").check();
    await dialog.getByLabel("Số, ký hiệu văn bản").fill("12/QĐ-UBND");
    await dialog.getByLabel("Đến").fill("31/12/2099");
    await dialog.getByRole("button", { name: "Tạo tài khoản" }).click();
    url = await room.dialog(admin).getByRole("textbox", { name: "Liên kết của Đặng Thị Thử Nghiệm" }).inputValue();
    expect(url).toContain("/vao#");
    await admin.getByRole("button", { name: "Đã đưa, đóng lại" }).click();
    await expect(room.dialog(admin)).toHaveCount(0);
    const row = admin.getByRole("row", { name: /Đặng Thị Thử Nghiệm/ });
    await expect(row).toContainText("Chưa đặt mật khẩu");
    await expect(row).toContainText("đến 31/12/2099");
    await expect(row).toContainText("12/QĐ-UBND");
  });

  await test.step("its owner chooses a password, signs out, and signs in with it", async () => {
    await other.goto(url);
    await choose(other, PASSWORD);
    await expect(other.getByText("Không có sự cố nào đang mở")).toBeVisible();
    await other.getByRole("button", { name: /Đặng Thị Thử Nghiệm/ }).click();
    await other.getByRole("button", { name: "Đăng xuất" }).click();
    await expect(secrecy(other)).toBeVisible();
    await expect(other.getByText("Phiên đăng nhập đã hết.")).toHaveCount(0);
    await signIn(other, "Dang-Thi-Thu-Nghiem", PASSWORD);
    await expect(other.getByText("Không có sự cố nào đang mở")).toBeVisible();
  });

  await test.step("a barred person is put out, and comes back when let in", async () => {
    const row = admin.getByRole("row", { name: /Đặng Thị Thử Nghiệm/ });
    await row.getByRole("button", { name: /^Khóa/ }).click();
    await room.dialog(admin).getByRole("button", { name: "Khóa" }).click();
    await expect(row).toContainText("Đã khóa");
    await expect(other.getByText(/^Phiên đăng nhập đã hết/)).toBeVisible({ timeout: 25_000 });
    await signIn(other, "dang-thi-thu-nghiem", PASSWORD);
    await expect(other.getByRole("alert")).toContainText("không đúng");
    await row.getByRole("button", { name: /^Mở khóa/ }).click();
    await expect(row).not.toContainText("Đã khóa");
    await signIn(other, "dang-thi-thu-nghiem", PASSWORD);
    await expect(other.getByText("Không có sự cố nào đang mở")).toBeVisible();
  });

  await test.step("a new link replaces a forgotten password", async () => {
    await admin.getByRole("button", { name: "Liên kết mới: Đặng Thị Thử Nghiệm" }).click();
    await room.dialog(admin).getByRole("button", { name: "Cấp liên kết" }).click();
    await expect(room.dialog(admin).getByRole("textbox")).toHaveValue(/\/vao#/);
  });

  for (const window of windows) await window.close();
  await server.end();
});

test("what goes wrong is said in words, and guessing is slowed down", async ({ page, server }) => {
  await page.goto(server.origin);
  await expect(page).toHaveURL(/\/vao$/);
  await expect(secrecy(page)).toBeVisible();
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await expect(page.getByText("Nhập tên đăng nhập.")).toBeVisible();
  await expect(page.getByLabel("Tên đăng nhập")).toBeFocused();
  await signIn(page, "khong-co-ai", "sai");
  await expect(page.getByRole("alert")).toContainText("không đúng");
  await expect(async () => {
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await expect(page.getByRole("alert")).toContainText(/Hãy đợi \d+ giây/, { timeout: 1_000 });
  }).toPass();
});

test("a session that ends in an open window leads to signing in, with words, and back", async ({ windows, server }) => {
  const { page, context } = windows.press;
  await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  const address = page.url();
  await page.getByPlaceholder("Nhắn mọi cơ quan trong phòng").fill("Đang viết dở");

  const tab = await context.newPage();
  await tab.goto(server.origin);
  await tab.getByRole("button", { name: /Lê Thị Nháp/ }).click();
  await tab.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(secrecy(tab)).toBeVisible();

  await expect(page.getByText(/phần đang viết dở vẫn còn trên máy này/)).toBeVisible({ timeout: 30_000 });
  await page.goto(server.linkOf(SEATS.press));
  await expect(page).toHaveURL(address);
  await room.isLive(page);
  await expect(page.getByPlaceholder("Nhắn mọi cơ quan trong phòng")).toHaveValue("Đang viết dở");
});

test("a page asked for before signing in is where signing in leads", async ({ page, server }) => {
  await page.goto(`${server.origin}/mo`);
  await expect(page).toHaveURL(/\/vao$/);
  await expect(page.getByText(/^Cần đăng nhập để tiếp tục/)).toBeVisible();
  await page.goto(server.linkOf(SEATS.press));
  await expect(page).toHaveURL(/\/mo$/);
});
