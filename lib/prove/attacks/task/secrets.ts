import { readFileSync, statSync } from 'node:fs';
import type { Attack, Attempt, Observation } from '../../attack';
import type { Deployment, RunningContainer } from '../../deployment';
import { certificateVariables } from '../../runtime/proxy-certificates';
import { IDENTITY_KEY_FILES, signsRequests } from '../../runtime/run-values';
import { diskFolders, fileFacts, filesWith, runningProcesses, tellingLines } from './container-files';
import { settings } from '../proxy-listener';
import { identityKey } from './signed-request';
import { tryEach, type Variant } from '../variants';

/** Where the run's secrets can be seen. */
export const SECRET_ATTACKS: readonly Attack[] = [
  {
    id: 'identity-key-in-processes',
    claim: 'identity-key-by-reference',
    from: 'task',
    attempt: 'a search of the environment and arguments of every running process for the identity key',
    expected: 'it is in none of them',
    notApplicable: unsigned,
    run: withKey((deployment, key) => searchProcesses(deployment, key)),
    control: variableFound(),
  },
  {
    id: 'identity-key-on-disk',
    claim: 'identity-key-by-reference',
    from: 'task',
    attempt:
      "a search of the volumes that outlive the task for the identity key, and a look at its file's mode and place",
    expected: "a file of the server's own user in memory, mode 0600, and no other",
    notApplicable: unsigned,
    run: withKey((deployment, key) =>
      tryEach([
        ...deployment.containers.flatMap((container) => searchDisks(container, key)),
        privateFile('its file', deployment.restate, identityFile(deployment)),
      ]),
    ),
    control: {
      from: 'task',
      attempt: 'the same search finds it in the file that the server reads',
      run: withKey(async (deployment, key) => {
        const file = identityFile(deployment);
        const found = await filesWith(deployment.restate.pid(), file, key);
        return {
          succeeded: found.includes(file),
          observed: found.length > 0 ? `found in ${found.join(', ')}` : 'not found',
        };
      }),
    },
  },
  {
    id: 'secrets-in-processes',
    claim: 'secrets-by-reference',
    from: 'task',
    attempt: 'a search of the environment and arguments of every running process for every secret of the run',
    expected: 'none is in any of them',
    notApplicable: withoutSecrets,
    run: (deployment) => searchProcesses(deployment, Object.values(deployment.secrets).flatMap(tellingLines)),
    control: variableFound(),
  },
  {
    id: 'proxy-key-readable',
    claim: 'secrets-by-reference',
    from: 'task',
    attempt: "a look at the mode and place of the private key of the proxy's listener",
    expected: "a file of the proxy's own user in memory, mode 0600, or a variable that no other container sees",
    run: (deployment) => tryEach(proxyKeys(deployment)),
    control: {
      from: 'task',
      attempt: 'the same look at the certificate beside it',
      run: (deployment) => {
        const [file] = fileNames(deployment, 'certificate_chain');
        if (file === undefined) return Promise.resolve(certificateVariable(deployment));
        const { mode } = fileFacts(deployment.proxy, file);
        return Promise.resolve({ succeeded: true, observed: `there, mode ${mode.toString(8)}` });
      },
    },
  },
];

/** A search for nothing finds nothing. */
function withoutSecrets(deployment: Deployment): string | undefined {
  return Object.keys(deployment.secrets).length === 0 ? 'the containers take nothing from a secret store' : undefined;
}

function unsigned({ restate }: Deployment): string | undefined {
  return signsRequests(restate.container) ? undefined : 'the deployment has no identity key';
}

/** Looks for the telling lines of the identity key. A key that comes from nowhere that the files name cannot be looked for. */
function withKey(
  look: (deployment: Deployment, key: readonly string[]) => Promise<Observation>,
): (deployment: Deployment) => Promise<Observation> {
  return (deployment) => {
    const key = identityKey(deployment);
    if (key !== undefined) return look(deployment, tellingLines(key));
    const file = identityFile(deployment);
    return Promise.resolve({
      succeeded: false,
      observed: `the server's key is to be in ${file}, which no secret of the files fills, so that nobody knows where it comes from`,
    });
  };
}

function identityFile({ restate }: Deployment): string {
  const file = IDENTITY_KEY_FILES.map((name) => restate.container.environment[name]).find((each) => each !== undefined);
  return (file ?? []).map((part) => (typeof part === 'string' ? part : '')).join('');
}

function searchProcesses(deployment: Deployment, texts: readonly string[]): Promise<Observation> {
  const found = runningProcesses(deployment).flatMap(({ container, pid }) =>
    ['environ', 'cmdline'].flatMap((name) => {
      const own = container === deployment.proxy ? proxyVariables(deployment.bootstrap) : [];
      const content = contentOf(`/proc/${pid}/${name}`)
        .split('\0')
        .filter((entry) => !own.some((variable) => entry.startsWith(`${variable}=`)))
        .join('\0');
      return texts.some((text) => content.includes(text)) ? [`${name} of ${container.container.name}`] : [];
    }),
  );
  if (found.length > 0) return Promise.resolve({ succeeded: true, observed: `found in ${found.join(', ')}` });
  const searched = `${texts.length} telling lines searched for, none found`;
  return Promise.resolve({
    succeeded: false,
    observed: searched,
    refusedBy: 'kernel: not in /proc/<pid>/environ or cmdline',
  });
}

/** Nothing for a process that has ended meanwhile. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** The search is able to find what is there. */
function variableFound(): Attempt {
  return {
    from: 'task',
    attempt: 'the same search finds a variable that is no secret',
    run: (deployment) => {
      const content = readFileSync(`/proc/${deployment.restate.pid()}/environ`, 'latin1');
      const [name] = Object.keys(deployment.restate.container.environment).filter((each) =>
        content.includes(`${each}=`),
      );
      return Promise.resolve({
        succeeded: name !== undefined,
        observed: name === undefined ? 'not found' : `found ${name}`,
      });
    },
  };
}

function searchDisks(running: RunningContainer, texts: readonly string[]): readonly Variant[] {
  return diskFolders(running).map((folder) => ({
    name: `${folder} of ${running.container.name}`,
    run: async () => {
      const found = await filesWith(running.pid(), folder, texts);
      if (found.length > 0) return { succeeded: true, observed: `found in ${found.join(', ')}` };
      return { succeeded: false, observed: 'not found', refusedBy: 'kernel: not on disk' };
    },
  }));
}

/** A file that nobody but its owner may read, and that does not outlive the task. */
function privateFile(name: string, running: RunningContainer, path: string): Variant {
  return {
    name,
    run: () => {
      const { mode, uid, inMemory } = fileFacts(running, path);
      const observed = `${path}: mode ${mode.toString(8).padStart(4, '0')} of user ${uid}, ${inMemory ? 'in memory' : 'on disk'}`;
      return Promise.resolve(
        (mode & 0o077) !== 0 || !inMemory
          ? { succeeded: true, observed }
          : { succeeded: false, observed, refusedBy: `kernel: mode ${mode.toString(8).padStart(4, '0')}` },
      );
    },
  };
}

function proxyKeys(deployment: Deployment): readonly Variant[] {
  const files = fileNames(deployment, 'private_key');
  if (files.length > 0) return files.map((file) => privateFile('its file', deployment.proxy, file));
  if (certificateVariables(deployment.bootstrap).length > 0) return [privateVariable(deployment)];
  const inline = settings(deployment.bootstrap, 'private_key').length > 0;
  const observed = inline ? 'the key is written into the arguments of the proxy' : 'the proxy names no private key';
  return [{ name: 'no file', run: () => Promise.resolve({ succeeded: inline, observed }) }];
}

/** What Envoy reads from its environment cannot be taken out of it: it is looked at by itself, not found in every search. */
function proxyVariables(bootstrap: Deployment['bootstrap']): readonly string[] {
  return certificateVariables(bootstrap).map(({ privateKey }) => privateKey);
}

/** An environment is for its own user, in the processes that one sees: those of its container, unless the task shares them. */
function privateVariable(deployment: Deployment): Variant {
  return {
    name: 'its variable',
    run: () => {
      const { proxy, host } = deployment;
      const { mode, uid } = statSync(`/proc/${proxy.pid()}/environ`);
      const shares = host.shared?.includes('processes') === true;
      const others = runningProcesses(deployment).filter(({ container }) => container !== proxy);
      const readable = (mode & 0o077) !== 0 || (shares && others.some(({ pid }) => ownerOf(pid) === uid));
      const observed = `the environment of user ${uid}${shares ? ', among the processes of the whole task' : ''}`;
      return Promise.resolve(
        readable
          ? { succeeded: true, observed }
          : { succeeded: false, observed, refusedBy: `kernel: environment of user ${uid} alone` },
      );
    },
  };
}

/** Nobody for a process that has ended meanwhile. */
function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
}

function certificateVariable(deployment: Deployment): Observation {
  const [variables] = certificateVariables(deployment.bootstrap);
  if (variables === undefined) return { succeeded: false, observed: 'the proxy names no certificate' };
  const content = contentOf(`/proc/${deployment.proxy.pid()}/environ`);
  const found = content.split('\0').some((entry) => entry.startsWith(`${variables.chain}=`));
  return { succeeded: found, observed: found ? `found ${variables.chain}` : 'not found' };
}

function fileNames(deployment: Deployment, setting: string): readonly string[] {
  return settings(deployment.bootstrap, setting).flatMap((source) => {
    const { filename } = source as { readonly filename?: unknown };
    return typeof filename === 'string' ? [filename] : [];
  });
}
