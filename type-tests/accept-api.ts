// `npm run api:accept`: the public types as they are built become the report.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { rollUp } from "./roll-up.js";

const folder = new URL("api/", import.meta.url);
const api = await rollUp();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of api) writeFileSync(new URL(name, folder), text);
