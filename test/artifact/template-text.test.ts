import { parseTemplateText } from '../../lib/artifact/template-text';
import { UnreadableError } from '../../lib/artifact/unreadable-error';

function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...(value as ReadonlyMap<string, unknown>)].map(([key, item]) => [key, plain(item)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('short tags', () => {
  test.each([
    ['a: !Ref X', { a: { Ref: 'X' } }],
    ['a: !GetAtt X.Arn', { a: { 'Fn::GetAtt': 'X.Arn' } }],
    ['a: !GetAtt [X, Arn]', { a: { 'Fn::GetAtt': ['X', 'Arn'] } }],
    ["a: !Sub '${X}'", { a: { 'Fn::Sub': '${X}' } }],
    ['a: !Sub\n  - ${X}\n  - X: 1', { a: { 'Fn::Sub': ['${X}', { X: 1 }] } }],
    ["a: !Join ['', [a, !Ref B]]", { a: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] } }],
    ['a: !If [C, 1, 2]', { a: { 'Fn::If': ['C', 1, 2] } }],
    ['a: !Base64 x', { a: { 'Fn::Base64': 'x' } }],
    ['a: !Transform {Name: x}', { a: { 'Fn::Transform': { Name: 'x' } } }],
    ['a: !Condition C', { a: { Condition: 'C' } }],
    ['Version: 2012-10-17', { Version: '2012-10-17' }],
  ])('%s', (text, expected) => {
    expect(plain(parseTemplateText(text, 't.yaml'))).toEqual(expected);
  });
});

describe('hostile input', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`),
  ].join('\n');

  const inputs: Readonly<Record<string, readonly [string, RegExp]>> = {
    'JSON that is cut': ['{"Resources": {', /no JSON/],
    'JSON nested without end': [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /nested deeper|no JSON/],
    'YAML nested without end': [`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /nested deeper|no YAML/],
    'a YAML alias bomb': [bomb, /no YAML|more than/],
    'a YAML circle': ['a: &a [*a]', /nested deeper|no YAML/],
    'a key twice': ['a: 1\na: 2', /no YAML \(Map keys must be unique\)/],
    'a key twice in JSON': ['{"a": {"b": 1, "c": [], "b": 2}}', /says a key of a map twice/],
    'a key twice, spelt otherwise': ['{"a": 1, "\\u0061": 2}', /says a key of a map twice/],
    'a map that is merged into another': ['x: &x {a: 1}\ny:\n  <<: *x', /no YAML \(maps are merged\)/],
    'a tag of another language': ['a: !!python/object:os.system x', /no YAML/],
    'an unknown tag': ['a: !Nonsense x', /no YAML/],
    'two documents': ['a: 1\n---\nb: 2', /no YAML/],
  };

  // By name: the test runner itself chokes on arguments of this size.
  test.each(Object.keys(inputs))('%s is refused with a message', (name) => {
    const [text, message] = inputs[name] ?? ['', /./];
    expect(() => parseTemplateText(text, 'evil')).toThrow(UnreadableError);
    expect(() => parseTemplateText(text, 'evil')).toThrow(message);
  });

  test('a refusal does not quote the file', () => {
    expect(() => parseTemplateText('{"a": "hunter2" "b"}', 'x')).toThrow(/^x: it is no JSON/);
    expect(() => parseTemplateText('{"a": "hunter2" "b"}', 'x')).not.toThrow(/hunter2/);
  });

  test.each([
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    '__proto__: {polluted: true}',
  ])('the key __proto__ is a key like any other: %s', (text) => {
    const value = parseTemplateText(text, 'x') as ReadonlyMap<string, unknown>;
    expect(value.get('__proto__')).toBeInstanceOf(Map);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('what stands in texts is no key', () => {
    const content = { 'a"': '"b": 1, "b": 2', '\\': ['x\\', '":', '\\":'], b: { b: '' }, __proto: 1 };
    expect(plain(parseTemplateText(JSON.stringify(content, undefined, '\t'), 'x'))).toEqual(content);
  });

  test('a map of YAML with many keys takes time in proportion to them', () => {
    const before = process.cpuUsage();
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: ${index}`).join('\n');
    expect((parseTemplateText(text, 'x.yaml') as ReadonlyMap<string, unknown>).size).toBe(20_000);
    // with each key compared with each other it was half a minute
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });

  test('a byte order mark before JSON is skipped', () => {
    expect(plain(parseTemplateText('\uFEFF{"a": 1}', 'x'))).toEqual({ a: 1 });
  });
});
