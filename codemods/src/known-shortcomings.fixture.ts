/** What a careful engineer would have written, and the codemod does not yet. */
export interface Shortcoming {
  /** Why it falls short. */
  readonly reason: string;
  /** The file that the text is wanted in. */
  readonly file: string;
  /** A text that the file would have; `undefined` where there would be no such file any more. */
  readonly wanted: string | undefined;
}

const emptied = "a declaration file that holds nothing any more is not deleted";
const namesWrittenOut = "an interface that the application has a name for is written out";
const secondImport = "a type is imported by a line of its own, beside an import from the same package";

/** What an upgrade leaves to be done, by fixture. A test fails as soon as one of them is mended: then it leaves this list. */
export const knownShortcomings: ReadonlyMap<string, readonly Shortcoming[]> = new Map([
  [
    "fastify-tickets",
    [
      { reason: namesWrittenOut, file: "src/session.ts", wanted: "hold?: Hold | null;" },
      { reason: emptied, file: "src/session-types.d.ts", wanted: undefined },
    ],
  ],
  [
    "graphql-blog",
    [
      {
        reason: "with `rootDir`, the session file goes into the one folder below it that uses sessions",
        file: "src/session.ts",
        wanted: "export interface AppSession",
      },
      {
        reason: "the session of a request is said once more beside the request",
        file: "src/context.ts",
        wanted: "req: Request;",
      },
    ],
  ],
  [
    "helpdesk",
    [
      {
        reason: "a value is cast to any, and not to what is wanted of it",
        file: "src/tickets.ts",
        wanted: "assign(session.current, session.agentId as string);",
      },
      {
        reason: secondImport,
        file: "src/middleware.ts",
        wanted: 'import type { NextFunction, Request, Response } from "express";',
      },
    ],
  ],
  [
    "iron-inbox",
    [
      {
        reason: "a session of `getIronSession<any>`, and what is done with it, is not recognised",
        file: "src/lib/session.ts",
        wanted: "getIronSession<AppSession>(req, res, options)",
      },
    ],
  ],
  [
    "legacy-forum",
    [
      { reason: namesWrittenOut, file: "src/session.ts", wanted: "user?: User;" },
      {
        reason: "a list that is written as itself and more says nothing",
        file: "src/session.ts",
        wanted: "read?: string[];",
      },
      { reason: emptied, file: "src/session-data.d.ts", wanted: undefined },
    ],
  ],
  [
    "loose-guestbook",
    [
      {
        reason: "that a method of texts gives a text is not read from a call on any",
        file: "src/session.ts",
        wanted: "name?: string;",
      },
    ],
  ],
  ["lost-import", [{ reason: emptied, file: "src/types/session.d.ts", wanted: undefined }]],
  ["members", [{ reason: emptied, file: "src/types/express-session.d.ts", wanted: undefined }]],
  [
    "scattered-types",
    [
      {
        reason: "a comment above a declaration that goes stays, and describes its neighbour then",
        file: "src/@types/express.d.ts",
        wanted: "namespace Express {\n    interface User {",
      },
    ],
  ],
  [
    "wizard",
    [
      {
        reason: "a parameter that is declared as the library's Session, which has no keys, is left",
        file: "src/wizard-session.ts",
        wanted: "session!.step = step;",
      },
      {
        reason: "`({ session }, res) => …` is not recognised",
        file: "src/session.ts",
        wanted: "coupon: z.string().optional()",
      },
    ],
  ],
]);

/** Upgrades that break a promise, by fixture, with what goes wrong. Their tests are expected to fail. */
export const brokenPromises: ReadonlyMap<string, string> = new Map([
  ["travel-desk", "a second run moves the cast of one use to the variable, and unties all its other uses"],
]);
