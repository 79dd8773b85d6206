import type { Terminal } from '../../lib/cli/terminal';

/** A terminal that remembers what was written to it. */
export function recordingTerminal(options: { readonly isTTY: boolean } = { isTTY: false }): Terminal & {
  readonly out: () => string;
  readonly err: () => string;
} {
  const written = { out: '', err: '' };
  return {
    stdout: { ...options, write: (text) => (written.out += text) },
    stderr: { isTTY: false, write: (text) => (written.err += text) },
    out: () => written.out,
    err: () => written.err,
  };
}
