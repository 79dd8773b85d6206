import type { Observation } from '../attack';

/** The name of a variant that has no others beside it. */
export const ONLY = 'only';

/** One way of attempting the same thing: another header, method or encoding. */
export interface Variant {
  readonly name: string;
  run(): Promise<Observation>;
}

/**
 * Tries every variant at once. The whole succeeded if one did; it was refused by somebody only if each refusal can be named.
 */
export async function tryEach(variants: readonly Variant[]): Promise<Observation> {
  const tried = await Promise.all(
    variants.map(async (variant) => ({ name: variant.name, seen: await attempted(variant) })),
  );
  const through = tried.filter(({ seen }) => seen.succeeded);
  if (through.length > 0) return { succeeded: true, observed: summary(through) };
  const unnamed = tried.filter(({ seen }) => seen.refusedBy === undefined);
  if (unnamed.length > 0 || tried.length === 0) return { succeeded: false, observed: summary(unnamed) };
  const refusers = new Set(tried.map(({ seen }) => seen.refusedBy));
  return { succeeded: false, observed: summary(tried), refusedBy: [...refusers].join(', ') };
}

/** A variant that could not be tried must not hide another one that got through. */
async function attempted(variant: Variant): Promise<Observation> {
  try {
    return await variant.run();
  } catch (error) {
    return {
      succeeded: false,
      observed: `could not be tried: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** `no token, an empty token: 401; ...`: variants with the same outcome together. */
function summary(tried: readonly { readonly name: string; readonly seen: Observation }[]): string {
  const [only] = tried;
  if (tried.length === 1 && only?.name === ONLY) return only.seen.observed;
  const byOutcome = new Map<string, string[]>();
  for (const { name, seen } of tried) byOutcome.set(seen.observed, [...(byOutcome.get(seen.observed) ?? []), name]);
  return [...byOutcome].map(([seen, names]) => `${short(names)}: ${seen}`).join('; ');
}

const NAMED = 4;

function short(names: readonly string[]): string {
  const [more, shown] = [names.length - NAMED, names.slice(0, NAMED).join(', ')];
  return more > 0 ? `${shown} and ${more} more` : shown;
}
