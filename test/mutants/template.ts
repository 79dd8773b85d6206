/** A CloudFormation template as plain JSON, free to be edited. */
export interface Template {
  Resources: Record<string, Resource>;
}

export interface Resource {
  Type: string;
  Properties: Properties;
  Metadata?: unknown;
}

/** Properties by name; which of them an edit expects is its own business. */
export type Properties = Record<string, unknown>;

/** A container definition of the task. */
export interface ContainerDefinition extends Properties {
  Name: string;
  Command: unknown[];
  Environment: { Name: string; Value: unknown }[];
  User?: string;
}

export type Role = 'restate' | 'envoy' | 'certificate';

/** What only this container's definition says, however it is named. */
const SIGNS: Readonly<Record<Role, RegExp>> = {
  restate: /exec restate-server/,
  envoy: /--config-yaml/,
  certificate: /openssl req/,
};

/** The resources of a type. @throws when there is none */
export function resources(template: Template, type: string): [id: string, properties: Properties][] {
  const found = Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
  return some(
    found.map(([id, { Properties: properties }]) => [id, properties]),
    type,
  );
}

/** The task definition that runs Restate. */
export function task(template: Template): Properties & { ContainerDefinitions: ContainerDefinition[] } {
  const tasks = resources(template, 'AWS::ECS::TaskDefinition').map(([, properties]) => properties);
  const found = tasks.filter((properties) => SIGNS.restate.test(JSON.stringify(properties)));
  return the(found, 'task that runs Restate') as ReturnType<typeof task>;
}

export function container(template: Template, role: Role): ContainerDefinition {
  const found = task(template).ContainerDefinitions.filter(({ Command }) => SIGNS[role].test(JSON.stringify(Command)));
  return the(found, `container of ${role}`);
}

/** Sets a variable of the server that is set already, or removes it. */
export function environment(template: Template, name: string, value: string | undefined): void {
  const { Environment: variables } = container(template, 'restate');
  const variable = the(
    variables.filter((each) => each.Name === name),
    `variable ${name}`,
  );
  if (value === undefined) {
    variables.splice(variables.indexOf(variable), 1);
  } else {
    variable.Value = value;
  }
}

/** Replaces a text wherever it stands in a value: also in the pieces of a `Fn::Join`. @throws when it stands nowhere */
export function replaceText<Value>(value: Value, from: string | RegExp, to: string): Value {
  let found = false;
  const edited = JSON.parse(JSON.stringify(value), (_key, item: unknown) => {
    if (typeof item !== 'string' || item.replace(from, to) === item) {
      return item;
    }
    found = true;
    return item.replace(from, to);
  }) as Value;
  if (!found) {
    throw new Error(`nothing reads ${String(from)}`);
  }
  return edited;
}

/** The one item. @throws when there is none, or more than one */
export function the<Item>(items: readonly Item[], what: string): Item {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) {
    throw new Error(`${items.length} of what should be one: ${what}`);
  }
  return item;
}

/** The items. @throws when there is none */
export function some<Item>(items: Item[], what: string): Item[] {
  if (items.length === 0) {
    throw new Error(`there is no ${what}`);
  }
  return items;
}
