/** A change of one value. */
export interface Change {
  /** Kebab-case, one for each kind of fault. */
  readonly operator: string;
  /** What stands there instead. Absent: nothing does, the key or item is gone. */
  readonly value?: unknown;
}

/** From a setting to the next weaker ones. */
const WEAKER: Readonly<Record<string, readonly string[]>> = {
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06': ['ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-0-2021-06'],
  internal: ['internet-facing'],
  Retain: ['Delete', 'Snapshot'],
  required: ['optional'],
  TLS: ['TCP', 'UDP'],
  HTTPS: ['HTTP'],
  ENABLED: ['DISABLED'],
  DISABLED: ['ENABLED'],
  Enabled: ['Suspended', 'Disabled'],
  awsvpc: ['host', 'bridge'],
  'aws:kms': ['AES256'],
  BucketOwnerEnforced: ['ObjectWriter', 'BucketOwnerPreferred'],
  Allow: ['Deny'],
  Deny: ['Allow'],
  ALL: ['NET_RAW', 'ACCEPT'],
  tcp: ['-1', 'all', 'udp'],
  TCP: ['-1', 'UDP', 'ALL'],
  breaching: ['notBreaching', 'ignore', 'missing'],
  notBreaching: ['missing', 'ignore'],
  Interface: ['Gateway'],
  Gateway: ['Interface'],
  forward: ['fixed-response'],
  TLS_1_2: ['TLS_1_0', 'TLS_1_1'],
  RESTRICTED: ['COMPATIBLE', 'CUSTOM'],
  INGRESS_TRAFFIC_INTERNAL_ONLY: ['INGRESS_TRAFFIC_ALL', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'],
  EXTERNAL_MANAGED: ['EXTERNAL', 'INTERNAL_MANAGED'],
  INTERNAL: ['EXTERNAL'],
  EGRESS: ['INGRESS'],
  INGRESS: ['EGRESS'],
  HTTP2: ['HTTP', 'HTTPS'],
  h2c: ['http1'],
  IPV4_ONLY: ['IPV4_IPV6'],
  NEVER: ['ON_PERMANENT_INSTANCE_DELETION'],
  KEEP_AUTO_SNAPSHOTS: ['APPLY_RETENTION_POLICY'],
  DISABLE: ['ENABLE'],
  TLSv1_2: ['TLSv1_0', 'TLSv1_1', 'TLS_AUTO'],
  TLSv1_3: ['TLSv1_2'],
  DENY: ['ALLOW', 'LOG'],
  ALLOW: ['DENY', 'LOG'],
  STATE_PREBIND: ['STATE_LISTENING'],
  cluster: ['single'],
  unix: ['all', 'tcp'],
  LessThanThreshold: ['GreaterThanThreshold'],
  GreaterThanThreshold: ['LessThanThreshold'],
  GreaterThanOrEqualToThreshold: ['LessThanThreshold'],
  COMPARISON_GT: ['COMPARISON_LT'],
  KEEP_UNCHANGED: ['UNESCAPE_AND_FORWARD'],
  REJECT_REQUEST: ['ALLOW'],
  'no-new-privileges': ['seccomp=unconfined'],
  enhanced: ['disabled'],
  'cloud-watch-logs': ['s3'],
  'non-blocking': ['blocking'],
  awslogs: ['json-file', 'splunk'],
  READ_WRITE: ['READ_ONLY'],
  RECREATE: ['SUBSTITUTE'],
  REPLACE: ['NONE', 'REFRESH'],
  PROACTIVE: ['OPPORTUNISTIC'],
};

const TRUE_TEXT: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  TRUE: 'FALSE',
  FALSE: 'TRUE',
};

/** What one value is changed to, by what kind of value it is. */
export function changesOf(value: unknown, key: string | number): readonly Change[] {
  const gone: Change = { operator: 'delete' };
  if (typeof value === 'boolean') return [gone, { operator: 'flip', value: !value }];
  if (typeof value === 'number') return [gone, ...numberChanges(value, (changed) => changed)];
  if (typeof value === 'string') return [gone, ...textChanges(value, key)];
  if (Array.isArray(value)) return value.length === 0 ? [gone] : [gone, { operator: 'empty', value: [] }];
  return [gone];
}

function numberChanges(value: number, written: (changed: number) => unknown): readonly Change[] {
  const changes: readonly [string, number][] = [
    ['bigger', value === 0 ? 1000 : value * 1000],
    ['one-more', value + 1],
    ['smaller', Math.floor(value / 2)],
    ['zero', 0],
    ['negative', -1],
  ];
  return changes
    .filter(([, changed]) => changed !== value)
    .map(([operator, changed]) => ({ operator, value: written(changed) }));
}

function textChanges(value: string, key: string | number): readonly Change[] {
  const other: Change[] = [
    { operator: 'blank', value: '' },
    { operator: 'star', value: '*' },
    { operator: 'other', value: `${value}-other` },
  ];
  const flipped = TRUE_TEXT[value];
  if (flipped !== undefined) return [{ operator: 'flip', value: flipped }, ...other];
  for (const weaker of WEAKER[value] ?? []) other.push({ operator: `weaker-${weaker}`, value: weaker });
  if (/^-?\d+$/.test(value)) return [...other, ...numberChanges(Number(value), String)];
  const lasting = /^(?<count>\d+)(?<unit>s|ms|m|h|d)$/.exec(value);
  if (lasting?.groups) {
    const { count, unit } = lasting.groups;
    return [...other, ...numberChanges(Number(count), (changed) => `${changed}${unit}`)];
  }
  if (/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(value)) {
    for (const range of ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '::/0', '2000::/3'])
      other.push({ operator: `range-${range}`, value: range });
    return other;
  }
  if (/^\d+\.\d+\.\d+\.\d+(?::\d+)?$/.test(value)) {
    other.push({ operator: 'everywhere', value: value.replace(/^[\d.]+/, '0.0.0.0') });
    other.push({ operator: 'everywhere-6', value: value.replace(/^[\d.]+/, value.includes(':') ? '[::]' : '::') });
  }
  if (/^[a-z0-9-]+:[A-Z][A-Za-z]*$/.test(value)) {
    other.push({ operator: 'whole-service', value: value.replace(/:.*/, ':*') });
    other.push({ operator: 'whole-verb', value: value.replace(/:([A-Z][a-z]+).*/, ':$1*') });
    other.push({ operator: 'another-action', value: value.replace(/:.*/, ':DeleteEverything') });
  }
  if (/^(?:serviceAccount|user|group|domain|principal|principalSet):/.test(value)) {
    for (const member of ['allUsers', 'allAuthenticatedUsers', 'user:stranger@example.net', 'domain:example.net'])
      other.push({ operator: `member-${member}`, value: member });
  }
  if (value.startsWith('roles/')) {
    for (const role of ['roles/owner', 'roles/editor', 'projects/other/roles/custom'])
      other.push({ operator: `role-${role}`, value: role });
  }
  if (value.startsWith('https://')) other.push({ operator: 'plain-http', value: value.replace('https:', 'http:') });
  if (value.includes('@sha256:')) {
    other.push({ operator: 'no-digest', value: value.replace(/@sha256:.*/, '') });
    other.push({ operator: 'latest', value: value.replace(/:[^:]*@sha256:.*/, ':latest') });
  }
  if (/^\d+:\d+$/.test(value) && (key === 'User' || key === 'user')) {
    for (const user of ['0', 'root', '0:0', value.replace(/^\d+/, '0')])
      other.push({ operator: `user-${user}`, value: user });
  }
  return other;
}
