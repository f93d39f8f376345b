import { relative } from "node:path";
import colors from "picocolors";
import { count } from "../report.js";

interface Section {
  readonly tsconfig: string;
  readonly compiledFiles: number;
}

/** The report of each project, under its tsconfig's name where there are several. */
export function formatSections<Result extends Section>(
  projects: readonly Result[],
  directory: string,
  hasSession: (project: Result) => boolean,
  format: (project: Result) => string,
): string {
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) return format(only);
  return projects
    .map((project) => {
      const title = colors.bold(colors.underline(relative(directory, project.tsconfig)));
      const nothing = `No session in the ${count(project.compiledFiles, "file")} that it compiles.`;
      return `${title}\n${hasSession(project) ? format(project) : nothing}`;
    })
    .join("\n\n");
}
