import type { Text } from '../text';
import { type CloudConfig, readCloudConfig, type Report } from './cloud-config';
import { type MachineStart, machineStart, NOTHING_KNOWN } from './machine-start';
import { Marks } from './marks';
import { isMultipart, mimeParts } from './mime-parts';
import { scriptFiles } from './script-files';

const SHELL = /^#!\s*(?:\/usr)?\/bin\/(?:env\s+)?(?:ba|da)?sh\b/;
const CONFIG = /^\s*#cloud-config/i;
const NONE: CloudConfig = { files: new Map(), commands: [] };

/**
 * Reads the user data of an EC2 instance: a script of the shell, a `#cloud-config`, or several parts of either.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 * @param report receives whatever of it could not be read exactly
 */
export function readUserData(userData: Text, report: Report): MachineStart {
  const marks = new Marks();
  const text = marks.mark(userData);
  if (text === undefined) {
    report('user data holds characters that stand for nothing');
    return NOTHING_KNOWN;
  }
  return machineStart(configOf(text, report), marks, report);
}

function configOf(text: string, report: Report): CloudConfig {
  if (!isMultipart(text)) return ofPart(text, report);
  const parts = mimeParts(text);
  if (parts === undefined) {
    report('user data has parts that cannot be told apart');
    return NONE;
  }
  // Scripts run when everything of the configuration has: what that writes they find.
  const read = parts.map(({ type, text: part }) =>
    ofPart(type === 'text/cloud-config' && !CONFIG.test(part) ? `#cloud-config\n${part}` : part, report),
  );
  return {
    files: new Map(read.flatMap(({ files }) => [...files])),
    commands: read.flatMap(({ commands }) => commands),
  };
}

/** A script is known by its first line; what is none has to be a configuration. */
function ofPart(text: string, report: Report): CloudConfig {
  const script = text.trimStart();
  if (script === '') return NONE;
  if (SHELL.test(script)) return { files: scriptFiles(script, report), commands: [script] };
  return readCloudConfig(script, report);
}
