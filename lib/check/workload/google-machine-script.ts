import type { Instance } from '../../artifact/artifact';
import { isKnownText } from './known-text';
import type { MachineScript } from './machine-start';

/** Words of a command; a reference is one sign among them. */
const WORD = String.raw`[\w@+=:,./\uE000-\uF8FF-]+`;
const UNIT = /^\/etc\/systemd\/system\/[\w@.-]+\.(?:service|timer)$/;
const SCRIPTS = '/etc/portcullis';

/** Commands of units; what `docker run` is told is read with the containers, and secrets and the guard by the scripts that they run. */
const COMMANDS: readonly string[] = [
  String.raw`/usr/bin/docker (?:run|rm --force|network rm|network create|stop --time \d+) .*`,
  `/bin/bash ${SCRIPTS}/data-disk /dev/disk/by-id/${WORD} [a-z0-9-]+ /mnt/disks/[\\w-]+ [1-9]\\d*:[1-9]\\d* \\w+`,
  `/bin/bash ${SCRIPTS}/fetch-secret ${WORD} /run/${WORD} [1-9]\\d*:[1-9]\\d*`,
  `/bin/bash ${SCRIPTS}/fetch-revocation-list ${WORD} ${WORD} /run/${WORD}`,
  `/bin/bash ${SCRIPTS}/pull-image ${WORD}`,
  `/bin/bash ${SCRIPTS}/guard`,
  `/usr/bin/install -d -m 0700(?: -o [1-9]\\d* -g [1-9]\\d*)? /run/portcullis/[\\w-]+`,
  `/usr/bin/docker-credential-gcr configure-docker --registries=${WORD}`,
  `/sbin/resize2fs /dev/disk/by-id/${WORD}`,
];

/** The folder that the disk is mounted at. */
const MOUNTS: RegExp = new RegExp(`^ExecStart=/bin/bash ${SCRIPTS}/data-disk \\S+ \\S+ (/\\S+) `, 'm');

/** Lines of units that start what the others name, when and in what order, and say where it may speak. */
const LINES: readonly RegExp[] = [
  String.raw`\[(?:Unit|Service|Timer)\]`,
  'Description=.*',
  String.raw`(?:Requires|Wants|BindsTo|Requisite|After|Before)=[\w@. -]+`,
  String.raw`(?:StartLimitIntervalSec|Timeout(?:Start|Stop)Sec|RestartSec)=\d+`,
  'Type=oneshot',
  'RemainAfterExit=yes',
  String.raw`Standard(?:Output|Error)=(?:journal\+console|null)`,
  'Environment=HOME=/run/portcullis/home',
  'Restart=always',
  String.raw`OnCalendar=[\w*:/ -]+`,
  `Exec(?:Start|StartPre|Stop)=-?(?:${COMMANDS.join('|')})`,
].map((pattern) => new RegExp(`^(?:${pattern})$`));

/** What a machine of Compute Engine does when it starts, where every file that it writes is one that a release of portcullis renders. */
export function googleMachineScript({ files = new Map() }: Instance): MachineScript {
  const unknown = [...files].flatMap(([path, content]) => {
    if (!UNIT.test(path)) return isKnownText(path, content) ? [] : [path];
    const line = content.split('\n').find((each) => each !== '' && !LINES.some((pattern) => pattern.test(each)));
    return line === undefined ? [] : [`${path} (${JSON.stringify(line.slice(0, 60))})`];
  });
  const [first] = unknown;
  const disk = [...files.values()].map((text) => MOUNTS.exec(text)?.[1]).find((path) => path !== undefined);
  return first === undefined
    ? { kind: 'known', agent: new Map(), ...(disk !== undefined && { disk }) }
    : { kind: 'unknown', reason: `the machine's start writes ${first} as no release of portcullis renders it` };
}
