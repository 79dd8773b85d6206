/** Names of the sets in which refused connections stand: source, source port, destination, destination port, mark. */
export const REFUSED: Readonly<Record<4 | 6, string>> = { 4: 'refused4', 6: 'refused6' };

/** The sets that they stand in. */
export function refusalSets(): readonly string[] {
  return ([4, 6] as const).map(
    (family) =>
      `  set ${REFUSED[family]} {\n    type ipv${family}_addr . inet_service . ipv${family}_addr . inet_service . mark\n` +
      '    flags dynamic\n    size 65535\n  }',
  );
}

/** Only the first packet of a connection is recorded, so that a stray late one never speaks against a connection that was admitted. */
export function recordRules(): readonly string[] {
  return ([4, 6] as const).flatMap((family) => [
    `meta nfproto ipv${family} tcp flags & (syn | ack) == syn ${recordOf(family)}`,
    `meta nfproto ipv${family} meta l4proto udp ${recordOf(family)}`,
  ]);
}

function recordOf(family: 4 | 6): string {
  const ip = family === 4 ? 'ip' : 'ip6';
  return `add @${REFUSED[family]} { ${ip} saddr . th sport . ${ip} daddr . th dport . meta mark }`;
}

/** A chain of a ruleset. */
export function chain(name: string, rules: readonly string[]): string {
  return [`  chain ${name} {`, ...rules.map((rule) => `    ${rule}`), '  }'].join('\n');
}
