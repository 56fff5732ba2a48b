// axe on every page, at both sizes, light and dark. What axe cannot see, people look at in the pictures of shots.ts.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { Server } from "./server";
import * as room from "./room";
import { expect, test, type Page } from "./test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];
const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";

/** The page as it stands, in all four looks. */
async function clean(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? SIZES[0]!;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // At its end nothing lies half under a foot that stays in view while scrolling.
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} – ${node.failureSummary}`).join("\n  ")}`);
      expect.soft(found, `${name}, ${size.width}, ${colorScheme}`).toEqual([]);
      const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
      expect.soft(scroll, `${name}, ${size.width}: nothing sticks out sideways`).toBeLessThanOrEqual(client);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
}

test("signing in", async ({ page, server }) => {
  await page.goto(`${server.origin}/vao`);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await clean(page, "sign-in with errors");
});

test("board, opening, exports", async ({ windows, server }) => {
  const { page } = windows.press;
  await clean(page, "board");
  await page.getByRole("searchbox").fill("zyzzyva");
  await expect(page.getByText(/^Không có sự cố nào khớp/)).toBeVisible();
  await clean(page, "board, nothing found");

  await page.goto(`${server.origin}/tim?q=dap`);
  await expect(page.locator("[data-hit]").first()).toBeVisible();
  await clean(page, "found");
  await page.goto(`${server.origin}/tim?q=zyzzyva&luc=own`);
  await expect(page.getByText("Không thấy «zyzzyva».")).toBeVisible();
  await clean(page, "nothing found");
  await page.goto(`${server.origin}/lanh-dao`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await clean(page, "leaders");
  await page.goto(`${server.origin}/man-hinh`);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await clean(page, "wall");
  await page.goto(`${server.origin}/su-co/coc-ly-2024/so-lieu`);
  await expect(page.getByRole("row").first()).toBeAttached();
  await clean(page, "figures");

  await page.goto(`${server.origin}/mo`);
  await page.getByLabel("Chuyện gì xảy ra?").fill("Tin đồn vỡ đập, sạt lở");
  await expect(page.locator("mark").first()).toBeVisible();
  await page.getByRole("button", { name: "Sửa: Xảy ra" }).click();
  await page.getByRole("checkbox", { name: "Diễn tập" }).check();
  await clean(page, "opening");
  await page.getByRole("combobox").fill("sa");
  await expect(page.getByRole("option").first()).toBeVisible();
  await clean(page, "opening, list of places");
  await page.getByLabel("Chuyện gì xảy ra?").fill("");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Viết một câu về chuyện xảy ra.")).toBeVisible();
  await clean(page, "opening with an error");

  const [id = ""] = await server.incidents();
  await page.goto(`${server.origin}/su-co/${id}/xuat`);
  await page.getByText("Bằng dòng lệnh").click();
  await clean(page, "exports");
});

test("room and statement", async ({ windows, server }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await room.timeline(page).getByRole("radio", { name: "Hình" }).check();
  await clean(page, "room, with the incident drawn");
  await room.timeline(page).getByRole("radio", { name: "Bảng" }).check();
  await room.timeline(page).getByRole("button", { name: "Lọc", exact: true }).click();
  await room.timeline(page).getByLabel("Loại").selectOption({ label: "Sự cố" });
  await clean(page, "room, with a table of the incident and filters");
  await room.timeline(page).getByRole("button", { name: "Hiện tất cả" }).click();
  const address = page.url();
  const sid = /"noun":"statement","verb":"drafted","id":"([^"]+)"/.exec((await server.log(room.idOf(page))).join("\n"))?.[1];
  await page.goto(`${address}/phat-ngon/${sid}`);
  await expect(room.editor(page)).toBeVisible();
  await clean(page, "statement, draft");
  await room.fillBlanks(page);
  await room.submit(page);
  await clean(page, "statement, in review");
  const party = windows.party.page;
  await party.goto(page.url());
  await expect(party.getByRole("button", { name: "Duyệt", exact: true })).toBeVisible();
  await party.getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(room.dialog(party)).toBeVisible();
  await clean(party, "approving");
});

test("the desk: facts, form, objection, publication, what waits", async ({ windows, server }) => {
  test.setTimeout(300_000);
  const [press, party, government] = [windows.press.page, windows.party.page, windows.government.page];
  for (const page of [press, party, government]) await room.intoRoom(page, TITLE);
  await room.enterFact(press, "Số hộ bị cô lập", "12 hộ", "UBND xã Cốc Ly, điện thoại");
  await room.facts(press).locator("button.title").click();
  await clean(press, "facts");
  await room.enterClipping(press, "https://bao.example/1", "Báo Thử Nghiệm", "Tin đồn vỡ đập", "12500");
  await clean(press, "media watch");
  await room.media(press).getByRole("button", { name: "Dịch vụ gửi" }).click();
  await clean(press, "services");
  await press.keyboard.press("Escape");
  await press.keyboard.press("p");
  await clean(press, "kinds");
  await press.keyboard.press("Space");
  await press.keyboard.press("Enter");
  await expect(press.getByText("Mẫu đã duyệt trước: chỉ điền chỗ trống")).toBeVisible();
  await clean(press, "form");
  await room.backToRoom(press);
  await room.draft(press, "Cảnh báo, hướng dẫn người dân");
  await room.editor(press).fill("Có 12 hộ bị cô lập.");
  await room.isSaved(press);
  await room.submit(press);
  await government.goto(press.url());
  await room.object(government, "Con số chưa chắc", "strong");
  await press.getByRole("button", { name: "Quyết định về phản đối" }).click();
  await clean(press, "deciding");
  await press.keyboard.press("Escape");
  await room.approve(government);
  await government.getByRole("button", { name: "Ghi phát hành" }).click();
  await clean(government, "publishing");
  await government.keyboard.press("Escape");
  const channel = await room.publish(government, room.minutesAgo(0), "https://laocai.example/tin/1");
  await room.capture(government, channel, "Có 13 hộ bị cô lập.");
  await government.getByText("Xem chỗ khác").click();
  await clean(government, "published, captured");
  await press.goto(server.origin);
  await press.getByRole("button", { name: /^Chờ bạn/ }).click();
  await clean(press, "what waits");

  await press.goto(`${server.origin}/viec-sau-su-co`);
  await expect(press.getByText("Không có việc nào đang làm sau các sự cố")).toBeVisible();
  await clean(press, "nothing to do after incidents");
  await room.show(party, "Rút kinh nghiệm");
  await party.getByRole("region", { name: "Rút kinh nghiệm", exact: true }).getByRole("button", { name: "Giao việc", exact: true }).click();
  await room.dialog(party).getByLabel("Việc", { exact: true }).fill("Thêm bước ghi mốc vào kịch bản");
  await room.dialog(party).getByLabel("Chủ trì").selectOption({ index: 1 });
  await room.dialog(party).getByRole("button", { name: "Giao việc" }).click();
  await expect(room.dialog(party)).toHaveCount(0);
  await press.reload();
  await expect(press.getByRole("link", { name: "Thêm bước ghi mốc vào kịch bản" })).toBeVisible();
  await clean(press, "what is to be done after incidents");
});

test("playbooks", async ({ windows, server }) => {
  const { page } = windows.press;
  await page.goto(`${server.origin}/kich-ban`);
  await expect(page.getByRole("main").getByRole("link", { name: /^Tin giả/ })).toBeVisible();
  await clean(page, "the shelf");
  await page.goto(`${server.origin}/kich-ban/fake_news_social`);
  await expect(page.getByRole("heading", { name: "Các phiên bản" })).toBeVisible();
  await clean(page, "a playbook");
  await page.goto(`${server.origin}/kich-ban/fake_news_social/sua`);
  const text = page.getByLabel("Nội dung kịch bản");
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();
  await text.fill((await text.inputValue()).replace("15 phút từ", "15 phúc từ"));
  await expect(page.getByText("1 chỗ cần sửa")).toBeVisible();
  await clean(page, "the editor with a problem");
  await text.fill((await text.inputValue()).replace("15 phúc từ", "20 phút từ"));
  await expect(page.getByText("Không có chỗ nào sai")).toBeVisible();
  await page.getByRole("radio", { name: "Lịch thử" }).check({ force: true });
  await page.getByRole("button", { name: "Tính lịch" }).click();
  await expect(page.getByRole("heading", { name: "Nhiệm vụ" })).toBeVisible();
  await clean(page, "a schedule");
  await page.getByRole("button", { name: "Công bố", exact: true }).click();
  await clean(page, "publishing");
});

test("accounts", async ({ browser }) => {
  const server = await Server.start("serve");
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.links[0]?.url ?? "");
  await page.getByLabel("Mật khẩu mới").fill("ngắn");
  await page.getByRole("button", { name: "Lưu mật khẩu và vào" }).click();
  await clean(page, "choosing a password");
  await page.getByLabel("Mật khẩu mới").fill("một câu dài dễ nhớ");
  await page.getByRole("button", { name: "Lưu mật khẩu và vào" }).click();
  await expect(page.getByText("Không có sự cố nào đang mở")).toBeVisible();
  await clean(page, "empty board");
  await page.goto(`${server.origin}/tai-khoan`);
  await expect(page.getByRole("rowheader", { name: /quantri/ })).toBeVisible();
  await clean(page, "accounts");
  await page.getByRole("button", { name: "Thêm tài khoản" }).click();
  await page.getByLabel("Giao làm người phát ngôn").check();
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await clean(page, "new account with errors");
  await page.getByLabel("Họ và tên").fill("Thử");
  await page.getByRole("textbox", { name: "Chức vụ" }).fill("Trực");
  await page.getByLabel("Tên đăng nhập").fill("thu-nghiem");
  await page.getByLabel("Số, ký hiệu văn bản").fill("1/QĐ");
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await expect(page.getByRole("textbox", { name: "Liên kết của Thử" })).toBeVisible();
  await clean(page, "one-time link");
  await page.getByRole("button", { name: "Đã đưa, đóng lại" }).click();
  await clean(page, "accounts with a spokesperson");
  await page.getByRole("button", { name: "Giao, ủy quyền phát ngôn: Thử" }).click();
  await page.getByRole("radio", { name: /^Người được ủy quyền/ }).check();
  await page.getByRole("button", { name: "Ghi văn bản" }).click();
  await clean(page, "delegation with errors");
  await page.goto(`${server.origin}/xoa-bo`);
  await expect(page.getByText("Chưa có sự cố nào.")).toBeVisible();
  await clean(page, "purging, with nothing to purge");
  await page.context().close();
  await server.end();
});

test("the register of claims", async ({ windows }) => {
  test.setTimeout(300_000);
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  await room.show(page, "Tin đồn");
  await clean(page, "an empty register of claims");
  await page.getByRole("button", { name: "Ghi tin đồn" }).first().click();
  await clean(page, "entering a claim");
  await room.dialog(page).getByLabel("Tin đang lan truyền").fill("Đập đã vỡ");
  await room.dialog(page).getByLabel("Nơi thấy, bằng lời").fill("Nhóm dân cư thôn 3");
  await room.dialog(page).getByRole("button", { name: "Ghi tin đồn" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await page.getByRole("button", { name: /^TĐ-01/ }).click();
  await clean(page, "a claim with all that is known of it");
  for (const act of ["Phân loại", "Giao kiểm chứng", "Ghi kết luận", "Thêm nơi thấy", "Không áp dụng", "Gạch"]) {
    const button = page.getByRole("region", { name: "Sổ tin đồn" }).getByRole("button", { name: act, exact: true });
    if (!(await button.isVisible())) await page.getByRole("button", { name: "Thao tác khác: TĐ-01" }).click();
    await page.getByRole("button", { name: act, exact: true }).click();
    await clean(page, act);
    await page.keyboard.press("Escape");
    await expect(room.dialog(page)).toHaveCount(0);
  }
});

test("the whole of an opening by keyboard alone", async ({ windows }) => {
  const { page } = windows.government;
  // Whoever was led from the sign-in page stands at the heading already; a page that the browser opens begins at its top.
  await expect(page.getByRole("heading", { name: "Bảng sự cố" })).toBeFocused();
  await page.reload();
  await expect(page.getByRole("main").getByRole("link", { name: "Mở sự cố" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Tới nội dung chính" })).toBeFocused();
  const link = page.getByRole("main").getByRole("link", { name: "Mở sự cố" });
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(link).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Chuyện gì xảy ra?")).toBeFocused();
  await page.keyboard.type("Tin đồn vỡ đập ở thượng nguồn");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /thượng nguồn/ })).toBeVisible();
});

test("without a network, read-only, and asked about a stamped text", async ({ windows, server }) => {
  test.setTimeout(300_000);
  const { page } = windows.press;
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await page.getByLabel("Chuyện gì xảy ra?").fill("Tin đồn vỡ đập ở xã Thử");
  await page.keyboard.press("Control+Enter");
  await room.isLive(page);
  const field = page.getByPlaceholder("Nhắn mọi cơ quan trong phòng");
  await field.focus();
  await field.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "UBND TỈNH X\nTUYỆT MẬT\nSố: 12/BC");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(room.dialog(page)).toBeVisible();
  await clean(page, "a stamped text");
  await page.keyboard.press("Escape");
  await room.accept(page);

  await server.kill();
  await expect(room.link(page)).not.toHaveAttribute("data-state", "live", { timeout: 40_000 });
  await room.say(page, `chưa gửi được, ${"một tin dài hơn một dòng trên điện thoại ".repeat(3)}`);
  const strip = page.getByRole("region", { name: /việc chờ gửi$/ });
  await strip.locator("summary").click();
  await expect(strip.getByRole("button", { name: "Bỏ, không gửi" })).toBeVisible();
  await clean(page, "without a network, with what waits to be sent");

  // A record that somebody changed on the disk is shown and takes nothing more.
  const file = join(server.data, "incidents", `${room.idOf(page)}.jsonl`);
  const lines = (await readFile(file, "utf8")).split("\n");
  lines[1] = lines[1]!.replace(/"at":"(\d)/, '"at":"3');
  await writeFile(file, lines.join("\n"));
  await server.again();
  await expect(page.getByText(/^(Chỉ đọc|Phòng đang chỉ đọc)/).first()).toBeVisible({ timeout: 60_000 });
  await clean(page, "read-only");
});

test("files of a message, and a picture large", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const form = page.locator("form.composer");
  await form.locator("input[type=file]").first().setInputFiles([
    { name: "cầu.png", mimeType: "image/png", buffer: Buffer.from(dot, "base64") },
    { name: "số liệu.csv", mimeType: "text/csv", buffer: Buffer.from("giờ;mực nước\n6;12,4") },
    { name: "vẽ.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") },
  ]);
  await expect(form.getByText(/^Tệp này là hình SVG/)).toBeVisible();
  await expect(form.getByRole("button", { name: /^Chép mã băm/ })).toHaveCount(2);
  await clean(page, "files of a message that is being written");
  await form.getByRole("button", { name: "Bỏ vẽ.png" }).click();
  await room.say(page, "Ảnh và số liệu");
  const picture = room.chat(page).getByRole("button", { name: "Xem ảnh cầu.png" });
  await expect(picture).toBeVisible();
  await clean(page, "files of a message");
  await picture.click();
  await expect(room.dialog(page).getByRole("img", { name: "cầu.png" })).toBeVisible();
  await clean(page, "a picture large");
});
