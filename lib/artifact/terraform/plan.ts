import type { Unreadable } from '../artifact';
import { entry, type Json } from '../template-text';
import { isList, isMap, refer, TextValue, UnknownValue, type Value } from '../value';
import { PROVISIONED } from './configuration';
import { attributeOf, type Document, type RawResource } from './document';
import { Evaluator, pick, type Scope } from './evaluator';
import { PlannedValue } from './planned-value';

/** Indices in the address of a resource. */
const INDEX = /\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g;

/** A change of the plan after which the resource stands. */
interface Planned {
  readonly address: string;
  /** Of its module, with a dot behind it; empty for the root module. */
  readonly prefix: string;
  readonly type: string;
  readonly change: Json | undefined;
  readonly left: boolean;
}

/** A plan, as `terraform show -json` prints it. */
export class Plan implements Document {
  public readonly resources: ReadonlyMap<string, RawResource>;
  public readonly unreadable: readonly Unreadable[];
  private readonly planned: ReadonlyMap<string, Planned>;
  private readonly expressions: ReadonlyMap<string, Json>;

  public constructor(private readonly content: ReadonlyMap<string, Json>) {
    this.planned = new Map(list(content.get('resource_changes')).flatMap(plannedOf));
    this.expressions = new Map(expressionsOf(entry(content.get('configuration'), 'root_module'), ''));
    this.resources = new Map([...this.planned].map(([address, planned]) => [address, this.raw(planned)] as const));
    const isPartial = content.get('complete') === false || list(content.get('deferred_changes')).length > 0;
    this.unreadable = [
      ...(isPartial
        ? [
            {
              subject: 'plan',
              reason: 'puts off some of its changes, which are not known',
              concerns: 'template' as const,
            },
          ]
        : []),
      ...provisionedIn(entry(content.get('configuration'), 'root_module'), '').map((subject) => ({
        subject,
        reason: PROVISIONED,
        concerns: 'template' as const,
      })),
    ];
  }

  public defaults(): readonly [] {
    return [];
  }

  /** A plan says of every resource what project it is in. */
  public project(): undefined {
    return undefined;
  }

  public get hasOneProject(): boolean {
    return false;
  }

  private raw({ address, prefix, type, change, left }: Planned): RawResource {
    const expressions = this.expressions.get(address.replaceAll(INDEX, ''));
    return {
      address,
      type,
      accepted: [],
      doubts: left
        ? [{ reason: 'is forgotten by the plan but stays in the cloud, as it is there', concerns: 'template' }]
        : [],
      read: () => {
        const evaluator = new Evaluator(this.scope(prefix));
        return new PlannedValue(evaluator).read(
          entry(change, 'after'),
          entry(change, 'after_unknown'),
          entry(change, 'after_sensitive'),
          expressions,
        );
      },
    };
  }

  /** Names as they are meant in the configuration of one module. */
  private scope(prefix: string): Scope {
    return {
      resolve: (root, path) => {
        switch (root) {
          case 'var':
            return prefix === ''
              ? this.variable(String(path[0]), path.slice(1))
              : new UnknownValue(`var.${path[0] ?? ''} of a module, which the plan does not show`);
          case 'local':
          case 'module':
          case 'path':
          case 'terraform':
          case 'each':
          case 'count':
          case 'self':
            return new UnknownValue(`${root}.${path[0] ?? ''}, which the plan does not show`);
          case 'data':
            return this.attribute(`${prefix}data.${path[0] ?? ''}.${path[1] ?? ''}`, path.slice(2));
          default:
            return this.attribute(`${prefix}${root}.${path[0] ?? ''}`, path.slice(1));
        }
      },
    };
  }

  private variable(name: string, path: readonly (string | number)[]): Value {
    const declared = entry(entry(entry(this.content.get('configuration'), 'root_module'), 'variables'), name);
    const value = entry(entry(this.content.get('variables'), name), 'value');
    return value === undefined || entry(declared, 'sensitive') === true ? refer(`var.${name}`) : pick(value, path);
  }

  /** An attribute of a resource of the same module: its value, when the plan knows it. */
  private attribute(address: string, path: readonly (string | number)[]): Value {
    const [first, ...rest] = path;
    const copy = this.planned.get(`${address}[${typeof first === 'number' ? first : JSON.stringify(first)}]`);
    const planned = this.planned.get(address) ?? copy;
    const [name, ...inner] = planned === copy ? rest : path;
    if (planned === undefined || typeof name !== 'string') {
      return new UnknownValue(`a reference to ${address} that is no attribute of a single resource of the plan`);
    }
    const value = PlannedValue.known(planned.change, name);
    const found = isList(value) || isMap(value) ? pick(value, inner) : inner.length === 0 ? value : undefined;
    return found instanceof UnknownValue || found === undefined || found === null || found instanceof TextValue
      ? attributeOf(planned.address, [name, ...inner])
      : found;
  }
}

function plannedOf(resource: Json): readonly (readonly [string, Planned])[] {
  const address = entry(resource, 'address');
  const type = entry(resource, 'type');
  const module = entry(resource, 'module_address');
  const change = entry(resource, 'change');
  const actions = list(entry(change, 'actions'));
  const left = actions.includes('forget');
  if (typeof address !== 'string' || typeof type !== 'string' || (actions.length === 1 && actions[0] === 'delete')) {
    return [];
  }
  const isData = entry(resource, 'mode') === 'data';
  const prefix = typeof module === 'string' ? `${module}.` : '';
  return [[address, { address, prefix, type: isData ? `data.${type}` : type, change, left }]];
}

/** The expressions of every resource, by its address without indices. */
function expressionsOf(module: Json | undefined, prefix: string): readonly (readonly [string, Json])[] {
  const own = list(entry(module, 'resources')).flatMap((resource) => {
    const address = entry(resource, 'address');
    const expressions = entry(resource, 'expressions');
    return typeof address === 'string' && expressions !== undefined
      ? [[`${prefix}${address}`, expressions] as const]
      : [];
  });
  const calls = entry(module, 'module_calls');
  const called = calls instanceof Map ? [...(calls as ReadonlyMap<string, Json>)] : [];
  return [
    ...own,
    ...called.flatMap(([name, call]) => expressionsOf(entry(call, 'module'), `${prefix}module.${name}.`)),
  ];
}

/** Addresses of the resources that run provisioners. */
function provisionedIn(module: Json | undefined, prefix: string): readonly string[] {
  const own = list(entry(module, 'resources'))
    .filter((resource) => list(entry(resource, 'provisioners')).length > 0)
    .map((resource) => entry(resource, 'address'))
    .filter((address) => typeof address === 'string');
  const calls = entry(module, 'module_calls');
  const called = calls instanceof Map ? [...(calls as ReadonlyMap<string, Json>)] : [];
  return [
    ...own.map((address) => `${prefix}${address}`),
    ...called.flatMap(([name, call]) => provisionedIn(entry(call, 'module'), `${prefix}module.${name}.`)),
  ];
}

function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

/** Whether something is a plan. */
export function isPlan(content: Json): boolean {
  return Array.isArray(entry(content, 'resource_changes')) && typeof entry(content, 'format_version') === 'string';
}
