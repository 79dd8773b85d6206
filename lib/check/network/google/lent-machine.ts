import type { Finding } from '../../finding';
import type { GoogleServer } from './google-server';

/** What Google leaves a machine that it takes away. @see https://cloud.google.com/compute/docs/instances/preemptible */
const NOTICE_SECONDS = 30;

/** `deploy-drains`: calls end on a machine that nobody takes away before they have. */
export function decideLent({ vpc, host, deployment: { restate } }: GoogleServer): readonly Finding[] {
  const placed = vpc.placements.find(({ machine }) => host.id === machine || host.id.startsWith(`${machine}/`));
  const subject = host.id;
  const { stopTimeoutSeconds: needed = NOTICE_SECONDS + 1 } = restate;
  switch (placed?.isLent) {
    case true:
      return needed <= NOTICE_SECONDS
        ? []
        : [
            {
              verdict: 'broken',
              subject,
              evidence: `Google takes the machine away whenever it likes, ${NOTICE_SECONDS} seconds after it says so (preemptible, SPOT): calls have ${needed}`,
            },
          ];
    case 'unknown':
      return [{ verdict: 'unproven', subject, evidence: 'whether Google may take the machine away is not known' }];
    case false:
    case undefined:
    default:
      return [{ verdict: 'holds', subject, evidence: 'Google does not take the machine away for another' }];
  }
}
