/**
 * Nest on Express, with the project's own engine or on express-session with its overlay.
 *
 * @packageDocumentation
 */

import { createParamDecorator, UnauthorizedException, type CanActivate, type ExecutionContext } from "@nestjs/common";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { SessionMissingError, SessionRequiredError } from "../errors.js";
import type { DefaultSession, MaybePromise } from "../types.js";
import { createSessionCheck } from "./session-guard.js";

/** Nest on Express takes Express's middleware: `app.use(sessions(backend))` in `main.ts`, before `app.listen`. */
export { sessions, type Request, type SessionsOptions } from "./express.js";

/** A decorator of a handler's parameter that compiles only where the parameter's type can hold a `TValue`. */
export type TypedParameter<TValue> = <TTarget extends object, TKey extends string | symbol, TIndex extends number>(
  target: TTarget,
  key: TKey,
  index: TValue extends ParameterOf<TTarget, TKey, TIndex> ? TIndex : never,
) => void;

type ParameterOf<TTarget, TKey extends PropertyKey, TIndex extends number> = TKey extends keyof TTarget
  ? TTarget[TKey] extends (...parameters: infer TParameters) => unknown
    ? TParameters[TIndex]
    : unknown
  : unknown;

/**
 * Nest's `@Session()` with a type that is checked: the compiler refuses a parameter that is declared as something else
 * than the session. With a schema, the session is also checked against it when a request comes, and the parameter has
 * the schema's type; a session that does not fit is an `UnauthorizedException`, whose `cause` says why.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * @Controller()
 * export class ShopController {
 *   @Get("cart")
 *   cart(@Session() session: AppSession) { return session.cart; }
 *
 *   @Get("account")
 *   account(@Session(SignedIn) session: z.infer<typeof SignedIn>) { return session.userId; }
 * }
 * ```
 */
export function Session(): TypedParameter<DefaultSession>;
export function Session<TSchema extends StandardSchemaV1>(
  schema: TSchema,
): TypedParameter<StandardSchemaV1.InferOutput<TSchema>>;
export function Session(schema?: StandardSchemaV1): TypedParameter<never> {
  const check = schema === undefined ? () => {} : createSessionCheck(schema);
  const decorate = createParamDecorator(async (_data: unknown, context) => {
    const request = requestOf(context);
    await checkOrRefuse(check, request);
    return request.loadSession === undefined ? request.session : request.loadSession();
  })();
  return (target, key, index: number) => decorate(target, key, index);
}

/**
 * Makes a guard for routes, or for whole controllers, that need more of the session than every visitor has. A session
 * that does not fit is an `UnauthorizedException`: 401.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * @UseGuards(requireSession(SignedIn))
 * @Controller("account")
 * export class AccountController {}
 * ```
 */
export function requireSession(schema: StandardSchemaV1): CanActivate {
  const check = createSessionCheck(schema);
  return {
    canActivate: async (context) => {
      await checkOrRefuse(check, requestOf(context));
      return true;
    },
  };
}

interface RequestWithSession {
  readonly session: unknown;
  /** Not there where a host's session is overlaid. */
  readonly loadSession?: () => unknown;
}

function requestOf(context: ExecutionContext): RequestWithSession {
  const request: object = context.switchToHttp().getRequest();
  if (hasSession(request)) return request;
  throw new SessionMissingError(
    `${context.getClass().name}.${context.getHandler().name} found no session: ` +
      "call app.use(sessions(backend)) in main.ts, before app.listen() and app.init().",
  );
}

function hasSession(request: object): request is RequestWithSession {
  return "session" in request;
}

async function checkOrRefuse(check: (request: object) => MaybePromise<void>, request: object): Promise<void> {
  try {
    await check(request);
  } catch (error) {
    if (!(error instanceof SessionRequiredError)) throw error;
    throw new UnauthorizedException("Unauthorized", { cause: error });
  }
}
