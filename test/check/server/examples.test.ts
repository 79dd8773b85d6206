import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complaints, decided } from '../decided';
import { EXAMPLES, type Example } from '../examples';

test.each(Object.keys(EXAMPLES) as Example[])(
  '%s holds all that is claimed of its server and its workloads',
  (example) => {
    const results = decided(example, [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS]);
    expect(complaints(results)).toEqual([]);
    const holding = results.filter(({ verdict }) => verdict === 'holds').map(({ id }) => id);
    expect([...new Set(holding)].toSorted()).toEqual([
      'admin-closed',
      'admin-ui-closed',
      'bind-narrow',
      'config-honoured',
      'deploy-drains',
      'egress-closed',
      'identity-key-by-reference',
      'images-by-digest',
      'instance-metadata-v2',
      'logs-hold-no-credential',
      'node-replaced-with-its-disk',
      'requests-signed',
      'secrets-by-reference',
      'unprivileged',
      'version-supported',
    ]);
  },
);
