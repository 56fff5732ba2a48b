// The timeline as people use it at length: filters that can be shared, what is inserted, corrected and marked, the drawn
// line by keyboard, a phone, and twenty thousand lines.
import { createHash } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import * as room from "./room";
import type { Server } from "./server";
import { expect, test, type Page } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";
const search = (page: Page) => room.timeline(page).getByRole("searchbox", { name: "Tìm trong dòng thời gian" });
const hidden = (page: Page) => room.timeline(page).getByText(/^[\d.]+ dòng bị ẩn/);
const rows = (page: Page) => room.timeline(page).locator("li[id^=line-]");
/** What can be done with a line stands in its menu. */
async function act(page: Page, words: string, what: string): Promise<void> {
  const line = room.line(page, words).first();
  await line.hover();
  await line.getByRole("button", { name: /^Việc với dòng/ }).click();
  await line.getByRole("button", { name: what, exact: true }).click();
}

test("filters combine, stand in the address, say what they hide, and go away", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  await room.intoRoom(press, TITLE);
  await room.addEntry(press, "Xã Khoẻ Vượn: dân thôn 3 di chuyển", room.minutesAgo(30), "UBND xã, điện thoại");
  await expect(room.line(press, "dân thôn 3")).toBeVisible();
  const all = await rows(press).count();
  await search(press).fill("khỏe vượn");
  await expect(rows(press)).toHaveCount(1);
  await expect(hidden(press)).toContainText(`${all - 1} dòng bị ẩn`);
  await room.timeline(press).getByRole("button", { name: "Lọc", exact: true }).click();
  await room.timeline(press).getByLabel("Loại").selectOption({ label: "Diễn biến" });
  await expect(rows(press)).toHaveCount(1);
  await expect(press).toHaveURL(/tim=.*loai=entry|loai=entry.*tim=/);
  // Shared with another office, the same lines stand there; what arrives is judged by the same filter.
  await party.goto(press.url());
  await expect(rows(party)).toHaveCount(1);
  await room.decide(press, "Lập tổ xác minh ở Khỏe Vượn", "Tin lan nhanh");
  await room.addEntry(press, "KHỎE VƯỢN báo đã an toàn", room.minutesAgo(1), "UBND xã");
  await expect(rows(party)).toHaveCount(2);
  await expect(hidden(party)).toContainText(`${all} dòng bị ẩn`);
  await party.getByRole("button", { name: "Bỏ lọc Loại" }).click();
  await expect(rows(party)).toHaveCount(3);
  await room.timeline(party).getByRole("button", { name: "Hiện tất cả" }).click();
  await expect(rows(party)).toHaveCount(all + 2);
  await expect(party).not.toHaveURL(/\?/);
});

test("what was forgotten is inserted, what was wrong is corrected and stays, what matters is marked", async ({ windows }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  await room.addEntry(press, "Nước hồ dâng", room.minutesAgo(60), "Nhà máy");
  await expect(room.line(party, "Nước hồ dâng")).toBeVisible();
  await room.addEntry(press, "Dân thôn 3 di chuyển", room.minutesAgo(40), "UBND xã");
  await expect(room.line(press, "Dân thôn 3")).toBeVisible();

  await act(press, "Dân thôn 3", "Chèn diễn biến phía dưới");
  const between = room.minutesAgo(50).time;
  await expect(room.dialog(press).getByRole("group", { name: "Xảy ra lúc" }).getByLabel("Giờ", { exact: true })).toHaveValue(new RegExp(`^(${between}|${room.minutesAgo(51).time})$`));
  await room.dialog(press).getByLabel("Diễn biến").fill("Loa xã báo sơ tán");
  await room.dialog(press).getByRole("button", { name: "Ghi vào dòng thời gian" }).click();
  await expect(room.dialog(press)).toHaveCount(0);
  await room.timeline(press).getByRole("radio", { name: "Theo lúc xảy ra" }).check();
  const order = (await rows(press).allInnerTexts()).join("\n");
  expect(order.indexOf("Dân thôn 3")).toBeLessThan(order.indexOf("Loa xã báo"));
  expect(order.indexOf("Loa xã báo")).toBeLessThan(order.indexOf("Nước hồ dâng"));

  await act(press, "Dân thôn 3", "Đính chính");
  await room.dialog(press).getByLabel("Diễn biến").fill("Dân thôn 4 di chuyển");
  await room.dialog(press).getByLabel("Vì sao đính chính").fill("xã báo lại");
  await room.dialog(press).getByRole("button", { name: "Đính chính" }).click();
  await expect(room.line(party, "Dân thôn 4")).toContainText("Đính chính: xã báo lại");
  await expect(room.line(party, "Dân thôn 3").locator("s")).toHaveText("Dân thôn 3 di chuyển");
  await room.line(party, "Dân thôn 3").getByRole("link", { name: "xem dòng đúng" }).click();
  await expect(room.line(party, "Dân thôn 4")).toBeFocused();

  await act(press, "Dân thôn 4", "Đưa vào báo cáo");
  await room.dialog(press).getByLabel("Đề mục trong báo cáo").fill("Diễn biến chính");
  await room.dialog(press).getByRole("button", { name: "Đưa vào báo cáo" }).click();
  await expect(room.line(party, "Dân thôn 4")).toContainText("Báo cáo: Diễn biến chính");
  await room.timeline(party).getByRole("button", { name: "Lọc", exact: true }).click();
  await room.timeline(party).getByLabel("Chỉ dòng đưa vào báo cáo").check();
  await expect(rows(party)).toHaveCount(1);
  await act(press, "Dân thôn 4", "Bỏ khỏi báo cáo");
  await expect(rows(party)).toHaveCount(0);
});

test("the drawn line is gone through by keyboard, leads to its lines, and has a table as its equal", async ({ windows }) => {
  const { page } = windows.press;
  await room.intoRoom(page, TITLE);
  const drawing = room.timeline(page).getByRole("listbox", { name: "Diễn tiến sự cố" });
  // What goes round and who answers for an office stand on it too.
  await room.enterClaim(page, "Đập đã vỡ, chạy ngay", "Nhóm dân cư thôn 3");
  await page.getByRole("region", { name: "Các cơ quan trực" }).getByRole("button", { name: /^Sở / }).click();
  await page.getByRole("button", { name: "Nhận trực", exact: true }).and(page.locator("[popover]:popover-open button")).click();
  await room.dialog(page).getByRole("button", { name: "Nhận trực", exact: true }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  const claim = drawing.getByRole("option", { name: /TĐ-01 “Đập đã vỡ, chạy ngay”, bắt đầu thấy$/ });
  const duty = drawing.getByRole("option", { name: /Trực ban .+ nhận trực$/ });
  for (const mark of [claim, duty]) await expect(mark).toHaveCount(1);
  // Every clock is drawn, not the nearest few.
  const more = room.timeline(page).getByRole("button", { name: /^Hiện thêm \d+ thời hạn/ });
  if ((await more.count()) > 0) await more.click();
  await drawing.focus();
  await page.keyboard.press("ArrowRight");
  const chosen = () => drawing.getByRole("option", { selected: true });
  await expect(chosen()).toHaveCount(1);
  const marks = await drawing.getByRole("option").count();
  expect(marks).toBeGreaterThan(3);
  const whole = await drawing.innerHTML();
  await page.keyboard.press("+");
  expect(await drawing.innerHTML(), "nearer is another picture").not.toBe(whole);
  await page.keyboard.press("0");
  // From mark to mark to the first level, and Enter leads to the line that says it.
  for (let step = 0; step < marks; step += 1) {
    if (/Mức \d/.test((await chosen().getAttribute("aria-label")) ?? "")) break;
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("Enter");
  await expect(page.locator("li[id^=line-]:focus")).toContainText("Mở sự cố");
  await drawing.focus();
  await page.keyboard.press("End");
  for (let step = 0; step < marks && (await claim.getAttribute("aria-selected")) !== "true"; step += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.locator("li[id^=line-]:focus")).toContainText("Ghi sổ tin đồn TĐ-01");
  await room.timeline(page).getByRole("radio", { name: "Bảng" }).check();
  const table = room.timeline(page).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(marks + 1);
  for (const row of [/Tin đồn.*TĐ-01.*bắt đầu thấy/, /Trực ban.*nhận trực/]) await expect(table.getByRole("row", { name: row })).toHaveCount(1);
  await room.timeline(page).getByRole("button", { name: /^Tới dòng: Mức/ }).first().click();
  await expect(page.locator("li[id^=line-]:focus")).toContainText("Mở sự cố");
  // Lines are gone through by arrow keys as well.
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("li[id^=line-]:focus")).not.toContainText("Mở sự cố");
});

test("on a phone the filters fold into a sheet", async ({ windows }) => {
  const { page } = windows.press;
  await page.setViewportSize({ width: 390, height: 844 });
  await room.intoRoom(page, TITLE);
  await room.timeline(page).getByRole("button", { name: "Lọc", exact: true }).click();
  await room.dialog(page).getByLabel("Loại").selectOption({ label: "Sự cố" });
  await room.dialog(page).getByRole("button", { name: "Xem kết quả" }).click();
  await expect(room.dialog(page)).toHaveCount(0);
  await expect(hidden(page)).toBeVisible();
  await expect(rows(page)).not.toHaveCount(0);
  await page.getByRole("button", { name: "Bỏ lọc Loại" }).click();
  await expect(hidden(page)).toHaveCount(0);
});

/** The log goes on by itself while nobody looks, each line chained to the one before. */
async function grow(server: Server, id: string, count: number): Promise<void> {
  const lines = await server.log(id);
  let last = lines.at(-1) ?? "";
  const { at, by } = JSON.parse(lines.findLast((line) => line.includes('"noun":"entry"')) ?? last) as { at: string; by: unknown };
  const newest = Date.parse((JSON.parse(last) as { at: string }).at);
  const written: string[] = [];
  for (let n = lines.length + 1; written.length < count; n += 1) {
    const said = n % 5_000 === 0 ? `Xã Khoẻ Vượn báo lần ${n}` : `Nước hồ lần ${n}`;
    const event = { noun: "entry", verb: "added", id: `dai-${n}`, text: said, occurred_at: at, source: null };
    const prev = createHash("sha256").update(last).digest("hex");
    // A moment stands in a log without the noughts that say nothing; any other way is refused.
    const recorded = new Date(newest + written.length).toISOString().replace(/\.?0+Z$/, "Z");
    last = JSON.stringify({ rev: n, at: recorded, by, cause: `dai-c-${n}`, events: [event], prev });
    written.push(last);
  }
  await appendFile(join(server.data, "incidents", `${id}.jsonl`), `${written.join("\n")}\n`);
}

/** Scrolls through the lines and back, and answers what the page did for it: seconds of scripts, styles and layout. */
async function effort(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.filter(({ name }) => /^(Script|Layout|RecalcStyle)Duration$/.test(name)).reduce((sum, { value }) => sum + value, 0);
  };
  const before = await spent();
  await room.timeline(page).getByRole("group", { name: "Dòng thời gian" }).evaluate(async (box) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    // As far as two hundred lines reach, there and back, so that both do the same.
    for (const by of [300, -300]) for (let at = 0; at < 30; at += 1) (await frame(), (box.scrollTop += by));
  });
  const after = await spent();
  await session.detach();
  return after - before;
}

test("twenty thousand lines that came while a window was away are there, filters see all of them, and they scroll like two hundred", async ({ windows, server }) => {
  test.setTimeout(300_000);
  const [page, other] = [windows.press.page, windows.government.page];
  const [id = ""] = await server.incidents();
  await room.intoRoom(page, TITLE);
  await other.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await other.getByLabel("Chuyện gì xảy ra?").fill("Tin đồn vỡ đập ở xã Thử");
  await other.keyboard.press("Control+Enter");
  await room.isLive(other);
  await server.kill();
  await grow(server, id, 20_000);
  await grow(server, room.idOf(other), 200);
  await server.again();

  await page.goto(`${server.origin}/su-co/${id}`);
  for (const window of [page, other]) {
    await room.isLive(window);
    await expect(room.line(window, "Nước hồ lần").first()).toBeVisible();
  }
  const spent: Record<"few" | "many", number[]> = { few: [], many: [] };
  // In turn, and the least of each: what else the machine does is not counted.
  for (let round = 0; round < 3; round += 1) {
    spent.few.push(await effort(other));
    spent.many.push(await effort(page));
  }
  const ratio = Math.min(...spent.many) / Math.min(...spent.few);
  test.info().annotations.push({ type: "scrolling 20,000 lines, against 200", description: ratio.toFixed(2) });
  expect(ratio, "what a line costs does not depend on how many there are").toBeLessThan(2.5);

  await search(page).fill("khỏe vượn báo");
  await expect(rows(page)).toHaveCount(4);
  await expect(hidden(page)).toContainText(/^2\d\.\d{3} dòng bị ẩn|^19\.\d{3} dòng bị ẩn/);
  await room.timeline(page).getByRole("button", { name: "Hiện tất cả" }).click();
  await expect(hidden(page)).toHaveCount(0);
});
