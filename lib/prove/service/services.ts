import type { Endpoint, HandlerContext, Sdk } from './sdk';

/** A handler of the deployment's own services that callers are granted, for which the run's service stands in. */
export interface GrantedHandler {
  readonly kind: 'object' | 'service';
  readonly service: string;
  readonly handler: string;
}

type Handlers = Readonly<Record<string, (context: HandlerContext, input: unknown) => Promise<unknown>>>;

const PRIVATE = { name: 'Private' };

/** What every handler that callers may call does: whatever the attacks ask of it. Only an object has something to add to. */
function answering(kind: GrantedHandler['kind']): Handlers[string] {
  return async (context, input) =>
    kind === 'object' && typeof input === 'number' ? add(context, input) : answer(context, input);
}

async function answer(context: HandlerContext, input: unknown): Promise<unknown> {
  const { waitMs, callPrivate: call } = Object(input ?? {}) as {
    readonly waitMs?: number;
    readonly callPrivate?: PrivateCall;
  };
  if (waitMs !== undefined) return wait(context, waitMs);
  return call === undefined ? { greeted: input } : passOn(context, call);
}

/**
 * Binds what the attacks aim at: `Greeter` (greet echoes, wait takes as many milliseconds as its input says, callPrivate has the
 * private workflow keep a value), the virtual object `Counter` (add, get), and the workflow `Private` (run), which is for other
 * services only and whose result stays readable by its key.
 *
 * Where a deployment grants handlers by name, the service answers under those names too: so the good caller stays within the grants of
 * the file, and what they do not grant is there to be reached.
 */
export function bindServices(sdk: Sdk, endpoint: Endpoint, granted: readonly GrantedHandler[] = []): Endpoint {
  const others = (kind: GrantedHandler['kind'], service: string): Handlers =>
    Object.fromEntries(
      granted
        .filter((each) => each.kind === kind && each.service === service)
        .map((each) => [each.handler, answering(kind)]),
    );
  const greeter: Handlers = {
    greet: answering('service'),
    wait: (context, input) => wait(context, Number(input)),
    callPrivate,
  };
  const counter: Handlers = { add: answering('object'), get: async (context) => (await context.get('count')) ?? 0 };
  const own = endpoint
    .bind(sdk.service({ name: 'Greeter', handlers: { ...others('service', 'Greeter'), ...greeter } }))
    .bind(sdk.object({ name: 'Counter', handlers: { ...others('object', 'Counter'), ...counter } }))
    .bind(
      sdk.workflow({
        ...PRIVATE,
        options: { ingressPrivate: true },
        handlers: { run: async (_context, value) => value },
      }),
    );
  return namesOf(granted).reduce((bound, { kind, service }) => {
    const definition = { name: service, handlers: others(kind, service) };
    return bound.bind(kind === 'object' ? sdk.object(definition) : sdk.service(definition));
  }, own);
}

/** The services to be bound beside the run's own, each once. A name cannot be of two types: the first holds. */
function namesOf(granted: readonly GrantedHandler[]): readonly GrantedHandler[] {
  const taken = new Set(['Greeter', 'Counter', PRIVATE.name]);
  return granted.filter(({ service }) => !taken.has(service) && taken.add(service));
}

async function add(context: HandlerContext, amount: number): Promise<number> {
  const count = ((await context.get('count')) ?? 0) + amount;
  context.set('count', count);
  return count;
}

async function wait(context: HandlerContext, milliseconds: number): Promise<string> {
  await context.sleep(milliseconds);
  return 'waited';
}

interface PrivateCall {
  readonly key: string;
  readonly value: unknown;
}

function callPrivate(context: HandlerContext, input: unknown): Promise<unknown> {
  return passOn(context, input as PrivateCall);
}

function passOn(context: HandlerContext, { key, value }: PrivateCall): Promise<unknown> {
  return context.workflowClient(PRIVATE, key).run(value);
}
