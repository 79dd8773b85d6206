import type { Property } from '../property';
import { isList, isMap, toLiteral, toText } from '../value';
import type { Text } from '../text';

/** A switch: what stands there, or the provider's default where nothing does. */
export function switchAt({ present, value }: Property, fallback: boolean): boolean | 'unknown' {
  if (!present) return fallback;
  const text = toLiteral(value);
  return text === 'true' ? true : text === 'false' ? false : 'unknown';
}

/** A number, likewise. */
export function numberAt<Fallback>({ present, value }: Property, fallback: Fallback): number | 'unknown' | Fallback {
  if (!present) return fallback;
  const text = toLiteral(value);
  return text === undefined || text.trim() === '' || !Number.isFinite(Number(text)) ? 'unknown' : Number(text);
}

/** A text, likewise; `undefined` where something stands there that is no text. */
export function wordAt({ present, value }: Property, fallback: string): string | undefined {
  return present && value !== '' ? toLiteral(value) : fallback;
}

/** Seconds as Google writes them: `7776000s`. */
export function secondsAt({ value }: Property): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(toLiteral(value) ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Texts of a list; one that is none, or is not known, as a text without anything in it. */
export function textsAt({ present, value }: Property): readonly Text[] {
  if (!present) return [];
  return isList(value) ? value.map((item) => toText(item) ?? []) : [[]];
}

/** Whether a block stands here, or may. */
export function mayStand({ present, value }: Property): boolean {
  return present && !(isList(value) && value.length === 0) && !(isMap(value) && value.size === 0);
}
