import { configFile } from '../../../lib/check/server/config-file';

test('keys of sections, and lists over several lines, are read', () => {
  const { settings, unread } = configFile(
    [
      '# ours',
      'roles = [',
      '    "worker", # one',
      '    "admin",',
      ']',
      "node-name = 'one'",
      'default-num-partitions = 1_024',
      '[admin]',
      'bind-address = "127.0.0.1:9070"',
      'disable-web-ui = true',
    ].join('\n'),
  );
  expect(Object.fromEntries(settings)).toEqual({
    roles: 'worker,admin',
    'node-name': 'one',
    'default-num-partitions': '1024',
    'admin.bind-address': '127.0.0.1:9070',
    'admin.disable-web-ui': 'true',
  });
  expect(unread).toBeUndefined();
});

test.each([
  ['a table in a line', 'tls = { mode = "strict" }'],
  ['a text of several lines', 'a = """\nb\n"""'],
  ['an escape', 'a = "b\\u0041"'],
  ['a list of tables', '[[ingress.kafka-clusters]]'],
  ['a key that is quoted', '"admin" = 1'],
  ['a key twice', 'a = 1\na = 2'],
  ['a list that does not end', 'roles = ["worker"'],
  ['something behind a value', 'a = 1 2'],
])('%s is told', (_what, text) => {
  expect(configFile(text).unread).toBeDefined();
});
