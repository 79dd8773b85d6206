import { type CollectionTag, Pair, Scalar, type ScalarTag, type Tags, YAMLMap } from 'yaml';

/** CloudFormation's functions that have a short form in YAML: `!GetAtt` for `Fn::GetAtt`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

/** The tags that make `yaml` read `!Sub text` as `{ "Fn::Sub": "text" }`; a tag that is not among them is an error of the file. */
export const CLOUDFORMATION_TAGS: Tags = [
  ...['Ref', 'Condition'].map((name) => scalarTag(name, name)),
  ...FUNCTIONS.flatMap((name) => [
    scalarTag(name, `Fn::${name}`),
    collectionTag(name, `Fn::${name}`, 'seq'),
    collectionTag(name, `Fn::${name}`, 'map'),
  ]),
];

function scalarTag(name: string, longForm: string): ScalarTag {
  return { tag: `!${name}`, resolve: (text) => ({ [longForm]: text }) };
}

function collectionTag(name: string, longForm: string, collection: 'seq' | 'map'): CollectionTag {
  return {
    tag: `!${name}`,
    collection,
    resolve: (node) => {
      const map = new YAMLMap();
      map.add(new Pair(new Scalar(longForm), node));
      return map;
    },
  };
}
