import { sameSetting } from '../../../../lib/prove/attacks/task/same-setting';

test.each([
  ['true', true],
  ['4', 4],
  ['90s', '1m 30s'],
  ['86400s', '1d'],
  ['512 MiB', '512.0 MiB'],
  ['7 GiB', '7.0 GiB'],
  ['http://127.0.0.1:5122', 'http://127.0.0.1:5122/'],
  ['[http://127.0.0.1:5122]', ['http://127.0.0.1:5122/']],
  ['[worker,admin]', ['worker', 'admin']],
  ['warn,restate=info', 'warn,restate=info'],
])('%s is what the server prints as %p', (set, printed) => {
  expect(sameSetting(set, printed)).toBe(true);
});

test.each([
  ['true', false],
  ['4', 24],
  ['90s', '1m'],
  ['512 MiB', '512.0 KiB'],
  ['127.0.0.1:5122', '[::]:5122'],
  ['unix', 'all'],
  ['[worker]', ['worker', 'admin']],
])('%s is not what the server prints as %p', (set, printed) => {
  expect(sameSetting(set, printed)).toBe(false);
});
