// Processes of a measurement: started, waited for, measured, ended.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS_A_SECOND = 100;
const started = [];

/** Starts a program; its output is kept for the error message of a start that fails. */
export async function start(name, port, words, environment = {}) {
  let output = '';
  const child = spawn(words[0], words.slice(1), { env: { ...process.env, ...environment } });
  started.push(child);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (output = (output + data).slice(-2000)));
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${output}`);
    if (await listens(port)) return child;
    await sleep(50);
  }
  throw new Error(`${name} does not listen on ${port}: ${output}`);
}

export function endAll() {
  for (const child of started) child.kill('SIGKILL');
}

function listens(port) {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => settle(true) || socket.destroy());
    socket.once('error', () => settle(false));
  });
}

/** CPU time that processes and their children have used, in microseconds. */
export function cpuMicroseconds(children) {
  return (
    children.flatMap(({ pid }) => familyOf(pid)).reduce((sum, pid) => sum + ticksOf(pid), 0) * (1e6 / TICKS_A_SECOND)
  );
}

function familyOf(pid) {
  const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...below.flatMap(familyOf)];
}

function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
