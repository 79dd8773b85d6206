import type { Container, Host, Machine } from '../../artifact/artifact';
import type { CloudRunService } from '../../artifact/cloud-run-service';
import type { FunctionCode } from '../../artifact/function-code';
import { literal, references, type Text } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { broken, unproven, worst, type Wrong } from '../server/wrong';
import { partHosts } from './part-hosts';

/** Where the bootstrap of a framework keeps what it deploys, by the account's number. */
const OF_BOOTSTRAP = /^cdk-[a-z0-9]+-assets-\d{12}-[a-z0-9-]+$/;
/** What is no account's own. */
const SAME_FOR_ALL = /^AWS::(?:Region|Partition|URLSuffix)$/;
const AMI = /^ami-[0-9a-f]{8,17}$/;
/** What a name is looked up by, anew at each start or deployment. */
const LOOKED_UP = /resolve:ssm|^\{\{resolve:/;
const GOOGLE_IMAGE = /(?:^|\/)projects\/[^/]+\/global\/images\/[a-z0-9-]+$/;
const GOOGLE_FAMILY = /(?:^|\/)family\//;
/** Of Container-Optimized OS, whose machines otherwise fetch another version by themselves. */
const OF_COS = /\/cos-/;
const UPDATES = 'cos-update-strategy';

/** Decides whether every image, of containers and of machines, is one that nobody can exchange. */
export const IMAGES_BY_DIGEST: CheckedClaim = {
  id: 'images-by-digest',
  decide: (deployment) => {
    const hosts = partHosts(deployment).flatMap((host) => [ofContainers(host.id, host.containers), ...ofMachine(host)]);
    const services = (deployment.artifact.cloudRun ?? []).map((service: CloudRunService) =>
      ofContainers(service.id, service.containers),
    );
    const functions = (deployment.artifact.functions ?? []).map(ofFunction);
    const found = [...hosts, ...services, ...functions];
    const subject = deployment.artifact.name;
    return found.length > 0 ? found : [{ verdict: 'not-applicable', subject, evidence: 'nothing of it runs an image' }];
  },
};

/** Whoever owns the bucket decides what runs. */
function ofFunction({ id, code }: FunctionCode): Finding {
  const subject = id;
  if (code.kind === 'image') return ofContainers(id, [{ name: 'of the function', image: code.image }]);
  if (code.kind === 'inline') return { verdict: 'holds', subject, evidence: 'its code stands in the file' };
  if (code.kind === 'unknown') return { ...unproven('nothing in the file says where its code is'), subject };
  const said = spell(code.bucket);
  if (code.own) return { verdict: 'holds', subject, evidence: `its code is in ${said}, of the account that deploys` };
  if (OF_BOOTSTRAP.test(said))
    return { ...unproven(`its code is in ${said}, of which the file does not say that its account deploys`), subject };
  const version = code.isVersioned ? '' : ', and names no version of it (S3ObjectVersion)';
  return references(code.bucket).every(({ logicalId }) => SAME_FOR_ALL.test(logicalId))
    ? {
        ...broken(
          `its code is in ${said}, a bucket of which nothing says that it is of the account that deploys${version}`,
        ),
        subject,
      }
    : { ...unproven(`its code is in ${said}, of which the file does not say whose it is${version}`), subject };
}

function ofContainers(subject: string, containers: readonly Pick<Container, 'name' | 'image'>[]): Finding {
  const wrong = containers.map(({ name, image }): Wrong | undefined => {
    const said = spell(image.text);
    if (image.tag === 'latest') return broken(`container ${name} runs ${said}, whose tag latest names no release`);
    if (image.digest !== undefined) return undefined;
    return literal(image.text) === undefined && typeof image.text.at(-1) !== 'string'
      ? unproven(`container ${name} runs ${said}, of which only the cloud knows the end`)
      : broken(`container ${name} runs ${said}, which names no digest: whoever may push to it decides what runs`);
  });
  const names = containers.map(({ name, image }) => `${name} ${image.digest ?? ''}`).join(', ');
  return { ...worst(wrong, `each container is pinned: ${names}`), subject };
}

function ofMachine({ id, machine, instance }: Host): readonly Finding[] {
  if (instance !== undefined) {
    const wrong = [googleImage(instance.image), updates(instance.image, instance.entries ?? {})];
    return [{ ...worst(wrong, `its machine starts from ${spell(instance.image ?? [])}`), subject: `${id}/machine` }];
  }
  return machine === undefined ? [] : [ofInstance(machine)];
}

function ofInstance({ id, images = [], installs = [] }: Machine): Finding {
  const fetched = installs.map((command) =>
    broken(`it runs ${JSON.stringify(command.slice(0, 120))} as it starts: whoever may publish that decides what runs`),
  );
  const unsaid = images.length === 0 ? [unproven('nothing in the file says which image it starts from')] : [];
  const started = images.map((image): Wrong | undefined => {
    const said = spell(image);
    if (AMI.test(literal(image) ?? '')) return undefined;
    return LOOKED_UP.test(said)
      ? broken(`it starts from ${said}, which is looked up anew and may be another image each time`)
      : unproven(`it starts from ${said}, of which the file does not say which image it is`);
  });
  const known = [...new Set(images.map(spell))];
  const wrong = [...fetched, ...unsaid, ...started];
  return {
    ...worst(wrong, `it starts from ${known.slice(0, 3).join(', ')}${known.length > 3 ? ', ...' : ''}`),
    subject: id,
  };
}

function googleImage(image: Text | undefined): Wrong | undefined {
  const said = spell(image ?? []);
  if (image === undefined) return unproven('nothing in the file says which image its machine starts from');
  if (GOOGLE_IMAGE.test(literal(image) ?? '')) return undefined;
  return GOOGLE_FAMILY.test(said)
    ? broken(`its machine starts from ${said}, a family, whose newest image is another one each time`)
    : unproven(`its machine starts from ${said}, which may be a family`);
}

function updates(image: Text | undefined, entries: Readonly<Record<string, string | undefined>>): Wrong | undefined {
  if (!OF_COS.test(spell(image ?? [])) || entries[UPDATES] === 'update_disabled') return undefined;
  return broken(`${UPDATES} is not update_disabled: the machine exchanges its image by itself`);
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
