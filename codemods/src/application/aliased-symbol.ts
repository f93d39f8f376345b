import type ts from "typescript";
import type { Compiler } from "./load.js";

/** What an imported or exported name stands for; the symbol itself where it is no alias. */
export function aliasedSymbol(compiler: Compiler, checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & compiler.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}
