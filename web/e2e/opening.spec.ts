// Opening an incident: one sentence and a key; nothing that was typed is lost, and nothing opens twice.
import * as room from "./room";
import { enter, expect, SEATS, test, type Page } from "./test";

const what = (page: Page) => page.getByLabel("Chuyện gì xảy ra?");
const playbook = (page: Page, name: RegExp) => page.getByRole("radio", { name }).and(page.locator("[name=playbook]"));
const level = (page: Page, name: RegExp) => page.getByRole("radio", { name }).and(page.locator("[name=level]"));

test.beforeEach(async ({ windows }) => {
  const { page } = windows.press;
  await page.getByRole("main").getByRole("link", { name: "Mở sự cố" }).click();
  await expect(what(page)).toBeFocused();
});

test("one sentence, the best playbook with its reason, Ctrl+Enter", async ({ windows }) => {
  const { page } = windows.press;
  await page.keyboard.type("Sạt lở đất vùi lấp nhà dân, có người mất tích");
  await expect(playbook(page, /Thiên tai/)).toBeChecked();
  await expect(page.locator("label").filter({ has: playbook(page, /Thiên tai/) })).toContainText(/vì có:.*sạt lở/);
  await expect(page.locator("mark").first()).toBeVisible();
  await expect(level(page, /Nghiêm trọng/)).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Sạt lở đất vùi lấp nhà dân/ })).toBeVisible();
  await room.isLive(page);
  await expect(page.getByText("Mức 3 · Nghiêm trọng").first()).toBeVisible();
});

test("what is typed a moment before sending still chooses its playbook", async ({ windows }) => {
  const { page } = windows.press;
  await what(page).fill("Lũ quét qua bản trong đêm");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Lũ quét qua bản/ })).toBeVisible();
  await page.getByRole("button", { name: "Thông tin sự cố" }).click();
  await expect(page.getByText(/^Thiên tai: lũ quét/)).toBeVisible();
});

test("without diacritics too; other playbooks are one arrow away; the level follows until it is chosen", async ({ windows }) => {
  const { page } = windows.press;
  await what(page).fill("tai nan lat xe khach o sa pa, vo dap");
  await expect(page.locator("mark").first()).toBeVisible();
  const first = page.locator("[name=playbook]:checked");
  const before = await first.getAttribute("value");
  await what(page).press("ArrowDown");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(first).not.toHaveAttribute("value", before ?? "");
  const chosen = await first.getAttribute("value");
  await what(page).fill("tai nan lat xe khach o sa pa, vo dap, nhieu nguoi bi thuong");
  await level(page, /Khủng hoảng/).check({ force: true });
  await playbook(page, /Tin giả/).check();
  await expect(level(page, /Khủng hoảng/)).toBeChecked();
  expect(chosen).not.toBe(before);
});

test("a sentence that fits nothing asks for a choice, beside the choice", async ({ windows }) => {
  const { page } = windows.press;
  await what(page).fill("Chuyện chưa từng có");
  await expect(page.getByText("Chưa nhận ra kịch bản. Hãy chọn bản gần nhất.")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toHaveText("Chọn một kịch bản.");
  await page.keyboard.press("Space");
  await expect(page.locator("[name=playbook]:checked")).toHaveCount(1);
  await what(page).fill("");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toHaveText("Viết một câu về chuyện xảy ra.");
  await expect(what(page)).toBeFocused();
});

test("the place is found without diacritics, by keys alone", async ({ windows }) => {
  const { page } = windows.press;
  const place = page.getByRole("combobox", { name: "Nơi xảy ra" });
  await place.fill("sa pa");
  await expect(page.getByRole("option").first()).toHaveText("Phường Sa Pa");
  await place.press("Enter");
  await expect(place).toHaveValue("Phường Sa Pa");
  await place.fill("bat xat");
  await expect(page.getByRole("option", { name: "Xã Bát Xát" })).toBeVisible();
  await place.press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
  await place.fill("không có xã này");
  await place.press("Tab");
  await expect(page.getByRole("alert")).toHaveText("Không có xã, phường nào khớp.");
  // A place that was begun and not chosen is never silently left out.
  await what(page).fill("Tin đồn vỡ đập");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toHaveText("Chọn trong danh sách, hoặc để trống.");
  await place.fill("ta phin");
  await place.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Tin đồn vỡ đập/ })).toBeVisible();
  await expect(page.getByText("Xã Tả Phìn").first()).toBeVisible();
});

test("a place typed before the list has arrived is chosen when it has", async ({ windows }) => {
  const { page } = windows.press;
  let arrive: () => void = () => {};
  const asked = new Promise<void>((done) => (arrive = done));
  await page.route("**/api/communes?**", async (route) => {
    await asked;
    await route.continue();
  });
  await page.reload();
  const place = page.getByRole("combobox", { name: "Nơi xảy ra" });
  await place.fill("sa pa");
  // Nothing fits yet: Enter neither sends the form nor loses what was typed.
  await place.press("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
  arrive();
  await expect(page.getByRole("option").first()).toHaveText("Phường Sa Pa");
  await place.press("Enter");
  await expect(place).toHaveValue("Phường Sa Pa");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("times are now unless somebody says otherwise, and wrong ones are said beside them", async ({ windows, server }) => {
  const { page } = windows.press;
  await what(page).fill("Tin đồn vỡ đập");
  await expect(page.getByText("Đã xác định có tác động dư luận")).toBeVisible();
  await page.getByRole("button", { name: "Sửa: Tiếp nhận" }).click();
  await room.typeMoment(page.getByRole("main"), "Tiếp nhận", room.minutesAgo(30));
  await page.getByRole("button", { name: "Sửa: Xảy ra" }).click();
  await room.typeMoment(page.getByRole("main"), "Xảy ra", room.minutesAgo(10));
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toHaveText("Tiếp nhận không thể trước lúc xảy ra.");
  await room.typeMoment(page.getByRole("main"), "Xảy ra", room.minutesAgo(40));
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Tin đồn vỡ đập$/ })).toBeVisible();
  const [line = ""] = await server.log(room.idOf(page));
  const opening = /"occurred_at":"([^"]+)".*"received_at":"([^"]+)".*"impact_assessed_at":"([^"]+)"/.exec(line);
  const [, occurred = "", received = "", impact = ""] = opening ?? [];
  expect(Date.parse(received) - Date.parse(occurred)).toBe(10 * 60_000);
  expect(Date.parse(impact)).toBeGreaterThan(Date.parse(received));
});

test("a lost answer does not open a second incident", async ({ windows, server }) => {
  const { page } = windows.press;
  const before = await server.incidents();
  await what(page).fill("Tin đồn vỡ đập lan ở hạ du");
  await expect(playbook(page, /Tin giả/)).toBeChecked();
  let lost = 0;
  await page.route("**/api/incidents", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.fallback();
    lost += 1;
    // The server hears it; the answer is lost on the way back.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: /^Mở sự cố/ }).click();
  await expect(page.getByRole("alert")).toContainText("mọi thứ bạn nhập vẫn còn");
  await expect(what(page)).toHaveValue("Tin đồn vỡ đập lan ở hạ du");
  await page.getByRole("button", { name: /^Gửi lại/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /lan ở hạ du/ })).toBeVisible();
  expect(lost).toBe(1);
  expect((await server.incidents()).length).toBe(before.length + 1);
});

test("a form survives a reload; a form whose incident is open already makes room for a new one", async ({ windows }) => {
  const { page } = windows.press;
  await what(page).fill("Tin đồn vỡ đập, bản nháp");
  await page.getByRole("checkbox", { name: "Diễn tập" }).check();
  await level(page, /Khủng hoảng/).check({ force: true });
  await page.reload();
  await expect(what(page)).toHaveValue("Tin đồn vỡ đập, bản nháp");
  await expect(page.getByRole("checkbox", { name: "Diễn tập" })).toBeChecked();
  await expect(level(page, /Khủng hoảng/)).toBeChecked();
  await expect(playbook(page, /Tin giả/)).toBeChecked();

  await page.route("**/api/incidents", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toContainText("mọi thứ bạn nhập vẫn còn");
  await page.unroute("**/api/incidents");
  await page.reload();
  await expect(page.getByText(/^Lần gửi trước đã đến nơi/)).toBeVisible();
  await expect(what(page)).toHaveValue("");
});

test("an exercise on a past day takes that day's places and offices", async ({ windows }) => {
  const { page } = windows.press;
  await what(page).fill("Tin đồn vỡ đập, luyện tập");
  await page.getByRole("checkbox", { name: "Diễn tập" }).check();
  await page.getByLabel("Áp dụng tổ chức, pháp luật của ngày").fill("10/9/2024");
  const place = page.getByRole("combobox", { name: "Nơi xảy ra" });
  await place.fill("coc ly");
  await place.press("Enter");
  await expect(place).toHaveValue("Xã Cốc Ly");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^DT-/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Các cơ quan trực" })).toContainText("Sở TT&TT");
});

test("what an office opens appears on the other offices' boards by itself, and is found without diacritics", async ({ browser, server, windows }) => {
  const { page } = windows.press;
  const board = windows.party.page;
  await page.keyboard.type("Sạt lở ở chợ Cốc Lếu");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Sạt lở ở chợ Cốc Lếu/ })).toBeVisible();
  await expect(board.getByRole("link", { name: "Sạt lở ở chợ Cốc Lếu" })).toBeVisible({ timeout: 20_000 });
  await board.keyboard.press("/");
  await expect(board.getByRole("searchbox")).toBeFocused();
  await board.keyboard.type("sat lo o cho coc leu");
  await expect(board.getByRole("main").getByRole("listitem").getByRole("heading")).toHaveCount(1);
  await board.keyboard.press("Escape");
  await expect(board.getByRole("main").getByRole("listitem").getByRole("heading")).toHaveCount(2);

  await windows.party.context.setOffline(true);
  await expect(board.getByText(/^Mất kết nối\. Danh sách này là lúc \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(board.getByRole("link", { name: "Sạt lở ở chợ Cốc Lếu" })).toBeVisible();
  await windows.party.context.setOffline(false);
  await expect(board.getByText(/^Cập nhật lúc/)).toBeVisible();

  const late = await enter(browser, server.linkOf(SEATS.government));
  await expect(late.page.getByRole("link", { name: "Sạt lở ở chợ Cốc Lếu" })).toBeVisible();
  await late.context.close();
});
