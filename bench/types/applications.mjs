// The same Express application, with its session typed in each of the ways that there are, and once without sessions.
// All have the same schema. Its keys are optional: without `Register`, Express takes no handler that needs more.

const handlersPerFile = 10;

const schema = `import { z } from "zod";

export const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.object({ id: z.string(), count: z.number() })).optional(),
  theme: z.enum(["light", "dark"]).optional(),
});
export type AppSession = z.infer<typeof AppSession>;
`;

const plainRequest = `export type { Request } from "express";\n`;
const secret = JSON.stringify("a secret of more than 32 characters");
const augmentation = `import "express-session";
declare module "express-session" { interface SessionData extends AppSession {} }
`;
const engine = `import { MemoryStore, ServerSideSessionBackend } from "typed-session";
import { sessions } from "typed-session/express";
`;
const backend = "new ServerSideSessionBackend({ store: new MemoryStore(), session: appSession })";
const definition = `import { defineSession } from "typed-session";
export const appSession = defineSession({ schema: AppSession });
`;

/** What the variants differ in: `session.ts` beside the schema, and how `app.ts` mounts sessions. */
const variants = {
  "plain express": { session: plainRequest, imports: "", mount: "" },
  "express-session, augmented": {
    session: augmentation + plainRequest,
    imports: `import session from "express-session";\n`,
    mount: `app.use(session({ secret: ${secret}, resave: false, saveUninitialized: false }));\n`,
    reads: true,
  },
  "typed-session, Request<…, TSession>": {
    session: `${definition}import type { Request as RequestWith } from "typed-session/express";
export type Request<P> = RequestWith<P, any, any, any, Record<string, any>, AppSession>;
`,
    imports: `${engine}import { appSession } from "./session.js";\n`,
    mount: `app.use(sessions(${backend}));\n`,
    reads: true,
    isNamed: true,
  },
  "typed-session, Register": {
    session: `${definition}declare module "typed-session" { interface Register { session: typeof appSession } }\n${plainRequest}`,
    imports: `${engine}import { appSession } from "./session.js";\n`,
    mount: `app.use(sessions(${backend}));\n`,
    reads: true,
  },
  "typed-session on express-session": {
    session: augmentation + plainRequest,
    imports: `import session from "express-session";
import { typed } from "typed-session/express-session";
import { AppSession } from "./session.js";
`,
    mount: `app.use(session({ secret: ${secret}, resave: false, saveUninitialized: false }), typed(AppSession));\n`,
    reads: true,
  },
};

/** What the others are compared with, for each way to write a handler. */
export const baseline = "express-session, augmented";

/**
 * Each variant, with handlers whose request is inferred from the route, and with handlers that say what their request is.
 * A session type that the request names can't be inferred.
 */
export const applications = ["inferred", "annotated"].flatMap((style) =>
  Object.entries(variants)
    .filter(([, { isNamed }]) => !isNamed || style === "annotated")
    .map(([variant]) => ({ style, variant })),
);

/** The files of an application, by path. */
export function writeApplication({ style, variant: name }, handlerCount) {
  const variant = variants[name];
  const files = { "session.ts": schema + variant.session };
  const routers = [];
  for (let first = 0; first < handlerCount; first += handlersPerFile) {
    const router = `routes${first / handlersPerFile}`;
    routers.push(router);
    files[`${router}.ts`] = routesText(style, variant, first, Math.min(first + handlersPerFile, handlerCount));
  }
  files["app.ts"] = [
    `import express from "express";\n${variant.imports}`,
    ...routers.map((router) => `import { router as ${router} } from "./${router}.js";\n`),
    `const app = express();\n${variant.mount}`,
    ...routers.map((router) => `app.use("/${router}", ${router});\n`),
  ].join("");
  return files;
}

function routesText(style, variant, from, to) {
  const handlers = Array.from({ length: to - from }, (_, offset) => handlerText(style, variant, from + offset));
  return `import { Router, type Response } from "express";
import type { Request } from "./session.js";

export const router: Router = Router();
${handlers.join("")}`;
}

function handlerText(style, { reads }, index) {
  const path = `"/orders${index}/:id"`;
  const body = reads ? sessionBody : plainBody;
  if (style === "inferred") return `router.get(${path}, (req, res) => ${body});\n`;
  return `function order${index}(req: Request<{ id: string }>, res: Response): void ${body}
router.get(${path}, order${index});
`;
}

const plainBody = `{
  const userId: string | undefined = res.locals["userId"];
  if (userId === undefined) { res.status(401).end(); return; }
  res.json({ userId, id: req.params.id, query: req.query["page"] });
}`;

const sessionBody = `{
  const { userId } = req.session;
  if (userId === undefined) { res.status(401).end(); return; }
  (req.session.cart ??= []).push({ id: req.params.id, count: 1 });
  res.json({ userId, id: req.params.id, query: req.query["page"], theme: req.session.theme });
}`;
