import type { TSESTree } from "@typescript-eslint/utils";
import type { Tree } from "typed-session-sites";
import { askedKeys, staticKey, type AskedKey } from "../asked-keys.js";
import { createRule, type Rule } from "../create-rule.js";
import { sitesOf } from "../session-sites.js";

type FileTree = Tree<TSESTree.Node>;

/** What can be set in an ESLint configuration. */
export interface SessionRegenerationOptions {
  /** The keys that say who is logged in. */
  readonly identityKeys?: readonly string[];
}

const defaultKeys = ["userId", "user", "uid", "accountId", "account", "adminId", "memberId", "isAdmin", "isLoggedIn"];

/**
 * Finds logins that keep the session's id: whoever planted that id before is logged in too (OWASP Session Management,
 * "Renew the Session ID After Any Privilege Level Change").
 */
export const requireSessionRegeneration: Rule<"regenerate", readonly [SessionRegenerationOptions]> = createRule<
  "regenerate",
  readonly [SessionRegenerationOptions]
>({
  name: "require-session-regeneration",
  meta: {
    type: "problem",
    docs: {
      description: "Require a new session id where a session says who is logged in",
      presets: ["security"],
    },
    schema: [
      {
        type: "object",
        properties: {
          identityKeys: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "The keys that say who is logged in.",
            default: defaultKeys,
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      regenerate:
        "'{{key}}' says who is logged in, and the session keeps the id that it had before: an id that somebody else " +
        "planted is logged in too. Call regenerateSession(), or write it inside of session.regenerate(…).",
    },
  },
  defaultOptions: [{ identityKeys: defaultKeys }],
  mentions: /[sS]ession/,
  check(context, _program, [{ identityKeys = defaultKeys }]) {
    const { tree, sites, opened } = sitesOf(context.sourceCode);
    const withoutId = new Set(opened.map(({ session }) => session));
    for (const site of sites) {
      if (withoutId.has(site.session)) continue;
      for (const asked of askedKeys(tree, site)) {
        if (!identityKeys.includes(asked.key) || !isLogin(asked) || getsNewId(tree, asked.node)) continue;
        const { parent } = asked.node;
        const node = asked.by === "access" && parent !== undefined ? parent : asked.node;
        context.report({ node, messageId: "regenerate", data: { key: asked.key } });
      }
    }
  },
});

/** A logout writes that nobody is logged in. */
function isLogin({ written }: AskedKey): boolean {
  if (written === undefined) return false;
  if (written.type === "Literal") return written.value !== null && written.value !== false && written.value !== "";
  return written.type !== "Identifier" || written.name !== "undefined";
}

/** In the function that writes, or in one around it: something that gives the session a new id. */
function getsNewId(tree: FileTree, write: TSESTree.Node): boolean {
  let runs = isRunByCall;
  // The root's parent is null, whatever its type says.
  for (let node: TSESTree.Node | undefined = write; node; node = node.parent) {
    if (node.type === "CallExpression" && renewalBy(node.callee) !== undefined) return true;
    if (!isFunction(node) && node.type !== "Program") continue;
    const found = renewalsIn(tree, node, runs);
    if (found.some(({ at, end }) => at === "the response" || end <= write.range[0])) return true;
    // Around the function that writes, a function that is an argument is likely another handler.
    runs = isRunByNew;
  }
  return false;
}

interface Renewal {
  /** When the new id is there. */
  readonly at: "the response" | "once";
  readonly end: number;
}

/**
 * The engine's `regenerateSession()` takes place with the response, and passport's `logIn` does it all; that of session
 * libraries begins an empty session at once, as does a function of the application that is called after it.
 */
function renewalBy(node: TSESTree.Node): Renewal | undefined {
  const end = node.range[1];
  if (node.type === "Identifier") {
    const isCalled = node.parent.type === "CallExpression" && node.parent.callee === node;
    return isCalled && /regenerate/i.test(node.name) ? { at: "once", end } : undefined;
  }
  const name = node.type === "MemberExpression" ? staticKey(node.property, node.computed) : undefined;
  if (name === "regenerateSession" || name === "logIn" || name === "login") return { at: "the response", end };
  // Without a call of its own it is handed on: `promisify(session.regenerate.bind(session))`.
  return name === "regenerate" ? { at: "once", end } : undefined;
}

/** Finds the renewals of a function, or of the program: not those of the functions in it, unless they are run there and then. */
function renewalsIn(tree: FileTree, node: TSESTree.Node, isRun: (inner: TSESTree.Node) => boolean): Renewal[] {
  const own = renewalBy(node);
  const inside = tree
    .children(node)
    .filter((child) => !isFunction(child) || isRun(child))
    .flatMap((child) => renewalsIn(tree, child, isRun));
  return own === undefined ? inside : [own, ...inside];
}

/** `new Promise((resolve) => session.regenerate(resolve))`. */
function isRunByNew({ parent }: TSESTree.Node): boolean {
  return parent?.type === "NewExpression";
}

function isRunByCall(inner: TSESTree.Node): boolean {
  return inner.parent?.type === "CallExpression" || isRunByNew(inner);
}

function isFunction(node: TSESTree.Node): boolean {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}
