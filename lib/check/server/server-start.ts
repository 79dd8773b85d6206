import type { Container } from '../../artifact/artifact';
import { literal } from '../../artifact/text';
import { recognise } from '../workload/known-script';
import { ENTRY_SCRIPT, FILE_ENTRY_SCRIPT } from '../workload/known-scripts';

/** How a container comes to run the server. */
export type ServerStart =
  | {
      readonly kind: 'known';
      /** The words that the server is given. */
      readonly options: readonly string[];
      /** The identity key that the entry script takes care of. Absent: the server is started as it is. */
      readonly identity?: ScriptedIdentity;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What an entry script does with the identity key. */
export interface ScriptedIdentity {
  /** The file that the server finds it in. */
  readonly file: string;
  /** The variable that it is taken from, and that the server no longer sees. Absent: the runtime mounts the file. */
  readonly variable?: string;
  /** Where the server puts what does not fit into memory. */
  readonly spill: string;
}

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh$/;
const SERVER = /^(?:\/(?:[\w.-]+\/)*)?restate-server$/;

/** Reads how a container starts the server: by its image, by name, or by an entry script that is recognised as a whole. */
export function serverStart({ entryPoint = [], command = [] }: Container): ServerStart {
  const words = [...entryPoint, ...command].map(literal);
  if (!words.every((word) => word !== undefined)) return unknown('has arguments that only the cloud knows');
  const [first = '-', ...rest] = words;
  if (entryPoint.length === 0 && first.startsWith('-')) return { kind: 'known', options: words };
  if (SERVER.test(first)) return { kind: 'known', options: rest };
  const [option, script, ...others] = rest;
  if (entryPoint.length === 0 || !SHELL.test(first) || option !== '-c' || script === undefined || others.length > 0) {
    return unknown(`starts by ${JSON.stringify(first.slice(0, 60))}, which is not the server`);
  }
  return scripted(script);
}

function scripted(script: string): ServerStart {
  const found = recognise(script, ENTRY_SCRIPT) ?? recognise(script, FILE_ENTRY_SCRIPT);
  if (found === undefined) return unknown('starts by a script that is none that a release of portcullis renders');
  const { variable, file = '', spill = '', options = '' } = found;
  return {
    kind: 'known',
    options: ['--no-logo', ...options.split(' ').filter((word) => word !== '')],
    identity: { file, spill, ...(variable !== undefined && { variable }) },
  };
}

function unknown(reason: string): ServerStart {
  return { kind: 'unknown', reason };
}
