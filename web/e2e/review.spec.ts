// Looking back: a finding under its question, an action with an owner and a day, done in sight of the others.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn ở xã thử nghiệm, nhìn lại";
const review = (page: Page) => page.getByRole("region", { name: "Rút kinh nghiệm", exact: true });

test("what was found becomes an action that somebody owns and ends", async ({ windows }) => {
  test.setTimeout(180_000);
  const [page, party] = [windows.press.page, windows.party.page];
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await page.getByLabel("Chuyện gì xảy ra?").fill(TITLE);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await room.isLive(page);
  await room.intoRoom(party, TITLE);
  for (const one of [page, party]) await room.show(one, "Rút kinh nghiệm");
  await expect(review(page)).toContainText("Chưa giao việc nào");

  await test.step("found by one, seen by the other", async () => {
    await review(page).getByRole("button", { name: /Thêm nhận định: Vì sao/ }).click();
    await page.keyboard.type("Chưa ai ghi mốc tiếp nhận trong giờ đầu");
    await room.dialog(page).getByRole("button", { name: "Thêm nhận định" }).click();
    await expect(room.dialog(page)).toHaveCount(0);
    for (const one of [page, party]) await expect(review(one)).toContainText("Chưa ai ghi mốc tiếp nhận");
    await expect(room.line(page, "Vì sao khác nhau?")).toBeVisible();
  });

  await test.step("given out with an owner and a day, and done", async () => {
    await review(page).getByRole("listitem").filter({ hasText: "Chưa ai ghi mốc" }).getByRole("button", { name: "Giao việc" }).click();
    const give = room.dialog(page).getByRole("button", { name: "Giao việc" });
    await room.dialog(page).getByLabel("Việc", { exact: true }).fill("Thêm bước ghi mốc vào kịch bản");
    await expect(give).toBeDisabled();
    await room.dialog(page).getByLabel("Chủ trì").selectOption({ index: 1 });
    await give.click();
    await expect(room.dialog(page)).toHaveCount(0);
    await expect(review(party)).toContainText("1 việc đang làm");
    await review(party).getByRole("button", { name: /Ghi đã xong/ }).click();
    await room.dialog(party).getByLabel("Đã làm gì, có gì chứng minh").fill("Kịch bản phiên bản 4");
    await room.dialog(party).getByRole("button", { name: "Ghi đã xong" }).click();
    await expect(review(page)).toContainText("Kịch bản phiên bản 4");
    await expect(review(page)).not.toContainText("việc đang làm");
  });
});
