import { redact } from '../redact';

const LINES = 4;
const CHARACTERS = 400;

/** The end of a log, for an error: a server that refuses its configuration prints all of it. */
export function lastWords(log: string, secrets: Readonly<Record<string, string>>): string {
  const lines = log.trim().split('\n').slice(-LINES);
  return redact(lines.map((line) => line.slice(0, CHARACTERS)).join('\n'), secrets).slice(0, CHARACTERS);
}
