import type { Box, Drawing } from './drawing/drawing';

/** Renders a drawing in Mermaid's language, which GitHub and others show as a picture. */
export function mermaid({ lanes, stores, links }: Drawing): string {
  const ids = new Map<string, string>();
  const all = [...lanes.callers, ...lanes.balancers, ...lanes.hosts, ...lanes.outside, ...stores];
  const drawn = all.flatMap((box) => node(box, ids, '  '));
  const lines = links.flatMap(({ from, to, probe }) => {
    const [one, other] = [ids.get(from), ids.get(to)];
    return one === undefined || other === undefined ? [] : [`  ${one} ${probe === true ? '-.->' : '-->'} ${other}`];
  });
  return ['```mermaid', 'flowchart LR', ...drawn, ...lines, '```'].join('\n');
}

function node(box: Box, ids: Map<string, string>, indent: string): readonly string[] {
  const id = `n${ids.size}`;
  ids.set(box.key, id);
  const label = `"${[box.title, ...box.lines].map(coded).join('<br/>')}"`;
  if (box.parts.length === 0) return [`${indent}${id}[${label}]`];
  return [
    `${indent}subgraph ${id}[${label}]`,
    ...box.parts.flatMap((part) => node(part, ids, `${indent}  `)),
    `${indent}end`,
  ];
}

/** Every sign that could mean something to Mermaid, Markdown or HTML by its number. */
function coded(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 .,/:()+=-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}
