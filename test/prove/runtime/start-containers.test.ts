import type { Container, Dependency } from '../../../lib/artifact/artifact';
import type { ContainerProcess } from '../../../lib/prove/runtime/container-process';
import { startContainers } from '../../../lib/prove/runtime/start-containers';
import { aContainer } from './a-container';

/** Containers that end with a code or never, and are healthy from some check on. */
class Agent {
  public readonly events: string[] = [];

  public constructor(
    private readonly facts: Readonly<Record<string, { readonly code?: number; readonly healthyAfter?: number }>> = {},
  ) {}

  public run(containers: readonly Container[]): Promise<readonly ContainerProcess[]> {
    return startContainers(
      containers,
      (container) => this.start(container),
      () => 'last words',
    );
  }

  private start(container: Container): ContainerProcess {
    this.events.push(`start ${container.name}`);
    const { code, healthyAfter = 0 } = this.facts[container.name] ?? {};
    let checks = 0;
    const process = {
      container,
      exited: code === undefined ? new Promise(() => undefined) : Promise.resolve({ code }),
      isRunning: () => code === undefined,
      started: () => Promise.resolve(),
      execute: () => {
        checks += 1;
        this.events.push(`check ${container.name}`);
        return Promise.resolve({ code: checks > healthyAfter ? 0 : 1 });
      },
    };
    return process as unknown as ContainerProcess;
  }
}

function waits(name: string, container: string, condition: Dependency['condition']): Container {
  return aContainer({ name, dependsOn: [{ container, condition }] });
}

const HEALTH = { healthCheck: [['CMD'], ['curl'], ['http://localhost']] };

test('who waits for health starts after the health check has succeeded', async () => {
  const agent = new Agent({ server: { healthyAfter: 2 } });
  await agent.run([waits('proxy', 'server', 'HEALTHY'), aContainer({ name: 'server', ...HEALTH })]);
  expect(agent.events).toEqual(['start server', 'check server', 'check server', 'check server', 'start proxy']);
});

test.each([
  ['SUCCESS', 0],
  ['COMPLETE', 0],
  ['COMPLETE', 1],
  ['START', 1],
] as const)('who waits for %s starts after a container that ends with %d', async (condition, code) => {
  const agent = new Agent({ first: { code } });
  await agent.run([waits('second', 'first', condition), aContainer({ name: 'first' })]);
  expect(agent.events).toEqual(['start first', 'start second']);
});

test.each([
  [
    'an end that was no success',
    { first: { code: 3 } },
    [waits('second', 'first', 'SUCCESS'), aContainer({ name: 'first' })],
    'container first ended with 3; it last wrote: last words; mend what it complains about [BootFailed]',
  ],
  [
    'an end before health',
    { first: { code: 1 } },
    [waits('second', 'first', 'HEALTHY'), aContainer({ name: 'first', ...HEALTH })],
    'container first ended before it was healthy; it last wrote: last words',
  ],
  [
    'a wait for health without a health check',
    {},
    [waits('second', 'first', 'HEALTHY'), aContainer({ name: 'first' })],
    'another container waits for first to be healthy, which has no health check',
  ],
  [
    'a wait for nobody',
    {},
    [waits('second', 'gone', 'START')],
    'container second waits for gone, which its task does not have',
  ],
  ['a circle', {}, [waits('a', 'b', 'START'), waits('b', 'a', 'START')], 'containers a, b wait for each other'],
])('a task does not come up with %s', async (_, facts, containers, message) => {
  await expect(new Agent(facts).run(containers)).rejects.toThrow(message);
});
