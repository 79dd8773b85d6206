import type { EditedFile } from './examples';

type Properties = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

/** A single change of a file. */
export type Edit = (file: EditedFile) => void;

/** The properties of a resource, or a part of them. */
type Part = (file: EditedFile) => Properties;

const resource =
  (type: string): Part =>
  (file) => {
    const found = Object.values(file['Resources'] as Record<string, Properties>).find((each) => each['Type'] === type);
    if (found === undefined) throw new Error(`the example has no ${type}`);
    return found['Properties'] as Properties;
  };

export const TASK: Part = resource('AWS::ECS::TaskDefinition');
export const SERVICE: Part = resource('AWS::ECS::Service');
export const LAUNCH: Part = (file) => resource('AWS::EC2::LaunchTemplate')(file)['LaunchTemplateData'] as Properties;

/** A container of the task. */
export const container =
  (name: string): Part =>
  (file) => {
    const found = (TASK(file)['ContainerDefinitions'] as Properties[]).find((each) => each['Name'] === name);
    if (found === undefined) throw new Error(`the task has no container ${name}`);
    return found;
  };

/** The template of the machine, of Google. */
export const MACHINE: Part = (file) => {
  const templates = (file['resource'] as Properties)['google_compute_instance_template'] as Record<string, Properties>;
  const [found] = Object.values(templates);
  if (found === undefined) throw new Error('the example has no machine');
  return found;
};

/** Sets properties of a part, deep down; `undefined` takes one away. */
export const set =
  (part: Part, changes: Properties): Edit =>
  (file) =>
    merge(part(file), changes);

function merge(into: Properties, changes: Properties): void {
  for (const [name, value] of Object.entries(changes)) {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (value === undefined) delete into[name];
    else if (isMap && typeof into[name] === 'object' && !Array.isArray(into[name]))
      merge(into[name] as Properties, value);
    else into[name] = value;
  }
}

/** Adds an item to a list of a part. */
export const add =
  (part: Part, name: string, item: unknown): Edit =>
  (file) => {
    const properties = part(file);
    properties[name] = [...((properties[name] as unknown[] | undefined) ?? []), item];
  };

/** Sets a variable of the server, or takes it away. */
export const variable =
  (name: string, value?: unknown): Edit =>
  (file) => {
    const server = container('restate')(file);
    const others = (server['Environment'] as Properties[]).filter((each) => each['Name'] !== name);
    server['Environment'] = value === undefined ? others : [...others, { Name: name, Value: value }];
  };

/** Several changes that are one fault together. */
export const both =
  (...edits: readonly Edit[]): Edit =>
  (file) =>
    edits.forEach((edit) => edit(file));

/** Exchanges a piece of every text of the file. */
export const exchange =
  (from: string | RegExp, to: string): Edit =>
  (file) => {
    const before = JSON.stringify(file);
    const visit = (value: unknown): unknown => {
      if (typeof value === 'string') return value.replace(from, to);
      if (Array.isArray(value)) return value.map(visit);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
    };
    Object.assign(file, visit(file));
    if (JSON.stringify(file) === before) throw new Error(`nothing in the example is ${String(from)}`);
  };
