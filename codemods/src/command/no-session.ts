import { relative } from "node:path";

/** What was compiled, and holds no session. */
interface Compiled {
  readonly compiledFiles: number;
  readonly tsconfig: string;
}

const shown = 5;

/** What is said where none of the compiled files has a session: never passed off as success. */
export function noSession(projects: readonly Compiled[], directory: string): string {
  const files = projects.reduce((sum, { compiledFiles }) => sum + compiledFiles, 0);
  const [first, ...others] = projects.map(({ tsconfig }) =>
    projects.length === 1 ? tsconfig : relative(directory, tsconfig),
  );
  const rest = others.length < shown ? others : [...others.slice(0, shown - 1), `${others.length - shown + 1} more`];
  const named =
    rest.length === 0 ? `${first} compiles` : `${[first, ...rest.slice(0, -1)].join(", ")} and ${rest.at(-1)} compile`;
  return (
    `None of the ${files} files that ${named} reads the session of a request. ` +
    "If the application has sessions, name the tsconfig that compiles those files with --tsconfig."
  );
}
