import { MESSAGES } from '../../../lib/check/proxy/fields/messages';
import { readMessage } from '../../../lib/check/proxy/fields/read-message';
import { REQUIRED } from '../../../lib/check/proxy/fields/required-fields';
import { edited, complaints } from './edited-proxy';
import type { ProxyFault } from './fault';
import { chain, filter, host, listener, mutations, policies, rules, tls } from './parts';

const TABLE = Object.entries(REQUIRED).map(([type, fields]) => ({ type, fields }));

test.each(TABLE)('$type is asked for fields that it has', ({ type, fields }) => {
  expect(fields.flat().filter((field) => !Object.hasOwn(MESSAGES[type]!, field))).toEqual([]);
});

test.each(TABLE)('a $type without any of its fields is doubted', ({ type, fields }) => {
  const { doubts } = readMessage(type, {});
  expect(doubts.map(({ reason }) => reason)).toEqual(
    fields.map((names) => `lacks ${names.join(' or ')}, without which the proxy does not start`),
  );
});

test('of a message with a field that nobody knows, no alternative is said to be lacking', () => {
  const { doubts } = readMessage('StringMatcher', { custom: {} });
  expect(doubts).toEqual([{ path: 'custom', reason: 'is no field that is understood' }]);
});

const GONE: readonly (readonly [what: string, edit: ProxyFault[2]])[] = [
  ['the certificates of a listener', (b) => (tls(b)['common_tls_context'].tls_certificates = [])],
  ['the key of a certificate', (b) => delete tls(b)['common_tls_context'].tls_certificates[0].private_key],
  ['the name of a socket', (b) => delete chain(b)['transport_socket'].name],
  ['the value of an option', (b) => delete listener(b)['socket_options'][0].int_value],
  ['the hosts', (b) => (host(b)['domains'] = [])],
  ['the name of a filter', (b) => delete listener(b, 1)['filter_chains'][0].filters[0].name],
  ['who a policy is for', (b) => (policies(b)['call-handlers'].principals = [])],
  ['whether it is for everybody', (b) => (policies(b)['call-handlers'].principals = [{ any: false }])],
  ['what a condition says', (b) => rules(b).push({})],
  ['an expression', (b) => (mutations(b)['request_mutations'][0].remove_on_match = {})],
  ['the prefix of statistics', (b) => (filter(b, 'local_ratelimit')['stat_prefix'] = '')],
];

test.each(GONE)('without %s nothing holds, for the proxy does not start', (_what, edit) => {
  const found = complaints(edited('Orders', edit));
  expect(found.length).toBeGreaterThan(20);
});
