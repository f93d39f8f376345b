/** What a careful engineer would have written, and the codemod does not yet. */
export interface Shortcoming {
  /** Why it falls short. */
  readonly reason: string;
  /** The file that the text is wanted in. */
  readonly file: string;
  /** A text that the file would have; `undefined` where there would be no such file any more. */
  readonly wanted: string | undefined;
}

const emptied = "a declaration file that holds nothing any more is not deleted: a tsconfig or a script may name it";

/** What an upgrade leaves to be done, by fixture. A test fails as soon as one of them is mended: then it leaves this list. */
export const knownShortcomings: ReadonlyMap<string, readonly Shortcoming[]> = new Map([
  ["fastify-tickets", [{ reason: emptied, file: "src/session-types.d.ts", wanted: undefined }]],
  [
    "helpdesk",
    [
      {
        reason: "a value is cast to any, and not to what is wanted of it, which nobody asks the compiler for",
        file: "src/tickets.ts",
        wanted: "assign(session.current, session.agentId as string);",
      },
    ],
  ],
  ["legacy-forum", [{ reason: emptied, file: "src/session-data.d.ts", wanted: undefined }]],
  ["lost-import", [{ reason: emptied, file: "src/types/session.d.ts", wanted: undefined }]],
  ["members", [{ reason: emptied, file: "src/types/express-session.d.ts", wanted: undefined }]],
]);

/** Upgrades that break a promise, by fixture, with what goes wrong. Their tests are expected to fail. */
export const brokenPromises: ReadonlyMap<string, string> = new Map();
