// The power fails while two offices work. Started again, everything acknowledged is there and the windows come back.
import * as room from "./room";
import { expect, test } from "./test";

const TITLE = "Tin đồn vỡ đập thủy điện Cốc Ly";

test("kill -9, and on", async ({ windows, server }) => {
  const [press, party] = [windows.press.page, windows.party.page];
  const board = windows.government.page;
  for (const page of [press, party]) await room.intoRoom(page, TITLE);
  const id = room.idOf(press);

  const words: string[] = [];
  for (let n = 1; n <= 12; n += 1) {
    const [page, text] = [n % 2 ? press : party, `tin thứ ${n}.`];
    await room.say(page, text);
    words.push(text);
  }
  // Acknowledged: no longer in the sender's outbox. The other office need not have seen it.
  await expect(room.chat(press).locator(".pending")).toHaveCount(0);
  await expect(room.chat(party).locator(".pending")).toHaveCount(0);
  await room.addEntry(press, "Ghi ngay trước khi mất điện", room.minutesAgo(5), "thử");
  await expect(room.line(press, "Ghi ngay trước khi mất điện")).toBeVisible();
  await server.kill();

  for (const page of [press, party]) await expect(room.link(page)).not.toHaveAttribute("data-state", "live");
  await expect(board.getByText(/^Mất kết nối/)).toBeVisible({ timeout: 20_000 });
  await room.say(press, "viết lúc máy chủ tắt");
  await expect(room.chat(press)).toContainText("chưa gửi");
  const acknowledged = await server.log(id);

  await server.again();
  for (const page of [press, party]) {
    await expect(room.link(page)).toHaveAttribute("data-state", "live", { timeout: 60_000 });
    for (const text of [...words, "viết lúc máy chủ tắt"]) await expect(room.said(page, text)).toHaveCount(1);
    await expect(room.line(page, "Ghi ngay trước khi mất điện")).toBeVisible();
  }
  await expect(board.getByText(/^Cập nhật lúc/)).toBeVisible({ timeout: 20_000 });

  // The log goes on where it was: nothing rewritten, nothing twice.
  const lines = await server.log(id);
  expect(lines.slice(0, acknowledged.length)).toEqual(acknowledged);
  for (const text of [...words, "viết lúc máy chủ tắt"]) {
    expect(lines.filter((line) => line.includes(`"text":"${text}"`))).toHaveLength(1);
  }
});
