// An exercise says so on every page, screen and paper, so that no picture of it can be taken for the real thing.
import * as room from "./room";
import { expect, test } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`DIỄN TẬP on every page at ${viewport.width}`, async ({ windows, server }) => {
    const { page } = windows.press;
    await page.setViewportSize(viewport);
    const mark = page.getByText("DIỄN TẬP", { exact: true }).filter({ visible: true }).first();

    await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: TITLE })).toContainText("DIỄN TẬP");
    await page.getByRole("main").getByRole("link", { name: TITLE }).click();
    await room.isLive(page);
    await expect(mark).toBeInViewport();
    const address = page.url();

    const sid = /"noun":"statement","verb":"drafted","id":"([^"]+)"/.exec((await server.log(room.idOf(page))).join("\n"))?.[1];
    await page.goto(`${address}/phat-ngon/${sid}`);
    await expect(page.locator(".kicker b")).toHaveText("PN-01");
    await expect(mark).toBeInViewport();

    await page.goto(`${address}/xuat`);
    await expect(page.getByRole("heading", { name: /^Xuất hồ sơ/ })).toBeVisible();
    await expect(mark).toBeInViewport();
    const html = await (await page.request.get(`${new URL(address).origin}/api/incidents/${room.idOf(page)}/export/html`)).text();
    expect(html).toContain("DIỄN TẬP");
    const csv = await (await page.request.get(`${new URL(address).origin}/api/incidents/${room.idOf(page)}/export/csv`)).text();
    expect(csv.split("\r\n").filter((row) => row !== "").slice(1).every((row) => row.includes("DIỄN TẬP"))).toBe(true);

    await page.goto(`${new URL(address).origin}/mo`);
    await expect(mark).toHaveCount(0);
    await page.getByRole("checkbox", { name: "Diễn tập" }).check();
    await expect(mark).toBeVisible();
  });
}

test("what is no exercise carries no mark", async ({ windows }) => {
  const { page } = windows.press;
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await page.getByLabel("Chuyện gì xảy ra?").fill("Sạt lở đất ở Sa Pa");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^SC-/ })).toBeVisible();
  await room.isLive(page);
  await expect(page.getByText("DIỄN TẬP", { exact: true })).toHaveCount(0);
});
