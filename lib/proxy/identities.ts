import type { JsonObject } from './typed-config';

/** Whoever is one of these. */
export function anyOf(ids: readonly JsonObject[]): JsonObject {
  return ids.length === 1 ? ids[0]! : { or_ids: { ids } };
}

/** Whoever is all of these. */
export function allOf(ids: readonly JsonObject[]): JsonObject {
  return { and_ids: { ids } };
}

/** Whoever is not this. */
export function not(id: JsonObject): JsonObject {
  return { not_id: id };
}
