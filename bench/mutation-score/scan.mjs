import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('worker.cjs', import.meta.url));
const TIMEOUT_MS = 900_000;
/** How many files a process is given: each compiles its rules once. */
const FILES_A_PROCESS = { 'cdk-nag': 200, 'CDK validation': 400 };
const FEW_FILES = 30;
const running = new Set();

/** What scanners find in files, as a map of maps: by scanner, by file. So many processes at once as there are cores. */
export async function scanAll(scanners, files, cores) {
  const tasks = scanners.flatMap(({ name }) => {
    const size = FILES_A_PROCESS[name] ?? FEW_FILES;
    return Array.from({ length: Math.ceil(files.length / size) }, (_, index) => ({
      name,
      files: files.slice(index * size, (index + 1) * size),
    }));
  });
  const found = new Map(scanners.map(({ name }) => [name, new Map()]));
  const takeNext = async () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      for (const [file, findings] of await scan(task)) found.get(task.name).set(file, findings);
    }
  };
  await Promise.all(Array.from({ length: cores }, takeNext));
  return found;
}

/** Ends what still scans, with what it has started. */
export function stopScanning() {
  for (const { pid, exitCode, signalCode } of running) {
    if (exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }
}

function scan({ name, files }) {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [WORKER, name], { stdio: 'pipe', detached: true, timeout: TIMEOUT_MS });
    running.add(child);
    const out = [];
    const told = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => told.push(chunk));
    child.once('error', reject);
    child.once('close', (status) => {
      running.delete(child);
      if (status === 0) settle(JSON.parse(Buffer.concat(out).toString()));
      else reject(new Error(`${name} failed: ${Buffer.concat(told).toString().trim().slice(-2_000)}`));
    });
    child.stdin.end(JSON.stringify(files));
  });
}
