import { applyEdits } from "./apply-edits.js";
import { findSites } from "./find-sites.js";
import { removeDisguises } from "./remove-disguises.js";
import { describeSessionParameter, findSessionParameters } from "./session-parameters.js";
import type { Disguise, SiteForm } from "./site.js";
import type { Range, Tree } from "./tree.js";
import { parseEstree } from "./trees/parse-estree.js";
import { parseTypescript } from "./trees/parse-typescript.js";

/** A site without its nodes, so that what two trees say can be compared. */
export interface PlainSite {
  readonly form: SiteForm;
  readonly session: string;
  readonly outer: string;
  readonly request: string;
  readonly key: string | undefined;
  readonly disguises: readonly string[];
  readonly at: readonly Range[];
}

/** A session parameter without its nodes. */
export interface PlainParameter {
  readonly name: string;
  readonly at: Range;
  readonly type: string | undefined;
  readonly written: string | undefined;
  /** Why it has no type, in words. */
  readonly untyped: string | undefined;
}

/** What the recogniser says of a text, on one tree. */
export interface Findings {
  readonly parameters: readonly PlainParameter[];
  readonly sites: readonly PlainSite[];
  /** The text without disguises, as far as they can be removed. */
  readonly plain: string;
}

export const readers: Readonly<Record<string, (text: string, fileName?: string) => Findings>> = {
  TypeScript: (text, fileName) => findingsOf(parseTypescript(text, fileName)),
  ESTree: (text, fileName) => findingsOf(parseEstree(text, fileName)),
};

export function findingsOf<Node extends object>(tree: Tree<Node>): Findings {
  const sites = findSites(tree);
  const read = (node: Node) => tree.text.slice(tree.range(node).start, tree.range(node).end);
  return {
    parameters: findSessionParameters(tree).map((parameter) => ({
      name: read(parameter.name),
      at: tree.range(parameter.name),
      type: parameter.type && read(parameter.type),
      written: parameter.written,
      untyped: describeSessionParameter(tree, parameter),
    })),
    sites: sites.map(({ form, session, outer, request, key, disguises }) => ({
      form,
      session: read(session),
      outer: read(outer),
      request: read(request),
      key,
      disguises: disguises.map((disguise) => describeDisguise(disguise, read)),
      at: [session, outer, request].map((node) => tree.range(node)),
    })),
    plain: applyEdits(
      tree.text,
      sites.flatMap((site) => removeDisguises(tree, site) ?? []),
    ),
  };
}

function describeDisguise<Node>(disguise: Disguise<Node>, read: (node: Node) => string): string {
  if (disguise.kind === "suppression") return disguise.directive;
  return `${disguise.kind} ${disguise.type}: ${read(disguise.node)}`;
}

/** A text with everything that the recogniser looks at. */
export const everyConstruct = `#!/usr/bin/env node
import Koa, { type Context } from "koa";
import { cast as typed } from "typed-session";
import legacy = require("koa-session");
import Alias = Koa.Context;
import { Controller, Get, Session as NestSession } from "@nestjs/common";

// @ts-ignore
req.session.userId = (<any>req).session!["a"] ?? (ctx?.req as unknown as (Shop)).session?.b;
typed(Shop, request.session as { cart: string[] }).cart;
this.request[\`session\`].save(() => ctx.session);
const { session: { cart = [] } = {}, ...rest } = (host?.getRequest() as any)!;
const { 'session': s, ["session"]: t }: { session: (any) } = req; // twice
function f(id?: string, { session, body } : express.Request<Params> = <any>req, ...more: any[]) {}
const arrow = async ({ session: { a, b } }: (AppReq)) => \`\${session} \${req.session}\`;

@Controller()
class Carts {
  constructor(@NestSession() private readonly own?: Record<string, any>) {}
  @Get() show(@NestSession() { cart } : (any), @NestSession() s: object = {}, @NestSession() ...all) {}
  set session({ session }: Request) {}
  abstract list({ session }: Request): void;
}
`;
