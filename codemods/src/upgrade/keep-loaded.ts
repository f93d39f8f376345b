import { compileFirstAttempts, type ClimbInput } from "../climb/climb-down.js";
import { finishWithoutLoss } from "../climb/finish-without-loss.js";
import { finishFile } from "../imports/finish-file.js";
import { hasPackage } from "../registration/find-registration.js";
import type { Plan, PlanInput } from "./plan-upgrade.js";

type KeepInput = Pick<PlanInput, "application" | "before"> & Omit<ClimbInput, "proposals" | "finish" | "additions">;

/** A plan by which the program goes on loading what it does, and what the climb needs for it. */
export interface KeptPlan {
  readonly plan: Plan;
  readonly climbInput: Omit<ClimbInput, "proposals">;
}

/**
 * The last import that loads the types of the session library may go with a cast. Then the session file, which adds to those
 * types, imports them. Where there is none, or where something else would be lost, the import stays without names.
 *
 * @param library - the session library
 */
export function keepLoaded(input: KeepInput, planned: Plan, library: string | undefined): KeptPlan {
  const { application, before, ...checked } = input;
  const plan = library === undefined ? planned : loadLibrary(input, planned, library);
  const finish = finishWithoutLoss(application, before, { ...checked, ...firstAttempts(plan) });
  return { plan, climbInput: { ...checked, finish } };
}

function loadLibrary({ application, before, ...checked }: KeepInput, plan: Plan, library: string): Plan {
  const { writer } = plan;
  if (writer === undefined || !hasPackage(before.program, library)) return plan;
  const finish = finishFile(application, before.program);
  const { compilation } = compileFirstAttempts({ ...checked, finish, ...firstAttempts(plan) });
  return hasPackage(compilation.program, library) ? plan : { ...plan, writer: writer.loadingTypes(library) };
}

function firstAttempts({ proposals, writer }: Plan): Required<Pick<ClimbInput, "proposals" | "additions">> {
  return { proposals, additions: writer?.write(new Map()) ?? new Map<string, string>() };
}
