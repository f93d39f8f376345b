// `npm run api:pages`: the pages of the public API, anew from the sources.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readApi, writeApiPages } from "./api-pages.js";

const folder = fileURLToPath(new URL("api/", import.meta.url));
const api = await readApi();
for (const warning of api.warnings) console.error(warning);
if (api.warnings.length > 0) process.exitCode = 1;
rmSync(folder, { recursive: true, force: true });
await writeApiPages(api, folder);
