import type { TypeReference } from "../imports/type-reference.js";

/** Where a session library reads the types of the session's keys, in the version that the application has. */
export interface Registration {
  readonly host: string;
  /** The declaration that hands `AppSession` over; it goes into the session file. */
  readonly text: string;
  /** The interface that the application's own declarations of keys belong into: by name, and the scope around it. */
  readonly home: InterfaceHome;
  /** The type of a request that carries the session. */
  readonly request: TypeReference;
  /** Whether the request's session may be missing by its type. */
  readonly maybeMissing: boolean;
}

/** An interface that keys are declared in. */
export interface InterfaceHome {
  readonly name: string;
  /** A module's name; or the names of global namespaces around it. */
  readonly within: { readonly module: string } | { readonly namespace: string };
}
