/** What is said where none of the compiled files has a session: never passed off as success. */
export function noSession(compiledFiles: number, tsconfig: string): string {
  return (
    `None of the ${compiledFiles} files that ${tsconfig} compiles reads the session of a request. ` +
    "If the application has sessions, name the tsconfig that compiles those files with --tsconfig."
  );
}
