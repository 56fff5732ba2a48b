// Who speaks by which paper, as an administrator records it: a delegation for one incident and a time, taken back again.
import { type BrowserContext } from "@playwright/test";
import { Server } from "./server";
import * as room from "./room";
import { expect, test } from "./test";

const PASSWORD = "một câu dài dễ nhớ";

test("a delegation for one incident until a time, and its end", async ({ browser }) => {
  const server = await Server.start("serve");
  const [ours, theirs] = [await browser.newContext(), await browser.newContext()];
  // What other tests do by hand is done by calls here: signing in, accounts, an incident.
  const post = async (context: BrowserContext, path: string, data: object): Promise<{ url: string; number: string }> => {
    const headers = { origin: server.origin, "x-phongtruc": "1" };
    const answer = await context.request.post(`${server.origin}/api${path}`, { headers, data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.body()).length ? answer.json() : { url: "", number: "" };
  };
  const enter = (context: BrowserContext, url: string) => post(context, "/session/link", { token: url.split("#")[1], password: PASSWORD });
  const account = (login: string, name: string, title: string, roles: string[], spokesperson: object | null) =>
    post(ours, "/accounts", { login, name, title, function: "press_authority", roles, spokesperson });
  await enter(ours, server.links[0]?.url ?? "");
  const headed = { kind: "head", instrument: "01/NQ", from: "2026-01-01T00:00:00Z", until: null, incident: null, by: null };
  await account("lanh-dao", "Trần Văn Đứng Đầu", "Chủ tịch", [], headed);
  const duty = await account("truc", "Lê Thị Trực", "Chuyên viên", ["duty"], null);
  await enter(theirs, duty.url);
  const request = { id: "su-co-thu", title: "Tin đồn thử nghiệm", playbook: "fake_news_social", level: 2 };
  const { number } = await post(theirs, "/incidents", request);

  const page = await ours.newPage();
  await page.goto(`${server.origin}/tai-khoan`);
  const row = page.getByRole("row", { name: /Lê Thị Trực/ });
  const dialog = room.dialog(page);

  await test.step("the paper is recorded as it was signed", async () => {
    await row.getByRole("button", { name: /^Giao, ủy quyền phát ngôn/ }).click();
    await dialog.getByRole("radio", { name: /^Người được ủy quyền/ }).check();
    await dialog.getByRole("button", { name: "Ghi văn bản" }).click();
    await expect(dialog.getByText("Nhập số, ký hiệu văn bản.")).toBeVisible();
    await expect(dialog.getByText("Ủy quyền phải có ngày kết thúc.")).toBeVisible();
    await expect(dialog.getByLabel("Số, ký hiệu văn bản")).toBeFocused();
    // There is one head and one incident: both are filled in.
    await expect(dialog.getByLabel("Người ủy quyền", { exact: true }).locator("option:checked")).toHaveText("Trần Văn Đứng Đầu, Chủ tịch");
    await expect(dialog.getByLabel("Sự cố được ủy quyền").locator("option:checked")).toHaveText(`${number} – Tin đồn thử nghiệm`);
    await dialog.getByLabel("Số, ký hiệu văn bản").fill("15/GUQ-UBND");
    await dialog.getByLabel("Đến").fill("31/12/2099");
    await dialog.getByLabel("Lúc").fill("17h");
    await dialog.getByRole("button", { name: "Ghi văn bản" }).click();
    await expect(dialog.getByText(/^Ủy quyền không quá 366 ngày/)).toBeVisible();
    const later = new Date(Date.now() + 7 * 86_400_000).toLocaleDateString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
    await dialog.getByLabel("Đến").fill(later);
    await dialog.getByRole("button", { name: "Ghi văn bản" }).click();
    await expect(dialog).toHaveCount(0);
    for (const part of ["Người được ủy quyền", "Đang hiệu lực", "15/GUQ-UBND", number, "Trần Văn Đứng Đầu ủy quyền", `17:00 ${later}`]) {
      await expect(row).toContainText(part);
    }
  });

  await test.step("taken back, it stays readable with its reason", async () => {
    await row.getByRole("button", { name: /^Thu hồi: 15\/GUQ-UBND/ }).click();
    await dialog.getByRole("button", { name: "Thu hồi" }).click();
    await expect(dialog.getByText("Nhập lý do thu hồi.")).toBeVisible();
    await dialog.getByLabel("Lý do").fill("Thôi nhiệm vụ");
    await dialog.getByRole("button", { name: "Thu hồi" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(row).toContainText("Đã thu hồi");
    await expect(row).toContainText("Quản trị viên: Thôi nhiệm vụ");
    await expect(row.getByRole("button", { name: /^Thu hồi/ })).toHaveCount(0);
  });

  await test.step("position and roles change, the name stays", async () => {
    await row.getByRole("button", { name: /^Đổi vai, chức vụ/ }).click();
    await dialog.getByLabel("Chức vụ").fill("Phó trưởng phòng");
    await dialog.getByRole("checkbox", { name: /^Thư ký Tổ/ }).check();
    await dialog.getByRole("button", { name: "Lưu thay đổi" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(row).toContainText("Phó trưởng phòng");
    await expect(row).toContainText("Trực, Thư ký Tổ");
  });

  for (const context of [ours, theirs]) await context.close();
  await server.end();
});
