import { templateOf } from '../../../lib/artifact/template-file';
import { parseTemplateText } from '../../../lib/artifact/template-text';
import { CLAIMS } from '../../../lib/claims/claims';
import { CATALOGUE } from '../../../lib/prove/catalogue';
import type { Cloud } from '../cloud';
import { AWS, GOOGLE } from '../clouds';
import { mutate } from '../mutant';
import { judgedFile } from './judged';

/** Mutants whose fault the check names by another claim than the one that the proof attacks. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  'keys-for-any-door': 'token-audience-bound',
  'stated-keys-not-asked': 'ingress-authenticated',
  'one-key-set-for-all': 'token-issuer-bound',
  'server-health-open': 'results-closed',
  'operators-keys-without-end': 'token-expiry-required',
  // Whether a service verifies stands in what runs it, which no file of AWS says; that requests are signed at all stands here.
  'services-open-to-network': 'rules-exact',
  'no-identity-key-for-service-call-unsigned': 'requests-signed',
  'no-identity-key-for-service-call-foreign-key': 'requests-signed',
  'no-identity-key-for-service-call-replayed': 'requests-signed',
  'no-identity-key-for-service-call-expired': 'requests-signed',
  'data-in-the-task-for-disk-restored-from-snapshot': 'node-replaced-with-its-disk',
  'data-in-the-container-for-disk-restored-from-snapshot': 'node-replaced-with-its-disk',
};

/** Mutants whose files show, to who only reads them, no more than the secure ones do, and why. */
const SHOWN_BY_ATTACK_ALONE: Readonly<Record<string, string>> = {
  'admin-on-loopback-without-a-word':
    'the proxy needs the admin API there; that it was accepted is said to the reader alone',
};

const claimOf = new Map<string, string>(CATALOGUE.map(({ id, claim }) => [id, claim]));
const decided = new Set(CLAIMS.filter((claim) => claim.decided !== undefined).map(({ id }) => id));

describe('on AWS', () => agreesOn(AWS));

describe('on Google Cloud', () => agreesOn(GOOGLE));

test('every exception is a mutant', () => {
  const ids = new Set([...AWS.mutants, ...GOOGLE.mutants].map(({ id }) => id));
  const exceptions = [...Object.keys(NAMED_OTHERWISE), ...Object.keys(SHOWN_BY_ATTACK_ALONE)];
  expect(exceptions.filter((id) => !ids.has(id))).toEqual([]);
});

/** What the proof breaks by an attack, reading does not let stand: it is broken, or the check says that it cannot tell. */
function agreesOn<File, Of extends string>(cloud: Cloud<File, Of>): void {
  const mutants = cloud.mutants.flatMap((mutant) => {
    const claim = NAMED_OTHERWISE[mutant.id] ?? claimOf.get(mutant.attack) ?? '';
    return decided.has(claim) && SHOWN_BY_ATTACK_ALONE[mutant.id] === undefined ? [{ ...mutant, claim }] : [];
  });

  test.each(mutants)('$guard removed: $claim does not hold ($id)', ({ claim, ...mutant }) => {
    const text = JSON.stringify(mutate(cloud.secure(mutant.example ?? cloud.usual), mutant));
    const { broken, unproven } = judgedFile(templateOf(cloud.fileName, parseTemplateText(text, cloud.fileName)));
    expect([...broken, ...unproven]).toContain(claim);
  });
}
