// What the tests share: a server each, and windows of the three offices, each in a browser of its own.
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, expect, test as base } from "@playwright/test";
import { Server } from "./server";

/** The three seats, by a part of the office's name. */
export const SEATS = { party: "Tỉnh ủy", government: "UBND", press: "Thông tin" } as const;
export type Seat = keyof typeof SEATS;

export type Window = { page: Page; context: BrowserContext };
export type Windows = Record<Seat, Window>;

/** A browser of its own, signed in by a link, on the board. */
export async function enter(browser: Browser, url: string, how: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole("heading", { name: "Bảng sự cố" })).toBeAttached();
  return { page, context };
}

type Fixtures = {
  /** The demonstration, without the simulated colleague. */
  server: Server;
  /** Windows of all three offices, on the board. */
  windows: Windows;
};

export const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const server = await Server.start("demo");
    await use(server);
    await server.end();
  },
  windows: async ({ browser, server }, use) => {
    const windows: Windows = {
      party: await enter(browser, server.linkOf(SEATS.party)),
      government: await enter(browser, server.linkOf(SEATS.government)),
      press: await enter(browser, server.linkOf(SEATS.press)),
    };
    await use(windows);
    for (const { context } of Object.values(windows)) await context.close();
  },
});

export { expect, type Page };
