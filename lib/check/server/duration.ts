const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};
const WHOLE = /^\s*(?:\d+\s*[a-z]+\s*)+$/;

/** Seconds of a duration as the server writes it, `1m 30s`; `undefined` where it is none that is known. */
export function durationSeconds(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)\s*([a-z]+)/g)].map(([, count, unit = '']) => {
    const seconds = UNITS[unit];
    return seconds === undefined ? Number.NaN : Number(count) * seconds;
  });
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Number.isNaN(total) ? undefined : total;
}
