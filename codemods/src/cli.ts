#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCommandLine } from "./command/run.js";

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

await runCommandLine(process.argv.slice(2), version);
