import type { StandardSchemaV1 } from "@standard-schema/spec";
import { assertWholeNumber } from "./assert-whole-number.js";
import { carryUnknownKeys } from "./changes.js";
import { SessionConfigError, type SessionInvalidError, type SessionIssue } from "./errors.js";
import { isObject } from "./is-object.js";
import { kindOf } from "./kind-of.js";
import { isPlainObject, type Class, type TypeDecoder, type TypeDecoders } from "./serialization.js";
import { formatPath } from "./session-path.js";
import { toError } from "./to-error.js";
import type { SessionClass, SessionDict, SessionOf, SessionSource } from "./types.js";
import { encoderOf, hasOneForm, isTwoWay, type Encode } from "./zod-schema.js";

/**
 * What happens with stored data that is not a session of the declared type.
 *
 * - `"anonymous"`: the visitor gets an anonymous session. What is stored stays until the application writes.
 * - `"throw"`: the request fails with the {@link SessionInvalidError}.
 * - a function: returns data to be checked in its place, or `undefined` for an anonymous session.
 */
export type InvalidSessionPolicy =
  "anonymous" | "throw" | ((error: SessionInvalidError, raw: SessionDict) => SessionDict | undefined);

/** What `defineSession` takes. */
export interface SessionDefinitionOptions<TSource extends StandardSchemaV1 | SessionClass> {
  /** The session's type: a Standard Schema (https://standardschema.dev), or a class. */
  readonly schema: TSource;
  /** Number of the schema's current form, 1 or more; stored with each session. Default 1. */
  readonly version?: number;
  /** Turns data stored under an older version into the current form, before it is checked. */
  readonly upgrade?: (raw: SessionDict, fromVersion: number) => unknown;
  /** See {@link InvalidSessionPolicy}. Default `"anonymous"`. */
  readonly onInvalid?: InvalidSessionPolicy;
  /**
   * Turns a session into what is stored, where the schema can only decode. Zod codecs need none: they know both
   * directions. The result must be what the schema accepts.
   */
  readonly encode?: (session: NonNullable<SessionOf<TSource>>) => object;
}

/** What checking gave: the session, or the reasons why there is none. */
export type Checked<TSession> =
  | {
      readonly ok: true;
      /** The session, in the declared type. */
      readonly session: TSession;
    }
  | {
      readonly ok: false;
      /** All reasons, one or more. */
      readonly issues: readonly SessionIssue[];
    };

/** An application's session: its type, its check, its versions. Made by {@link defineSession}. */
export interface SessionDefinition<out TSession> {
  /** What the session is described by; a dict by nothing. */
  readonly kind: "dict" | "schema" | "class";
  /** Number of the schema's current form, 1 or more. */
  readonly version: number;
  /** What happens with stored data that `check` refuses. */
  readonly onInvalid: InvalidSessionPolicy;
  /** Turns data stored under an older version into the current form, before it is checked. */
  readonly upgrade: ((raw: SessionDict, fromVersion: number) => unknown) | undefined;
  /** Checks plain data and makes a session of it. Keys that the schema doesn't know stay on the session. */
  check(raw: unknown, decoders: TypeDecoders): Checked<NonNullable<TSession>>;
  /** The session of a visitor for whom nothing is stored: what the schema makes of `{}`, or `null` if it rejects that. */
  anonymous(): TSession;
  /** The session in the form that is stored, not yet plain: type encoders and the JSON check come after it. */
  encode(session: object): object;
  /** Whether the schema has one form only: `encode` gives the session itself, and `check` a copy of it, or it. */
  storesAsIs(): boolean;
  /** Only for the compiler: the session's type. */
  readonly "~session"?: TSession;
}

/**
 * Describes an application's session, once.
 *
 * @throws SessionConfigError when `schema` is neither a Standard Schema nor a class, `version` is not a positive whole
 * number, or `onInvalid` is no policy.
 *
 * @example
 * ```ts
 * export const AppSession = z.object({ userId: z.uuid().optional(), cart: z.array(Item).default([]) });
 * export const appSession = defineSession({ schema: AppSession });
 * ```
 */
export function defineSession<TSource extends StandardSchemaV1 | SessionClass>(
  options: SessionDefinitionOptions<TSource>,
): SessionDefinition<SessionOf<TSource>>;
export function defineSession<TSource extends StandardSchemaV1 | SessionClass>(
  options: SessionDefinitionOptions<TSource>,
): SessionDefinition<unknown> {
  const { schema, version = 1, upgrade, onInvalid = "anonymous" } = options;
  assertWholeNumber("version", version);
  if (onInvalid !== "anonymous" && onInvalid !== "throw" && typeof onInvalid !== "function") {
    throw new SessionConfigError("onInvalid", `is ${kindOf(onInvalid)}`, 'Give "anonymous", "throw" or a function.');
  }
  return { version, upgrade, onInvalid, ...describeSource(schema, options.encode) };
}

const unversioned = { version: 1, upgrade: undefined, onInvalid: "anonymous" } as const;

/** The definition of a session dict: any object is one, and it is stored as it is. */
const dictDefinition: SessionDefinition<SessionDict> = {
  ...unversioned,
  kind: "dict",
  check: (raw) => (isPlainObject(raw) ? { ok: true, session: raw } : refused(`Expected an object, got ${kindOf(raw)}`)),
  anonymous: () => ({}),
  encode: (session) => session,
  storesAsIs: () => true,
};

/**
 * Makes a definition of whatever the `session` option of a backend is. Left out, it is the session dict's.
 *
 * @throws SessionConfigError when it is none of them, or is there but undefined.
 */
export function toDefinition<TSource extends SessionSource | undefined>(options: {
  readonly session?: TSource;
}): SessionDefinition<SessionOf<TSource>>;
export function toDefinition(options: { readonly session?: SessionSource }): SessionDefinition<unknown> {
  if (!Object.hasOwn(options, "session")) return dictDefinition;
  const source: SessionSource | undefined = options.session;
  if (source === undefined) {
    throw new SessionConfigError(
      "session",
      "is undefined",
      "Leave it out for a session dict, or look for a circular import.",
    );
  }
  if (isDefinition(source)) return source;
  return { ...unversioned, ...describeSource(source, undefined, "session") };
}

type SourceDescription = Pick<SessionDefinition<unknown>, "kind" | "check" | "anonymous" | "encode" | "storesAsIs">;

function describeSource(
  source: unknown,
  encode: ((session: never) => object) | undefined,
  option = "schema",
): SourceDescription {
  const description = isStandardSchema(source)
    ? describeSchema(source)
    : isClass(source)
      ? describeClass(source)
      : null;
  if (description === null) {
    throw new SessionConfigError(
      option,
      `is ${kindOf(source)}, which describes no session`,
      "Give a Standard Schema (zod 3.24+, valibot 1+, arktype 2+, ...), a class, or what defineSession returned.",
    );
  }
  // The application's function takes its own session type; the sessions that reach it were checked by its schema.
  return encode === undefined
    ? description
    : { ...description, encode: encode as (session: object) => object, storesAsIs: () => false };
}

function describeSchema(schema: StandardSchemaV1): SourceDescription {
  return {
    kind: "schema",
    check: (raw) => checkWith(schema, raw),
    anonymous: () => {
      const checked = checkWith(schema, {});
      return checked.ok ? checked.session : null;
    },
    ...schemaEncoding(schema),
  };
}

function checkWith(schema: StandardSchemaV1, raw: unknown): Checked<object> {
  const result = schema["~standard"].validate(raw);
  if (result instanceof Promise) {
    result.catch(() => {}); // nobody waits for it
    throw new SessionConfigError("schema", "checks asynchronously", "Use a schema without asynchronous refinements.");
  }
  if (result.issues !== undefined) return { ok: false, issues: result.issues.map(toSessionIssue) };
  const session = result.value;
  if (!isObject(session)) {
    return refused(`The schema made ${kindOf(session)} of it, not an object`);
  }
  if (isPlainObject(raw) && isPlainObject(session)) carryUnknownKeys(raw, session);
  return { ok: true, session };
}

function toSessionIssue({ path = [], message }: StandardSchemaV1.Issue): SessionIssue {
  const keys = path.map((segment) => (typeof segment === "object" ? segment.key : segment));
  return { path: formatPath(keys), message };
}

/** Other Standard Schemas than zod's describe decoding only. */
function schemaEncoding(schema: StandardSchemaV1): Pick<SourceDescription, "encode" | "storesAsIs"> {
  if (!isTwoWay(schema)) return { encode: (session) => session, storesAsIs: () => false };
  // Not before a session is there: a schema may refer to others that are defined after it.
  let encode: Encode | undefined;
  let oneForm: boolean | undefined;
  return {
    encode: (session) => toObject((encode ??= encoderOf(schema))(session), session),
    storesAsIs: () => (oneForm ??= hasOneForm(schema)),
  };
}

function toObject(encoded: unknown, session: object): object {
  return isObject(encoded) ? encoded : session;
}

function describeClass(type: SessionClass): SourceDescription {
  return {
    kind: "class",
    check: (raw, decoders) => {
      const decoder = decoders.find(({ matches }) => matches(type));
      return decoder === undefined ? construct(type, raw) : decode(type, decoder, raw);
    },
    anonymous: () => (type.length === 0 ? Reflect.construct(type, []) : null),
    encode: (session) => session,
    storesAsIs: () => false,
  };
}

function decode(type: SessionClass, decoder: TypeDecoder, raw: unknown): Checked<object> {
  try {
    const session = decoder.decode(type, raw);
    if (session instanceof type) return { ok: true, session };
    return refused(`The type decoder of ${type.name} returned ${kindOf(session)}`);
  } catch (error) {
    return refused(toError(error).message);
  }
}

function construct(type: SessionClass, raw: unknown): Checked<object> {
  if (type.length > 0) {
    throw new SessionConfigError(
      "schema",
      `is the class ${type.name}, whose constructor has parameters`,
      `Give a type decoder for it: typeDecoder(${type.name}, (value) => ...).`,
    );
  }
  const session: object = Reflect.construct(type, []);
  return { ok: true, session: Object.assign(session, raw) };
}

function refused(message: string): Checked<never> {
  return { ok: false, issues: [{ path: "", message }] };
}

function isDefinition(source: unknown): source is SessionDefinition<unknown> {
  return isObject(source) && "storesAsIs" in source;
}

function isStandardSchema(source: unknown): source is StandardSchemaV1 {
  const standard: unknown = Reflect.get(Object(source), "~standard");
  return isObject(standard) && "validate" in standard;
}

function isClass(source: unknown): source is SessionClass & Class {
  return typeof source === "function" && isObject(source.prototype);
}
