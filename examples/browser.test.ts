import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { chromiumPath, launchChromium } from "./chromium.js";
import { startExample } from "./server-process.js";

async function openShop(path: string): Promise<{ page: Page; origin: string }> {
  const origin = await startExample("express");
  const browser = await launchChromium(path);
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(origin);
  return { page, origin };
}

/** For the README: `SCREENSHOT=docs/images/shop.png npx vitest run examples/browser`. */
async function takeScreenshot(page: Page): Promise<void> {
  const path = process.env["SCREENSHOT"];
  if (path === undefined) return;
  await page.setViewportSize({ width: 600, height: 500 });
  await page.screenshot({ path });
}

const text = (page: Page, selector: string) => page.locator(selector).innerText();

test.skipIf(chromiumPath === undefined)("a browser logs in, fills its cart, logs out, and goes back", async () => {
  const { page, origin } = await openShop(chromiumPath ?? "");
  const sessionId = async () => (await page.context().cookies()).find(({ name }) => name === "session")?.value;
  expect(await text(page, "#greeting")).toBe("Hello, guest!");
  expect(await sessionId()).toBeUndefined();

  await page.locator("#shelf li", { hasText: "tea" }).getByRole("button").click();
  expect(await text(page, "#cart")).toBe("1 × tea");
  const anonymous = await sessionId();

  await page.getByPlaceholder("Your name").fill("Ada & Co");
  await page.getByRole("button", { name: "Log in" }).click();
  expect(await text(page, "#greeting")).toBe("Hello, Ada & Co!");
  expect(await text(page, "#cart")).toBe("1 × tea");
  expect(await sessionId()).not.toBe(anonymous);

  await page.locator("#shelf li", { hasText: "cup" }).getByRole("button").click();
  expect(await text(page, "#cart")).toBe("1 × tea\n1 × cup");

  await takeScreenshot(page);

  await page.getByRole("link", { name: "Your account" }).click();
  expect(await text(page, "#account")).toMatch(/^Ada & Co, here since \d{4}, with 2 kinds/);
  // Scripts of the page can't read the cookie.
  expect(await page.evaluate("document.cookie")).toBe("");

  await page.getByRole("button", { name: "Log out" }).click();
  expect(await text(page, "#greeting")).toBe("Hello, guest!");
  expect(await text(page, "#cart")).toBe("nothing yet");
  expect(await sessionId()).toBeUndefined();

  // What the back button shows comes from the server, which knows of the logout.
  await page.goBack();
  expect(page.url()).toBe(`${origin}/account`);
  expect(await text(page, "#refused")).toBe("Please log in first.");
});
