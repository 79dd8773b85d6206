import { Evaluator } from '../../../lib/artifact/cloudformation/evaluator';
import { openTemplate } from '../../../lib/artifact/cloudformation/template';
import { Base64Value, TextValue, UnknownValue, type Value } from '../../../lib/artifact/value';
import { type Json, parseTemplateText } from '../../../lib/artifact/template-text';

const SECTIONS = {
  Resources: {},
  Parameters: {
    Port: { Type: 'Number', Default: 8443 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Free: { Type: 'String' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/path' },
    Secret: { Type: 'String', Default: 'hush', NoEcho: true },
    Stage: { Type: 'String', Default: 'prod' },
  },
  Mappings: { Ports: { prod: { https: 443, list: ['x', 'y'] } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsNotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Asked: { 'Fn::Equals': [{ Ref: 'Free' }, 'yes'] },
    NeverAsked: { 'Fn::And': [{ Condition: 'Asked' }, { Condition: 'IsNotProd' }] },
    AlwaysProd: { 'Fn::Or': [{ Condition: 'Asked' }, { Condition: 'IsProd' }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
  },
};

function evaluate(value: unknown): Value {
  const { evaluator, template } = open(value);
  return evaluator.evaluate(template.get('Asked'));
}

function open(value: unknown): { readonly evaluator: Evaluator; readonly template: ReadonlyMap<string, Json> } {
  const template = parseTemplateText(JSON.stringify({ ...SECTIONS, Asked: value }), 'test') as ReadonlyMap<
    string,
    Json
  >;
  return { evaluator: new Evaluator(openTemplate(template)), template };
}

/** Values as JSON, with references as `<Id.Attribute>`. */
function show(value: Value): unknown {
  if (value instanceof TextValue) {
    return value.parts
      .map((part) =>
        typeof part === 'string'
          ? part
          : `<${part.logicalId}${part.attribute === undefined ? '' : `.${part.attribute}`}>`,
      )
      .join('');
  }
  return value instanceof Map
    ? Object.fromEntries([...(value as ReadonlyMap<string, Value>)].map(([k, v]) => [k, show(v)]))
    : value;
}

describe('functions that the file decides', () => {
  test.each([
    ['a parameter stands for its default', { Ref: 'Port' }, '8443'],
    ['a list parameter is a list', { Ref: 'Zones' }, ['a', 'b']],
    ['join of literals is one text', { 'Fn::Join': ['-', ['a', 1, true]] }, 'a-1-true'],
    ['join flattens a list in a list', { 'Fn::Join': [',', [{ Ref: 'Zones' }, 'c']] }, 'a,b,c'],
    ['sub takes parameters', { 'Fn::Sub': 'x:${Port}' }, 'x:8443'],
    ['sub takes its own variables first', { 'Fn::Sub': ['${Port}-${V}', { Port: '1', V: 'v' }] }, '1-v'],
    ['sub leaves what is escaped', { 'Fn::Sub': 'echo ${!HOME} $HOME $$' }, 'echo ${HOME} $HOME $$'],
    ['select picks', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['split cuts a literal', { 'Fn::Split': [':', 'a:b'] }, ['a', 'b']],
    ['a mapping is looked up', { 'Fn::FindInMap': ['Ports', { Ref: 'Stage' }, 'https'] }, 443],
    ['a condition that defaults decide picks its branch', { 'Fn::If': ['IsProd', 'yes', 'no'] }, 'yes'],
    ['its negation picks the other', { 'Fn::If': ['IsNotProd', 'yes', 'no'] }, 'no'],
    ['one falsehood decides an and', { 'Fn::If': ['NeverAsked', 'yes', 'no'] }, 'no'],
    ['one truth decides an or', { 'Fn::If': ['AlwaysProd', 'yes', 'no'] }, 'yes'],
    ['no value leaves nothing in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['no value leaves nothing in a map', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ])('%s', (_claim, given, expected) => {
    expect(show(evaluate(given))).toEqual(expected);
  });
});

test.each([
  ['a value', { Ref: 'Port' }, [{ parameter: 'Port', value: '8443' }]],
  ['a list', { Ref: 'Zones' }, [{ parameter: 'Zones', value: 'a,b' }]],
  ['a piece of a text', { 'Fn::Sub': 'x:${Port}' }, [{ parameter: 'Port', value: '8443' }]],
  ['a condition, by way of another', { 'Fn::If': ['IsNotProd', 'a', 'b'] }, [{ parameter: 'Stage', value: 'prod' }]],
  ['nothing', { 'Fn::Join': ['', [{ Ref: 'Free' }, { Ref: 'Stored' }, { Ref: 'Secret' }, { Ref: 'Bucket' }]] }, []],
])('a default that decides %s is written down, once', (_what, given, defaults) => {
  const { evaluator, template } = open([given, given]);
  evaluator.evaluate(template.get('Asked'));
  expect(evaluator.defaults).toEqual(defaults);
});

describe('functions that only the cloud decides', () => {
  test.each([
    ['Ref', { Ref: 'Bucket' }, '<Bucket>'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Group', 'GroupId'] }, '<Group.GroupId>'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Nested.Outputs.Name' }, '<Nested.Outputs.Name>'],
    ['a parameter without default', { Ref: 'Free' }, '<Free>'],
    ['a parameter that names a stored value', { Ref: 'Stored' }, '<Stored>'],
    ['a parameter that is never echoed', { Ref: 'Secret' }, '<Secret>'],
    ['join keeps references between its literals', { 'Fn::Join': ['', ['a', { Ref: 'B' }, 'c']] }, 'a<B>c'],
    ['sub reads attributes', { 'Fn::Sub': 'https://${Lb.DNSName}/' }, 'https://<Lb.DNSName>/'],
    ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-x' } }, '<Fn::ImportValue.${AWS::Region}-x>'],
    [
      'a dynamic reference',
      'x{{resolve:secretsmanager:db:SecretString:pw}}y',
      'x<{{resolve:secretsmanager:db:SecretString:pw}}>y',
    ],
    [
      'a piece of an attribute, told from its other pieces',
      { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Repo', 'Arn'] }] }] },
      '<Repo.Fn::Select 4 of Repo.Fn::Split ":" of Repo.Arn>',
    ],
  ])('%s is a reference', (_claim, given, expected) => {
    expect(show(evaluate(given))).toBe(expected);
  });

  test.each([
    ['a condition on a parameter without default', { 'Fn::If': ['Asked', 'a', 'b'] }, /condition Asked/],
    ['a condition that refers to itself', { 'Fn::If': ['Circle', 'a', 'b'] }, /condition Circle/],
    ['a condition that is not there', { 'Fn::If': ['Nobody', 'a', 'b'] }, /condition Nobody/],
    ['a macro', { 'Fn::Transform': { Name: 'AWS::Include' } }, /Fn::Transform/],
    ['a mapping that is not there', { 'Fn::FindInMap': ['Ports', 'prod', 'smtp'] }, /Ports.prod.smtp/],
    ['a mapping by a key of the cloud', { 'Fn::FindInMap': ['Ports', { Ref: 'AWS::Region' }, 'x'] }, /only the cloud/],
    ['a join with an unknown piece', { 'Fn::Join': ['', ['a', { 'Fn::If': ['Asked', 'a', 'b'] }]] }, /condition Asked/],
    ['a select beyond the end', { 'Fn::Select': [7, ['a']] }, /no such item/],
  ])('%s is unknown, with the reason', (_claim, given, reason) => {
    const value = evaluate(given);
    expect(value).toBeInstanceOf(UnknownValue);
    expect((value as UnknownValue).reason).toMatch(reason);
  });

  test('base64 keeps the text inside', () => {
    const value = evaluate({ 'Fn::Base64': { 'Fn::Sub': 'join ${Cluster}' } });
    expect(value).toBeInstanceOf(Base64Value);
    expect(show((value as Base64Value).inner)).toBe('join <Cluster>');
  });

  test('conditions that double at each step are decided once each', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `C${n}`,
        { 'Fn::And': [{ Condition: `C${n + 1}` }, { Condition: `C${n + 1}` }] },
      ]),
    );
    const content = parseTemplateText(
      JSON.stringify({ Resources: {}, Conditions: { ...chain, C60: { 'Fn::Equals': ['a', 'a'] } } }),
      'test',
    ) as ReadonlyMap<string, Json>;
    expect(new Evaluator(openTemplate(content)).holds('C0')).toBe(true);
  });
});
