import { expect, test } from "./test";
import * as room from "./room";
test("look", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");
  for (const [w, h, n] of [[1440, 900, "pc"], [390, 844, "phone"]] as const) {
    await page.setViewportSize({ width: w, height: h });
    await page.screenshot({ path: `/tmp/shots/room-${n}.png` });
  }
  await page.getByRole("navigation", { name: "Các phần của phòng" }).getByRole("button", { name: "Các sổ" }).click();
  await page.screenshot({ path: `/tmp/shots/room-phone-desk.png` });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("6");
  await page.screenshot({ path: `/tmp/shots/room-pc-press.png` });
  await expect(page.getByRole("tab", { name: "Báo chí" })).toHaveAttribute("aria-selected", "true");
});
