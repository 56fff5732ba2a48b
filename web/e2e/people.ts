// People of an office: the administrator makes their accounts, each comes in by the link that is handed over.
import { expect, type Browser, type Page } from "@playwright/test";
import type { Link, NewAccount } from "../src/wire";
import type { Server } from "./server";

const PASSWORD = "một câu dài dễ nhớ";

async function post<Answer>(page: Page, path: string, data: unknown): Promise<Answer> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(origin + path, { data, headers: { origin, "x-phongtruc": "1" } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (answer.headers()["content-type"]?.includes("json") ? await answer.json() : undefined) as Answer;
}

/** A browser of its own, signed in by a one-time link that asks for a password. */
async function enter(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const { origin, hash } = new URL(url);
  await page.goto(origin);
  await post(page, "/api/session/link", { token: hash.slice(1), password: PASSWORD });
  await page.goto(origin);
  await expect(page.getByRole("heading", { name: "Bảng sự cố" })).toBeAttached();
  return page;
}

export const administrator = (browser: Browser, server: Server): Promise<Page> => enter(browser, server.links[0]?.url ?? "");

type Post = { name: string; function: string; speaks?: boolean };

/** A new person of an office, at their desk. */
export async function atDesk(browser: Browser, admin: Page, { name, function: seat, speaks = false }: Post): Promise<Page> {
  const account: NewAccount = {
    login: name.normalize("NFD").replaceAll(/[\u0300-\u036f]/g, "").replaceAll("Đ", "D").replaceAll("đ", "d").toLowerCase().replaceAll(" ", "-"),
    name,
    title: "Trực",
    function: seat,
    roles: ["duty"],
    spokesperson: speaks ? { from: "2024-01-01T00:00:00Z", until: null, instrument: "01/QĐ-UBND", incident: null, kind: "regular", by: null } : null,
  };
  return enter(browser, (await post<Link>(admin, "/api/accounts", account)).url);
}
