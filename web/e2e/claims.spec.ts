// The register of claims: one rumour between two offices, from the words that go round to its coming back.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const SAID = "Đập thủy điện đã vỡ, cả xã chạy lên đồi ngay trong đêm!";
const LINK = "https://mxh.example/bai/1";
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const register = (page: Page) => page.getByRole("region", { name: "Sổ tin đồn" });
const row = (page: Page) => register(page).getByRole("listitem").filter({ hasText: "TĐ-01" }).first();
const next = (page: Page) => row(page).getByRole("list", { name: "Các bước xử lý" }).locator("[aria-current=step]");

/** Presses a button of the claim, fills the dialog in, and sends it. */
async function step(page: Page, act: string, fill: (dialog: ReturnType<typeof room.dialog>) => Promise<void>): Promise<void> {
  await row(page).getByRole("button", { name: act, exact: true }).click();
  const dialog = room.dialog(page);
  await fill(dialog);
  await dialog.getByRole("button", { name: act, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** An exercise under the law of a day on which it knows claims. */
async function open(page: Page): Promise<string> {
  const id = await page.evaluate(async () => {
    const id = crypto.randomUUID();
    const request = { id, title: "Tin đồn vỡ đập ở xã thử", playbook: "fake_news_social", level: 3, exercise: true, in_force_on: "2026-10-12" };
    const headers = { "content-type": "application/json", "x-phongtruc": "1" };
    const answer = await fetch("/api/incidents", { method: "POST", headers, body: JSON.stringify(request) });
    if (!answer.ok) throw new Error(await answer.text());
    return id;
  });
  return `${new URL(page.url()).origin}/su-co/${id}`;
}

test("the life of one claim in two offices", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  const address = await open(press);
  for (const page of [press, party]) {
    await page.goto(address);
    await room.isLive(page);
    await page.keyboard.press("8");
    await expect(register(page)).toContainText("Chưa ghi tin đồn nào.");
  }

  await register(party).getByRole("button", { name: "Ghi tin đồn" }).click();
  const dialog = room.dialog(party);
  await dialog.getByLabel("Tin đang lan truyền").fill(SAID);
  const enter = dialog.getByRole("button", { name: "Ghi tin đồn" });
  await expect(enter, "nobody knows where yet").toBeDisabled();
  await dialog.getByLabel("Nghi là").selectOption({ label: "Bịa đặt" });
  await dialog.getByLabel("Đường dẫn").fill(LINK);
  await room.typeMoment(dialog, "Thấy lúc", room.minutesAgo(40));
  await dialog.locator("input[type=file]").first().setInputFiles({ name: "chụp màn hình.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") });
  await expect(dialog.locator("code")).toBeVisible();
  await enter.click();
  await expect(dialog).toHaveCount(0);

  for (const page of [press, party]) {
    await row(page).getByRole("button", { expanded: false }).first().click();
    await expect(next(page)).toContainText("Phân loại");
  }
  await expect(row(press).getByRole("button", { name: "Xem ảnh chụp màn hình.png" })).toBeVisible();
  await step(press, "Phân loại", async (dialog) => {
    await dialog.getByRole("radio", { name: "Nguy hại" }).check();
    await dialog.getByRole("radio", { name: "Công dân được tiếp cận", exact: true }).check();
  });
  await step(press, "Giao kiểm chứng", (dialog) => room.typeMoment(dialog, "Giao lúc", room.minutesAgo(35)));
  await step(press, "Ghi kết luận", async (dialog) => {
    await dialog.getByRole("radio", { name: "Là tin giả, tin sai sự thật" }).check();
    await dialog.getByLabel("Vì sao").fill("Đơn vị quản lý đập xác nhận an toàn");
    await expect(dialog.getByRole("button", { name: "Ghi kết luận" }), "it rests on nothing yet").toBeDisabled();
    await dialog.getByLabel("Số, ngày văn bản kết luận").fill("12/KL ngày 12/10");
    await room.typeMoment(dialog, "Kết luận lúc", room.minutesAgo(30));
  });
  // The clock of this claim stands in both rooms, and what waits says whose it is.
  for (const page of [press, party]) {
    await expect(next(page)).toContainText("Gắn nhãn");
    await expect(row(page).getByRole("timer")).toBeVisible();
  }
  await expect(press.getByRole("region", { name: "Chờ bạn" })).toContainText("Gắn nhãn: TĐ-01");

  await step(press, "Ghi gắn nhãn", (dialog) => dialog.getByLabel("Gắn ở đâu").fill("Cổng thông tin, mục tin giả"));
  await expect(row(party)).toContainText("Đang gắn nhãn");
  await step(press, "Ghi công bố, cảnh báo", (dialog) => dialog.getByLabel("Cơ quan nào, hình thức nào, ở đâu").fill("Văn phòng đăng trên cổng"));
  await step(press, "Ghi yêu cầu gỡ", async (dialog) => {
    await expect(dialog.getByRole("checkbox", { name: LINK })).toBeChecked();
    await dialog.getByLabel("Gửi tới").fill("Nền tảng M");
  });
  await row(press).getByRole("button", { name: "Ghi trả lời: Nền tảng M" }).click();
  await room.dialog(press).getByLabel("Kết quả").selectOption({ label: "Đã gỡ" });
  await room.dialog(press).getByRole("button", { name: "Ghi trả lời" }).click();
  await expect(row(party).locator(".request")).toContainText("Đã gỡ");

  // It comes back: the other office sees it, and the head is told.
  await step(party, "Thấy lại", async (dialog) => {
    await dialog.getByLabel("Đường dẫn").fill("https://mxh.example/bai/2");
    await room.typeMoment(dialog, "Thấy lúc", room.minutesAgo(1));
  });
  await expect(row(press)).toContainText("thấy lại 1 lần");
  await expect(next(press)).toContainText("Yêu cầu gỡ");
  await expect(press.getByRole("region", { name: "Chờ bạn" })).toContainText("Tin đã gắn nhãn xuất hiện trở lại");
  await expect(room.line(press, "THẤY LẠI sau kết luận, lần 1").first()).toBeVisible();

  // A correction is in the open, and reloading shows the same.
  await row(press).getByRole("button", { name: "Thao tác khác: TĐ-01" }).click();
  await press.getByRole("button", { name: "Sửa", exact: true }).click();
  await room.dialog(press).getByLabel("Tin đang lan truyền").fill("Đập thủy điện đã vỡ!");
  await room.dialog(press).getByLabel("Lý do").fill("chép thừa chữ");
  await room.dialog(press).getByRole("button", { name: "Sửa", exact: true }).click();
  await expect(row(party)).toContainText("đã sửa: chép thừa chữ");
  await party.reload();
  await room.isLive(party);
  await room.show(party, "Tin đồn");
  await expect(row(party)).toContainText("Đập thủy điện đã vỡ!");
});

test("a message with its photo becomes a claim that keeps both; what a platform answers late is recorded after the end", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  const address = await open(press);
  for (const page of [press, party]) {
    await page.goto(address);
    await room.isLive(page);
  }
  const photo = { name: "màn hình.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") };
  const composer = party.locator("form").filter({ has: party.getByPlaceholder("Nhắn mọi cơ quan trong phòng") });
  await composer.locator("input[type=file]").first().setInputFiles(photo);
  await expect(composer.getByRole("button", { name: "Chép mã băm SHA-256 của màn hình.png" })).toBeVisible();
  await room.say(party, SAID);
  const message = room.chat(press).locator("[id^=tin-]").filter({ hasText: SAID });
  await message.getByRole("button", { name: /^Việc với tin của/ }).click();
  await press.getByRole("button", { name: "Tin đồn…", exact: true }).click();
  const dialog = room.dialog(press);
  await expect(dialog.getByLabel("Tin đang lan truyền")).toHaveValue(SAID);
  await expect(dialog.getByText("màn hình.png")).toBeVisible();
  await dialog.getByLabel("Đường dẫn").fill(LINK);
  await dialog.getByRole("button", { name: "Ghi tin đồn" }).click();
  await expect(dialog).toHaveCount(0);

  await room.show(press, "Tin đồn");
  await row(press).getByRole("button", { expanded: false }).first().click();
  await expect(row(press).getByRole("button", { name: "Xem ảnh màn hình.png" })).toBeVisible();
  await step(press, "Phân loại", async (dialog) => {
    await dialog.getByRole("radio", { name: "Nguy hại" }).check();
    await dialog.getByRole("radio", { name: "Công dân được tiếp cận", exact: true }).check();
  });
  await step(press, "Giao kiểm chứng", async () => {});
  await step(press, "Ghi kết luận", async (dialog) => {
    await dialog.getByRole("radio", { name: "Là tin giả, tin sai sự thật" }).check();
    await dialog.getByLabel("Vì sao").fill("Đơn vị quản lý đập xác nhận an toàn");
    await dialog.getByLabel("Số, ngày văn bản kết luận").fill("12/KL ngày 12/10");
  });
  await row(press).getByRole("button", { name: "Thao tác khác: TĐ-01" }).click();
  await press.getByRole("button", { name: "Ghi yêu cầu gỡ", exact: true }).click();
  await dialog.getByLabel("Gửi tới").fill("Nền tảng M");
  await dialog.getByRole("button", { name: "Ghi yêu cầu gỡ" }).click();
  await expect(dialog).toHaveCount(0);
  await room.close(press, "Dân đã yên tâm, chờ nền tảng gỡ");

  // The platform's clock runs on in sight, on the record and in the register.
  await expect(row(press)).toContainText("Chờ Nền tảng M gỡ");
  await expect(row(press).getByRole("button", { name: "Ghi gắn nhãn" })).toHaveCount(0);
  await row(press).getByRole("button", { name: "Ghi trả lời: Nền tảng M" }).click();
  await dialog.getByLabel("Kết quả").selectOption({ label: "Đã gỡ" });
  await dialog.getByRole("button", { name: "Ghi trả lời" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(press)).not.toContainText("Chờ Nền tảng M gỡ");
  await expect(room.line(party, "Nền tảng M đã gỡ TĐ-01").first()).toBeVisible();
});
