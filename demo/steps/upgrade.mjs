import assert from "node:assert/strict";
import { formatDiff, formatLedger, transformProject, writeChanges } from "typed-session-codemod";
import { block, command, diff, explain, succeed } from "../terminal.mjs";

const transforms = ["remove-session-casts", "remove-dead-augmentation"];

/** @type {import("./index.mjs").Step} */
export const upgrade = {
  title: "Remove the casts, with proof",
  async run(stage) {
    explain("typed-session-codemod compiles the application before and after, and keeps only what adds no error.");
    command(`typed-session-codemod transform ${transforms.join(" ")}`);
    const result = transformProject({ directory: stage.app, transforms });
    diff(formatDiff(result.files, stage.app));
    explain("Every place, and how it ended:");
    block(formatLedger(result, stage.app));

    assert.notEqual(result.files.length, 0, "The codemod found nothing to change in an application full of casts.");
    assert.deepEqual(result.newErrors, [], "The application has new compiler errors.");
    assert.deepEqual(result.emitChangedByDesign, [], "The application calls no cast(): no file may emit otherwise.");
    writeChanges(result.files, stage.app);
    succeed(`${result.files.length} files are written`);

    const again = transformProject({ directory: stage.app, transforms });
    assert.deepEqual(again.files, [], "A second run changes something.");
    succeed("a second run changes nothing");
    return `${result.files.length} files, 0 new compiler errors, the same emitted JavaScript`;
  },
};
