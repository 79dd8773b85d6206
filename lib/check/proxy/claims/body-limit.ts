import type { Way } from '../model/proxy';

/** How large a body may be that takes a way, in bytes: `Infinity` where no filter counts it as it passes. */
export function bodyLimitOf({ filters }: Way): number {
  const limits = filters.flatMap(({ type, settings }) =>
    type === 'BodySizeLimit' ? [settings.number('max_request_bytes') ?? 0] : [],
  );
  return Math.min(Infinity, ...limits.filter((limit) => limit > 0));
}
