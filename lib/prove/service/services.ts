import type { Endpoint, HandlerContext, Sdk } from './sdk';

/**
 * Binds what the attacks aim at: `Greeter` (greet echoes, wait takes as many milliseconds as its input says, callPrivate has the
 * private workflow keep a value), the virtual object `Counter` (add, get), and the workflow `Private` (run), which is for other
 * services only and whose result stays readable by its key.
 */
export function bindServices(sdk: Sdk, endpoint: Endpoint): Endpoint {
  const secret = { name: 'Private' };
  return endpoint
    .bind(
      sdk.service({
        name: 'Greeter',
        handlers: {
          greet: async (_context, name) => ({ greeted: name }),
          wait: async (context, milliseconds) => {
            await context.sleep(Number(milliseconds));
            return 'waited';
          },
          callPrivate: async (context, input) => {
            const { key, value } = input as { readonly key: string; readonly value: unknown };
            return context.workflowClient(secret, key).run(value);
          },
        },
      }),
    )
    .bind(sdk.object({ name: 'Counter', handlers: { add, get: async (context) => (await context.get('count')) ?? 0 } }))
    .bind(
      sdk.workflow({
        ...secret,
        options: { ingressPrivate: true },
        handlers: { run: async (_context, value) => value },
      }),
    );
}

async function add(context: HandlerContext, amount: unknown): Promise<number> {
  const count = ((await context.get('count')) ?? 0) + (typeof amount === 'number' ? amount : 1);
  context.set('count', count);
  return count;
}
