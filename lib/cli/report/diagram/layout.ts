import type { Box, Drawing } from '../drawing/drawing';
import { wrapped } from './wrap';

/** Measures of the picture, in pixels. A column is wider than a letter of any font of equal widths at this size. */
export const METRICS = { fontSize: 11, column: 6.9, row: 15, padding: 8, gap: 10 } as const;

const WIDTHS = { callers: 210, balancers: 220, hosts: 344, outside: 228 } as const;
const BETWEEN = 52;
const MARGIN = 10;
const STORE_WIDTH = 278;
const MOST_ROWS = { title: 3, line: 6 } as const;

/** A box that has its place, with its words in rows. */
export interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly lines: readonly string[];
  readonly parts: readonly PlacedBox[];
}

/** A picture of which every part has its place. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** Left and right edge of each lane that has something in it. */
  readonly lanes: Readonly<Record<keyof Drawing['lanes'], { readonly left: number; readonly right: number }>>;
}

/** Gives each box of a drawing its place: callers, balancers, hosts, and what is outside from left to right, stores below. */
export function layOut({ lanes, stores, links }: Drawing): Layout {
  const edges = lanesOf(lanes);
  const stacked = (name: keyof Drawing['lanes'], boxes: readonly Box[], top = MARGIN): readonly PlacedBox[] =>
    stack(boxes, edges[name].left, top, WIDTHS[name]);
  const balancers = stacked('balancers', lanes.balancers);
  const listening = new Set(lanes.balancers.flatMap(keysIn));
  const passing = lanes.callers.filter(({ key }) => links.every(({ from, to }) => from !== key || listening.has(to)));
  const over = stacked('callers', passing);
  // whose line runs below the balancers stands below them
  const straight = stacked(
    'callers',
    lanes.callers.filter((box) => !passing.includes(box)),
    Math.max(bottomOf(balancers), bottomOf(over)) + (lanes.callers.length > passing.length ? METRICS.gap : 0),
  );
  const above = [
    ...over,
    ...straight,
    ...balancers,
    ...stacked('hosts', lanes.hosts),
    ...stacked('outside', lanes.outside),
  ];
  const width = Math.max(...Object.values(edges).map(({ right }) => right), STORE_WIDTH + MARGIN) + MARGIN;
  const below = grid(stores, bottomOf(above) + 2 * METRICS.gap, width);
  return { width, height: bottomOf([...above, ...below]) + MARGIN, boxes: [...above, ...below], lanes: edges };
}

/** Keys of a box and of all in it. */
function keysIn({ key, parts }: Box): readonly string[] {
  return [key, ...parts.flatMap(keysIn)];
}

function lanesOf(lanes: Drawing['lanes']): Layout['lanes'] {
  let at = MARGIN;
  const edges = (Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]).map((name) => {
    const left = at;
    const isEmpty = lanes[name].length === 0;
    at += isEmpty ? 0 : WIDTHS[name] + BETWEEN;
    return [name, { left, right: isEmpty ? left : left + WIDTHS[name] }] as const;
  });
  return Object.fromEntries(edges) as Layout['lanes'];
}

function stack(boxes: readonly Box[], x: number, top: number, width: number): readonly PlacedBox[] {
  let y = top;
  return boxes.map((box) => {
    const placed = place(box, x, y, width);
    y += placed.height + METRICS.gap;
    return placed;
  });
}

function place(box: Box, x: number, y: number, width: number): PlacedBox {
  const { padding, row, column, gap } = METRICS;
  const columns = Math.floor((width - 2 * padding) / column);
  const title = wrapped(box.title, columns, MOST_ROWS.title);
  const lines = box.lines.flatMap((line) => wrapped(line, columns, MOST_ROWS.line));
  const below = y + padding + (title.length + lines.length) * row;
  const parts = stack(box.parts, x + padding, below + padding, width - 2 * padding);
  const height = (parts.length === 0 ? below : bottomOf(parts)) + padding - y;
  return { box, x, y, width, height: Math.max(height, 2 * padding + gap), title, lines, parts };
}

/** In rows, each as high as the highest in it. */
function grid(boxes: readonly Box[], top: number, width: number): readonly PlacedBox[] {
  const across = Math.max(1, Math.floor((width - 2 * MARGIN + METRICS.gap) / (STORE_WIDTH + METRICS.gap)));
  const each = (width - 2 * MARGIN - (across - 1) * METRICS.gap) / across;
  const rows = Array.from({ length: Math.ceil(boxes.length / across) }, (_, index) =>
    boxes.slice(index * across, (index + 1) * across),
  );
  let y = top;
  return rows.flatMap((row) => {
    const placed = row.map((box, index) => place(box, MARGIN + index * (each + METRICS.gap), y, each));
    y = bottomOf(placed) + METRICS.gap;
    return placed;
  });
}

function bottomOf(boxes: readonly PlacedBox[]): number {
  return Math.max(MARGIN, ...boxes.map(({ y, height }) => y + height));
}
