import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complaints, decided } from '../decided';
import { add, container, type Edit, exchange, LAUNCH, MACHINE, set, SERVICE, TASK } from '../edits';
import { EXAMPLES, type Example, type EditedFile } from '../examples';

const ALL = [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS];
const AWS = (Object.keys(EXAMPLES) as Example[]).filter((example) => EXAMPLES[example] === 'aws');
const GOOGLE = (Object.keys(EXAMPLES) as Example[]).filter((example) => EXAMPLES[example] === 'google');

/** Every logical id another one, wherever it stands. */
const renamed: Edit = (file) => {
  const ids = Object.keys(file['Resources'] as object);
  const names = new Map(ids.map((id, index) => [id, `Renamed${index}`]));
  const text = JSON.stringify(file).replaceAll(/\b[A-Za-z0-9]+\b/g, (word) => names.get(word) ?? word);
  Object.assign(file, JSON.parse(text) as EditedFile);
};

const withOtherNames: Edit = (file) => {
  const text = JSON.stringify(file['resource']).replaceAll(/Restate_(?:Instance|Data|Group|Account)_\w+/g, 'Other$&');
  file['resource'] = JSON.parse(text) as unknown;
};

const withoutMetadata: Edit = (file) => {
  for (const each of Object.values(file['Resources'] as Record<string, Record<string, unknown>>))
    delete each['Metadata'];
};

/** `Fn::Join` without a separator as the `Fn::Sub` that says the same. */
const substituted: Edit = (file) => {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const join = (value as Record<string, unknown>)['Fn::Join'];
    const [separator, pieces] = Array.isArray(join) ? (join as [unknown, unknown]) : [];
    if (separator === '' && Array.isArray(pieces) && pieces.every(isPlain))
      return { 'Fn::Sub': pieces.map(spell).join('') };
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  Object.assign(file, visit(file));
};

function isPlain(piece: unknown): boolean {
  return typeof piece === 'string' || (typeof piece === 'object' && piece !== null && 'Ref' in piece);
}

function spell(piece: unknown): string {
  return typeof piece === 'string' ? piece.replaceAll('${', '${!') : `\${${(piece as { Ref: string }).Ref}}`;
}

const resources =
  (more: object): Edit =>
  (file) => {
    Object.assign(file['Resources'] as object, more);
  };

const reversed: Edit = (file) => {
  const server = container('restate')(file);
  server['Environment'] = (server['Environment'] as unknown[]).toReversed();
};

const OTHER_TASK = {
  Type: 'AWS::ECS::TaskDefinition',
  Properties: {
    ContainerDefinitions: [{ Name: 'web', Image: 'nginx:latest', Environment: [{ Name: 'COLOUR', Value: 'blue' }] }],
  },
};

test.each<[string, Edit]>([
  ['other logical ids', renamed],
  ['no metadata', withoutMetadata],
  ['Fn::Sub in place of Fn::Join', substituted],
  ['variables in another order', reversed],
  ['a task of somebody else', resources({ Other: OTHER_TASK })],
  ['a topic', resources({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'News' } } })],
  [
    'a secret that the cloud makes',
    resources({ S: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } } }),
  ],
  ['a label', set(container('envoy'), { DockerLabels: { team: 'payments' } })],
  ['a tag', add(TASK, 'Tags', { Key: 'team', Value: 'payments' })],
  ['more memory', set(container('restate'), { Memory: 8192 })],
  ['more time to stop', set(container('restate'), { StopTimeout: 110 })],
  ['another kind of machine', set(LAUNCH, { InstanceType: 'm7g.xlarge', EbsOptimized: true })],
  ['another grace period', set(SERVICE, { HealthCheckGracePeriodSeconds: 300 })],
  ['another tag of the same digest', exchange('restate:1.7.12@', 'restate:1.7.11@')],
  ['a longer form of no new privileges', exchange(/^no-new-privileges$/, 'no-new-privileges:true')],
])('%s breaks nothing on AWS', (_what, edit) => {
  for (const example of AWS) expect(complaints(decided(example, ALL, edit))).toEqual([]);
});

test.each<[string, Edit]>([
  ['other names', withOtherNames],
  ['a label', set(MACHINE, { labels: { team: 'payments' } })],
  ['another kind of machine', set(MACHINE, { machine_type: 'n2-standard-4' })],
  ['more time to stop', exchange('docker stop --time 60', 'docker stop --time 70')],
  ['booleans in other letters', set(MACHINE, { metadata: { 'enable-oslogin': 'true' } })],
  ['a bucket', (file) => (file['resource'].google_storage_bucket = { b: { name: 'b', location: 'EU' } })],
  ['a comment', (file) => (file['//'] = { note: 'hello' })],
])('%s breaks nothing on Google Cloud', (_what, edit) => {
  for (const example of GOOGLE) expect(complaints(decided(example, ALL, edit))).toEqual([]);
});
