import { gzipSync } from 'node:zlib';
import { type CloudConfig, readCloudConfig } from '../../../lib/artifact/machine/cloud-config';

function read(text: string): CloudConfig & { readonly reports: readonly string[] } {
  const reports: string[] = [];
  return { ...readCloudConfig(text, (reason) => reports.push(reason)), reports };
}

function contentOf(file: object): { readonly content: string | undefined; readonly reports: readonly string[] } {
  const { files, reports } = read(`#cloud-config\n${JSON.stringify({ write_files: [{ path: '/a', ...file }] })}`);
  return { content: files.get('/a'), reports };
}

const PACKED = gzipSync('hello').toString('base64');

test.each([
  ['as it is', { content: 'hello' }],
  ['as base64', { content: 'aGVsbG8=', encoding: 'b64' }],
  ['as base64 over several lines', { content: 'aGVs\nbG8=\n', encoding: 'base64' }],
  ['packed', { content: PACKED, encoding: 'gz+b64' }],
  ['packed, by the long name', { content: PACKED, encoding: 'gzip+base64' }],
  ['in an encoding that cloud-init does not know', { content: 'hello', encoding: 'rot13' }],
])('the content of a file is read %s', (_how, file) => {
  expect(contentOf(file)).toEqual({ content: 'hello', reports: [] });
});

test.each([
  ['packed bytes without base64', { content: 'x', encoding: 'gzip' }],
  ['base64 that is none', { content: '!!', encoding: 'b64' }],
  ['bytes that are no text', { content: '/w==', encoding: 'b64' }],
  ['packed bytes that are broken', { content: 'aGVsbG8=', encoding: 'gz+b64' }],
  [
    'a package that is larger than any file',
    { content: gzipSync(Buffer.alloc(8 << 20)).toString('base64'), encoding: 'gz+b64' },
  ],
  ['bytes that would pass for a reference', { content: Buffer.from('\uE000').toString('base64'), encoding: 'b64' }],
  ['a list', { content: ['x'] }],
  ['a file fetched from elsewhere', { content: 'x', source: { uri: 'https://example.com/' } }],
])('the content of a file is reported: %s', (_what, file) => {
  expect(contentOf(file).reports).toEqual(['user data writes /a, whose content cannot be read']);
});

test.each([
  '/etc/docker/daemon.json',
  '/etc/systemd/system/docker.service.d/a.conf',
  '/etc/cron.d/a',
  '/var/spool/cron/root',
])('a file that changes how the machine runs things is reported: %s', (path) => {
  const reason = `user data writes ${path}, which changes how the machine runs things`;
  expect(read(`#cloud-config\nwrite_files: [ { path: ${path} } ]`).reports).toEqual([reason]);
});

test('files add up, the later one over the earlier one or behind it', () => {
  const config = `#cloud-config
write_files:
  - { path: /a, content: one }
  - { path: /b/../a, content: two }
  - { path: /a, content: three, append: true }`;
  expect([...read(config).files]).toEqual([['/a', 'twothree']]);
});

test('commands that run at boot come before those that run once, whichever stands first', () => {
  const config = '#cloud-config\nruncmd:\n  - last\n  - [ a, 1 ]\nbootcmd: [ first ]\n';
  expect(read(config)).toMatchObject({ commands: ['first', 'last', ['a', '1']], reports: [] });
});

test.each([
  ['a script', '#!/bin/bash\ndocker run x', 'user data is no #cloud-config: it begins with "#!/bin/bash\\ndocker r"'],
  ['an archive', '#cloud-config-archive\n- {}', 'user data is no #cloud-config: it begins with "#cloud-config-archiv"'],
  [
    'several parts',
    'Content-Type: multipart/mixed',
    'user data is no #cloud-config: it begins with "Content-Type: multip"',
  ],
  ['nothing', '', 'user data is no #cloud-config: it begins with ""'],
  ['a list', '#cloud-config\n- a', 'user data is no YAML map that can be read'],
  ['broken YAML', '#cloud-config\na: [', 'user data is no YAML map that can be read'],
  ['aliases without end', `#cloud-config\n${bomb()}`, 'user data is no YAML map that can be read'],
  ['files that are no list', '#cloud-config\nwrite_files: { a: b }', 'user data has write_files, which is no list'],
  ['a file without a path', '#cloud-config\nwrite_files: [ {} ]', 'user data writes a file without an absolute path'],
  [
    'a command that is a map',
    '#cloud-config\nruncmd: [ { a: b } ]',
    'user data has a command of runcmd that is neither text nor a list of words',
  ],
  ['another module', '#cloud-config\nusers: [ { name: eve } ]', 'user data has "users", which is not modelled'],
])('what is not read is reported: %s', (_what, text, reason) => {
  expect(read(text).reports).toEqual([reason]);
});

test('a name of the machine is nothing to report', () => {
  expect(read('  #Cloud-Config\nhostname: node\n').reports).toEqual([]);
});

function bomb(): string {
  const rows = Array.from(
    { length: 12 },
    (_, row) => `a${row + 1}: &a${row + 1} [${Array(9).fill(`*a${row}`).join(',')}]`,
  );
  return ['a0: &a0 [x]', ...rows].join('\n');
}

test.each([
  [{ permissions: '0644', owner: 'root:root' }, []],
  [{ permissions: '0700' }, []],
  [{ permissions: '0666' }, ['user data writes /a so that others may change it']],
  [{ permissions: '0775' }, ['user data writes /a so that others may change it']],
  [{ owner: 'nobody:nogroup' }, ['user data writes /a so that others may change it']],
  [{ permissions: 0o644 }, ['user data writes /a so that others may change it']],
])('a file that others may change is told: %j', (file, reports) => {
  expect(contentOf({ content: 'x', ...file }).reports).toEqual(reports);
});
