import { describe, expect, test } from "vitest";
import { readers } from "./plain-sites.fixture.js";

const nest = 'import { Controller, Session } from "@nestjs/common";\n';
const routing = 'import { Session } from "routing-controllers";\n';
const inMethod = (parameter: string) => `class A { m(${parameter}) {} }`;

describe.each(Object.entries(readers))("on the tree of %s", (_name, findings) => {
  test.each([
    [nest, "@Session() session: Record<string, any>", "session", "Record<string, any>"],
    [routing, "@Session() session: any", "session", "any"],
    [routing, "@Session({ required: true }) data?: AppSession", "data", "AppSession"],
    [nest, "@Body() body: B, @Other @Session() s", "s", undefined],
    [nest, "@Session() session: (Shop) = {}", "session", "Shop"],
    [nest, "@Session() { userId } : Shop", "{ userId }", "Shop"],
    [nest, "@Session() ...all: any[]", "all", "any[]"],
    ['import { Session as NestSession } from "@nestjs/common";\n', "@NestSession() session: any", "session", "any"],
  ])("%s%s is a session", (imports, parameter, name, type) => {
    const { parameters } = findings(imports + inMethod(parameter));
    expect(parameters).toMatchObject([{ name, type, written: type }]);
  });

  test("so is a parameter that is a property too", () => {
    const text = `${nest}class A { constructor(@Session() private readonly session: any) {} }`;
    expect(findings(text).parameters).toMatchObject([{ name: "session", written: "any" }]);
  });

  test("they come in source order", () => {
    const text = `${nest}class A { a(@Session() x: any, @Session() y: any) {}\n b(@Session() z: any) {} }`;
    expect(findings(text).parameters.map(({ name }) => name)).toEqual(["x", "y", "z"]);
  });

  test.each([
    ["no import", "@Session() session: any"],
    ['import { Session } from "./decorators";\n', "@Session() session: any"],
    ['import { Session as NestSession } from "@nestjs/common";\n', "@Session() session: any"],
    ['import { Body as Session } from "@nestjs/common";\n', "@Session() session: any"],
    [nest, "@Session session: any"],
    [nest, "@Body() session: any"],
    [nest, "@other.Session() session: any"],
    [nest, "session: Session"],
  ])("but not with %s%s", (imports, parameter) => {
    expect(findings((imports.startsWith("import") ? imports : "") + inMethod(parameter)).parameters).toEqual([]);
  });

  test.each([
    ["", "the parameter 's' has no type"],
    [": any", "the parameter 's' is declared any"],
    [": object", "the parameter 's' is declared object"],
    [": Record<string, any>", "the parameter 's' is declared Record<string, any>"],
    [": Record< string,\n  unknown >", "the parameter 's' is declared Record< string, unknown >"],
    [": { [key: string]: any }", "the parameter 's' is declared { [key: string]: any }"],
    [": {[name:string]:unknown;}", "the parameter 's' is declared {[name:string]:unknown;}"],
  ])("s%s says nothing", (annotation, untyped) => {
    const [parameter] = findings(nest + inMethod(`@Session() s${annotation}`)).parameters;
    expect(parameter?.untyped).toBe(untyped);
  });

  test.each([
    "AppSession",
    "Record<string, string>",
    "Record<Key, any>",
    "{ userId: any }",
    "anything",
    "SessionData & { [key: string]: any }",
    "Partial<Record<string, any>>",
  ])("%s is a type", (written) => {
    expect(findings(nest + inMethod(`@Session() s: ${written}`)).parameters).toMatchObject([
      { written, untyped: undefined },
    ]);
  });
});
