import type { Box, Drawing } from './drawing/drawing';

/** Each link of a drawing in words: who, and what is reached, with what it stands in. */
export function whoReachesWhat({ lanes, links }: Drawing): readonly { readonly from: string; readonly to: string }[] {
  const names = new Map<string, string>();
  const name = (box: Box, around: readonly string[]): void => {
    const path = [...around, box.title];
    names.set(box.key, path.join(' › '));
    for (const part of box.parts) name(part, path);
  };
  for (const box of lanes.callers) names.set(box.key, [box.title, ...box.lines].join(', '));
  for (const box of [...lanes.balancers, ...lanes.hosts]) name(box, []);
  for (const box of lanes.outside) names.set(box.key, [box.title, ...box.lines.slice(0, 1)].join(', '));
  return links.flatMap(({ from, to, probe }) => {
    const [one, other] = [names.get(from), names.get(to)];
    if (one === undefined || other === undefined) return [];
    return [{ from: one, to: probe === true ? `${other} (health)` : other }];
  });
}
