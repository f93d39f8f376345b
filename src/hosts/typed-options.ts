import type { StandardSchemaV1 } from "@standard-schema/spec";
import { toDefinition, type SessionDefinition } from "../definition.js";
import { SessionConfigError, type SessionInvalidError } from "../errors.js";
import type { TypeEncoders } from "../serialization.js";
import type { OverlaySettings } from "./overlay.js";

/** What `typed` takes besides the definition. */
export interface TypedOptions {
  /** How values of further classes are written: see `typeEncoder`. */
  readonly typeEncoders?: TypeEncoders;
  /** Told when stored data was refused: see `onInvalid` in `defineSession`. */
  readonly onInvalidSession?: (error: SessionInvalidError) => void;
}

/**
 * @param host - the host's name, for messages.
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`.
 */
export function toOverlaySettings(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  { typeEncoders = [], onInvalidSession = () => {} }: TypedOptions,
  host: string,
  isHostKey: (key: string) => boolean,
): OverlaySettings {
  return { definition: toHostDefinition(source, host), typeEncoders, onInvalidSession, isHostKey };
}

function toHostDefinition(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  host: string,
): SessionDefinition<unknown> {
  const definition = toDefinition({ session: source });
  if (definition.kind !== "schema") {
    throw new SessionConfigError(
      "typed()",
      `got a ${definition.kind}`,
      `${host} makes the session object itself: describe its data with a schema.`,
    );
  }
  if (definition.anonymous() === null) {
    throw new SessionConfigError(
      "typed()",
      `got a schema that rejects {}, and in ${host} every visitor's session begins empty`,
      "Make its keys optional or give them defaults, and ask for more with requireSession where it is needed.",
    );
  }
  return definition;
}
