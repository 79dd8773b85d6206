import type { Instance } from '../../artifact/artifact';
import { recognise } from './known-script';
import { isKnownText } from './known-text';
import { KNOWN_UNITS } from './known-units';
import type { MachineScript } from './machine-start';

const UNITS = '/etc/systemd/system/';
const DATA_UNIT = 'portcullis-data.service';

/**
 * What a machine of Compute Engine does when it starts, where every file that it writes is one that a release of portcullis renders. What
 * `docker run` is told stands in the units, and is read with the containers.
 */
export function googleMachineScript({ files = new Map() }: Instance): MachineScript {
  const values = new Map<string, Readonly<Record<string, string>>>();
  for (const [path, content] of files) {
    const name = path.startsWith(UNITS) ? path.slice(UNITS.length) : undefined;
    const known = name !== undefined && Object.hasOwn(KNOWN_UNITS, name) ? KNOWN_UNITS[name] : undefined;
    const found = known === undefined ? undefined : recognise(content, known);
    if (found === undefined && !isKnownText(path, content)) {
      return { kind: 'unknown', reason: `the machine's start writes ${path} as no release of portcullis renders it` };
    }
    if (name !== undefined && found !== undefined) values.set(name, found);
  }
  const disk = values.get(DATA_UNIT)?.['disk'];
  return { kind: 'known', agent: new Map(), ...(disk !== undefined && { disk }) };
}
