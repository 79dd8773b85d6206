const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Whether a value as it was set is the value as the server prints it: `90s` is `1m 30s`, `512 MiB` is `512.0 MiB`. */
export function sameSetting(set: string, printed: unknown): boolean {
  if (Array.isArray(printed)) {
    const items = set.replaceAll(/^\s*\[|\]\s*$/g, '').split(',');
    return items.length === printed.length && items.every((item, index) => sameSetting(item.trim(), printed[index]));
  }
  if (typeof printed === 'object' && printed !== null) return true;
  return canonical(set) === canonical(String(printed));
}

function canonical(value: string): string {
  const text = unquoted(value.trim());
  return duration(text) ?? size(text) ?? number(text) ?? text.replace(/\/$/, '');
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text)?.[1] ?? text;
}

/** `1m 30s`, `90s`, `1day`. */
function duration(text: string): string | undefined {
  if (!/^(\d+\s*(ms|s|m|h|d|days?|hours?|min|minutes?|sec|seconds?)\s*)+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)\s*(ms|[smhd])/g)];
  const sum = parts.reduce(
    (total, [, count = '0', unit = 's']) => total + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
  return `${sum} ms`;
}

/** `512 MiB`, `512.0 MiB`. */
function size(text: string): string | undefined {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?i?b)$/i.exec(text) ?? [];
  return count === undefined ? undefined : `${Math.round(Number(count) * (BYTES[unit.toLowerCase()] ?? 0))} bytes`;
}

function number(text: string): string | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? String(Number(text)) : undefined;
}
