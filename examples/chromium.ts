import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const installed = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The Chromium of this machine; `undefined` where none is found. `CHROMIUM_PATH` names one elsewhere. */
export const chromiumPath: string | undefined = installed.find((path) => path !== undefined && existsSync(path));

/** Starts it without a window, and without what it would look up on the network by itself. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
