import type { Configuration, Properties } from './configuration';

/** The same deployment in other words: the proof must stay as green on it. */
export const GOOGLE_HARMLESS: Readonly<Record<string, (configuration: Configuration) => Configuration>> = {
  'other names of resources, and no metadata': (configuration) => renamed(withoutMetadata(configuration)),
  'single blocks as lists, and lists of one as blocks': (configuration) => otherwiseBlocked(configuration),
};

function withoutMetadata(configuration: Configuration): Configuration {
  return JSON.parse(JSON.stringify(configuration, (key, value: unknown) => (key === '//' ? undefined : value)));
}

/** A resource is referred to by its type and name together. */
function renamed(configuration: Configuration): Configuration {
  const names = Object.entries(configuration.resource).flatMap(([type, named]) =>
    Object.keys(named).map((name, index) => ({ type, name, to: `r${index}` })),
  );
  const text = names
    .toSorted((a, b) => b.name.length - a.name.length)
    .reduce(
      (all, { type, name, to }) => all.replaceAll(`${type}.${name}`, `${type}.${to}`),
      JSON.stringify(configuration),
    );
  const copy = JSON.parse(text) as Configuration;
  for (const { type, name, to } of names) {
    const ofType = copy.resource[type] ?? {};
    ofType[to] = ofType[name] ?? {};
    delete ofType[name];
  }
  return copy;
}

/** Arguments that are maps, and no blocks. */
const MAPS = ['metadata', 'labels', '//', 'limits', 'lifecycle'];

/** Terraform takes a block that stands once for a list of one, and the other way round. */
function otherwiseBlocked(configuration: Configuration): Configuration {
  const copy = structuredClone(configuration);
  for (const named of Object.values(copy.resource)) {
    for (const [name, properties] of Object.entries(named)) named[name] = turned(properties);
  }
  return copy;
}

function turned(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, MAPS.includes(name) ? value : turnedValue(value)]),
  );
}

function turnedValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const blocks = value.map((each: unknown) => (isBlock(each) ? turned(each) : each));
    return blocks.length === 1 && isBlock(blocks[0]) ? blocks[0] : blocks;
  }
  return isBlock(value) ? [turned(value)] : value;
}

function isBlock(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
