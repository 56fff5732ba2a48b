// Media watch and evidence, as an office has them: a table of an old spreadsheet with a duplicate and a bad line, a
// service's token, and a mandatory task that is done only when something shows it.
import * as room from "./room";
import { expect, test } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";

/** Windows-1258, with tone marks apart: a new page, the same page as it was shared, one without a link. */
const TABLE = Buffer.from(
  "url;b\xE1o;title;reach\r\nhttps://bao.example/1;B\xE1o Th\xFD\xD2;\xD0\xE2\xF2p v\xF5\xDE;12.500\r\n" +
    "https://m.bao.example/1/?utm_source=zalo;B\xE1o Th\xFD\xD2;\xD0\xE2\xF2p v\xF5\xDE;15.000\r\n;B\xE1o;Thi\xEA\xECu;\r\n",
  "latin1",
);

test("a table of an old spreadsheet is shown, then taken; the same link is one row", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  await room.show(press, "Điểm báo");
  await room.media(press).getByRole("button", { name: "Nhập bảng" }).click();
  await room.dialog(press).getByLabel("Tệp CSV").setInputFiles({ name: "diem-bao.csv", mimeType: "text/csv", buffer: TABLE });
  await expect(room.dialog(press)).toContainText("Đọc theo Windows-1258, ngăn bằng dấu chấm phẩy.");
  await expect(room.dialog(press)).toContainText("1 tin mới, 1 lượt đọc thêm, 0 dòng đã có.");
  await expect(room.dialog(press)).toContainText("Dòng 4: Thiếu «Đường dẫn».");
  await expect(room.dialog(press).getByRole("cell", { name: "Đập vỡ" })).toHaveCount(2);
  await room.dialog(press).getByRole("button", { name: "Nhập 2 dòng" }).click();
  await expect(press.getByText("Đã nhập: 1 tin mới, 1 lượt đọc thêm, 0 dòng đã có.")).toBeVisible();
  await room.show(party, "Điểm báo");
  const row = room.media(party).getByRole("listitem").filter({ hasText: "Đập vỡ" });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("15.000 lượt tiếp cận");
  await expect(room.line(party, "Nhập điểm báo: 1 tin bài mới, 1 lượt đọc lại.")).toBeVisible();

  await room.enterClipping(party, "http://www.bao.example/1", "Báo Thử", "Đập vỡ", "20000");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("20.000 lượt tiếp cận");
  await room.media(party).getByLabel("Sắc thái", { exact: true }).selectOption("positive");
  await expect(room.media(party)).toContainText("Không có tin bài nào khớp bộ lọc.");
});

test("a service's token is shown once and can be taken back", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await room.show(page, "Điểm báo");
  await room.media(page).getByRole("button", { name: "Dịch vụ gửi" }).click();
  await room.dialog(page).getByLabel("Tên dịch vụ").fill("Theo dõi Thử");
  await room.dialog(page).getByRole("button", { name: "Cấp mã" }).click();
  await expect(room.dialog(page).getByText(/^phongtruc_/)).toBeVisible();
  await page.keyboard.press("Escape");
  await room.media(page).getByRole("button", { name: "Dịch vụ gửi" }).click();
  const row = room.dialog(page).getByRole("listitem").filter({ hasText: "Theo dõi Thử" });
  await expect(row).toContainText("còn hạn đến");
  await expect(room.dialog(page).getByText(/^phongtruc_/)).toHaveCount(0);
  await row.getByRole("button", { name: "Thu hồi" }).click();
  await row.getByLabel("Vì sao thu hồi").fill("hết hợp đồng");
  await row.getByRole("button", { name: "Thu hồi" }).click();
  await expect(row).toContainText("thu hồi");
  await expect(row.getByRole("button")).toHaveCount(0);
});

test("a mandatory task is done when something shows it, and everybody sees what", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  for (const page of [press, party]) await room.showAllTasks(page);
  await room.takeTask(press, "t-2");
  await room.task(press, "t-2").getByRole("button", { name: "Xong", exact: true }).click();
  const done = room.dialog(press).getByRole("button", { name: "Xong", exact: true });
  await room.dialog(press).getByLabel("Kết quả").fill("Loại đặc biệt nghiêm trọng");
  await expect(room.dialog(press)).toContainText("Còn thiếu: một minh chứng.");
  await expect(done).toBeDisabled();
  await room.dialog(press).getByLabel("Đường dẫn").fill("https://laocai.example/bien-ban");
  await done.click();
  await expect(room.dialog(press)).toHaveCount(0);
  await room.task(party, "t-2").locator("button.title").click();
  await expect(room.task(party, "t-2").getByRole("link", { name: "https://laocai.example/bien-ban" })).toBeVisible();
  await expect(room.line(party, "Minh chứng: https://laocai.example/bien-ban")).toBeVisible();
});
