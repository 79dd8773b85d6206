import { suspicionOfName, suspicionOfText } from '../../artifact/secret-text';
import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { broken, worst } from '../server/wrong';

/** What containers of a machine of Google are told stands in its start, which is one text of the file: each of their variables by itself. */
export const ENVIRONMENT_SECRETS: CheckedClaim = {
  id: 'secrets-by-reference',
  isBeside: true,
  decide: ({ artifact, server }) => {
    const subject = server?.host.id ?? artifact.name;
    if (server?.host.instance === undefined) {
      return [{ verdict: 'not-applicable', subject, evidence: 'no machine of Google runs a server' }];
    }
    const told = server.host.containers.flatMap(({ name, environment }) =>
      Object.entries(environment).map(([variable, value]) => ({ name, variable, value: literal(value) ?? '' })),
    );
    const wrong = told.flatMap(({ name, variable, value }) => {
      const found = suspicionOfText(value) ?? suspicionOfName(variable, value);
      return found === undefined ? [] : [broken(`${variable} of ${name} is ${found.what}`)];
    });
    return [{ subject, ...worst(wrong, 'no container of the machine is told a secret by a variable') }];
  },
};
