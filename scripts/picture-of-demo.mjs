// Runs the demo, and writes what it shows, shortened, as the README's picture: docs/images/demo.png. Needs a Chromium;
// CHROMIUM_PATH says where, unless it is in the usual place.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AnsiUp } from "ansi_up";
import { chromium } from "playwright-core";

const picture = fileURLToPath(new URL("../docs/images/demo.png", import.meta.url));
const demo = fileURLToPath(new URL("../demo/run.mjs", import.meta.url));
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** The steps that a picture has room for, and how many lines of each. */
const steps = [2, 4, 5, 7];
const linesOfStep = 14;
const width = 120;

function recordDemo() {
  const { stdout, status } = spawnSync(process.execPath, [demo], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`The demo ended with ${status}.`);
  return stdout;
}

function shorten(text) {
  const [title = "", ...parts] = text.trim().split(/\n\n(?=\S)/);
  const shown = parts.filter((part) => steps.some((step) => part.replace(/\u001b\[\d+m/g, "").startsWith(`${step}/`)));
  return [title.split("\n")[0], ...shown.map(beginningOf)].join("\n\n");
}

function beginningOf(part) {
  const lines = part.split("\n");
  const result = lines.filter((line) => line.includes("✓")).at(-1);
  const shown = lines.slice(0, linesOfStep);
  if (lines.length <= linesOfStep || result === undefined) return shown.join("\n");
  return [...shown, "    …", ...(shown.includes(result) ? [] : [result])].join("\n");
}

function toPage(text) {
  const converter = new AnsiUp();
  converter.use_classes = true;
  const html = converter.ansi_to_html(text);
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #101418 }
    pre { margin: 0; padding: 20px; width: ${width}ch; overflow: hidden; color: #d8dee9; font: 13px/1.45 monospace }
    .ansi-red-fg { color: #ff7b72 } .ansi-green-fg { color: #7ee787 } .ansi-cyan-fg { color: #79c0ff }
  </style><pre>${html}</pre>`;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent(toPage(shorten(recordDemo())));
  await page.locator("pre").screenshot({ path: picture });
} finally {
  await browser.close();
}
