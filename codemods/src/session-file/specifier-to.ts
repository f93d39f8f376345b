import { dirname, relative } from "node:path";
import type { Application } from "../application/load.js";
import { usesExtensions } from "./uses-extensions.js";

/** How a file of the application imports another one. */
export function specifierTo(application: Application, from: string, file: string): string {
  const path = relative(dirname(from), file)
    .replaceAll("\\", "/")
    .replace(/(?:\.d)?\.tsx?$/, usesExtensions(application, from) ? ".js" : "");
  return path.startsWith(".") ? path : `./${path}`;
}
