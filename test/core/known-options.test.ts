import { refuseUnknownOptions } from '../../lib/core/known-options';
import { refusal } from './refusal';

const PEM = '-----BEGIN PRIVATE KEY-----MC4C';
const check = (given: unknown): void => refuseUnknownOptions('a door', given as object, ['wood', 'lock']);
const refused = (given: unknown): ReturnType<typeof refusal> => refusal(() => check(given));

describe('options of something', () => {
  test('are taken by the names that are read, all or none of them', () => {
    expect(() => check({ lock: 1 })).not.toThrow();
    expect(() => check({})).not.toThrow();
  });

  test.each<[string, string, unknown, string]>([
    ['by a name that nobody reads', 'OptionUnknown', { lok: 1 }, 'choose among wood, lock'],
    ['where none were given', 'OptionMissing', undefined, 'it is required'],
    ['where null was given', 'OptionMissing', null, 'it is required'],
    ['as text', 'OptionInvalid', PEM, 'a door given as text: it is no object; give an object of wood, lock'],
    ['as a list', 'OptionInvalid', [{ wood: 1 }], 'a door given as a list: it is no object'],
    ['as an empty list', 'OptionInvalid', [], 'a door given as a list'],
    ['as a number', 'OptionInvalid', 7, 'a door given as a number'],
    ['as a function', 'OptionInvalid', () => ({}), 'a door given as a function'],
  ])('are refused %s', (_, code, given, said) => {
    const { code: found, message } = refused(given);
    expect(found).toBe(code);
    expect(message).toContain(said);
  });

  test('are shown in the words of whoever asks, where their names do not say enough', () => {
    const { message } = refusal(() => refuseUnknownOptions('a door', 'oak' as never, ['wood'], "{ wood: 'oak' }"));
    expect(message).toBe("a door given as text: it is no object; give { wood: 'oak' } [OptionInvalid]");
  });

  test('never stand in the message, for they may be secrets', () => {
    expect(refused(PEM).message).not.toContain('MC4C');
    expect(refused([PEM]).message).not.toContain('MC4C');
  });
});
