import { CONTAINERS_RANGE } from '../machine-layout';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** The network of the containers. */
export const NETWORK = 'portcullis';

/** The unit that has ended well once that network is there. */
export const NETWORK_UNIT_NAME = 'portcullis-network.service';

/**
 * The network that Envoy is in, and Restate through it: one container alone, which may talk to no other. Docker remembers a network over a
 * reboot, so an earlier one goes first. Its block of addresses is fixed, because peers and services of those addresses are refused.
 *
 * Nobody opens the host's own firewall: Docker leads a published port past it, to Envoy and to no other port of the machine.
 * Port 22 is open there, and shut by the VPC's. Names are resolved by Docker, which asks the metadata server on port 53.
 *
 * @see https://cloud.google.com/container-optimized-os/docs/how-to/firewall
 * @see https://docs.docker.com/engine/network/drivers/bridge/
 */
export function networkUnit(containers: readonly string[]): Unit {
  const docker = '/usr/bin/docker';
  const alone = ['--subnet', CONTAINERS_RANGE, '--opt', 'com.docker.network.bridge.enable_icc=false'];
  return {
    name: NETWORK_UNIT_NAME,
    text: `[Unit]
Description=Network of Restate and Envoy
Requires=docker.service
After=docker.service
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
ExecStartPre=-${commandLine([docker, 'rm', '--force', ...containers])}
ExecStartPre=-${commandLine([docker, 'network', 'rm', NETWORK])}
ExecStart=${commandLine([docker, 'network', 'create', '--driver', 'bridge', ...alone, NETWORK])}`,
  };
}
