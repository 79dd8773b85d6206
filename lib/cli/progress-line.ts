import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../prove';
import type { Stream } from './terminal';

/** Shows how far a proof is: one line that moves on a terminal, a line for each step elsewhere. */
export interface ProgressLine {
  readonly onProgress: OnProgress;
  /** Removes the line. */
  stop(): void;
}

/** A progress line on a stream, which is never the one that results go to. */
export function progressLine(stream: Stream): ProgressLine {
  return stream.isTTY === true ? movingLine(stream) : plainLines(stream);
}

function plainLines(stream: Stream): ProgressLine {
  return {
    onProgress: (event) => {
      if (event.kind === 'deployment') stream.write(`proving ${event.subject} (${event.index} of ${event.total})\n`);
      if (event.kind === 'step') stream.write(`${event.text}\n`);
      if (event.kind === 'attack' && event.verdict !== 'holds') stream.write(`${event.id}: ${event.verdict}\n`);
    },
    stop: () => undefined,
  };
}

function movingLine(stream: Stream): ProgressLine {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {text}',
    barsize: 20,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    stream: stream as NodeJS.WritableStream,
    clearOnComplete: true,
    // a killed run must leave no hidden cursor and no unwrapped terminal behind
    hideCursor: false,
    linewrap: true,
  });
  bar.start(1, 0, { text: '' });
  return {
    onProgress: (event) => {
      if (event.kind === 'deployment') bar.update(0, { text: event.subject });
      if (event.kind === 'step') bar.update({ text: event.text });
      if (event.kind === 'attack') {
        bar.setTotal(event.total);
        bar.update(event.done, { text: event.id });
      }
    },
    stop: () => bar.stop(),
  };
}
