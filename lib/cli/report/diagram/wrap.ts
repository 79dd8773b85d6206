/** Where a line may end: behind one of these. */
const BREAK = /[\s/.,:;_-]/;

/** How many columns a text takes at most, in whatever font of equal widths it is shown. */
export function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + widthOf(sign), 0);
}

/**
 * A text in rows of at most so many columns, broken behind spaces, slashes and the like where that is possible. What does not fit into the
 * last row ends in an ellipsis.
 */
export function wrapped(text: string, columns: number, most: number): readonly string[] {
  const rows: string[] = [];
  let rest = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  while (rest.length > 0 && rows.length < most) {
    const fitting = fittingIn(rest, columns);
    const isWhole = fitting === rest.length;
    const isLast = rows.length === most - 1;
    const end = isWhole ? fitting : isLast ? fittingIn(rest, columns - ELLIPSIS_COLUMNS) : breakBefore(rest, fitting);
    rows.push(`${rest.slice(0, end).join('').trim()}${isLast && !isWhole ? '…' : ''}`);
    rest = rest.slice(end);
    while (rest[0] === ' ') rest = rest.slice(1);
  }
  return rows;
}

const ELLIPSIS_COLUMNS = 2;

/** Letters of other scripts may come from another font, and take two columns. */
function widthOf(sign: string): number {
  return /[\u0020-\u007E]/.test(sign) ? 1 : 2;
}

function fittingIn(signs: readonly string[], columns: number): number {
  let taken = 0;
  const beyond = signs.findIndex((sign) => (taken += widthOf(sign)) > columns);
  return beyond < 0 ? signs.length : Math.max(1, beyond);
}

/** The end of the last word that fits, unless that leaves the row half empty. */
function breakBefore(signs: readonly string[], fitting: number): number {
  const last = signs.slice(0, fitting).findLastIndex((sign) => BREAK.test(sign));
  return last + 1 > fitting / 2 ? last + 1 : fitting;
}
