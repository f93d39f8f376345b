import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { journalPath, writeJournal } from "./journal.js";
import { undoChanges } from "./undo-changes.js";
import { writeChanges } from "./write-changes.js";

function change(application: TestApplication, name: string, before: string, after: string) {
  return { path: application.path(name), before, after };
}

test("writes nothing at all where one of the files has changed meanwhile", () => {
  const application = createApplication({ "src/a.ts": "a", "src/b.ts": "changed" });
  const changes = [change(application, "src/a.ts", "a", "new"), change(application, "src/b.ts", "b", "new")];
  expect(() => writeChanges(changes, application.folder)).toThrow(/b\.ts is not what was compiled/);
  expect(application.read("src/a.ts")).toBe("a");
  expect(readdirSync(application.path("src"))).toEqual(["a.ts", "b.ts", "request.ts"]);
});

test.skipIf(process.platform === "win32")("keeps the files' modes", () => {
  const application = createApplication({ "src/a.ts": "a" });
  chmodSync(application.path("src/a.ts"), 0o755);
  writeChanges([change(application, "src/a.ts", "a", "b")], application.folder);
  expect(application.read("src/a.ts")).toBe("b");
  expect(statSync(application.path("src/a.ts")).mode & 0o777).toBe(0o755);
});

describe("undo", () => {
  test("takes the last run back to the byte, once", () => {
    const application = createApplication({ "src/a.ts": "\uFEFFa\r\n", "src/b.ts": "b" });
    const changes = [change(application, "src/a.ts", "a\r\n", "A\r\n"), change(application, "src/b.ts", "b", "B")];
    writeChanges(changes, application.folder);
    expect(application.read("src/a.ts")).toBe("\uFEFFA\r\n");
    expect(undoChanges(application.folder)).toEqual(changes.map(({ path }) => path));
    expect([application.read("src/a.ts"), application.read("src/b.ts")]).toEqual(["\uFEFFa\r\n", "b"]);
    expect(() => undoChanges(application.folder)).toThrow("There is nothing to undo");
  });

  test("takes back what a run that was cut off has written, and no other run goes before", () => {
    const application = createApplication({ "src/a.ts": "A", "src/b.ts": "b" });
    const changes = [change(application, "src/a.ts", "a", "A"), change(application, "src/b.ts", "b", "B")];
    writeJournal(application.folder, { status: "writing", files: changes });
    expect(() => writeChanges([change(application, "src/b.ts", "b", "C")], application.folder)).toThrow(/cut off/);
    undoChanges(application.folder);
    expect([application.read("src/a.ts"), application.read("src/b.ts")]).toEqual(["a", "b"]);
    writeChanges([change(application, "src/b.ts", "b", "C")], application.folder);
    expect(application.read("src/b.ts")).toBe("C");
  });

  test("undoes nothing where a file was changed or deleted since", () => {
    const application = createApplication({ "src/a.ts": "a", "src/b.ts": "b" });
    writeChanges(
      [change(application, "src/a.ts", "a", "A"), change(application, "src/b.ts", "b", "B")],
      application.folder,
    );
    writeFileSync(application.path("src/b.ts"), "mine");
    expect(() => undoChanges(application.folder)).toThrow(/b\.ts was changed since\. Nothing was undone/);
    expect(application.read("src/a.ts")).toBe("A");
    expect(existsSync(journalPath(application.folder))).toBe(true);
  });

  test("says so where the journal is none", () => {
    const application = createApplication({ "src/a.ts": "a" });
    writeJournal(application.folder, { status: "written", files: [] });
    writeFileSync(journalPath(application.folder), `{"status":"wri`);
    expect(() => undoChanges(application.folder)).toThrow(/journal\.json can't be read as a journal\. Delete it/);
  });
});
