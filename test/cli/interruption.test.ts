import { untilInterrupted } from '../../lib/cli/interruption';

describe('an interruption', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('by %s is told once; the next ends the process as usual', (name) => {
    const before = process.listenerCount(name);
    const { signal } = untilInterrupted();
    expect(signal.aborted).toBe(false);
    process.emit(name);
    expect(signal.aborted).toBe(true);
    expect(process.listenerCount(name)).toBe(before);
  });

  test('is no terminal that was closed, which ends the process at once', () => {
    const before = process.listenerCount('SIGHUP');
    const interruption = untilInterrupted();
    expect(process.listenerCount('SIGHUP')).toBe(before);
    interruption.stop();
  });

  test('is not waited for any longer when the work is done', () => {
    const before = process.listenerCount('SIGINT');
    untilInterrupted().stop();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
