// Load by wrk: so many callers, each with a connection of its own, each calling again when it is answered.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes what wrk sends, and how it reports. */
export function writeRequest(folder, token) {
  const script = join(folder, 'request.lua');
  writeFileSync(
    script,
    `wrk.method = "POST"
wrk.body = "null"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer ${token}"
wrk.headers["Host"] = "restate.example.com"
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('{"calls":%d,"us":%d,"p50":%.0f,"p99":%.0f,"failed":%d}\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`,
    { mode: 0o600 },
  );
  return script;
}

/** Runs the load and returns calls a second, latencies in microseconds, and how many failed. */
export function load({ script, url, callers, seconds }) {
  const words = ['-t', '1', '-c', String(callers), '-d', `${seconds}s`, '--timeout', '10s', '-s', script, url];
  const { stdout, stderr, status } = spawnSync('wrk', words, { encoding: 'utf8', timeout: (seconds + 30) * 1000 });
  if (status !== 0) throw new Error(`wrk: ${stderr}`);
  const { calls, us, p50, p99, failed } = JSON.parse(stdout.trim().split('\n').at(-1));
  return { calls, callsPerSecond: (calls / us) * 1e6, p50, p99, failed };
}
