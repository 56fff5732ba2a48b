// Files in the room: sent up through a network that is cut, looked at large, told apart by what is in them.
import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { chat, dialog, intoRoom, say, said } from "./room";
import { expect, type Page, test } from "./test";

/** A drawing made by the browser itself, as a photograph stands for. */
async function photo(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 600 });
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = "#7a8f9c";
    pen.fillRect(0, 0, 900, 600);
    pen.fillStyle = "#6b4a2f";
    pen.fillRect(0, 380, 900, 220);
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

/** Bytes that begin as a film does. */
function film(length: number): Buffer {
  const head = Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp41", "latin1");
  return Buffer.concat([head, randomBytes(length - head.length)]);
}

const composer = (page: Page) => page.locator("form.composer");
const choose = (page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  composer(page).locator("input[type=file]").first().setInputFiles(files);

test("a file goes on where the network was cut, and after a reload; a picture opens large", async ({ windows, server }) => {
  const { press, party } = { press: windows.press.page, party: windows.party.page };
  for (const page of [press, party]) await intoRoom(page, "Tin đồn vỡ đập thủy điện Cốc Ly");

  // Cut in the middle: what the server has stays, and the page says that it waits.
  const bytes = film(3_000_000);
  let pieces = 0;
  let cut = true;
  await press.route("**/uploads/**", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    pieces += 1;
    return cut && pieces > 2 ? route.abort("connectionreset") : route.continue();
  });
  await choose(press, [{ name: "lũ về.mp4", mimeType: "video/mp4", buffer: bytes }]);
  await expect(composer(press).getByText(/^Chờ mạng, có mạng sẽ gửi tiếp từ [1-9]/)).toBeVisible();
  const begun = await readdir(join(server.data, "attachments", "unfinished"));
  expect(begun).toHaveLength(2);
  // The page is closed on the way; the same file chosen again goes on.
  await press.reload();
  cut = false;
  const offsets: number[] = [];
  press.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await choose(press, [{ name: "lũ về.mp4", mimeType: "video/mp4", buffer: bytes }]);
  const digest = createHash("sha256").update(bytes).digest("hex");
  await expect(composer(press).getByRole("button", { name: "Chép mã băm SHA-256 của lũ về.mp4" })).toContainText(digest.slice(0, 12));
  expect(Math.min(...offsets)).toBeGreaterThan(0);

  // Two pictures beside it, one of which lies about what it is, and a drawing with script.
  const picture = await photo(press);
  await choose(press, [
    { name: "cầu.png", mimeType: "image/png", buffer: picture },
    { name: "vẽ.png", mimeType: "image/png", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>") },
  ]);
  await expect(composer(press).getByText("Tên cũ cầu.png không đúng với nội dung nên đã đổi đuôi.")).toBeVisible();
  await expect(composer(press).getByText(/^Tệp này là hình SVG/)).toBeVisible();
  await composer(press).getByRole("button", { name: "Bỏ vẽ.png" }).click();
  await say(press, "Nước về tới cầu");
  await expect(said(party, "Nước về tới cầu")).toBeVisible();
  await expect(composer(press).getByText("cầu.jpg")).toHaveCount(0);

  // Everybody looks at it large, by keyboard; the original is a download.
  const link = chat(party).getByRole("link", { name: "lũ về.mp4" });
  const download = party.waitForEvent("download");
  await link.click();
  const stream = await (await download).createReadStream();
  const hash = createHash("sha256");
  for await (const piece of stream) hash.update(piece as Buffer);
  expect(hash.digest("hex")).toBe(digest);
  const thumbnail = chat(party).getByRole("button", { name: "Xem ảnh cầu.jpg" });
  await expect(thumbnail.locator("img")).toHaveJSProperty("complete", true);
  await thumbnail.focus();
  await party.keyboard.press("Enter");
  const shown = dialog(party).getByRole("img", { name: "cầu.jpg" });
  await expect(shown).toBeVisible();
  await expect(dialog(party).getByText("Bản gốc có thể còn ghi nơi chụp")).toBeVisible();
  await expect(dialog(party).getByText(createHash("sha256").update(picture).digest("hex"))).toBeVisible();
  await party.keyboard.press("+");
  await expect(dialog(party).getByRole("button", { name: "Vừa khung" })).toBeEnabled();
  await party.keyboard.press("Escape");
  await expect(dialog(party)).toHaveCount(0);
  await expect(thumbnail).toBeFocused();
});
