// The room as a person works in it: one function per act, in the words that stand on the screen.
import { expect, type Locator, type Page } from "@playwright/test";

export const dialog = (page: Page): Locator => page.getByRole("dialog");
const panel = (page: Page, name: string): Locator => page.getByRole("region", { name: new RegExp(`^${name}( \\d+)?$`) });
export const timeline = (page: Page): Locator => panel(page, "Dòng thời gian");
export const chat = (page: Page): Locator => panel(page, "Trao đổi");
export const tasks = (page: Page): Locator => panel(page, "Nhiệm vụ");
export const statements = (page: Page): Locator => panel(page, "Phát ngôn");
export const decisions = (page: Page): Locator => panel(page, "Quyết định");
export const link = (page: Page): Locator => page.locator(".link[data-state]");

export async function isLive(page: Page): Promise<void> {
  await expect(link(page)).toHaveAttribute("data-state", "live");
}

/** From the board into the room of the incident with this title. */
export async function intoRoom(page: Page, title: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await isLive(page);
}

export const idOf = (page: Page): string => new URL(page.url()).pathname.split("/")[2] ?? "";

export async function accept(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Tiếp nhận sự cố", exact: true }).click();
  await expect(page.getByRole("button", { name: "Tiếp nhận sự cố", exact: true })).toHaveCount(0);
}

export async function say(page: Page, words: string): Promise<void> {
  await page.getByPlaceholder("Nhắn mọi cơ quan trong phòng").fill(words);
  await page.keyboard.press("Enter");
}
export const said = (page: Page, words: string): Locator => chat(page).getByText(words, { exact: true });

export async function addEntry(page: Page, words: string, at: { time: string; day: string }, source: string): Promise<void> {
  const form = timeline(page).locator("form");
  await form.getByRole("textbox", { name: "Ghi diễn biến" }).fill(words);
  await typeMoment(form, "Xảy ra lúc", at);
  await form.getByLabel("Nguồn").fill(source);
  await form.getByRole("button", { name: "Ghi vào dòng thời gian" }).click();
}
export const line = (page: Page, words: string): Locator => timeline(page).getByRole("listitem").filter({ hasText: words });

/** Shows a register: on a PC they share the left column. */
export async function show(page: Page, register: string): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(`^${register}`) }).click();
}
export async function decide(page: Page, words: string, reason: string): Promise<void> {
  await show(page, "Quyết định");
  await decisions(page).getByRole("button", { name: "Ghi quyết định" }).click();
  await dialog(page).getByLabel("Quyết định", { exact: true }).fill(words);
  await dialog(page).getByLabel("Vì sao").fill(reason);
  await dialog(page).getByRole("button", { name: "Ghi quyết định" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

export async function showAllTasks(page: Page): Promise<void> {
  await show(page, "Nhiệm vụ");
  await tasks(page).getByRole("radio", { name: "Tất cả", exact: true }).check();
}
export const task = (page: Page, id: string): Locator => page.locator(`#task-${id}`);
export async function takeTask(page: Page, id: string): Promise<void> {
  await task(page, id).getByRole("button", { name: "Nhận việc", exact: true }).click();
  await expect(task(page, id)).toContainText("Bạn đang làm");
}
export async function finishTask(page: Page, id: string, note: string): Promise<void> {
  await task(page, id).getByRole("button", { name: "Xong", exact: true }).click();
  await dialog(page).getByLabel("Kết quả").fill(note);
  await dialog(page).getByRole("button", { name: "Xong", exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
}
export async function skipTask(page: Page, id: string, reason: string): Promise<void> {
  await task(page, id).locator("button.title").click();
  await task(page, id).getByRole("button", { name: /^(Bỏ qua|Cho miễn)$/ }).click();
  await dialog(page).getByLabel("Lý do").fill(reason);
  await dialog(page).getByRole("button", { name: /^(Bỏ qua|Cho miễn)$/ }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Begins a statement from prepared words; ends on its page. Its number. */
export async function draft(page: Page, kind: string): Promise<string> {
  await statements(page).getByRole("button", { name: "Soạn phát ngôn" }).click();
  await dialog(page).getByRole("radio", { name: new RegExp(`^${kind} (công khai|nội bộ)`) }).check();
  return begin(page);
}
/** Starts what the open dialog offers. Its number. */
async function begin(page: Page): Promise<string> {
  const before = page.url();
  await dialog(page).getByRole("button", { name: "Bắt đầu soạn" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(before);
  return (await page.locator(".kicker b").innerText()).trim();
}
/** Begins the next statement of a series from the page of a published one. Its number. */
export async function follow(page: Page, how: "Cập nhật" | "Đính chính" | "Rút"): Promise<string> {
  await page.getByRole("region", { name: "Thao tác" }).getByRole("button", { name: how, exact: true }).click();
  return begin(page);
}
export const editor = (page: Page): Locator => page.getByRole("textbox", { name: "Nội dung phát ngôn" });

/** Fills every blank, by the field beside the text. */
export async function fillBlanks(page: Page): Promise<void> {
  // The blanks are listed with the shared text, which comes a moment after the page.
  await expect(editor(page)).toBeVisible();
  const blanks = page.locator("li.blank");
  for (let left = await blanks.count(); left > 0; left -= 1) {
    const input = blanks.first().locator("input");
    await input.fill(`điều đã rõ số ${left}`);
    await input.press("Enter");
    await expect(blanks).toHaveCount(left - 1);
  }
  await isSaved(page);
}
export async function isSaved(page: Page): Promise<void> {
  await expect(page.locator("#statement-state")).toHaveText(/^Đã ghi sổ/);
}
export async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await dialog(page).getByRole("button", { name: "Trình duyệt" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
export async function openStatement(page: Page, number: string): Promise<void> {
  await statements(page).getByRole("link", { name: new RegExp(number) }).click();
  await expect(page.locator(".kicker b")).toHaveText(number);
}
export async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^(Duyệt|Rút phản đối và duyệt)$/ }).click();
  await dialog(page).getByLabel("Tôi đã đọc hết nội dung này").check();
  await dialog(page).getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
}
export async function reopen(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Mở lại để sửa" }).click();
  await dialog(page).getByRole("button", { name: "Mở để sửa" }).click();
}
export async function object(page: Page, reason: string, how: "plain" | "strong"): Promise<void> {
  await page.getByRole("button", { name: "Phản đối", exact: true }).click();
  await dialog(page).getByLabel("Vì sao không thể phát hành nội dung này").fill(reason);
  if (how === "strong") await dialog(page).getByRole("checkbox", { name: /^Phản đối mạnh/ }).check();
  await dialog(page).getByRole("button", { name: "Phản đối", exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
}
/** The head decides over a strong objection. */
export async function settle(page: Page, how: RegExp, reason: string): Promise<void> {
  await page.getByRole("button", { name: "Quyết định về phản đối" }).click();
  await dialog(page).getByRole("radio", { name: how }).check();
  await dialog(page).getByRole("textbox", { name: "Lý do" }).fill(reason);
  await dialog(page).getByRole("button", { name: "Ghi quyết định" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
/** The square of a signatory. */
export const square = (page: Page, title: string): Locator => page.locator("li.square").filter({ has: page.locator("b").getByText(title) });

/** Records a publication on the first channel that is offered. Its name. */
export async function publish(page: Page, at: { time: string; day: string }, address: string): Promise<string> {
  await page.getByRole("button", { name: "Ghi phát hành" }).click();
  const first = dialog(page).getByRole("group", { name: "Kênh" }).getByRole("checkbox").first();
  await first.check();
  const field = dialog(page).getByRole("textbox", { name: /^Đường dẫn trên / }).first();
  const channel = ((await field.getAttribute("aria-label")) ?? "").replace("Đường dẫn trên ", "");
  await field.fill(address);
  await typeMoment(dialog(page), "Phát hành lúc", at);
  await dialog(page).getByLabel("Tôi đã đăng đúng nguyên văn nội dung này").check();
  await dialog(page).getByRole("button", { name: "Ghi phát hành" }).click();
  await expect(dialog(page)).toHaveCount(0);
  return channel;
}
/** Chooses a file for the field under `label`, and waits until the server has it. */
export async function attach(within: Locator, label: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const field = within.getByRole("group", { name: label });
  await field.locator("input[type=file]").first().setInputFiles(file);
  await expect(field.getByRole("button", { name: `Chép mã băm SHA-256 của ${file.name}` })).toBeVisible();
}
/** Keeps a picture of what stands on a channel. */
export async function capturePicture(page: Page, channel: string, name: string, bytes: Buffer): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^Đối chiếu( lại)?: ${channel.replace(/[()]/g, "\\$&")}$`) }).click();
  await attach(dialog(page), "Ảnh, PDF hoặc tệp chữ (.txt)", { name, mimeType: "image/png", buffer: bytes });
  await dialog(page).getByRole("button", { name: "Ghi đối chiếu" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
/** Pastes what stands on a channel. */
export async function capture(page: Page, channel: string, words: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^Đối chiếu( lại)?: ${channel.replace(/[()]/g, "\\$&")}$`) }).click();
  await dialog(page).getByLabel("Chữ đang đăng").fill(words);
  await dialog(page).getByRole("button", { name: "Ghi đối chiếu" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

export const facts = (page: Page): Locator => panel(page, "Dữ kiện");
export async function enterFact(page: Page, label: string, value: string, source: string): Promise<void> {
  await show(page, "Dữ kiện");
  await facts(page).getByRole("button", { name: "Ghi dữ kiện" }).click();
  await dialog(page).getByLabel("Về điều gì").fill(label);
  await dialog(page).getByLabel("Số liệu").fill(value);
  await dialog(page).getByLabel("Nguồn", { exact: true }).fill(source);
  await dialog(page).getByRole("button", { name: "Ghi dữ kiện" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
/** Opens a fact and presses one of its buttons. */
export async function onFact(page: Page, label: string, act: string): Promise<void> {
  await show(page, "Dữ kiện");
  const row = facts(page).getByRole("listitem").filter({ hasText: label });
  const title = row.locator("button.title");
  if ((await title.getAttribute("aria-expanded")) !== "true") await title.click();
  await row.getByRole("button", { name: act, exact: true }).click();
}
export const media = (page: Page): Locator => page.getByRole("region", { name: /^Điểm báo/ });
export async function enterClipping(page: Page, link: string, outlet: string, title: string, reach: string): Promise<void> {
  await show(page, "Điểm báo");
  await media(page).getByRole("button", { name: "Ghi tin bài" }).click();
  await dialog(page).getByLabel("Đường dẫn").fill(link);
  await dialog(page).getByLabel("Cơ quan báo chí, nền tảng").fill(outlet);
  await dialog(page).getByLabel("Tiêu đề").fill(title);
  await dialog(page).getByRole("radio", { name: "Tiêu cực" }).check({ force: true });
  await dialog(page).getByLabel(/^Lượt tiếp cận/).fill(reach);
  await dialog(page).getByRole("button", { name: "Ghi tin bài" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
export const claims = (page: Page): Locator => page.getByRole("region", { name: /^Sổ tin đồn/ });
export async function enterClaim(page: Page, said: string, where: string): Promise<void> {
  await show(page, "Tin đồn");
  await claims(page).getByRole("button", { name: "Ghi tin đồn" }).click();
  await dialog(page).getByLabel("Tin đang lan truyền").fill(said);
  await dialog(page).getByLabel("Nơi thấy, bằng lời").fill(where);
  await dialog(page).getByRole("button", { name: "Ghi tin đồn" }).click();
  await expect(dialog(page)).toHaveCount(0);
}
export const step = (page: Page): Locator => page.locator("ol [aria-current=step]");

export async function backToRoom(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Về phòng" }).click();
  await expect(timeline(page)).toBeVisible();
}

/** Waives what still stands in the way, then ends the incident. */
export async function close(page: Page, summary: string): Promise<void> {
  await page.getByRole("button", { name: "Kết thúc sự cố" }).click();
  const waive = dialog(page).getByRole("button", { name: "Cho miễn", exact: true });
  for (let left = await waive.count(); left > 0; left -= 1) {
    await dialog(page).getByRole("textbox", { name: /^Lý do/ }).first().fill("Diễn ra nhanh, cơ quan khác đã làm");
    await waive.first().click();
    await expect(waive).toHaveCount(left - 1);
  }
  // What is asked before the end is answered here; what is left, the head decides over, on the record.
  const yes = dialog(page).getByRole("button", { name: /^Có: / });
  for (let left = await yes.count(); left > 0; left -= 1) {
    await yes.first().click();
    await expect(yes).toHaveCount(left - 1);
  }
  const despite = dialog(page).getByLabel("Tổ trưởng vẫn quyết định");
  if ((await despite.count()) > 0) await despite.check();
  await dialog(page).getByLabel("Kết quả xử lý").fill(summary);
  await dialog(page).getByRole("button", { name: "Kết thúc sự cố" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** A moment so many minutes ago, as people type it in Vietnam. */
export function minutesAgo(minutes: number): { time: string; day: string } {
  const [date = "", clock = ""] = new Date(Date.now() - minutes * 60_000 + 7 * 3_600_000).toISOString().split("T");
  const [year, month, day] = date.split("-").map(Number);
  return { time: clock.slice(0, 5), day: `${day}/${month}/${year}` };
}

/** Types a moment into the fields under `label`. */
export async function typeMoment(within: Locator, label: string, at: { time: string; day: string }): Promise<void> {
  const field = within.getByRole("group", { name: label });
  await field.getByLabel("Ngày", { exact: true }).fill(at.day);
  await field.getByLabel("Giờ", { exact: true }).fill(at.time);
}
