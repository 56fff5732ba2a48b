// State secrets do not belong here: the room says so, and a text that looks stamped is asked about before it goes in.
import * as room from "./room";
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
