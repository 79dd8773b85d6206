/** Ctrl-C and a request to end. A terminal that is closed ends the process at once: there is nobody left to say anything to. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal that is aborted when this process is told to end, for the first time; the second time it ends as usual. */
export function untilInterrupted(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    stop();
    controller.abort();
  };
  const stop = (): void => {
    for (const name of SIGNALS) process.off(name, onSignal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return { signal: controller.signal, stop };
}
