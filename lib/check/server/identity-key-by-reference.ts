import type { Host } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import { machineScript } from '../workload/machine-script';
import { mountedKey } from './mounted-key';
import { IDENTITY_KEY } from './requests-signed';
import { scriptedKey } from './scripted-key';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { serverStart } from './server-start';
import { broken, unproven, worst, type Wrong } from './wrong';

const PRIVATE_KEY = /PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/=]{16}/;

/** Decides whether the key that the server signs with comes out of a secret store into memory that the server alone reads. */
export const IDENTITY_KEY_BY_REFERENCE: CheckedClaim = serverClaim('identity-key-by-reference', (server) => {
  const { settings, doubt } = serverSettings(server.restate);
  const setting = settings.get(IDENTITY_KEY);
  if (setting === undefined && doubt === undefined) {
    return { verdict: 'not-applicable', evidence: 'nothing gives the server a key: it signs nothing' };
  }
  const script = machineScript(server.host);
  const file = setting?.value;
  const wrong = [
    ...literals(server.host),
    doubt === undefined ? undefined : unproven(doubt),
    script.kind === 'unknown' ? unproven(script.reason) : undefined,
    ...(file === undefined ? [unproven('which file the key is in is not said in the file')] : ofFile(server, file)),
  ];
  return worst(
    wrong,
    `the key comes out of a secret store into ${file ?? ''}, in memory that ${server.restate.name} alone reads`,
  );
});

function ofFile(server: RestateDeployment, file: string): readonly (Wrong | undefined)[] {
  const start = serverStart(server.restate);
  if (start.kind === 'unknown') return [unproven(`container ${server.restate.name} ${start.reason}`)];
  const variable = start.identity?.variable;
  if (start.identity !== undefined && start.identity.file !== file) {
    return [unproven(`the entry script looks for the key in ${start.identity.file}, and the server in ${file}`)];
  }
  return variable === undefined ? mountedKey(server, file) : scriptedKey(server, file, variable);
}

/** A key that stands in the file itself. */
function literals({ containers }: Host): readonly Wrong[] {
  return containers.flatMap(({ name, environment, entryPoint = [], command = [] }) => {
    const texts = [...Object.values(environment), ...entryPoint, ...command];
    const holding = texts.filter((text) => PRIVATE_KEY.test(text.filter((part) => typeof part === 'string').join('')));
    return holding.length > 0 ? [broken(`a private key stands in the file, in what container ${name} is given`)] : [];
  });
}
