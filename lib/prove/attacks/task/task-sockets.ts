import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Deployment } from '../../deployment';
import { runningProcesses } from './container-files';

/** A TCP socket that listens. */
export interface ListeningSocket {
  /** `*` for all addresses of its family. */
  readonly address: string;
  readonly port: number;
  readonly loopback: boolean;
}

/** State of a listening socket in the kernel's tables. */
const LISTEN = '0A';

/** The TCP sockets, of both families, that processes of the deployment's containers listen on: asked of the kernel. */
export function listeningSockets(deployment: Deployment): readonly ListeningSocket[] {
  const pids = runningProcesses(deployment).map(({ pid }) => pid);
  const owned = new Set(pids.flatMap(socketsOf));
  const [first] = pids;
  if (first === undefined) return [];
  return (['tcp', 'tcp6'] as const).flatMap((table) =>
    rowsOf(`/proc/${first}/net/${table}`)
      .filter((row) => row[3] === LISTEN && owned.has(row[9] ?? ''))
      .map((row) => parseLocal(row[1] ?? '')),
  );
}

/** Names of unix sockets in the network namespace of a process; abstract ones begin with `@`. */
export function unixSockets(pid: number): readonly string[] {
  return rowsOf(`/proc/${pid}/net/unix`).flatMap((row) => (row[7] === undefined ? [] : [row[7]]));
}

function rowsOf(table: string): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(table, 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.trim().split(/\s+/));
}

/** Inodes of the sockets that a process holds. */
function socketsOf(pid: number): readonly string[] {
  return descriptorsOf(pid).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

function descriptorsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return []; // ended meanwhile
  }
}

/** `0100007F:1F90`: the address in words of four bytes, each in the order of the machine, which is little-endian on all that we run on. */
function parseLocal(text: string): ListeningSocket {
  const [hex = '', port = '0'] = text.split(':');
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].toReversed());
  const address = bytes.length === 4 ? bytes.join('.') : groups(bytes);
  const any = bytes.every((byte) => byte === 0);
  return { address: any ? '*' : address, port: Number.parseInt(port, 16), loopback: isLoopback(bytes) };
}

function groups(bytes: readonly number[]): string {
  const pairs = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  return pairs.map((pair) => pair.toString(16)).join(':');
}

/** 127.0.0.0/8, the same mapped into IPv6, and ::1. */
function isLoopback(bytes: readonly number[]): boolean {
  if (bytes.length === 4) return bytes[0] === 127;
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[12] === 127;
  return mapped || (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1);
}
