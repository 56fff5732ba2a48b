// Talk that becomes record: a name waits in the other window, a message becomes an entry, each office confirms for itself.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
const PHONE = { width: 390, height: 844 };

const composer = (page: Page) => page.getByPlaceholder("Nhắn mọi cơ quan trong phòng");
const message = (page: Page, words: string) => room.chat(page).locator("[id^=tin-]").filter({ hasText: words });
const waits = (page: Page) => page.getByRole("region", { name: "Chờ bạn" });
async function menu(page: Page, words: string, item: string): Promise<void> {
  await message(page, words).getByRole("button", { name: /^Việc với tin của/ }).click();
  await page.getByRole("button", { name: item, exact: true }).click();
}
const toTalk = (page: Page) => page.getByRole("navigation", { name: "Các phần của phòng" }).getByRole("button", { name: /^Trao đổi/ }).click();

test("a name by keyboard waits in the other window, and an answer ends it", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  await press.keyboard.press("m");
  await press.keyboard.type("Nhờ @tran thi");
  const list = press.getByRole("listbox", { name: /^Nhắc ai/ });
  await expect(list.getByRole("option", { name: /^Trần Thị Mẫu/ })).toHaveAttribute("aria-selected", "true");
  await press.keyboard.press("Enter");
  await expect(list).toHaveCount(0);
  await press.keyboard.type("xem mực nước");
  await press.keyboard.press("Enter");
  const words = "Nhờ @Trần Thị Mẫu xem mực nước";
  await expect(message(press, words)).toContainText("Chưa xem: Trần Thị Mẫu");

  const link = waits(party).getByRole("link", { name: `Lê Thị Nháp nhắc bạn: ${words}` });
  await expect(link.first()).toBeVisible();
  // The way there by keyboard, and the answer.
  await link.first().focus();
  await party.keyboard.press("Enter");
  await expect(message(party, words)).toBeFocused();
  await message(party, words).getByRole("button", { name: "Trả lời" }).click();
  await expect(composer(party)).toBeFocused();
  await party.keyboard.type("Mực nước bình thường");
  await party.keyboard.press("Enter");
  const answer = message(party, "Mực nước bình thường");
  await expect(answer.getByRole("button", { name: /^Lê Thị Nháp Nhờ/ })).toBeVisible();
  await expect(link).toHaveCount(0);
  await expect(message(press, words).first()).toContainText("Trần Thị Mẫu đã xem");
  // One click to what it answers.
  await message(press, "Mực nước bình thường").getByRole("button", { name: /^Lê Thị Nháp Nhờ/ }).click();
  await expect(message(press, words).first()).toBeFocused();
});

test("a message becomes an entry in one gesture, linked both ways; the pin stays in sight", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  const words = "Bà con Hmôngz thôn Đhâu đã lên đồi 🌊";
  await room.say(party, words);
  await expect(message(press, words)).toBeVisible();
  await menu(press, words, "Diễn biến…");
  const dialog = room.dialog(press);
  await expect(dialog.getByLabel("Diễn biến", { exact: true })).toHaveValue(words);
  await expect(dialog.getByLabel("Nguồn")).toHaveValue(/^Trần Thị Mẫu, .+, nhắn trong phòng$/);
  await dialog.getByRole("button", { name: "Ghi vào dòng thời gian" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(room.line(press, words)).toBeVisible();
  const came = message(party, words).getByRole("button", { name: "Diễn biến" });
  await came.click();
  await expect(room.line(party, words)).toBeFocused();
  await room.line(party, words).getByRole("button", { name: /^từ tin của Trần Thị Mẫu/ }).click();
  await expect(message(party, words)).toBeFocused();

  await menu(press, words, "Ghim");
  const pins = room.chat(party).locator("details");
  await expect(pins.locator("summary")).toHaveText("1 tin đã ghim");
  await expect(pins.getByRole("button", { name: `Trần Thị Mẫu ${words}` })).toBeVisible();
  await pins.getByRole("button", { name: `Bỏ ghim: ${words}` }).click();
  await expect(room.chat(press).locator("details")).toHaveCount(0);
});

test("two offices confirm, each for itself, on a phone too", async ({ windows }) => {
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  await party.setViewportSize(PHONE);
  for (const page of [press, party, government]) await room.intoRoom(page, TITLE);
  const words = "Sơ tán thôn 3 ngay";
  await room.say(press, words);
  await menu(press, words, "Yêu cầu xác nhận…");
  await expect(room.dialog(press).getByRole("checkbox", { checked: true })).toHaveCount(2);
  await room.dialog(press).getByRole("button", { name: "Yêu cầu xác nhận" }).click();
  await expect(room.dialog(press)).toHaveCount(0);
  await expect(message(press, words)).toContainText("0/2 cơ quan đã xác nhận");

  // On a phone the strip is there whatever panel is shown; the way to the message opens its panel.
  const strip = (page: Page) => page.getByRole("region", { name: "Tin cần cơ quan bạn xác nhận" });
  await strip(party).getByRole("link", { name: "Xem tin" }).click();
  await expect(message(party, words)).toBeFocused();
  await expect(message(party, words)).toBeInViewport();
  await message(party, words).getByRole("button", { name: "Xác nhận đã nhận" }).click();
  await expect(strip(party)).toHaveCount(0);
  await expect(message(press, words)).toContainText("1/2 cơ quan đã xác nhận");
  await expect(message(press, words)).toContainText("Trần Thị Mẫu xác nhận");
  await expect(message(press, words)).toContainText("chưa xác nhận");
  await strip(government).getByRole("button", { name: "Xác nhận đã nhận" }).click();
  await expect(message(press, words)).toContainText("2/2 cơ quan đã xác nhận");

  // By touch: a name out of the list, and a message into a task's place on the record.
  await toTalk(party);
  await composer(party).fill("@vp ubnd");
  await party.getByRole("option").first().click();
  await expect(composer(party)).toHaveValue(/^@\S.+ $/);
  await composer(party).pressSequentially("phối hợp");
  await party.getByRole("button", { name: "Gửi", exact: true }).click();
  await expect(waits(government).getByRole("link", { name: /Trần Thị Mẫu nhắc .+ phối hợp$/ }).first()).toBeVisible();
  await menu(party, "phối hợp", "Dữ kiện…");
  await expect(room.dialog(party).getByLabel("Về điều gì")).toHaveValue(/phối hợp$/);
});

test("what cannot be sent says why and is not lost", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await composer(page).fill("ạ".repeat(10_000));
  await expect(page.getByText(/^10\.000\/8\.000 ký tự/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Gửi", exact: true })).toBeDisabled();
  // It is kept, even over a reload.
  await page.reload();
  await room.isLive(page);
  await expect(composer(page)).toHaveValue("ạ".repeat(10_000));

  // An office that is not in the room is offered to be invited; what was written stays.
  await composer(page).fill("Nhờ @so noi vu");
  await page.getByRole("option", { name: /chưa ở trong phòng/ }).first().click();
  await composer(page).pressSequentially("bảo vệ hiện trường");
  const written = await composer(page).inputValue();
  await expect(page.getByText("chưa ở trong phòng nên không đọc được tin này")).toBeVisible();
  await expect(page.getByRole("button", { name: "Gửi", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "Mời vào phòng" }).click();
  await room.dialog(page).getByRole("button", { name: "Mời cơ quan" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await expect(composer(page)).toHaveValue(written);
  await page.getByRole("button", { name: "Gửi", exact: true }).click();
  await expect(message(page, "bảo vệ hiện trường")).toContainText("Chưa xem:");
  await expect(composer(page)).toHaveValue("");
});
