import { stripVTControlCharacters } from 'node:util';
import { reportTable } from '../../lib/cli/report-table';
import { verdictWriter } from '../../lib/cli/verdict-colour';
import { REPORT } from './report-fixture';

const table = reportTable(REPORT, (verdict) => verdict);

describe('table of a report', () => {
  test('is no wider than 100 columns', () => {
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('has one part a deployment: a risk at another resource makes no part of its own', () => {
    expect(table.match(/^cdk\.out: /gm)).toHaveLength(1);
  });

  test('loses no character of a long word', () => {
    expect(table.replaceAll(/\s/g, '')).toContain('x'.repeat(80));
  });

  test.each([
    /^cdk\.out: Orders\/RestateTask$/m,
    /^admin-closed +holds +1 attack refused by firewall$/m,
    /^token-expiry-required +broken +token-expired from internet: 200/m,
    /fix: require exp in the proxy$/m,
    /^admin-from-stranger +stranger +holds +firewall: TaskGroup +succeeded$/m,
    /^cloud-run-private, cloud-run-http2 +no service runs on Cloud Run$/m,
    /^egress-closed +Orders\/TaskGroup +keys are fetched$/m,
    /^slow-body +needs --slow$/m,
    /^the load balancer +a TCP forwarder with TLS$/m,
    /^certificate authorities +that of the run$/m,
    /^claims: 1 holds, 1 accepted, 1 broken, 2 not-applicable; attacks: 1 of 2 refused; 41 s$/m,
  ])('shows %s', (line) => {
    expect(table).toMatch(line);
  });

  test('shows what a server answered without letting it steer the terminal', () => {
    expect(table).toContain('200 from ?]0;owned?');
    expect(table).not.toContain('\u0007');
  });
});

describe('colour', () => {
  const before = process.env['NO_COLOR'];
  beforeEach(() => delete process.env['NO_COLOR']);
  afterAll(() => {
    if (before !== undefined) process.env['NO_COLOR'] = before;
  });
  const terminal = { isTTY: true, write: () => undefined };

  test('is on a terminal, and changes nothing but the colour', () => {
    const coloured = reportTable(REPORT, verdictWriter(terminal, true));
    expect(coloured).not.toBe(table);
    expect(stripVTControlCharacters(coloured)).toBe(table);
  });

  test.each([
    ['a file or pipe', { ...terminal, isTTY: false }, true, undefined],
    ['--no-color', terminal, false, undefined],
    ['NO_COLOR', terminal, true, '1'],
  ])('is off for %s', (_name, stream, wanted, noColor) => {
    if (noColor !== undefined) process.env['NO_COLOR'] = noColor;
    expect(verdictWriter(stream, wanted)('broken')).toBe('broken');
  });
});
