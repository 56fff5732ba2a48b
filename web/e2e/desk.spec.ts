// The statement desk: turns, a strong objection and the head's decision, a correction series, facts that change.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";

/** Everybody is in the room of the demonstration. */
async function enter(...pages: Page[]): Promise<void> {
  for (const page of pages) await room.intoRoom(page, TITLE);
}
/** Puts words without blanks in place of the prepared ones. */
async function write(page: Page, words: string): Promise<void> {
  await room.editor(page).fill(words);
  await room.isSaved(page);
}
/** The same statement in other windows. */
async function look(at: Page, ...pages: Page[]): Promise<void> {
  for (const page of pages) await page.goto(at.url());
}

test("turns: the later one waits, an objection is heard at any time, a stale approval shows what changed", async ({ windows }) => {
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  await enter(press, party, government);
  await room.draft(press, "Thông tin ban đầu");
  await write(press, "Đập Cốc Ly an toàn.");
  await expect(press.getByText("Còn thiếu trong thông tin ban đầu").first()).toBeVisible();
  await room.submit(press);
  await look(press, party, government);

  await expect(room.square(government, "Văn phòng Tỉnh ủy")).toContainText(/Chờ ý kiến\s+còn \d+ phút/);
  await expect(room.square(government, "Người phát ngôn")).toContainText("Chưa đến lượt, chờ Văn phòng Tỉnh ủy");
  await expect(government.getByText(/^Chưa đến lượt bạn: còn chờ Văn phòng Tỉnh ủy/)).toBeVisible();
  await expect(government.getByRole("button", { name: "Duyệt", exact: true })).toHaveCount(0);
  await expect(government.getByRole("button", { name: "Phản đối", exact: true })).toBeEnabled();

  // The words change while somebody reads them in the dialog.
  await party.getByRole("button", { name: "Duyệt", exact: true }).click();
  await room.reopen(press);
  await expect(room.dialog(party)).toContainText("không còn chờ ý kiến");
  await write(press, "Đập Cốc Ly vẫn an toàn.");
  await room.submit(press);
  const moved = room.dialog(party).getByRole("alert");
  await expect(moved.locator("ins")).toContainText("vẫn");
  await room.dialog(party).getByLabel("Tôi đã đọc hết nội dung này").check();
  await room.dialog(party).getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(room.dialog(party)).toContainText("không còn là bản đang trình");
  await moved.first().getByRole("button", { name: "Đọc bản hiện tại" }).click();
  await room.dialog(party).getByLabel("Tôi đã đọc hết nội dung này").check();
  await room.dialog(party).getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(room.dialog(party)).toHaveCount(0);

  await expect(room.square(press, "Văn phòng Tỉnh ủy")).toContainText("Đã duyệt");
  await room.approve(government);
  await expect(room.step(press)).toHaveText("Đủ duyệt");
});

test("a strong objection stops everything until the head decides; then a correction, ticked where the old words stood", async ({ windows }) => {
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  await enter(press, party, government);
  const number = await room.draft(party, "Cảnh báo, hướng dẫn người dân");
  await write(party, "Có 12 hộ cần sơ tán.");
  await room.submit(party);
  await look(party, press, government);

  await room.object(government, "Con số chưa chắc", "strong");
  for (const page of [press, party, government]) {
    await expect(room.square(page, "Người phát ngôn")).toContainText("PHẢN ĐỐI MẠNH");
    await expect(page.getByRole("button", { name: "Ghi phát hành" })).toBeDisabled();
  }
  await expect(party.getByRole("button", { name: "Quyết định về phản đối" })).toHaveCount(0);
  await room.settle(press, /^Vẫn cho phát hành/, "Nước đang lên");
  await expect(room.square(government, "Người phát ngôn")).toContainText("Nước đang lên");
  const channel = await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/1");
  await expect(room.step(party)).toHaveText("Phát hành");
  await room.capture(party, channel, "Trang chủ. Có 13 hộ cần sơ tán.");
  await expect(press.locator(".capture").getByText("KHÁC bản đã duyệt")).toBeVisible();
  await room.capture(party, channel, "Trang chủ. Có 12 hộ cần sơ tán. Xem thêm");
  await expect(press.locator(".capture").getByText("có nguyên văn, kèm chữ khác quanh")).toBeVisible();
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await room.capturePicture(party, channel, "ảnh chụp.png", Buffer.from(dot, "base64"));
  await expect(press.locator(".capture").getByText("chưa so được")).toBeVisible();

  const correction = await room.follow(press, "Đính chính");
  expect(correction).toBe(`${number}.2`);
  await write(press, "Đính chính: có 15 hộ cần sơ tán.");
  await room.submit(press);
  await look(press, government);
  await room.approve(government);
  await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/2");

  await expect(party.getByText(/^Bản này đã được đính chính bởi/)).toContainText(correction);
  await expect(party.getByRole("navigation", { name: "Chuỗi phát ngôn" })).toContainText(`${correction} đính chính`);
  await party.getByRole("button", { name: `Đã xử lý bản cũ: ${channel}` }).click();
  await room.dialog(party).getByLabel("Đã làm gì").fill("Gắn đường dẫn tới bản mới");
  await room.dialog(party).getByRole("button", { name: "Đã xử lý bản cũ" }).click();
  await expect(party.getByText(/^✓ Bản cũ đã xử lý: .*Gắn đường dẫn tới bản mới$/)).toBeVisible();
  await party.getByRole("link", { name: `${correction} ·` }).click();
  await expect(party.getByText("Bản này đính chính")).toContainText(number);
});

test("a fact that changes turns drafts amber and puts a task on what is out", async ({ windows }) => {
  const [press, government] = [windows.press.page, windows.government.page];
  await enter(press, government);
  await room.enterFact(press, "Số hộ bị cô lập", "12 hộ", "UBND xã Cốc Ly, điện thoại");
  const row = room.facts(press).getByRole("listitem").filter({ hasText: "Số hộ bị cô lập" });
  await row.locator("button.title").click();
  await expect(row.getByRole("button", { name: "Xác minh", exact: true })).toBeDisabled();
  await room.onFact(government, "Số hộ bị cô lập", "Xác minh");
  await room.dialog(government).getByRole("button", { name: "Xác minh", exact: true }).click();
  await expect(row).toContainText("Đã xác minh");

  const cite = async () => {
    await press.getByRole("button", { name: "Chèn dữ kiện" }).click();
    await room.dialog(press).getByRole("radio", { name: /Số hộ bị cô lập/ }).check();
    await room.dialog(press).getByRole("button", { name: "Chèn", exact: true }).click();
    await expect(press.getByRole("region", { name: "Dữ kiện trích dẫn" })).toContainText("12 hộ");
    await expect(room.editor(press)).toHaveValue(/Số hộ bị cô lập: 12 hộ \(tính đến /);
  };
  const first = await room.draft(press, "Cảnh báo, hướng dẫn người dân");
  await cite();
  await write(press, "Có 12 hộ bị cô lập.");
  await room.submit(press);
  await government.goto(press.url());
  await room.approve(government);
  await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/1");
  await room.follow(press, "Cập nhật");
  await cite();

  await room.backToRoom(government);
  await room.onFact(government, "Số hộ bị cô lập", "Cập nhật");
  await room.dialog(government).getByLabel("Số liệu").fill("15 hộ");
  await room.dialog(government).getByRole("button", { name: "Cập nhật", exact: true }).click();
  await expect(room.dialog(government)).toHaveCount(0);

  const cited = press.getByRole("region", { name: "Dữ kiện trích dẫn" });
  await expect(cited).toContainText("dữ kiện đã đổi");
  await expect(cited.locator("dd").last()).toContainText("15 hộ");
  await cited.getByRole("button", { name: "Dùng số mới" }).click();
  await expect(cited).not.toContainText("dữ kiện đã đổi");
  await room.showAllTasks(government);
  await room.show(government, "Nhiệm vụ");
  await expect(room.tasks(government)).toContainText(`Rà lại phát ngôn ${first}`);
});

test("what waits stands on every page, leads there, and goes when it is done", async ({ windows, server }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  await enter(press, party);
  const number = await room.draft(press, "Thông tin ban đầu");
  await write(press, "Đập Cốc Ly an toàn.");
  await room.submit(press);
  const words = `Duyệt ${number} “Thông tin ban đầu”`;
  await expect(party.getByRole("region", { name: "Chờ bạn" }).getByRole("link", { name: words }).first()).toBeVisible();
  for (const path of ["/", "/mo"]) {
    await party.goto(server.origin + path);
    await party.getByRole("button", { name: /^Chờ bạn: \d+ việc$/ }).click();
    await expect(party.getByRole("link", { name: words })).toBeVisible();
    await expect(party).toHaveTitle(/^\(\d+\) /);
  }
  await party.getByRole("link", { name: words }).click();
  await expect(party.locator(".kicker b")).toHaveText(number);
  await room.approve(party);
  await expect(party.getByRole("link", { name: words })).toHaveCount(0);
});

test("words approved beforehand: by keyboard from the first blank to submitting", async ({ windows }) => {
  const { page } = windows.press;
  await enter(page);
  await page.keyboard.press("p");
  await expect(room.dialog(page).getByRole("radio").first()).toBeFocused();
  await expect(room.dialog(page).getByRole("group", { name: /^Mẫu đã duyệt trước/ }).getByRole("radio")).toHaveCount(1);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Mẫu đã duyệt trước: chỉ điền chỗ trống")).toBeVisible();
  const left = page.locator("#form-title");
  await expect(left).toHaveText(/^Còn \d+\/8 chỗ trống$/);
  for (const label of ["Loại sự việc", "Điều đã rõ", "Việc của lực lượng", "Lời khuyên"]) await page.getByLabel(label).selectOption({ index: 1 });
  const phone = page.getByLabel("Đường dây nóng");
  await phone.fill("không phải số");
  await phone.press("Enter");
  await expect(page.getByRole("alert")).toContainText("không nhận nội dung này");
  await phone.fill("0214 3840 123");
  await phone.press("Enter");
  await page.keyboard.type("23:30");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(left).toHaveText("Đã điền đủ. Đọc lại rồi trình.");
  await expect(page.getByRole("button", { name: "Trình duyệt" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(room.dialog(page)).toContainText("0214 3840 123");
  await room.dialog(page).getByRole("button", { name: "Trình duyệt" }).click();
  await expect(room.step(page)).toHaveText("Duyệt");
});
