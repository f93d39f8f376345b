import { isInNamespace, type InterfaceHome } from "../registration/registration.js";
import type { FindingCode } from "./diagnosis.js";
import type { Host } from "../registration/find-hosts.js";
import type { Surroundings } from "./surroundings.js";

/** A kind of finding: what is wrong, and what to do about it. */
export interface Remedy {
  readonly code: FindingCode;
  readonly reason: string;
  readonly fix: string;
  readonly command?: string;
}

const upgrade = "typed-session-codemod upgrade";
const bump = `${upgrade} --bump-types`;

/** A remedy that the upgrade is, beside what one would write without it. */
function byUpgrade(code: FindingCode, reason: string, does: string, byHand: string): Remedy {
  return { code, reason, fix: `\`${upgrade}\` ${does}; by hand: ${byHand}`, command: upgrade };
}

export const castRemedy: Remedy = byUpgrade(
  "cast",
  "a cast or a comment hides the session's type",
  "takes it out",
  "write the plain access, `req.session.key`: the key has a type.",
);

export const parameterRemedy: Remedy = byUpgrade(
  "untyped-parameter",
  "the session comes in by a parameter that has no type for it",
  "gives it the session's type",
  'write it as `Request["session"]` of your framework.',
);

export const aliasRemedy: Remedy = byUpgrade(
  "declared-any",
  "the session is held in a variable without its type",
  "takes the type any from it",
  "take the annotation of the variable out.",
);

export function requestRemedy(written: string | undefined): Remedy {
  const fix = ["gives it the framework's request type", "declare it as the framework's Request."] as const;
  if (written === undefined) return byUpgrade("untyped-request", "the request has no type", ...fix);
  if (written === "any") return byUpgrade("untyped-request", "the request is declared any", ...fix);
  return {
    code: "missing-types",
    reason: "the compiler can't resolve the request's type",
    fix: "Install the package that declares it, or its @types.",
  };
}

export function sessionAnyRemedy(): Remedy {
  return byUpgrade(
    "declared-any",
    "the session is declared any",
    "gives it the session's type where that is your own request type",
    "take that declaration out, or give it the session's type.",
  );
}

/** What iron-session opens is what the call says it is. */
export function openedRemedy(surroundings: Surroundings): Remedy {
  return byUpgrade(
    "declared-any",
    "the call that opens the session gives it no type",
    "gives it the session's type",
    `write ${typedCall(surroundings)}.`,
  );
}

export function keyAnyRemedy(): Remedy {
  return byUpgrade(
    "declared-any",
    "a key is declared any",
    "infers the key from its uses",
    "give the key a type where it is declared.",
  );
}

export function hiddenErrorRemedy({ isGeneric }: Surroundings): Remedy {
  const code = "hidden-error";
  const reason = "a declaration of yours has an error that skipLibCheck hides, and what it can't resolve is any";
  const byHand = "correct it, or install what it imports; `tsc --noEmit --skipLibCheck false` shows the error.";
  return isGeneric
    ? byUpgrade(code, reason, "gives a session that lacks its type argument one", byHand)
    : { code, reason, fix: `By hand: ${byHand}` };
}

export function undeclaredKeyRemedy(surroundings: Surroundings): Remedy {
  return byUpgrade(
    "undeclared-key",
    "a key is not declared",
    "infers it and declares it",
    whereToDeclare(surroundings),
  );
}

/** What other libraries keep on the session, as passport does, is not the application's to infer. */
export function libraryKeyRemedy(key: string, surroundings: Surroundings): Remedy {
  return {
    code: "undeclared-key",
    reason: `'${key}' is another library's key, and nothing declares it`,
    fix: `By hand, since the upgrade declares your own keys alone: ${whereToDeclare(surroundings)}`,
  };
}

export function deadDeclarationRemedy(describedAs: string, surroundings: Surroundings): Remedy {
  const { host, home, newestHome } = surroundings;
  const code = "dead-declaration";
  const library = host === undefined ? "No package" : describeTypes(host);
  if (home === undefined && newestHome === undefined) {
    return { code, reason: `${describedAs} merges with nothing`, fix: whereToDeclare(surroundings) };
  }
  if (home === undefined) {
    const reason = `${describedAs} merges with nothing: ${library} declares no such interface`;
    const byHand = withoutInterface(surroundings);
    return surroundings.isGeneric
      ? byUpgrade(code, reason, "moves the keys into the session file, which your own request type then names", byHand)
      : { code, reason, fix: `By hand: ${byHand}` };
  }
  const moves = "moves the keys there that are in use and declared nowhere else";
  if (describedAs === describeHome(home) && "module" in home.within) {
    const reason = `${describedAs} merges with nothing: without an import or export, the file declares a module of its own`;
    return byUpgrade(code, reason, moves, `begin the file with \`import "${home.within.module}"\`.`);
  }
  return byUpgrade(
    code,
    `${describedAs} merges with nothing: ${library} reads the keys from ${describeHome(home)}`,
    moves,
    whereToDeclare(surroundings),
  );
}

export function unseenRemedy(file: string, { shorten }: Surroundings, hasSibling: boolean): Remedy {
  const path = shorten(file);
  const byHand = hasSibling
    ? `rename ${path}: a .d.ts beside a .ts of the same name is left out.`
    : `add "${path}" to the tsconfig's \`include\` or \`files\`.`;
  return byUpgrade(
    "unseen-declaration",
    `${path} declares the key, and the tsconfig does not take that file in`,
    "declares the key where it is compiled",
    byHand,
  );
}

export function tsNodeRemedy(file: string, entry: string, { shorten }: Surroundings): Remedy {
  const path = shorten(file);
  return {
    code: "unseen-by-ts-node",
    reason: `ts-node takes in only what is imported, and nothing imports ${path}`,
    fix: `Say \`"ts-node": { "files": true }\` in the tsconfig, or import the file in ${shorten(entry)} for its types alone: \`import type {} from "…"\`.`,
  };
}

export function disagreementRemedy(key: string): Remedy {
  return byUpgrade(
    "disagreeing-declarations",
    `'${key}' is declared several times, with different types`,
    "replaces them by one registration, if a key is missing or any somewhere",
    "keep one of them, in one place.",
  );
}

/** The session's type takes any key: by the types of a library that has a better version, by those of one that has none, or by your own. */
export function indexSignatureRemedy(from: string | undefined, surroundings: Surroundings): Remedy {
  const { host, home } = surroundings;
  const code = "index-signature";
  const bringing = hostWithoutContext(host);
  if (from !== undefined && bringing !== undefined) {
    const reason = `${from} takes any key, and nothing can be added to it beside the types that ${describeTypes(bringing)} brings`;
    return { code, reason, fix: `Uninstall ${from}. ${ownContext}` };
  }
  if (from === undefined) {
    return byUpgrade(
      code,
      "your own declaration takes any key",
      "declares the keys in use",
      "take the index signature out, and declare the keys.",
    );
  }
  const types = host?.types?.name === from ? host.types : undefined;
  const name = types === undefined ? from : `${from} ${types.version ?? ""}`;
  const where = home === undefined ? "" : ` in ${describeHome(home)}`;
  return byUpgrade(
    code,
    `${name} takes any key`,
    `declares the keys in use${where}: a declared key has its own type`,
    whereToDeclare(surroundings),
  );
}

export function oldTypesRemedy(reach: string, surroundings: Surroundings): Remedy {
  const { host, home, newestHome, packageManager } = surroundings;
  const { name = "", version = "" } = host?.types ?? {};
  // From 1.17.1 on they read the right interface, so there is nothing that the upgrade could declare elsewhere.
  const isPlaceOld = home !== undefined && isInNamespace(home);
  const here = isPlaceOld
    ? `\`${upgrade}\` declares the keys where that version reads them, in ${describeHome(home)}; `
    : "";
  const then = newestHome === undefined || !isPlaceOld ? "" : `, and declare the keys in ${codeFor(newestHome)}`;
  return {
    code: "old-types",
    reason: isPlaceOld
      ? `${name} ${version} takes any key`
      : `${name} ${version} types the session as a union that lacks the keys`,
    fix: `${here}\`${bump}\` moves ${name} from ${version} to ${reach} or newer; by hand: \`${packageManager.add(`${name}@^${reach}`)}\`${then}.`,
    command: bump,
  };
}

const ownContext = `By hand: \`declare module "koa" { interface BaseContext { session: Record<string, any> | null } }\`, then \`${upgrade}\`, which puts the keys there.`;

/** Since 7, koa-session brings its own types, and these give no context a session. */
function hostWithoutContext(host: Host | undefined): Host | undefined {
  return host?.name === "koa-session" && host.version !== undefined && host.types === undefined ? host : undefined;
}

/** The request's type has no session. */
export function noSessionRemedy(isCompiled: boolean, surroundings: Surroundings): Remedy {
  const { host, packageManager } = surroundings;
  const reason = "the request's type has no session";
  if (hostWithoutContext(host) !== undefined) return { code: "no-session", reason, fix: ownContext };
  const { types } = host ?? {};
  if (types !== undefined && types.version === undefined) {
    return {
      code: "missing-types",
      reason: `${types.name} is not installed: ${reason}`,
      fix: `${packageManager.add(types.name)}, then \`${upgrade}\`.`,
    };
  }
  if (host?.version !== undefined && !isCompiled) {
    const name = types?.name ?? host.name;
    return {
      code: "types-not-included",
      reason: `${name} ${types?.version ?? host.version} is installed, and no compiled file takes it in: ${reason}`,
      fix: `Name it in the tsconfig's \`types\`, or \`import "${host.name}"\` in a compiled file.`,
    };
  }
  const home = host === undefined ? "" : ` ${withoutInterface(surroundings)}`;
  return {
    code: "no-session",
    reason,
    fix: `Declare it as a request that has one, or write it as one: \`(socket.request as Request).session\`.${host?.name === "iron-session" ? home : ""}`,
  };
}

function withoutInterface(surroundings: Surroundings): string {
  if (surroundings.host?.name !== "iron-session")
    return "see where the installed version of the session library takes its types from.";
  return `since version 8, give the type at the call: ${typedCall(surroundings)}.`;
}

function typedCall({ openedAs }: Surroundings): string {
  return `\`getIronSession<${openedAs}>(req, res, options)\``;
}

function whereToDeclare({ home, newestHome }: Surroundings): string {
  const place = home ?? newestHome;
  if (place === undefined) return "declare it where the session's other keys are declared.";
  return `declare them in ${codeFor(place)}, in a file that the tsconfig compiles.`;
}

function codeFor({ name, within }: InterfaceHome): string {
  if ("module" in within) return `\`declare module "${within.module}" { interface ${name} { … } }\``;
  return `\`declare global { namespace ${within.namespace} { interface ${name} { … } } }\``;
}

/** Such as `SessionData of "express-session"`, or `Express.SessionData`. */
export function describeHome({ name, within }: InterfaceHome): string {
  return "module" in within ? `${name} of "${within.module}"` : `${within.namespace}.${name}`;
}

function describeTypes({ name, version, types }: Host): string {
  const { name: from, version: installed } = types?.version === undefined ? { name, version } : types;
  return installed === undefined ? from : `${from} ${installed}`;
}
