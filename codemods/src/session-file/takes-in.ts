import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import type { Application } from "../application/load.js";

/**
 * Whether a tsconfig would compile a file that is not there yet, without anybody importing it. The compiler is asked: its
 * patterns have rules of their own. As it looks on the disk, it is shown a scratch folder with that file alone.
 */
export function takesIn({ ts: compiler, tsconfig }: Application, file: string): boolean {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-codemod-"));
  const drive = resolve("/");
  const inScratch = (path: string) => join(scratch, relative(drive, resolve(path)));
  const outside = (path: string) => join(drive, relative(scratch, path));
  try {
    mkdirSync(dirname(inScratch(file)), { recursive: true });
    mkdirSync(inScratch(dirname(tsconfig)), { recursive: true });
    writeFileSync(inScratch(file), "");
    const { config } = compiler.readConfigFile(tsconfig, compiler.sys.readFile);
    const host = {
      ...compiler.sys,
      readDirectory: (folder: string, ...rest: Rest<typeof compiler.sys.readDirectory>) =>
        compiler.sys.readDirectory(inScratch(folder), ...rest).map(outside),
    };
    const { fileNames } = compiler.parseJsonConfigFileContent(config, host, dirname(tsconfig), undefined, tsconfig);
    return fileNames.some((name) => resolve(name) === resolve(file));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The same for one application, asked of the compiler once for each file. */
export function createTakesIn(application: Application): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    const answer = known.get(file) ?? takesIn(application, file);
    known.set(file, answer);
    return answer;
  };
}

type Rest<F> = F extends (first: string, ...rest: infer R) => unknown ? R : never;
