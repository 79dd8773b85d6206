import { UnsafeConfigurationError } from '../../lib/core/errors';
import { flowsOnAws } from './flows-on-aws';
import { flowsOnGoogle } from './flows-on-google';
import { FORCED_DIFFERENCES, isOfSix } from './forced-differences';
import type { ParityModel } from './model';
import { synthesisedOnAws } from './on-aws';
import { synthesisedOnGoogle } from './on-google';
import { admittedBeyond, proxyLines } from './proxy-lines';
import { type Cloud, readDeployment } from './read';

/** What is changed in the file of a cloud after it was synthesised. */
export type Edits = Readonly<Partial<Record<Cloud, (text: string) => string>>>;

/** In what a model on one cloud differs from the same on the other, beyond what the clouds force: nothing, if they are at parity. */
export function disagreements(model: ParityModel, edits: Edits = {}): readonly string[] {
  const awsText = edited(edits.aws, JSON.stringify(synthesisedOnAws(model)));
  const googleText = edited(edits.google, JSON.stringify(onGoogle(model)));
  const [aws, google] = [readDeployment('aws', awsText), readDeployment('google', googleText)];
  const awsLines = [...flowsOnAws(aws), ...proxyLines(aws)];
  const googleLines = [...flowsOnGoogle(google), ...proxyLines(google)];
  return [
    ...compared('AWS', beyond(awsLines, googleLines), expected('aws', model)),
    ...compared('Google', beyond(googleLines, awsLines), expected('google', model)),
    ...admittedBeyond(aws, google).map((what) => `the proxy on AWS admits more: ${what}`),
    ...admittedBeyond(google, aws).map((what) => `the proxy on Google admits more: ${what}`),
  ];
}

/** Google's fronts have no address of IPv6: peers that come from one are refused, and what is left is as on AWS. */
function onGoogle(model: ParityModel): object {
  const { from } = model;
  if (from === 'internet' || !from.blocks.some(isOfSix)) return synthesisedOnGoogle(model);
  if (refusedOnGoogle(model) !== 'PeerUnreachable') throw new Error('peers of IPv6 were not refused');
  return synthesisedOnGoogle({ ...model, from: { ...from, blocks: from.blocks.filter((block) => !isOfSix(block)) } });
}

function refusedOnGoogle(model: ParityModel): string | undefined {
  try {
    synthesisedOnGoogle(model);
    return undefined;
  } catch (error) {
    if (error instanceof UnsafeConfigurationError) return error.code;
    throw error;
  }
}

function edited(edit: ((text: string) => string) | undefined, text: string): string {
  const changed = edit?.(text) ?? text;
  if (edit !== undefined && changed === text) throw new Error('the edit changed nothing');
  return changed;
}

function expected(cloud: Cloud, model: ParityModel): readonly string[] {
  return FORCED_DIFFERENCES.flatMap((difference) => difference[cloud](model));
}

function compared(where: string, found: readonly string[], forced: readonly string[]): readonly string[] {
  return [
    ...beyond(found, forced).map((line) => `on ${where} alone: ${line}`),
    ...beyond(forced, found).map((line) => `not on ${where} alone, as it would have to be: ${line}`),
  ];
}

function beyond(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return [...new Set(some)].filter((line) => !known.has(line));
}
