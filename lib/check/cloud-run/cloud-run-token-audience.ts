import type { CloudRunService } from '../../artifact/cloud-run-service';
import { sameText } from '../../artifact/same-text';
import { literal, type Text } from '../../artifact/text';
import { spell } from '../../artifact/iam/principal';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { broken, unproven, type Wrong } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';

/** What tokens of Google's own services and of somebody else's may be for. */
const GOOGLES = /(?:^|\.)(?:googleapis\.com|google\.com|googleusercontent\.com|run\.app|cloudfunctions\.net)$/;

/** A service takes tokens for its own URL, which Google always lets it, and for names that are nobody else's. */
export const CLOUD_RUN_TOKEN_AUDIENCE: CheckedClaim = cloudRunClaim(
  'cloud-run-token-audience',
  (service, deployment) => {
    const { id, customAudiences, invokerCheck } = service;
    const taken = customAudiences.map(spell).join(', ');
    return {
      wrong: [
        ...(invokerCheck === 'off' ? [broken(`${id} asks nobody for a token, whoever it is for`)] : []),
        ...customAudiences.flatMap((audience) => [
          ...audienceFaults(service, audience),
          ...sharedWith(service, audience, deployment),
        ]),
      ],
      holds: `${id} takes tokens for its own URL${taken === '' ? ' alone' : `, and for ${taken}, which is no other's in this file`}`,
    };
  },
);

function audienceFaults({ id }: CloudRunService, audience: Text): readonly Wrong[] {
  const text = literal(audience);
  if (text === undefined) return [unproven(`${id} takes tokens for ${spell(audience)}, which the cloud alone knows`)];
  const host = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[:/][^*]*)?$/i.exec(text)?.[1];
  if (host === undefined)
    return [broken(`${id} takes tokens for ${JSON.stringify(text)}, which is no https URL of its own`)];
  return GOOGLES.test(host.toLowerCase())
    ? [
        broken(
          `${id} takes tokens for ${JSON.stringify(text)}, which is a name of Google's that others have tokens for`,
        ),
      ]
    : [];
}

function sharedWith({ id }: CloudRunService, audience: Text, { artifact }: CheckedDeployment): readonly Wrong[] {
  return (artifact.cloudRun ?? [])
    .filter((other) => other.id !== id && other.customAudiences.some((each) => sameText(each, audience) !== false))
    .map((other) => broken(`${id} takes tokens for ${spell(audience)}, and so does ${other.id}`));
}
