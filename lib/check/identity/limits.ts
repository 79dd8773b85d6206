import type { AccessStatement } from '../../artifact/access-policy';
import type { Text } from '../../artifact/text';
import { hasWildcard } from './text-pattern';

/** Operators that are met only where the key is there and has one of the values. Those with wildcards in them say so. */
const EXACT = /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|ArnEquals|Bool|StringLike|ArnLike)$/;

/** Of what a condition must be to count as a limit. */
export interface Limit {
  /** The key, or what it begins with where it ends with a slash. */
  readonly key: string;
  /** Whether a value keeps to what it should; every value of the condition must. */
  readonly accepts: (value: Text) => boolean;
  /** Whether a request that does not have the key may pass, too. @default false */
  readonly ifThere?: boolean;
}

/** Whether a statement is limited so: by a condition that no request passes without. Of what is not understood nothing is counted on. */
export function isLimited({ conditions }: AccessStatement, { key, accepts, ifThere = false }: Limit): boolean {
  const wanted = key.toLowerCase();
  return conditions.some((condition) => {
    const said = condition.key.toLowerCase();
    const operator = ifThere ? condition.operator.replace(/IfExists$/, '') : condition.operator;
    const isAbout = wanted.endsWith('/') ? said.startsWith(wanted) && said.length > wanted.length : said === wanted;
    return isAbout && EXACT.test(operator) && condition.values.length > 0 && condition.values.every(accepts);
  });
}

/** Whether a value says one thing alone. */
export function isExact(value: Text): boolean {
  return value.length > 0 && !hasWildcard(value);
}
