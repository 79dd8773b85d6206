import { untilInterrupted } from './interruption';
import { keptNote } from './kept-note';
import { loadProve } from './load-prove';
import { progressLine } from './progress-line';
import type { Terminal } from './terminal';

/** Which deployment to keep, and how to say so. */
export interface KeepUpOptions {
  readonly path: string;
  readonly stack?: string;
  readonly service?: URL;
  readonly format: 'table' | 'json';
}

/** Keeps a deployment up until this process is told to end. That is how it ends, and no failure. */
export async function keepUp(options: KeepUpOptions, { stdout, stderr }: Terminal): Promise<void> {
  const { path, stack, service, format } = options;
  const progress = progressLine(stderr);
  const interruption = untilInterrupted();
  try {
    await loadProve().keep({
      path,
      signal: interruption.signal,
      onProgress: progress.onProgress,
      onUp: (kept) => {
        progress.stop();
        stdout.write(format === 'json' ? `${JSON.stringify(kept)}\n` : keptNote(kept));
      },
      ...(stack === undefined ? {} : { stack }),
      ...(service === undefined ? {} : { service }),
    });
  } finally {
    progress.stop();
    interruption.stop();
  }
  stderr.write('taken down; nothing of it is left\n');
}
