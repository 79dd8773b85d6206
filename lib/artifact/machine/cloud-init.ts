import { Remembered } from '../remembered';
import type { Text } from '../text';
import { readCloudConfig, type Report } from './cloud-config';
import { type MachineStart, machineStart, NOTHING_KNOWN } from './machine-start';
import { Marks } from './marks';

/**
 * Reads the `user-data` of a virtual machine: the containers that its systemd units run once cloud-init has started them, with what they
 * share and what of them the machine publishes.
 *
 * @param report receives whatever of it could not be read exactly
 */
export function readCloudInit(userData: Text, report: Report): MachineStart {
  const { start, reasons } = READ.of(JSON.stringify(userData), () => {
    const found: string[] = [];
    return { start: read(userData, (reason) => void found.push(reason)), reasons: found };
  });
  for (const reason of reasons) report(reason);
  return start;
}

/** Many machines start alike. */
const READ = new Remembered<{ readonly start: MachineStart; readonly reasons: readonly string[] }>(20);

function read(userData: Text, report: Report): MachineStart {
  const marks = new Marks();
  const text = marks.mark(userData);
  if (text === undefined) {
    report('user data holds characters that stand for nothing');
    return NOTHING_KNOWN;
  }
  return machineStart(readCloudConfig(text, report), marks, report);
}
