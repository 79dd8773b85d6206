import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Direct children of a process, oldest first. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

/** The processes of the container that a process belongs to: from the first of its process name space down, or from itself where it has none of its own. */
export function familyOf(pid: number): readonly number[] {
  const found: number[] = [];
  const waiting = [firstOf(pid)];
  for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
    found.push(each);
    waiting.push(...childrenOf(each));
  }
  return found;
}

/** The parent's parent and so on, as long as they are numbered in a name space inside of ours and none is its number one. */
function firstOf(pid: number): number {
  const status = statusOf(pid);
  const numbers = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  const parent = Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0);
  return numbers.length < 2 || numbers.at(-1) === '1' || parent === 0 ? pid : firstOf(parent);
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** The arguments of a process, the program first; none when it has ended. */
export function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** The process under `pid`, or itself, that runs a program of one of these names; `pid` when none does. */
export function findProgram(pid: number, programs: readonly string[]): number {
  const waiting = [pid];
  for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
    if (programs.includes(programOf(each))) {
      return each;
    }
    waiting.push(...childrenOf(each));
  }
  return pid;
}

/** Name of the program that a process runs; empty when it has ended. */
export function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}
