import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckReport, CheckResult } from '../../check';
import { CLAIMS } from '../../claims/claims';
import { printable } from '../printable';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What is not as it must be, in the words of SARIF. What holds or does not apply is no result that anybody has to look at. */
const LEVELS = { broken: 'error', unproven: 'warning', accepted: 'note' } as const;

type Told = CheckResult & { readonly verdict: keyof typeof LEVELS };

/**
 * Renders a report as SARIF 2.1.0. A risk that was accepted is there, suppressed with its reason.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(given: CheckReport): string {
  const report = printable(given);
  const told = report.claims.filter((claim): claim is Told => claim.verdict in LEVELS);
  const rules = CLAIMS.filter(({ id }) => report.claims.some((claim) => claim.id === id));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool,
            version: report.version,
            rules: rules.map(({ id, statement, source, decided }) => ({
              id,
              shortDescription: { text: statement },
              fullDescription: { text: `${statement} (${source})` },
              ...(decided !== undefined && { help: { text: `decided from the files: ${decided}` } }),
              defaultConfiguration: { level: LEVELS.broken },
            })),
          },
        },
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(process.cwd()).href}/` } },
        invocations: [{ executionSuccessful: true, exitCode: report.summary.exitCode }],
        results: told.map((claim) => ({
          ruleId: claim.id,
          ruleIndex: rules.findIndex(({ id }) => id === claim.id),
          kind: 'fail',
          level: LEVELS[claim.verdict],
          message: { text: messageOf(claim) },
          locations: [locationOf(claim, report.artifact)],
          partialFingerprints: { 'claimAndSubject/v1': fingerprint(claim) },
          ...(claim.verdict === 'accepted' && {
            suppressions: [{ kind: 'external', status: 'accepted', justification: claim.evidence }],
          }),
          properties: { verdict: claim.verdict, subject: claim.subject },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function messageOf({ verdict, subject, evidence, fix }: Told): string {
  return `${subject} is ${verdict}: ${evidence}${fix === '' ? '' : `. To mend it, ${fix}`}`;
}

function locationOf({ place, source, subject }: Told, given: string): object {
  const file = resolve(place?.file ?? given);
  const path = relative(process.cwd(), file);
  const inside = path !== '' && !path.startsWith('..');
  const uri = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: inside ? { uri, uriBaseId: 'SRCROOT' } : { uri: pathToFileURL(file).href },
      ...(place !== undefined && { region: { startLine: place.line } }),
    },
    logicalLocations: [
      {
        name: subject,
        fullyQualifiedName: place === undefined ? source : source.replace(/ \([^()]*\)$/, ''),
        kind: 'resource',
      },
    ],
  };
}

/** The same as long as the claim is about the same resource, whatever is found. */
function fingerprint({ id, subject }: Told): string {
  return createHash('sha256').update(`${id}\n${subject}`).digest('hex');
}
