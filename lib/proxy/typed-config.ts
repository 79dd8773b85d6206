/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** A JSON object. */
export interface JsonObject {
  readonly [member: string]: Json;
}

/** A protobuf message with its type, as Envoy reads it from JSON. */
export function typedConfig(message: string, fields: JsonObject): JsonObject {
  return { '@type': `type.googleapis.com/envoy.extensions.${message}`, ...fields };
}

/** A named extension of Envoy: a filter, a transport socket, an access log. */
export function extension(name: string, message: string, fields: JsonObject): JsonObject {
  return { name, typed_config: typedConfig(message, fields) };
}
