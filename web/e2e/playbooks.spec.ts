// Playbooks: edited in the browser, published, and taken over step by step by an incident that was open before.
import * as room from "./room";
import { expect, test, type Page } from "./test";

const text = (page: Page) => page.getByLabel("Nội dung kịch bản");

/** Replaces words of the Markdown as somebody who edits them does, and waits until the reader has looked. */
async function change(page: Page, from: string | RegExp, to: string): Promise<void> {
  const before = await text(page).inputValue();
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await text(page).fill(after);
}

test("edit a playbook, open an incident on it, publish a new version, take over one step", async ({ windows, server }) => {
  const { page } = windows.press;
  await page.goto(`${server.origin}/kich-ban`);
  await page.getByRole("main").getByRole("link", { name: /^Tin giả/ }).click();
  await expect(page.getByRole("heading", { name: "Các phiên bản" })).toBeVisible();
  await page.getByRole("link", { name: "Sửa kịch bản" }).click();

  // A slip is named with its line; the line is one press away; what is typed outlives the tab.
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();
  await change(page, "thời hạn: 15 phút từ phát hiện", "thời hạn: 15 phúc từ phát hiện");
  await expect(page.getByText("1 chỗ cần sửa")).toBeVisible();
  await expect(page.getByRole("button", { name: "Công bố", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: /^Tới dòng/ }).click();
  await expect(text(page)).toBeFocused();
  expect(await text(page).evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toContain("15 phúc");
  await page.reload();
  await expect(page.getByText("Phần đang sửa dở trên máy này đã được lấy lại.")).toBeVisible();
  await change(page, "15 phúc", "20 phút");
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();

  // The schedule on a dated example: the law's limits and the office's are told apart.
  await page.getByRole("radio", { name: "Lịch thử" }).check({ force: true });
  await room.typeMoment(page.getByRole("main"), "Tiếp nhận lúc", { time: "21:00", day: "5/10/2026" });
  await page.getByRole("button", { name: "Tính lịch" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Ghi sổ tin đồn" })).toContainText(/21:20 0?5\/10\/2026/);
  await expect(page.getByRole("listitem").filter({ hasText: "Gắn nhãn" }).first()).toContainText("theo luật");

  const publish = async (reason: string) => {
    await page.getByRole("button", { name: "Công bố", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.locator("ins").first()).toBeVisible();
    await dialog.getByLabel("Lý do").fill(reason);
    await dialog.getByRole("button", { name: "Công bố", exact: true }).click();
    await expect(page.getByText(/^Đã công bố phiên bản \d+\.$/).last()).toBeVisible();
  };
  await publish("15 phút không kịp lưu bằng chứng");
  await expect(page.getByRole("listitem").filter({ hasText: "15 phút không kịp" })).toContainText("đang dùng");

  // An incident opens on it, and stays on it when the next version comes.
  const { page: lead } = windows.press;
  await lead.goto(`${server.origin}/mo`);
  await lead.getByLabel("Chuyện gì xảy ra?").fill("Tin đồn vỡ đập lan ở hạ du");
  await expect(lead.locator("[name=playbook]:checked")).toHaveValue("fake_news_social");
  await lead.keyboard.press("Control+Enter");
  await expect(lead.getByRole("heading", { level: 1, name: /lan ở hạ du/ })).toBeVisible();
  await room.isLive(lead);
  const address = lead.url();

  await page.goto(`${server.origin}/kich-ban/fake_news_social/sua`);
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();
  await change(page, "thời hạn: 20 phút từ phát hiện", "thời hạn: 25 phút từ phát hiện");
  await change(page, "## Tiếp nhận và xác minh\n", "## Tiếp nhận và xác minh\n\n- [ ] Gọi người đăng tin đầu tiên\n  - chủ trì: Công an tỉnh\n");
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();
  await publish("Thêm bước gọi người đăng");
  await page.getByRole("link", { name: /^So với bản trước/ }).first().click();
  await expect(page.getByRole("main").getByText("Gọi người đăng tin đầu tiên").first()).toBeVisible();

  await lead.goto(address);
  await expect(lead.getByText(/Kịch bản «Tin giả.*» đã có phiên bản/)).toBeVisible();
  await lead.getByRole("button", { name: "Xem khác biệt" }).click();
  const step = lead.getByRole("dialog").getByRole("listitem").filter({ hasText: "Ghi sổ tin đồn" });
  await expect(step).toContainText("20 phút");
  await expect(step).toContainText("25 phút");
  await step.getByRole("button", { name: "Nhận bước này" }).click();
  await lead.getByRole("dialog").getByLabel("Lý do").fill("Hạ du rộng, cần thêm thời gian");
  await lead.getByRole("dialog").getByRole("button", { name: "Nhận bước này" }).click();
  // Back in the list: that step is done with, the other is left.
  await expect(lead.getByRole("dialog").getByRole("listitem")).toHaveCount(1);
  await expect(lead.getByRole("dialog").getByRole("listitem")).toContainText("Gọi người đăng tin đầu tiên");
  await lead.getByRole("dialog").getByRole("button", { name: "Đóng" }).last().click();
  const log = (await server.log(room.idOf(lead))).join("\n");
  expect(log).toContain("\"verb\":\"step_taken\"");
  expect(log).toContain("Hạ du rộng, cần thêm thời gian");

  // Who does not lead sees it and takes nothing over; and reads playbooks without editing them.
  const party = windows.party.page;
  await party.goto(address);
  await party.getByRole("button", { name: "Xem khác biệt" }).click();
  await expect(party.getByText("Chỉ Tổ trưởng, thư ký Tổ nhận bước của phiên bản mới.")).toBeVisible();
  await expect(party.getByRole("button", { name: "Nhận bước này" })).toHaveCount(0);
  await party.goto(`${server.origin}/kich-ban/fake_news_social/sua`);
  await expect(party.getByText("Chỉ Tổ trưởng, thư ký Tổ và quản trị viên sửa được kịch bản.")).toBeVisible();
});
