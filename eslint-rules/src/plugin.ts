import { readFileSync } from "node:fs";
import { createPreset } from "./presets.js";
import { noDeadSessionAugmentation } from "./rules/no-dead-session-augmentation.js";
import { noSessionCast } from "./rules/no-session-cast.js";
import { noSessionNonNull } from "./rules/no-session-non-null.js";
import { noUnknownSessionKey } from "./rules/no-unknown-session-key.js";
import { noUntypedSessionAccess } from "./rules/no-untyped-session-access.js";
import { noV2SessionApi } from "./rules/no-v2-session-api.js";
import { requireSessionRegeneration } from "./rules/require-session-regeneration.js";
import { requireSessionType } from "./rules/require-session-type.js";
import type { TypedSessionPlugin } from "./plugin-types.js";

const { name, version }: { name: string; version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const meta = { name, version, namespace: "typed-session" };

const rules: TypedSessionPlugin["rules"] = {
  "no-dead-session-augmentation": noDeadSessionAugmentation,
  "no-session-cast": noSessionCast,
  "no-session-non-null": noSessionNonNull,
  "no-unknown-session-key": noUnknownSessionKey,
  "no-untyped-session-access": noUntypedSessionAccess,
  "no-v2-session-api": noV2SessionApi,
  "require-session-regeneration": requireSessionRegeneration,
  "require-session-type": requireSessionType,
};

/**
 * Lint rules that show where the session of a request has no type.
 *
 * @example
 * ```ts
 * // eslint.config.mjs
 * import parser from "@typescript-eslint/parser";
 * import typedSession from "eslint-plugin-typed-session";
 *
 * export default [{ files: ["**\/*.ts"], languageOptions: { parser } }, typedSession.configs.recommended];
 * ```
 */
export const plugin: TypedSessionPlugin = {
  meta,
  rules,
  get configs() {
    return configs;
  },
};

// All of them name the one plugin: ESLint takes no second one of the same name.
const configs: TypedSessionPlugin["configs"] = {
  recommended: createPreset("recommended", plugin),
  "recommended-type-checked": createPreset("recommended-type-checked", plugin),
  v3: createPreset("v3", plugin),
  security: createPreset("security", plugin),
};
