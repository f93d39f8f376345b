import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import type { TypeReference } from "../imports/type-reference.js";
import {
  chosenName,
  declarationProposal,
  isUntypedNode,
  keysIn,
  sessionIn,
  typeEdits,
  usesIn,
  type DeclarationContext,
} from "./declaration-context.js";
import { keylessSessionEdits, presentAlternative, withoutPart } from "./keyless-session.js";
import type { Attempt, Proposal } from "./proposal.js";

export function proposeSessionParameter(
  context: DeclarationContext,
  parameter: ts.ParameterDeclaration,
): Proposal | undefined {
  const { compiler } = context;
  const edits = typeEdits(compiler, parameter) ?? keylessSessionEdits(context, parameter);
  if (edits === undefined) return undefined;
  const attempts = sessionAttempts(context, parameter.getSourceFile(), edits);
  return declarationProposal(context, parameter, attempts, usesIn(context, parameter.name));
}

export function proposeSessionMember(context: DeclarationContext, member: ts.PropertySignature): Proposal | undefined {
  const { compiler } = context;
  const file = member.getSourceFile();
  const { type } = member;
  if (type === undefined) return undefined;
  const { generic } = context.registration;
  if (generic !== undefined) return proposeGenericSession(context, member, type, generic.type);
  if (isAugmentation(compiler, member)) {
    const whole = { start: member.getStart(file), end: member.getEnd(), text: "" };
    return declarationProposal(context, member, [{ rung: 1, edits: [whole] }], []);
  }
  const replace = (text: string): Edit[] => [{ start: type.getStart(file), end: type.getEnd(), text }];
  const attempts = [...attemptsWithout(context, member), ...sessionAttempts(context, file, replace)];
  return declarationProposal(context, member, attempts, []);
}

/** `Request & { session: any }`: without it, the session is that of the request beside it. */
function attemptsWithout({ compiler, checker }: DeclarationContext, member: ts.PropertySignature): Attempt[] {
  const { parent: literal } = member;
  if (!compiler.isTypeLiteralNode(literal) || literal.members.length > 1) return [];
  const { parent: type } = literal;
  if (!compiler.isIntersectionTypeNode(type)) return [];
  const hasSession = type.types.some((each) => {
    const session = each !== literal && checker.getPropertyOfType(checker.getTypeFromTypeNode(each), "session");
    return session && (checker.getTypeOfSymbolAtLocation(session, each).flags & compiler.TypeFlags.Any) === 0;
  });
  return hasSession ? [{ rung: 1, edits: [withoutPart(type, literal)] }] : [];
}

/**
 * The application itself says what the session of its requests is: `IronSession`, as iron-session 6 had it, `any`, or a type of
 * its own that takes any key. What that has beside the keys stays.
 */
function proposeGenericSession(
  context: DeclarationContext,
  member: ts.Node,
  type: ts.TypeNode,
  generic: TypeReference | undefined,
): Proposal | undefined {
  const { compiler } = context;
  const file = member.getSourceFile();
  const keys = keysIn(context, file);
  if (keys === undefined) return undefined;
  const whole = { start: type.getStart(file), end: type.end };
  if (generic === undefined) {
    const present = presentAlternative(compiler, type);
    if (present === undefined) return undefined;
    const text = isUntypedNode(compiler, present) ? keys.name : `${present.getText(file)} & ${keys.name}`;
    const edits = [{ start: present.getStart(file), end: present.end, text }];
    return declarationProposal(context, member, [{ rung: 1, edits, imports: keys.imports }], []);
  }
  if (compiler.isTypeReferenceNode(type) && type.typeArguments === undefined) {
    const edits = [{ start: type.end, end: type.end, text: `<${keys.name}>` }];
    return declarationProposal(context, member, [{ rung: 1, edits, imports: keys.imports }], []);
  }
  const session = chosenName(context, file, generic);
  const edits = [{ ...whole, text: `${session.name}<${keys.name}>` }];
  return declarationProposal(context, member, [{ rung: 1, edits, imports: [...session.imports, ...keys.imports] }], []);
}

/** A `session` in an augmentation of the framework's request is what the request's own session would refer to. */
function isAugmentation(compiler: Compiler, node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  return compiler.isModuleDeclaration(parent) || isAugmentation(compiler, parent);
}

function sessionAttempts(context: DeclarationContext, file: ts.SourceFile, edits: (text: string) => Edit[]): Attempt[] {
  const session = sessionIn(context, file);
  if (session === undefined) return [];
  const { name, imports } = session;
  const texts = context.registration.maybeMissing ? [`NonNullable<${name}>`, name] : [name];
  return texts.map((text) => ({ rung: 1, edits: edits(text), imports }));
}
