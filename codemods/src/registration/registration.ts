import type ts from "typescript";
import type { TypeReference } from "../imports/type-reference.js";

/** Where a session library takes the types of the session's keys from, in the version that the application has. */
export interface Registration {
  readonly host: string;
  /** The interface that the library reads the keys from; `undefined` where it reads them from none. */
  readonly home: InterfaceHome | undefined;
  /** A library that reads the keys from none, and leaves it to applications to say that a request has a session. */
  readonly generic: GenericSession | undefined;
  /** The type of a request that carries the session. */
  readonly request: TypeReference;
  /** Whether the request's session may be missing by its type. */
  readonly maybeMissing: boolean;
  /** The declaration that hands `AppSession` over; it goes into the session file. Empty where none is needed. */
  readonly write: (sessionFile: WrittenSession) => string;
}

/** A library's type for a session with given keys, and the place where the application uses it. */
export interface GenericSession {
  readonly type: TypeReference;
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
