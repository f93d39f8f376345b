import ts from "typescript";

const { factory } = ts;

/**
 * Declarations as they are compared: what is private is no promise, and methods become properties with a function's type,
 * for TypeScript compares the parameters of methods in both directions, and would let narrower ones pass.
 */
export function toContract(text: string): string {
  const file = ts.createSourceFile("api.d.ts", text, ts.ScriptTarget.ESNext);
  const { transformed } = ts.transform(file, [
    (context) => (source) => {
      const visit = (node: ts.Node): ts.Node => toStrict(ts.visitEachChild(node, visit, context));
      return ts.visitEachChild(source, visit, context);
    },
  ]);
  return transformed.map((each) => ts.createPrinter().printFile(each)).join("");
}

/** Without what the declarations add to other packages: two of those would be merged, not compared. */
export function withoutAugmentations(text: string): string {
  const file = ts.createSourceFile("api.d.ts", text, ts.ScriptTarget.ESNext);
  const statements = file.statements.filter((statement) => !ts.isModuleDeclaration(statement));
  return ts.createPrinter().printFile(factory.updateSourceFile(file, statements));
}

function toStrict(node: ts.Node): ts.Node {
  if (ts.isClassDeclaration(node)) {
    const { modifiers, name, typeParameters, heritageClauses } = node;
    const promised = node.members.filter((member) => !isPrivate(member));
    const members = mergeMethods(promised, ts.isMethodDeclaration, (name, methods) =>
      factory.createPropertyDeclaration(
        methods[0]?.modifiers,
        name,
        methods[0]?.questionToken,
        signatures(methods),
        undefined,
      ),
    );
    return factory.updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
  }
  if (ts.isInterfaceDeclaration(node)) {
    const { modifiers, name, typeParameters, heritageClauses } = node;
    const members = mergeMethods([...node.members], ts.isMethodSignature, (name, methods) =>
      factory.createPropertySignature(methods[0]?.modifiers, name, methods[0]?.questionToken, signatures(methods)),
    );
    return factory.updateInterfaceDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
  }
  // What a parameter is taken apart into is nobody's business.
  if (ts.isParameter(node) && !ts.isIdentifier(node.name)) {
    const { modifiers, dotDotDotToken, questionToken, type } = node;
    return factory.updateParameterDeclaration(
      node,
      modifiers,
      dotDotDotToken,
      "parameter",
      questionToken,
      type,
      undefined,
    );
  }
  // `protected` members are compared by where they were declared; to those who extend the class they are a promise.
  if (node.kind === ts.SyntaxKind.ProtectedKeyword) return factory.createModifier(ts.SyntaxKind.PublicKeyword);
  return node;
}

function isPrivate(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true;
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false;
}

/** Puts one property in the place of the first of the methods of a name. */
function mergeMethods<
  TMember extends ts.Node,
  TMethod extends ts.SignatureDeclaration & { name: ts.PropertyName } & TMember,
>(
  members: readonly TMember[],
  isMethod: (member: ts.Node) => member is TMethod,
  merge: (name: ts.PropertyName, methods: readonly TMethod[]) => TMember,
): TMember[] {
  const nameOf = (method: TMethod) => ("text" in method.name ? method.name.text : "");
  const methods = members.filter(isMethod);
  return members.flatMap((member) => {
    if (!isMethod(member)) return [member];
    const overloads = methods.filter((method) => nameOf(method) === nameOf(member));
    return overloads[0] === member ? [merge(member.name, overloads)] : [];
  });
}

function signatures(methods: readonly ts.SignatureDeclaration[]): ts.TypeNode {
  const calls = methods.map(({ typeParameters, parameters, type }) =>
    factory.createCallSignature(typeParameters, parameters, type),
  );
  return factory.createTypeLiteralNode(calls);
}
