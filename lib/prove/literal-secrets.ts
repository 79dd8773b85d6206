import { literal } from '../artifact/text';
import type { ClaimSubject } from '../claims/claim-subject';

const SECRET =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_|$)/i;
/** What such a name says when it ends so: where the secret is, not what it is. */
const WHERE = /_(?:FILE|PATH|DIR|ARN|NAME|ID|URI|URL|ENDPOINT)$/i;
const PEM = /PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/=]{16}/;

/**
 * Variables and arguments whose value stands in the file although it looks like a secret. The run's own search knows the secrets that the file
 * refers to, and no others. Values are never part of what is said.
 */
export function literalSecrets({ host }: ClaimSubject): readonly string[] {
  return host.containers.flatMap(({ name, environment, entryPoint = [], command = [] }) => {
    const variables = Object.entries(environment).filter(([variable, text]) => {
      const value = literal(text) ?? '';
      return (
        PEM.test(value) || (SECRET.test(variable) && !WHERE.test(variable) && value !== '' && !value.startsWith('/'))
      );
    });
    const words = [...entryPoint, ...command].filter((word) =>
      PEM.test(word.map((part) => (typeof part === 'string' ? part : '')).join('')),
    );
    return [
      ...variables.map(
        ([variable]) =>
          `variable ${variable} of ${name} has its value in the file, and nothing shows that it is no secret`,
      ),
      ...(words.length > 0 ? [`an argument of ${name} holds a private key`] : []),
    ];
  });
}
