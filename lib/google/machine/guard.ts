import { PROXY_USER, SCRIPTS_DIRECTORY } from '../machine-layout';
import type { MachineFile } from './cloud-config';
import { ENVOY, ENVOY_UNIT_NAME } from './envoy';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** The unit that has ended well once nobody but Envoy reaches the metadata server. */
export const GUARD_UNIT_NAME = 'portcullis-guard.service';

/**
 * Bash that shuts the metadata server to everybody in the containers' network but Envoy, which has a door of its own there that lets little
 * through. The firewall of the VPC cannot: it does not see what a machine says to its metadata server.
 *
 * Names are still resolved there: at the same address, on port 53.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls#alwaysallowed
 */
export const GUARD_SCRIPT: MachineFile = {
  path: `${SCRIPTS_DIRECTORY}/guard`,
  content: `#!/bin/bash
set -euo pipefail
until pid=$(docker inspect --format '{{.State.Pid}}' ${ENVOY} 2>/dev/null) && [ "$pid" -gt 0 ]; do
  [ "$SECONDS" -lt "\${TIMEOUT_SECONDS:-60}" ] || { echo 'portcullis: Envoy does not run' >&2; exit 1; }
  sleep 0.2
done
nsenter --net=/proc/$pid/ns/net iptables --wait --append OUTPUT --destination 169.254.169.254/32 --protocol tcp ! --dport 53 --match owner ! --uid-owner ${PROXY_USER} --jump REJECT
`,
};

/** Each start of Envoy makes a new network, and so needs the rule anew. */
export const GUARD_UNIT: Unit = {
  name: GUARD_UNIT_NAME,
  text: `[Unit]
Description=Nobody but Envoy reaches the metadata server
BindsTo=${ENVOY_UNIT_NAME}
After=${ENVOY_UNIT_NAME}
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
ExecStart=${commandLine(['/bin/bash', GUARD_SCRIPT.path])}
TimeoutStartSec=90`,
};
