import { fixInWordsOf } from '../../lib/claims/catalogue-claim';
import { CLAIMS } from '../../lib/claims/claims';
import { PROVEN_CLAIMS } from '../../lib/prove/claims';
import { NOT_APPLICABLE } from '../../lib/prove/claims/not-applicable';

const OF_AWS = /ECS|security group|readonlyRootFilesystem|stopTimeout|\btask\b|SslPolicy|AWS::|kms:/;
const OF_GOOGLE = /google|Cloud Run|run\.app|IapTunnel|Secret Manager|docker|TimeoutStopSec|--user/i;
/** Claims about something that only one of the clouds has. */
const OF_ONE_CLOUD = /^cloud-run-|^credential-|^federation-|^authentication-change|^lambda-/;

describe('the table of claims', () => {
  test('ids are distinct and kebab-case', () => {
    const ids = CLAIMS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  test('every text is one line that begins small and has no full stop', () => {
    const texts = CLAIMS.flatMap((claim) => [
      claim.statement,
      claim.decided ?? 'x',
      claim.attacked ?? 'x',
      fixInWordsOf('aws', claim),
      fixInWordsOf('google', claim),
    ]);
    expect(texts.filter((text) => text.trim() !== text || /\n|\.$|^$/.test(text))).toEqual([]);
    expect(CLAIMS.filter(({ statement }) => /^[A-Z](?!LS |estate|loud|oogle)/.test(statement))).toEqual([]);
  });

  test.each(CLAIMS.filter(({ id }) => !OF_ONE_CLOUD.test(id)).map((claim) => [claim.id, claim] as const))(
    'what mends %s is said in the words of its own cloud',
    (_id, claim) => {
      expect(fixInWordsOf('google', claim)).not.toMatch(OF_AWS);
      expect(fixInWordsOf('aws', claim)).not.toMatch(OF_GOOGLE);
    },
  );

  test('what the proof says about its claims is about claims that it attacks', () => {
    const proven = PROVEN_CLAIMS.map(({ id }) => id);
    expect(Object.keys(NOT_APPLICABLE).filter((id) => !proven.includes(id))).toEqual([]);
    expect(PROVEN_CLAIMS).toHaveLength(63);
  });
});
