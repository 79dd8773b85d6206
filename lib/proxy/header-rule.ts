import type { JsonObject } from './typed-config';

/** A permission for requests whose header, or pseudo header, is so. */
export function headerRule(name: string, match: JsonObject): JsonObject {
  return { header: { name, string_match: match } };
}
