import type { HttpProbe, Probe, ProbeReport, ProbeResult, RawProbe } from '../../probe';
import { connect, type Attempt } from './connect';
import { expireAfter } from './expiry';
import { failed, failure } from './failure';
import { probeHttp1 } from './http1-probe';
import { probeHttp2 } from './http2-probe';
import { probeRaw, stillOpen, type Received } from './raw-probe';
import { probeUnix } from './unix-probe';

/** Runs a probe, bounded by its own timeout whatever happens. */
export async function runProbe(probe: Probe): Promise<ProbeReport> {
  if (probe.kind === 'unix') return bounded(probeUnix(probe), probe.timeoutMs, () => silence(probe.timeoutMs, 'open'));
  const attempt = connect({ ...probe, ...(probe.kind === 'http' && { alpn: [probe.protocol] }) });
  const report = await overNetwork(attempt, probe.kind === 'http' ? padded(probe) : probe);
  const { localAddress } = attempt.raw;
  attempt.raw.destroy();
  return { ...report, localPort: attempt.localPort, ...(localAddress !== undefined && { localAddress }) };
}

/** Large bodies are made here: they would be a burden on the way to the agent. */
function padded(probe: HttpProbe): HttpProbe {
  const { bodyPadding = 0, body = '' } = probe;
  return bodyPadding === 0 ? probe : { ...probe, body: ' '.repeat(bodyPadding) + body };
}

function overNetwork(attempt: Attempt, probe: HttpProbe | RawProbe): Promise<ProbeResult> {
  const received: Received = { text: '' };
  let step = 'connect';
  const whole = attempt.connected.then((socket) => {
    step = 'answer';
    if (probe.kind === 'raw') return probeRaw(socket, probe, received);
    return probe.protocol === 'h2' ? probeHttp2(socket, probe) : probeHttp1(socket, probe);
  });
  const late = (): ProbeResult =>
    probe.kind === 'raw' && step === 'answer' ? stillOpen(received) : silence(probe.timeoutMs, step);
  return bounded(whole, probe.timeoutMs, late);
}

async function bounded(result: Promise<ProbeResult>, timeoutMs: number, late: () => ProbeResult): Promise<ProbeResult> {
  const expiry = expireAfter(timeoutMs);
  try {
    return await Promise.race([result.catch((error: unknown) => failure(error as Error)), expiry.expired.then(late)]);
  } finally {
    expiry.cancel();
  }
}

function silence(timeoutMs: number, step: string): ProbeResult {
  return failed('timeout', `no ${step} within ${timeoutMs} ms`);
}
