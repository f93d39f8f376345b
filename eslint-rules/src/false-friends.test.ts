import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { plugin } from "./plugin.js";

/** What others call a session. Each is written so that every rule would speak if it took it for one. */
const friends = {
  "Stripe's checkout": `
    export async function pay(event: any) {
      const session = event.data.object as any;
      session.userId = (event.data.object.session as any).customer!;
      return (session as any).url;
    }`,
  "next-auth": `
    declare function getServerSession(): Promise<any>;
    export async function whoIs() {
      const session = (await getServerSession()) as any;
      return session.user!.email;
    }`,
  "a hook of next-auth": `
    declare function useSession(): any;
    export function Greeting() {
      const { data: session } = useSession() as any;
      return (session as any)!.user.name;
    }`,
  "tRPC's context": `
    export const isAuthed = ({ ctx, next }: any) => next({ ctx: { session: { ...(ctx.session as any), user: ctx.session.user! } } });`,
  "a bot of Telegraf": `
    export function start(bot: any) {
      bot.start((ctx: any) => { ctx.session.userId = (ctx.session as any).count!; });
    }`,
  "a conversation of grammY": `
    export async function greet(conversation: any, ctx: any) {
      conversation.session.userId ??= ctx.from.id;
    }`,
  "rows of a database": `
    export async function expire(prisma: any, row: any) {
      for (const session of await prisma.session.findMany()) await prisma.session.delete({ where: { id: (session as any).id! } });
      row.session.userId = 1;
    }`,
  "a transaction of mongoose": `
    export async function save(mongoose: any, order: any) {
      const session = await mongoose.startSession();
      await order.save({ session });
      (session as any).userId = 1;
      session.endSession();
    }`,
  "an appointment": `
    export function book(booking: any) { return (booking.session as any).doctor!.name; }`,
  "a skill of Alexa": `
    export const handle = (input: any) => (input.requestEnvelope.session as any).user!.userId;`,
  "what a client sent": `
    export const echo = (req: any) => [(req.body.session as any).userId!, req.query.session.userId, req.headers.session!];`,
  "a browser under test": `
    export async function trace(page: any) {
      const session = await page.context().newCDPSession(page);
      return (session as any).send("Page.enable")!;
    }`,
  "a context of GraphQL": `
    export const me = (_root: unknown, _args: unknown, { session }: any) => (session as any).userId!;`,
  "an opener of its own": `
    declare function getIronSession<T>(jar: any): Promise<T>;
    export async function open(jar: any) {
      const session = await getIronSession<any>(jar);
      session.userId = (session as any).name!;
      return (await getIronSession<any>(jar)).userId;
    }`,
  "a class of its own": `
    export class Recorder {
      session: any;
      stop() { this.session.userId = (this.session as any).id!; }
    }`,
};

const rules: Linter.RulesRecord = {
  ...Object.fromEntries(Object.keys(plugin.rules).map((name) => [`typed-session/${name}`, "error"])),
  "typed-session/no-unknown-session-key": ["error", { keys: ["known"] }],
  "typed-session/require-session-type": ["error", { registered: false }],
};

/** One real session for each rule, with the same words. */
const awake = `
import { cast, type Request } from "typed-session";
import type { MixedRequest } from "./request.js";
declare global { namespace Express { interface SessionData { lost: string } } }
export function everything(request: Request, req: MixedRequest, anyRequest: any) {
  (req.session as any).name = "Ada";
  anyRequest.session.name = "Ada";
  request.session["userId"] = cast(Object, req.session)!;
  return req.session.knwon;
}`;

const project = fileURLToPath(new URL("../fixtures/typed", import.meta.url));
const modes = [
  ["without types", {}],
  ["with types", { projectService: true, tsconfigRootDir: project }],
] as const;

describe.each(modes)("%s", (_mode, parserOptions) => {
  const eslint = new ESLint({
    cwd: project,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { ...parserOptions } } },
      { ...plugin.configs.recommended, rules },
    ],
  });
  async function lint(code: string): Promise<(string | null)[]> {
    const results = await eslint.lintText(code, { filePath: "file.ts" });
    return results.flatMap(({ messages }) => messages.map(({ ruleId, fatal, message }) => (fatal ? message : ruleId)));
  }

  test.each(Object.entries(friends))("nothing is said of %s", async (_name, code) => {
    expect(await lint(code)).toEqual([]);
  });

  test("every rule speaks of real sessions among them, and of nothing else", async () => {
    const alone = await lint(awake);
    expect(new Set(alone)).toEqual(new Set(Object.keys(plugin.rules).map((name) => `typed-session/${name}`)));
    expect(await lint(Object.values(friends).join("\n") + awake)).toEqual(alone);
  });
});
