import type ts from "typescript";
import type { TypeReference } from "../imports/type-reference.js";

/** Where a session library takes the types of the session's keys from, in the version that the application has. */
export interface Registration {
  /** The library's package; `undefined` where the application alone says that its requests have a session. */
  readonly host: string | undefined;
  /** The interface that the library reads the keys from; `undefined` where it reads them from none. */
  readonly home: InterfaceHome | undefined;
  /** Where no library says that a request has a session, and the application does. */
  readonly generic: GenericSession | undefined;
  /** The type of a request that carries the session; `undefined` where none does, and a call opens the session. */
  readonly request: TypeReference | undefined;
  /** Whether the request's session may be missing by its type. */
  readonly maybeMissing: boolean;
  /** The declaration that hands `AppSession` over; it goes into the session file. Empty where none is needed. */
  readonly write: (sessionFile: WrittenSession) => string;
}

/** The place where an application says that its requests have a session. */
export interface GenericSession {
  /** The library's type for a session with given keys; `undefined` where a session is its keys and no more. */
  readonly type: TypeReference | undefined;
  /** The `session` that the application adds to its requests. */
  readonly member: ts.PropertySignature;
}

/** What a session file holds. */
export interface WrittenSession {
  /** Whether it exports `appSession`, which `defineSession` of typed-session made, beside the type. */
  readonly hasDefinition: boolean;
}

/** An interface that keys are declared in. */
export interface InterfaceHome {
  readonly name: string;
  /** A module's name; or the names of global namespaces around it. */
  readonly within: { readonly module: string } | { readonly namespace: string };
}

/** Whether the keys are read from the global scope. */
export function isInNamespace({ within }: InterfaceHome): boolean {
  return "namespace" in within;
}
