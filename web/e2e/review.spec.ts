// Looking back: a finding under its question, an action with an owner and a day, done in sight of the others, and what is
// left after the end in one list.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn ở xã thử nghiệm, nhìn lại";
const LEFT = "Tập huấn người phát ngôn của xã";
const left = (page: Page) => page.getByRole("main").getByRole("listitem").filter({ hasText: LEFT });
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

  await test.step("what is left when the incident has ended stands in one list, as its owner's and as the other's", async () => {
    await review(page).getByRole("button", { name: "Giao việc", exact: true }).first().click();
    await room.dialog(page).getByLabel("Việc", { exact: true }).fill(LEFT);
    const owner = room.dialog(page).getByLabel("Chủ trì");
    const office = await owner.locator("option", { hasText: "Tỉnh ủy" }).first().getAttribute("value");
    await owner.selectOption(office);
    await room.dialog(page).getByRole("button", { name: "Giao việc" }).click();
    await expect(room.dialog(page)).toHaveCount(0);
    await room.close(page, "Tin đồn đã được bác bỏ");
    const origin = new URL(page.url()).origin;
    for (const one of [page, party]) {
      await one.goto(origin);
      await one.getByRole("link", { name: "Việc sau sự cố", exact: true }).click();
      await expect(one.getByRole("heading", { level: 1, name: "Việc sau sự cố" })).toBeVisible();
    }
    await expect(party.getByRole("button", { name: /^Của tôi\s1$/ })).toHaveAttribute("aria-pressed", "true");
    await expect(left(party)).toContainText(/hạn \d\d\/\d\d\/\d{4}.*còn \d+ ngày/s);
    await expect(left(party)).toContainText(TITLE);
    await expect(page.getByRole("button", { name: /^Tất cả\s1$/ })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: /^Của cơ quan tôi/ }).click();
    await expect(page.getByText("Không có việc nào của cơ quan bạn")).toBeVisible();
    await page.getByRole("button", { name: "Xem tất cả" }).click();
    await expect(left(page)).toBeVisible();
    await party.setViewportSize({ width: 390, height: 844 });
    await expect(left(party)).toBeVisible();
    expect(await party.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out on a phone").toBe(true);
    await party.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step("the way leads to the row in its room; done there, it leaves the list", async () => {
    await left(party).getByRole("link", { name: LEFT }).click();
    await expect(review(party)).toContainText(LEFT);
    await review(party).getByRole("button", { name: `Ghi đã xong: ${LEFT}` }).click();
    await room.dialog(party).getByLabel("Đã làm gì, có gì chứng minh").fill("Ba lớp, 45 người");
    await room.dialog(party).getByRole("button", { name: "Ghi đã xong" }).click();
    await expect(room.dialog(party)).toHaveCount(0);
    await page.reload();
    await expect(page.getByText("Không có việc nào đang làm sau các sự cố")).toBeVisible();
  });
});
