import type { Finding } from '../../finding';
import type { Mode } from './rule-order';

/** What is wrong, by what is asked, and what there is to say where nothing is. */
export interface Judgement {
  readonly wrong: (mode: Mode) => readonly string[];
  /** What is not known whatever the rules say. */
  readonly doubts?: readonly string[];
  readonly holds: string;
  readonly subject?: string;
}

/**
 * One verdict: broken by what is wrong for certain, unproven by what may be wrong for rules of which the file does not say whether they are
 * about the machine, or for doubts.
 */
export function verdictOf(
  { host, restsOn }: { readonly host: { readonly id: string }; readonly restsOn: readonly string[] },
  { wrong, doubts = [], holds, subject = host.id }: Judgement,
): Finding {
  const sure = distinct(wrong('sure'));
  if (sure.length > 0) return { verdict: 'broken', subject, evidence: listed(sure), restsOn };
  const open = distinct([...wrong('possible').map((why) => `it may be that ${why}`), ...doubts]);
  return open.length > 0
    ? { verdict: 'unproven', subject, evidence: listed(open), restsOn }
    : { verdict: 'holds', subject, evidence: holds, restsOn };
}

const MOST = 6;

function listed(texts: readonly string[]): string {
  const rest = texts.length - MOST;
  return `${texts.slice(0, MOST).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
