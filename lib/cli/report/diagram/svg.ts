import type { Drawing, Link } from '../drawing/drawing';
import { escaped } from '../html/markup';
import { type Layout, layOut, METRICS, type PlacedBox } from './layout';

/** Renders a drawing as SVG that takes its colours from the page around it. */
export function svg(drawing: Drawing, label: string): string {
  const layout = layOut(drawing);
  const width = rounded(layout.width);
  const height = rounded(layout.height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    ...layout.boxes.map(boxText),
    ...drawing.links.map((link) => linkText(link, layout)),
    '</svg>',
  ].join('\n');
}

function boxText({ box, x, y, width, height, title, lines, parts }: PlacedBox): string {
  const { padding, row, fontSize } = METRICS;
  const rows = [
    ...title.map((text) => ({ text, style: ' class="title"' })),
    ...lines.map((text) => ({ text, style: '' })),
  ];
  const texts = rows.map(
    ({ text, style }, index) =>
      `<text${style} x="${rounded(x + padding)}" y="${rounded(y + padding + index * row + fontSize)}">${escaped(text)}</text>`,
  );
  return [
    `<g class="box ${box.kind}"><title>${escaped([box.title, ...box.lines].join('\n'))}</title>`,
    `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="5"/>`,
    ...texts,
    ...parts.map(boxText),
    '</g>',
  ].join('');
}

function linkText({ from, to, probe }: Link, { boxes, lanes }: Layout): string {
  const [start, end] = [find(boxes, from), find(boxes, to)];
  if (start === undefined || end === undefined) return '';
  const source = outermost(boxes, from);
  const leaves = source.x + source.width;
  const endY = end.y + end.height / 2;
  const middle = start.y + start.height / 2;
  // what leaves a host leaves it at the height of where it goes, as far as the host reaches
  const startY =
    start.box.kind === 'host' ? Math.min(Math.max(endY, start.y + 12), start.y + start.height - 12) : middle;
  const target = outermost(boxes, to);
  // straight past the lane of the balancers, and to the doors of hosts no wider than the way between two lanes
  const bendFrom = target.box.kind === 'host' && leaves < lanes.balancers.left ? lanes.balancers.right : leaves;
  const bendTo = target.x;
  const half = (bendFrom + bendTo) / 2;
  const [a, b] = [rounded(startY), rounded(endY)];
  const line = `M${rounded(start.x + start.width)} ${a}H${rounded(bendFrom)}C${rounded(half)} ${a} ${rounded(half)} ${b} ${rounded(bendTo)} ${b}H${rounded(end.x - 6)}`;
  const head = `M${rounded(end.x)} ${b}l-7 -4v8z`;
  return `<g class="link${probe === true ? ' probe' : ''}"><path class="line" d="${line}"/><path class="head" d="${head}"/></g>`;
}

function find(boxes: readonly PlacedBox[], key: string): PlacedBox | undefined {
  for (const placed of boxes) {
    const found = placed.box.key === key ? placed : find(placed.parts, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The box of a lane that a key is in. */
function outermost(boxes: readonly PlacedBox[], key: string): PlacedBox {
  const found = boxes.find((placed) => find([placed], key) !== undefined);
  if (found === undefined) throw new Error(`the drawing holds no ${key}`);
  return found;
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
