import type { Host, Instance, Machine } from '../../artifact/artifact';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { broken, unproven, worst, type Wrong } from '../server/wrong';
import { machineScript } from './machine-script';
import { taskMetadata } from './task-metadata';

/** Entries of a machine's metadata that have to say this. */
const DEMANDED: Readonly<Record<string, 'on' | 'off'>> = {
  'enable-oslogin': 'on',
  'block-project-ssh-keys': 'on',
  'disable-legacy-endpoints': 'on',
};
/** Entries that have to be off in so many words: where a machine says nothing, its project may. */
const REFUSED: readonly string[] = ['serial-port-enable'];
/** Entries that let somebody in. */
const OPENING: Readonly<Record<string, string>> = {
  'serial-port-enable': 'opens a shell at the serial port',
  'ssh-keys': 'lets keys in that OS Login does not know of',
  sshKeys: 'lets keys in that OS Login does not know of',
  'enable-guest-attributes': 'lets whatever runs on the machine write where others read',
  'enable-osconfig': 'lets policies of the project run what they say',
  'enable-windows-ssh': 'opens a shell',
};
/** Entries by which nobody gets at the machine. */
const HARMLESS =
  /^(?:cos-(?:update-strategy|metrics-enabled)|google-(?:logging|monitoring)-enabled|cluster-name|vmdnssetting|enable-oslogin-2fa|serial-port-logging-enable)$/i;
const ON = /^(?:true|yes|y|1)$/i;
const OFF = /^(?:false|no|n|0)$/i;

/** Decides whether a machine gives nobody its credentials, nor a way in beside that which its cloud checks. */
export const INSTANCE_METADATA_V2: CheckedClaim = {
  id: 'instance-metadata-v2',
  decide: ({ artifact, server }) => {
    if (server === undefined) {
      return [{ verdict: 'not-applicable', subject: artifact.name, evidence: 'no host of this file runs a server' }];
    }
    const { machine, instance } = server.host;
    if (instance !== undefined) return [ofInstance(server.host, instance)];
    if (machine !== undefined) return [ofMachine(server.host, machine)];
    return [{ ...unproven('the machine below it is not in the file'), subject: server.host.id }];
  },
};

function ofMachine(host: Host, machine: Machine): Finding {
  const { reach, evidence } = taskMetadata(host);
  const script = machineScript(host);
  const wrong = [
    machine.metadataTokensRequired ? undefined : broken('HttpTokens is not required: version 1 answers any request'),
    machine.metadataHopLimit <= 1
      ? undefined
      : broken(`HttpPutResponseHopLimit is ${machine.metadataHopLimit}: answers reach a container, too`),
    reach === 'nobody' ? undefined : reach === 'unknown' ? unproven(evidence) : broken(evidence),
    ...(machine.unmodelled ?? []).map((name) =>
      name === 'KeyName'
        ? broken('KeyName lets in whoever has a key that no user of the account answers for')
        : unproven(`${name} is set, which is not understood`),
    ),
    script.kind === 'unknown' ? unproven(script.reason) : undefined,
  ];
  const holds = `HttpTokens is required, HttpPutResponseHopLimit is ${machine.metadataHopLimit}, ${evidence}`;
  return { ...worst(wrong, holds), subject: machine.id, restsOn: [host.id] };
}

function ofInstance(host: Host, { shielded, entries = {}, canForward = true }: Instance): Finding {
  const metadata = taskMetadata(host);
  const script = machineScript(host);
  const wrong = [
    ...Object.entries(shielded ?? { secureBoot: undefined }).map(([name, value]) => {
      if (value === true) return undefined;
      return value === false
        ? broken(`${name} of Shielded VM is off`)
        : unproven(`${name} of Shielded VM is not known`);
    }),
    ...Object.keys(DEMANDED).map((name) => demanded(name, entries)),
    ...REFUSED.filter((name) => (entries[name] ?? '') === '' && !(name in entries && entries[name] === undefined)).map(
      (name) => unproven(`${name} is not said to be off, and all machines of the project may be told otherwise`),
    ),
    ...Object.keys(entries)
      .filter((name) => !(name in DEMANDED))
      .map((name) => other(name, entries[name])),
    canForward ? broken('it may send packets in the name of others (can_ip_forward)') : undefined,
    metadata.reach === 'everybody' ? broken(metadata.evidence) : undefined,
    metadata.reach === 'unknown' ? unproven(metadata.evidence) : undefined,
    script.kind === 'unknown' ? unproven(script.reason) : undefined,
  ];
  const holds = `Shielded VM and OS Login are on, keys of the project and the serial port are not let in, ${metadata.evidence}`;
  return { ...worst(wrong, holds), subject: host.id };
}

function demanded(name: string, entries: Readonly<Record<string, string | undefined>>): Wrong | undefined {
  const value = entries[name];
  if (name in entries && value === undefined) return unproven(`${name} has a value that only the cloud knows`);
  return ON.test(value ?? '') ? undefined : broken(`${name} is ${value === undefined ? 'not set' : `"${value}"`}`);
}

function other(name: string, value: string | undefined): Wrong | undefined {
  const opens = Object.hasOwn(OPENING, name) ? OPENING[name] : undefined;
  if (opens !== undefined) {
    if (value !== undefined && (OFF.test(value) || value === '')) return undefined;
    return broken(`${name} ${opens}`);
  }
  return HARMLESS.test(name) ? undefined : unproven(`entry ${name} of its metadata is not understood`);
}
