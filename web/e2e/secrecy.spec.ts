// State secrets do not belong here: the room says so, and a text that looks stamped is asked about before it goes in.
import * as people from "./people";
import * as room from "./room";
import { Server } from "./server";
import { expect, test } from "./test";

test("a text that looks stamped goes nowhere until somebody says that it is none", async ({ windows }) => {
  const { page } = windows.government;
  await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  await expect(page.getByText("Không đưa nội dung bí mật nhà nước vào phòng này.")).toBeVisible();
  const field = page.getByPlaceholder("Nhắn mọi cơ quan trong phòng");
  await field.fill("Trước ");
  const paste = (text: string) =>
    field.evaluate((element: HTMLTextAreaElement, text) => {
      element.setSelectionRange(element.value.length, element.value.length);
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  const ask = room.dialog(page);

  await field.focus();
  await paste("UBND TỈNH X\nTUYỆT MẬT\nSố: 12/BC");
  await expect(ask.getByRole("heading", { name: "Nội dung vừa dán có dấu TUYỆT MẬT?" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(ask).toHaveCount(0);
  await expect(field).toHaveValue("Trước ");

  await field.focus();
  await paste("Bảng chữ cái:\nMẬT\nđể tập đọc");
  await ask.getByRole("button", { name: "Không phải bí mật, cứ dán" }).click();
  await expect(field).toHaveValue("Trước Bảng chữ cái:\nMẬT\nđể tập đọc");
  await page.keyboard.press("Control+z");
  await expect(field).toHaveValue("Trước ");
});

test("what must not be here is told to the administrator by its line, and is gone from every screen", async ({ browser }) => {
  const server = await Server.start("serve");
  const admin = await people.administrator(browser, server);
  const press = await people.atDesk(browser, admin, { name: "Lê Thị Nháp", function: "press_authority" });
  await press.getByRole("main").getByRole("link", { name: "Mở sự cố" }).first().click();
  await press.getByLabel("Chuyện gì xảy ra?").fill("Tin đồn sập cầu ở xã thử nghiệm");
  await press.getByRole("radio", { name: /Nghiêm trọng/ }).and(press.locator("[name=level]")).check({ force: true });
  await press.keyboard.press("Control+Enter");
  await room.isLive(press);
  const secret = "phương án ngầm số bảy của cầu thử nghiệm";
  await room.say(press, `Chuyển nhanh: ${secret}`);
  await room.say(press, "Câu này thì được ở lại.");
  const message = press.locator(".message", { hasText: secret });
  await message.hover();
  await message.getByRole("button", { name: /^Việc với tin/ }).click();
  await press.getByRole("button", { name: "Lộ nội dung mật…" }).click();
  const place = (await room.dialog(press).locator(".place").textContent()) ?? "";
  const line = place.match(/dòng (\d+)$/)?.[1] ?? "";
  expect(line).not.toBe("");
  await press.keyboard.press("Enter");

  await admin.getByRole("link", { name: "Tài khoản", exact: true }).click();
  await admin.getByRole("link", { name: "Chọn nội dung cần xóa bỏ" }).click();
  await admin.getByLabel("Số dòng").fill("không phải số");
  await admin.keyboard.press("Enter");
  await expect(admin.getByRole("alert")).toHaveText(/^Ghi số dòng/);
  await admin.getByLabel("Số dòng").fill(line);
  await admin.getByRole("button", { name: "Xem sẽ xóa gì" }).click();
  await expect(admin.getByRole("heading", { name: "Sẽ xóa nội dung ở 1 dòng" })).toBeVisible();
  await expect(admin.getByText(secret)).toHaveCount(0);
  await expect(admin.getByRole("button", { name: "Xóa bỏ…" })).toBeDisabled();
  await admin.getByLabel("Lý do").fill("Lộ nội dung không được đưa lên mạng");
  await admin.getByRole("button", { name: "Xóa bỏ…" }).click();
  await room.dialog(admin).getByRole("button", { name: "Xóa bỏ hẳn" }).click();
  await expect(admin.getByRole("status").getByText(/^Đã xóa bỏ ở 1 dòng/)).toBeVisible();

  await expect(press.getByText(secret)).toHaveCount(0);
  await expect(press.locator(".message", { hasText: "[đã xóa bỏ]" })).toBeVisible();
  await expect(press.locator(".message", { hasText: "Câu này thì được ở lại." })).toBeVisible();
  await expect(room.line(press, "Quản trị viên xóa bỏ nội dung ở 1 dòng của nhật ký")).toBeVisible();
  // What the device keeps of the room is what the room shows now.
  await press.context().setOffline(true);
  await press.reload();
  await expect(press.getByText("Câu này thì được ở lại.")).toBeVisible();
  await expect(press.getByText(secret)).toHaveCount(0);
  for (const page of [press, admin]) await page.context().close();
  await server.end();
});
