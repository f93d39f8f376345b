import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.js";
import { sessionReferences } from "../session-references.js";
import { sitesOf } from "../session-sites.js";

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
export const requireSessionRegeneration = createRule<[SessionRegenerationOptions], "regenerate">({
  name: "require-session-regeneration",
  meta: {
    type: "problem",
    docs: { description: "Require a new session id where a session says who is logged in" },
    schema: [
      {
        type: "object",
        properties: {
          identityKeys: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "The keys that say who is logged in.",
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
  create(context, [{ identityKeys = defaultKeys }]) {
    if (!context.sourceCode.text.includes("session")) return {};
    return {
      Program() {
        const { sites } = sitesOf(context.sourceCode);
        const logins = sites
          .flatMap((site) => sessionReferences(context.sourceCode, site))
          .flatMap((session) => writesTo(session))
          .filter(({ key, value }) => identityKeys.includes(key) && !isNobody(value));
        for (const { node, key } of new Set(logins)) {
          if (!getsNewId(node)) context.report({ node, messageId: "regenerate", data: { key } });
        }
      },
    };
  },
});

interface Write {
  readonly node: TSESTree.Node;
  readonly key: string;
  readonly value: TSESTree.Node;
}

/** `session.key = value`, and `Object.assign(session, { key: value })`. */
function writesTo(session: TSESTree.Node): Write[] {
  const { parent } = session;
  if (parent?.type === "CallExpression" && parent.arguments[0] === session && isObjectAssign(parent.callee)) {
    return parent.arguments.slice(1).flatMap(keysOf);
  }
  if (parent?.type !== "MemberExpression" || parent.object !== session) return [];
  const assignment = parent.parent;
  const key = keyOf(parent.property, parent.computed);
  if (assignment.type !== "AssignmentExpression" || assignment.left !== parent || key === undefined) return [];
  return [{ node: assignment, key, value: assignment.right }];
}

function keysOf(source: TSESTree.CallExpressionArgument): Write[] {
  if (source.type !== "ObjectExpression") return [];
  return source.properties.flatMap((property): Write[] => {
    if (property.type !== "Property") return [];
    const key = keyOf(property.key, property.computed);
    return key === undefined ? [] : [{ node: property, key, value: property.value }];
  });
}

function keyOf(property: TSESTree.Node, isComputed: boolean): string | undefined {
  if (property.type === "Identifier" && !isComputed) return property.name;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

function isObjectAssign(callee: TSESTree.Expression): boolean {
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
  return callee.object.name === "Object" && keyOf(callee.property, callee.computed) === "assign";
}

/** A logout writes that nobody is logged in. */
function isNobody(value: TSESTree.Node): boolean {
  if (value.type === "Literal") return value.value === null || value.value === false || value.value === "";
  return value.type === "Identifier" && value.name === "undefined";
}

/** In the function that writes, or in one around it: a call that gives the session a new id. */
function getsNewId(write: TSESTree.Node): boolean {
  // The root's parent is null, whatever its type says.
  for (let node: TSESTree.Node | undefined = write; node; node = node.parent) {
    if (node.type === "CallExpression" && renewal(node) !== undefined) return true;
    if (isFunction(node) || node.type === "Program") {
      const calls = renewalsIn(node, isFunction(node) ? node : undefined);
      if (calls.some((call) => renewal(call) === "at the response" || call.range[1] <= write.range[0])) return true;
    }
  }
  return false;
}

/**
 * The engine's `regenerateSession()` takes place with the response, and passport's `logIn` does it all; that of session
 * libraries begins an empty session at once.
 */
function renewal({ callee }: TSESTree.CallExpression): "at the response" | "at once" | undefined {
  const name = callee.type === "MemberExpression" ? keyOf(callee.property, callee.computed) : undefined;
  if (name === "regenerateSession" || name === "logIn" || name === "login") return "at the response";
  return name === "regenerate" ? "at once" : undefined;
}

function renewalsIn(node: TSESTree.Node, root: TSESTree.Node | undefined): TSESTree.CallExpression[] {
  const own = node.type === "CallExpression" && renewal(node) !== undefined ? [node] : [];
  // What another function would do is not done here.
  if (node !== root && isFunction(node)) return own;
  return [...own, ...childrenOf(node).flatMap((child) => renewalsIn(child, root))];
}

function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) =>
    name === "parent" ? [] : (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

function isFunction(node: TSESTree.Node): boolean {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}
