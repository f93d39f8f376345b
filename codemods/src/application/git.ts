import { execFileSync } from "node:child_process";

/** The tracked files below a folder that have uncommitted changes; `undefined` where the folder is in no git repository. */
export function uncommittedFiles(folder: string): string[] | undefined {
  const output = runGit(folder, ["status", "--porcelain", "-z", "--untracked-files=no", "--", "."]);
  // With -z, what a renamed file was called before follows in an entry of its own, without a status.
  return output
    ?.split("\0")
    .filter((entry) => /^.. /.test(entry))
    .map((entry) => entry.slice(3));
}

/** Those of some files that git ignores: generated ones, as a rule. */
export function ignoredFiles(folder: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0) return new Set();
  const output = runGit(folder, ["check-ignore", "-z", "--stdin"], paths.join("\0"));
  return new Set(output?.split("\0").filter((path) => path !== ""));
}

/** What git prints; `undefined` where it is not installed, or has nothing to say of the folder. */
function runGit(folder: string, args: readonly string[], input = ""): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: folder,
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
      maxBuffer: 2 ** 28,
    });
  } catch {
    return undefined;
  }
}
