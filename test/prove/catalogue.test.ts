import { CATALOGUE } from '../../lib/prove/catalogue';
import { chooseAttacks } from '../../lib/prove/choose-attacks';
import { PROVEN_CLAIMS } from '../../lib/prove/claims';
import { listAttacks } from '../../lib/prove/list-attacks';

const claims = PROVEN_CLAIMS.map(({ id }) => id);

test('ids of attacks and claims are distinct and kebab-case', () => {
  const ids = [...CATALOGUE.map(({ id }) => id), ...claims.map((id) => `claim ${id}`)];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^(claim )?[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('every attack tests a claim that is reported', () => {
  expect(CATALOGUE.filter(({ claim }) => !claims.includes(claim))).toEqual([]);
});

test('at least thirty attacks on eighteen claims from five places, and at most five on one claim', () => {
  const attacked = new Set(CATALOGUE.map(({ claim }) => claim));
  const most = Math.max(...[...attacked].map((id) => CATALOGUE.filter(({ claim }) => claim === id).length));
  expect(CATALOGUE.length).toBeGreaterThanOrEqual(30);
  expect(attacked.size).toBeGreaterThanOrEqual(18);
  expect(new Set(CATALOGUE.map(({ from }) => from)).size).toBeGreaterThanOrEqual(5);
  expect(most).toBeLessThanOrEqual(5);
});

test('a claim without any attack says from the files why it does not apply', () => {
  const attacked = new Set(CATALOGUE.map(({ claim }) => claim));
  const silent = PROVEN_CLAIMS.filter(({ id, notApplicable }) => !attacked.has(id) && notApplicable === undefined);
  expect(silent.map(({ id }) => id)).toEqual(['refusal-named']);
});

test('what is shown of attacks and controls is one line', () => {
  const lines = listAttacks().flatMap(({ attempt, expected, control }) => [attempt, expected, control]);
  expect(lines.filter((line) => line.trim() === '' || line.includes('\n'))).toEqual([]);
});

test('a mistyped id is answered with the ones that it may mean', () => {
  expect(() => chooseAttacks(['admin-from-strangers'])).toThrow('did you mean admin-from-stranger');
});

test('the id of a claim is answered with its attacks', () => {
  expect(() => chooseAttacks(['metadata-unreachable'])).toThrow(
    'that is a claim, tested by registration-of-metadata metadata-from-task',
  );
});
