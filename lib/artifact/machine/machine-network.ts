import { posix } from 'node:path';
import type { Report } from './cloud-config';
import type { MachineCommand, MachineStartup } from './machine-commands';

/** Programs that filter or lead elsewhere what comes to a machine, or goes from it. */
const FIREWALLS = [
  'ebtables',
  'ip6tables',
  'iptables',
  'iptables-legacy',
  'iptables-nft',
  'iptables-restore',
  'nft',
  'nsenter',
];
const NETWORK_OPTIONS = [
  '--attachable',
  '--driver',
  '--gateway',
  '--ip-range',
  '--label',
  '--opt',
  '--subnet',
  '-d',
  '-o',
];
/** Of a bridge: none that leads to containers what is not published. */
const BRIDGE_OPTION = /^com\.docker\.network\.(?:bridge\.(?:enable_icc|name)|driver\.mtu)=/;
const LOCAL = /^(?:\/|@|127\.|\[::1\])/;

/** Whether a command changes a firewall, the machine's or that of its containers. */
export function isFirewallCommand({ words }: MachineCommand): boolean {
  return FIREWALLS.includes(posix.basename(words[0]?.text ?? ''));
}

/**
 * Reports what of a machine's own network leads elsewhere than `docker run` says: rules of its firewall, networks of another kind, and
 * sockets that systemd listens on.
 *
 * @param known commands that were understood
 */
export function reportMachineNetwork(startup: MachineStartup, known: readonly MachineCommand[], report: Report): void {
  for (const command of startup.commands.filter((each) => isFirewallCommand(each) && !known.includes(each))) {
    report(`changes the firewall with ${quoted(command)}, which is not modelled`);
  }
  for (const command of startup.commands.filter(makesNetwork).filter((each) => !isPlainBridge(each))) {
    report(`makes a network with ${quoted(command)}, which is not modelled`);
  }
  for (const unit of startup.started.values()) {
    const listens = ['ListenStream', 'ListenDatagram'].flatMap((name) => unit.list('Socket', name));
    if (listens.some((address) => !LOCAL.test(address))) report(`listens by ${unit.name}, which is not modelled`);
  }
}

function makesNetwork({ words }: MachineCommand): boolean {
  const texts = words.map(({ text }) => text);
  return posix.basename(texts[0] ?? '') === 'docker' && texts.includes('network') && texts.includes('create');
}

function isPlainBridge({ words }: MachineCommand): boolean {
  const texts = words.map(({ text }) => text);
  const given = texts.slice(texts.indexOf('create') + 1).flatMap((word) => {
    const at = word.startsWith('--') ? word.indexOf('=') : -1;
    return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
  });
  return given.every((word, index) => {
    if (word.startsWith('-')) return NETWORK_OPTIONS.includes(word);
    const option = given[index - 1] ?? '';
    if (option === '--driver' || option === '-d') return word === 'bridge';
    return (option !== '--opt' && option !== '-o') || BRIDGE_OPTION.test(word);
  });
}

/** Short: a message, not the file. */
function quoted({ words }: MachineCommand): string {
  return JSON.stringify(
    words
      .map(({ raw }) => raw)
      .join(' ')
      .slice(0, 80),
  );
}
