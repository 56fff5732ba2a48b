// Whole browsers against the real binary. Each test starts its own server on a free port with its own data.
import { defineConfig } from "@playwright/test";

/** `npm run shots -- FOLDER`: pictures instead of tests. */
const pictures = process.env["PHONGTRUC_SHOTS"];
/** `npm run latency`: a measurement instead of tests. */
const measures = process.env["PHONGTRUC_LATENCY"];
/** `PHONGTRUC_TRACE=1 npm run e2e -- FILE`: a test that fails leaves all its steps and pages (`npx playwright show-trace`). */
const traces = process.env["PHONGTRUC_TRACE"];

export default defineConfig({
  testDir: "e2e",
  testMatch: pictures ? "shots.ts" : measures ? "latency.ts" : "*.spec.ts",
  outputDir: "test-results",
  // One after the other: the tests wait for each other's browsers, not for time.
  workers: 1,
  // On a busy shared machine a browser may be starved once; what failed and then passed is listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
  // A busy machine takes its time; a test that hangs is still ended.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    // A sixth of the whole run, so only for whoever looks for something.
    trace: traces ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--lang=vi-VN"],
    },
  },
});
