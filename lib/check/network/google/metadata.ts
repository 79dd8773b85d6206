import type { Container } from '../../../artifact/artifact';
import type { Finding } from '../../finding';
import type { GoogleServer } from './google-server';

/**
 * `metadata-unreachable`: whether the server gets to the metadata server. No rule of a network filters that address, so that the guest's own
 * firewall decides alone, by the user whose packet it is.
 */
export function decideMetadata({ host, instance, deployment }: GoogleServer): readonly Finding[] {
  const { metadata } = instance;
  const subject = host.id;
  const restsOn = [host.id, ...host.id.split('/')];
  if (metadata === 'open') {
    return [
      {
        verdict: 'broken',
        subject,
        evidence:
          "every container reaches 169.254.169.254: the guest's own firewall has no rule about it, and no google_compute_firewall filters it",
        restsOn,
      },
    ];
  }
  if (metadata === 'unknown') {
    return [
      { verdict: 'unproven', subject, evidence: "the rules of the guest's own firewall are not understood", restsOn },
    ];
  }
  const { restate, envoy } = deployment;
  const wrong = host.containers.flatMap((container) =>
    whyExcepted(container, metadata.exceptUsers, container === restate),
  );
  const strangers = metadata.exceptUsers.filter(
    (user) => !host.containers.some((container) => container !== restate && userOf(container) === user),
  );
  const stranger = strangers.map((user) => `user ${user} is excepted, as whom no container beside the server runs`);
  const all = [...wrong, ...stranger];
  const proxy = envoy === undefined ? '' : `, of which ${envoy.name} is one`;
  return [
    {
      verdict: all.length > 0 ? 'broken' : 'holds',
      subject,
      evidence:
        all.length > 0
          ? all.join('; ')
          : `the guest's own firewall keeps everybody from 169.254.169.254 but users ${metadata.exceptUsers.join(', ') || 'nobody'}${proxy}; ${restate.name} runs as ${restate.user ?? 'unknown'}`,
      restsOn,
    },
  ];
}

function whyExcepted(container: Container, users: readonly number[], isServer: boolean): readonly string[] {
  const user = userOf(container);
  if (user === undefined || user === 0) {
    return [
      `${container.name} runs as ${container.user ?? "its image's own user"}, who may become a user that is excepted`,
    ];
  }
  return isServer && users.includes(user) ? [`${container.name} runs as user ${user}, who is excepted`] : [];
}

/** By number. Absent: the file does not say it. */
function userOf({ user }: Container): number | undefined {
  const [, number] = /^(\d+)(?::\d+)?$/.exec(user ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}
