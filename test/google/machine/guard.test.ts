import { GUARD_SCRIPT } from '../../../lib/google/machine/guard';
import { bench } from './run-script';

const RULE =
  'iptables --wait --append OUTPUT --destination 169.254.169.254/32 --protocol tcp ! --dport 53 --match owner ! --uid-owner 65532 --jump REJECT';
const PROGRAMS = {
  docker: 'echo "docker $*" >>"$LOG"; echo "$PID"',
  nsenter: 'echo "nsenter $*" >>"$LOG"; exit "${REFUSED:-0}"',
  sleep: 'exit 0',
};

describe('the guard of the metadata server', () => {
  test('sets one rule in the network of Envoy', async () => {
    const machine = bench(GUARD_SCRIPT, PROGRAMS);
    expect(await machine.run([], { PID: '4711' })).toEqual({ status: 0, stderr: '' });
    expect(machine.log()).toBe(
      `docker inspect --format {{.State.Pid}} portcullis-envoy\nnsenter --net=/proc/4711/ns/net ${RULE}\n`,
    );
    machine.remove();
  });

  test.each([
    ['there is no such container', { PID: '' }],
    ['Envoy has ended', { PID: '0' }],
  ])('ends with an error and sets nothing where %s', async (_, environment) => {
    const machine = bench(GUARD_SCRIPT, PROGRAMS);
    const { status, stderr } = await machine.run([], { ...environment, TIMEOUT_SECONDS: '1' });
    expect(status).toBe(1);
    expect(stderr).toContain('Envoy does not run');
    expect(machine.log()).not.toContain('nsenter');
    machine.remove();
  });

  test('ends with an error where the rule cannot be set', async () => {
    const machine = bench(GUARD_SCRIPT, PROGRAMS);
    expect((await machine.run([], { PID: '4711', REFUSED: '3' })).status).toBe(3);
    machine.remove();
  });
});
