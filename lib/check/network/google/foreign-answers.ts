import { sameText } from '../../../artifact/same-text';
import type { NameZone, ResolvedName } from '../../../artifact/resolution';
import type { Text } from '../../../artifact/text';
import { AddressSet } from '../address-set';
import { PRIVATE_ACCESS } from './google-ranges';
import type { GoogleServer } from './google-server';

/** Where tokens, secrets, images and calls of services are sent to. */
const GOOGLES: readonly string[] = ['googleapis.com', 'run.app', 'pkg.dev', 'gcr.io', 'google.internal'];
const ADDRESSES = ['A', 'AAAA'];

/** Who answers for names of Google's, other than Google. */
export interface ForeignAnswers {
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
}

/** What the network's own zones and policies make of the names by which Google's services are called. */
export function foreignAnswers({ vpc, instance }: GoogleServer): ForeignAnswers {
  const { zones = [], policies = [], rewrites = [] } = vpc.resolution ?? {};
  const isOurs = ({ networks }: { readonly networks: readonly Text[] }): boolean =>
    networks.some((network) => sameText(network, instance.network) === true);
  const seen = zones.filter((zone) => isOurs(zone) && bearsOnGoogle(zone.name));
  const records = seen.flatMap((zone) => zone.records.filter(({ name }) => isGoogles(name)));
  return {
    wrong: [
      ...seen.filter(({ forwards }) => forwards).map(handedOn),
      ...records.flatMap(wrongAnswers),
      ...policies
        .filter((policy) => policy.asksOthers && isOurs(policy))
        .map(
          ({ id }) =>
            `${id} has names asked of other servers (alternative_name_server_config), who see and answer them all`,
        ),
      ...rewrites
        .filter((rewrite) => isOurs(rewrite) && bearsOnGoogle(rewrite.name))
        .map(({ id, name }) => `${id} answers for ${name}, where Google should`),
    ],
    unknown: records
      .filter(({ answers }) => answers === 'unknown')
      .map(({ id, name }) => `what ${id} answers for ${name} is not known from the file`),
  };
}

function handedOn({ id, name }: NameZone): string {
  return `${id} hands on what is asked about ${name} to others, who answer for Google's services`;
}

function wrongAnswers({ id, name, type, answers }: ResolvedName): readonly string[] {
  if (answers === 'unknown') return [];
  const isRight = (answer: string): boolean =>
    type === 'CNAME' ? isGoogles(answer) : PRIVATE_ACCESS.covers(AddressSet.parse(hostCidr(answer)) ?? AddressSet.ALL);
  if (type !== 'CNAME' && !ADDRESSES.includes(type)) return [];
  const others = answers.filter((answer) => !isRight(answer));
  return others.length === 0 ? [] : [`${id} leads ${name} to ${others.join(', ')}, which is not Google's`];
}

function hostCidr(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** A name of Google's, or one below; `*.` stands for all of those. */
function isGoogles(name: string): boolean {
  const plain = plainName(name);
  return GOOGLES.some((each) => plain === each || plain.endsWith(`.${each}`));
}

/** A zone of such a name, or of one above it. */
function bearsOnGoogle(zone: string): boolean {
  const plain = plainName(zone);
  return isGoogles(zone) || plain === '' || GOOGLES.some((each) => each.endsWith(`.${plain}`));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '').replace(/^\*\./, '');
}
