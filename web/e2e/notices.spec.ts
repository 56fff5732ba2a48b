// How somebody is reached outside the room: set, tried, with the fate of every try; and what a push service brings is shown
// by the browser although no page says anything.
import { expect, test } from "./test";

test("how somebody is reached is set and tried, and the fate of the try is told", async ({ windows, server }) => {
  const { page } = windows.press;
  await page.goto(`${server.origin}/bao-tin`);
  await expect(page.getByText("Chưa có tin nào.", { exact: false })).toBeVisible();
  await page.getByLabel("Thư điện tử").fill("truc.bao.chi@example.vn");
  await page.getByLabel("Chỉ báo việc gấp trong khoảng giờ này").check();
  await page.getByLabel("Từ", { exact: true }).fill("25 giờ");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByText("Ghi giờ như 22:00.")).toBeVisible();
  await page.getByLabel("Từ", { exact: true }).fill("21:30");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByText("Đã lưu")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Thư điện tử")).toHaveValue("truc.bao.chi@example.vn");
  await expect(page.getByLabel("Từ", { exact: true })).toHaveValue("21:30");

  // No mail server and no browser turned on: nothing went out, and it is said why.
  await page.getByRole("button", { name: "Gửi thử" }).click();
  const tried = page.getByRole("listitem").filter({ hasText: "Báo thử" }).first();
  await expect(tried).toContainText("không gửi: máy chủ chưa được cấu hình gửi thư");
});

test("what a push service brings is shown, one note for an incident", async ({ windows, server }) => {
  const { page } = windows.press;
  await page.context().grantPermissions(["notifications"], { origin: server.origin });
  await page.goto(`${server.origin}/bao-tin`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((done) =>
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && done(registrations[0].registrationId)),
  );
  await devtools.send("ServiceWorker.enable");
  const registrationId = await registered;
  const bring = (body: string, urgent: boolean) =>
    devtools.send("ServiceWorker.deliverPushMessage", {
      origin: server.origin,
      registrationId,
      data: JSON.stringify({ title: "SC-2026-0001", body, path: "/su-co/coc-ly-2024", tag: "coc-ly-2024", urgent }),
    });
  const shown = () =>
    page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, data, requireInteraction }) => ({ title, body, data: data as string, requireInteraction })));
  await bring("2 việc chờ bạn", false);
  await expect.poll(shown).toEqual([{ title: "SC-2026-0001", body: "2 việc chờ bạn", data: "/su-co/coc-ly-2024", requireInteraction: false }]);
  await bring("3 việc chờ bạn, 1 việc gấp", true);
  await expect.poll(shown).toEqual([{ title: "SC-2026-0001", body: "3 việc chờ bạn, 1 việc gấp", data: "/su-co/coc-ly-2024", requireInteraction: true }]);
});
