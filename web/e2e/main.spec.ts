// The whole way of an incident through three offices, from the board to the four exports.
import { readFile } from "node:fs/promises";
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TITLE = "Lan tin vỡ đập thủy điện Cốc Ly, dân chạy trong đêm";

async function downloaded(page: Page, format: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: new RegExp(`^Tải về .*\\(${format}\\)$`) }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
  return readFile(await download.path());
}

test("an incident from opening to export", async ({ windows, server }) => {
  test.setTimeout(300_000);
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  const everyone = [press, party, government];

  await test.step("the press authority opens it; the others see it on their boards", async () => {
    await press.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
    await press.getByLabel("Chuyện gì xảy ra?").fill(TITLE);
    await expect(press.getByRole("radio", { name: /Tin giả/ })).toBeChecked();
    await press.getByRole("radio", { name: /Nghiêm trọng/ }).and(press.locator("[name=level]")).check({ force: true });
    await press.keyboard.press("Control+Enter");
    await expect(press.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
    for (const page of [party, government]) await room.intoRoom(page, TITLE);
    expect(new Set(everyone.map(room.idOf)).size).toBe(1);
    for (const page of everyone) {
      await room.isLive(page);
      await room.accept(page);
      await expect(page.locator(".countdown").first()).toBeVisible();
    }
  });
  const id = room.idOf(press);

  await test.step("what one office does, the others see", async () => {
    await room.say(party, "Văn phòng Tỉnh ủy có mặt");
    for (const page of everyone) await expect(room.said(page, "Văn phòng Tỉnh ủy có mặt")).toHaveCount(1);

    await room.addEntry(government, "Nhà máy báo đập vận hành bình thường", room.minutesAgo(45), "Trực ban nhà máy, điện thoại");
    for (const page of everyone) {
      await expect(room.line(page, "Nhà máy báo đập vận hành bình thường")).toContainText(/ghi muộn 4[56] phút/);
      await expect(room.line(page, "Nhà máy báo đập vận hành bình thường")).toContainText("Trực ban nhà máy, điện thoại");
    }

    await room.decide(press, "Phát hành thông tin ban đầu trước 23 giờ", "Dân đang chạy trong đêm");
    for (const page of everyone) await room.show(page, "Quyết định");
    for (const page of everyone) await expect(room.decisions(page)).toContainText("Phát hành thông tin ban đầu trước 23 giờ");

    for (const page of everyone) await room.showAllTasks(page);
    await room.takeTask(press, "t-1");
    for (const page of [party, government]) await expect(room.task(page, "t-1")).toContainText("Lê Thị Nháp");
    await room.finishTask(press, "t-1", "Đã lưu 6 bằng chứng");
    // A task that sleeps wakes everywhere with the answer that it waits for.
    await expect(room.task(party, "t-3")).toBeHidden();
    await press.getByRole("button", { name: /^Có: Nội dung ngoài thẩm quyền/ }).click();
    for (const page of everyone) await expect(room.task(page, "t-3")).toContainText("hiện ra lúc");
    await room.skipTask(press, "t-3", "Không cần chuyển cơ quan khác");
    for (const page of everyone) {
      await expect(room.task(page, "t-1")).toContainText("xong lúc");
      await expect(room.task(page, "t-3")).toContainText("bỏ qua lúc");
    }
  });

  let number = "";
  await test.step("a statement is drafted, submitted and approved by one office", async () => {
    number = await room.draft(press, "Thông tin ban đầu");
    await room.fillBlanks(press);
    await room.submit(press);
    for (const page of [party, government]) await room.openStatement(page, number);
    for (const page of everyone) await expect(room.step(page)).toHaveText("Duyệt");
    await expect(press.getByText("Bạn đã viết hoặc trình bản này nên không tự duyệt.")).toBeVisible();
    await room.approve(party);
    for (const page of everyone) await expect(room.square(page, "Văn phòng Tỉnh ủy")).toContainText("Đã duyệt");
  });

  await test.step("editing voids the approval in every window", async () => {
    await room.reopen(press);
    for (const page of everyone) {
      await expect(room.step(page)).toHaveText("Soạn");
      await expect(page.getByText(/^Lê Thị Nháp mở lại để sửa .* 1 ý kiến trước hết hiệu lực/)).toBeVisible();
      await expect(page.locator("li.square")).toHaveCount(0);
    }
    await expect(party.getByText(`Lê Thị Nháp vừa mở lại ${number} để sửa: ý kiến của bạn hết hiệu lực.`)).toBeVisible();
    const text = await room.editor(press).inputValue();
    await room.editor(press).fill(`${text}\nĐập an toàn.`);
    await room.isSaved(press);
    await room.submit(press);
    for (const page of everyone) {
      await expect(room.step(page)).toHaveText("Duyệt");
      await page.getByText(/^Ý kiến trước đây/).click();
      await expect(page.getByText(/^Hết hiệu lực: Lê Thị Nháp.* mở lại để sửa/)).toBeVisible();
    }
  });

  await test.step("who approved before sees, word by word, what changed since", async () => {
    const since = party.getByRole("region", { name: "Khác gì với bản bạn đã duyệt" });
    await expect(since.locator("ins")).toContainText("Đập an toàn.");
    await expect(since.locator("del")).toHaveCount(0);
    // Whoever gave no verdict has nothing to compare with.
    await expect(government.getByRole("region", { name: "Khác gì với bản bạn đã duyệt" })).toHaveCount(0);
  });

  await test.step("a message written offline arrives once", async () => {
    await room.backToRoom(party);
    await windows.party.context.setOffline(true);
    await expect(room.link(party)).not.toHaveAttribute("data-state", "live", { timeout: 40_000 });
    await room.say(party, "Viết lúc mất mạng");
    await expect(room.chat(party)).toContainText("chưa gửi");
    await room.backToRoom(government);
    await room.say(government, "Trong lúc đó phòng vẫn làm việc");
    await expect(room.said(government, "Trong lúc đó phòng vẫn làm việc")).toHaveCount(1);
    await expect(room.said(government, "Viết lúc mất mạng")).toHaveCount(0);
    await windows.party.context.setOffline(false);
    await room.isLive(party);
    for (const page of [party, government]) {
      await expect(room.said(page, "Viết lúc mất mạng")).toHaveCount(1);
      await expect(room.said(page, "Trong lúc đó phòng vẫn làm việc")).toHaveCount(1);
    }
    await expect(room.chat(party).getByText("chưa gửi")).toHaveCount(0);
    const lines = (await server.log(id)).filter((line) => line.includes("Viết lúc mất mạng"));
    expect(lines).toHaveLength(1);
  });

  await test.step("approved again, published, and the clock stops for everyone", async () => {
    await room.openStatement(party, number);
    await room.approve(party);
    await room.openStatement(government, number);
    await expect(government.getByRole("button", { name: "Ghi phát hành" })).toBeDisabled();
    await room.approve(government);
    for (const page of everyone) await expect(room.step(page)).toHaveText("Đủ duyệt");
    await room.publish(government, room.minutesAgo(0), "https://laocai.gov.vn/tin/coc-ly");
    for (const page of everyone) {
      await expect(room.step(page)).toHaveText("Phát hành");
      await expect(page.getByRole("link", { name: "https://laocai.gov.vn/tin/coc-ly" })).toBeVisible();
      await expect(page.getByText(/^Đã dừng .*, đúng hạn$/).first()).toBeAttached();
    }
  });

  await test.step("what is mandatory is waived, and the incident ends", async () => {
    for (const page of everyone) await room.backToRoom(page);
    await room.close(press, "Tin đồn đã được bác bỏ, người dân về nhà.");
    for (const page of everyone) await expect(room.link(page)).toHaveText("Sự cố đã kết thúc – chỉ đọc");
    for (const page of everyone) await expect(page.getByPlaceholder("Nhắn mọi cơ quan trong phòng")).toHaveCount(0);
  });

  await test.step("the four exports", async () => {
    await press.getByRole("link", { name: "Xuất hồ sơ" }).first().click();
    await expect(press.getByRole("heading", { level: 1, name: /^Xuất hồ sơ/ })).toBeVisible();

    const csv = await downloaded(press, "CSV");
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.toString("utf8")).toContain("Nhà máy báo đập vận hành bình thường");

    const pdf = await downloaded(press, "PDF");
    expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");

    const json = (await downloaded(press, "JSON")).toString("utf8");
    expect(() => JSON.parse(json)).not.toThrow();
    expect(json).toContain("Viết lúc mất mạng");

    const html = (await downloaded(press, "HTML")).toString("utf8");
    expect(html).toContain("Xảy ra lúc");
    expect(html).toContain("Ghi nhận lúc");
    const log = (await server.log(id)).map((text) => JSON.parse(text) as { at: string; events: unknown });
    const entry = log.find(({ events }) => JSON.stringify(events).includes("Nhà máy báo đập vận hành bình thường"));
    const row = html.split("<tr>").find((part) => part.includes("Nhà máy báo đập vận hành bình thường")) ?? "";
    const clock = (at: string) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" }).format(new Date(at));
    const occurred = JSON.stringify(entry?.events).match(/"occurred_at":"([^"]+)"/)?.[1] ?? "";
    expect(row).toContain(clock(occurred));
    expect(row).toContain(clock(entry?.at ?? ""));
  });

  await test.step("the document can be printed from here", async () => {
    await press.getByRole("button", { name: "In", exact: true }).click();
    await expect(press.frameLocator("iframe").getByRole("heading", { level: 1 })).toHaveText(TITLE);
  });

  await test.step("on the board it has moved to the closed ones", async () => {
    await party.getByRole("link", { name: /Sự cố$/ }).first().click();
    const closed = party.getByRole("region", { name: "Đã kết thúc" });
    await closed.locator("summary").first().click();
    await expect(closed.getByRole("link", { name: TITLE })).toBeVisible();
  });
});
