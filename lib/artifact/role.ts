import type { Artifact, Container, Host } from './artifact';
import type { Text } from './text';

/** A host that runs Restate. */
export interface RestateDeployment {
  readonly host: Host;
  readonly restate: Container;
  /** The proxy in the same task, if there is one. */
  readonly envoy?: Container;
}

/** What a program looks like from outside: the names of its images and of its binary, and arguments or variables that only it takes. */
interface Signature {
  readonly image: RegExp;
  readonly binary: RegExp;
  readonly argument: RegExp;
  readonly variable: RegExp;
}

const RESTATE: Signature = {
  image: /(?:^|\/)restate(?:-server)?$/,
  binary: /(?:^|[\s/;&|"'(])restate-server(?=$|[\s;&|"')])/,
  argument: /^--(?:node-name|cluster-name|base-dir|config-file)(?:=|$)/,
  variable: /^RESTATE_(?:ADMIN__|INGRESS__|WORKER__|NODE_NAME$|BASE_DIR$|CLUSTER_NAME$|BIND_)/,
};

/** What its image holds beside the server. */
const TOOLS = /(?:^|\/)restate(?:ctl)?$/;

const ENVOY: Signature = {
  image: /(?:^|\/)envoy(?:-(?:distroless|contrib|alpine|debug))?$/,
  binary: /(?:^|[\s/;&|"'(])envoy(?=$|[\s;&|"')])/,
  argument: /^--(?:config-yaml|config-path|disable-hot-restart|service-cluster)(?:=|$)/,
  variable: /^ENVOY_/,
};

/** The container that runs the Restate server. */
export function restateContainer(host: Host): Container | undefined {
  return find(host, RESTATE);
}

/** Whether a container has the server's image and starts in it what is neither the server nor one of its tools. */
export function runsElsewise(container: Container): boolean {
  const { entryPoint = [], command = [] } = container;
  const [first = ''] = [...entryPoint, ...command].map(spell);
  return RESTATE.image.test(repository(container)) && !isRunning(container, RESTATE) && !TOOLS.test(first);
}

/** The container that runs Envoy. */
export function envoyContainer(host: Host): Container | undefined {
  return find(host, ENVOY);
}

/** The hosts of an artifact that run Restate, recognised by what runs in them and never by names of resources or metadata. */
export function deploymentsOf(artifact: Artifact): readonly RestateDeployment[] {
  return artifact.hosts.flatMap((host) => {
    const restate = restateContainer(host);
    const envoy = envoyContainer(host);
    return restate === undefined ? [] : [{ host, restate, ...(envoy !== undefined && { envoy }) }];
  });
}

/** Of several that look alike, one that the task cannot do without. */
function find(host: Host, signature: Signature): Container | undefined {
  const found = host.containers.filter((container) => isRunning(container, signature));
  return found.find(({ essential }) => essential) ?? found[0];
}

function isRunning(container: Container, { image, binary, argument, variable }: Signature): boolean {
  const { entryPoint = [], command = [], environment } = container;
  const words = [...entryPoint, ...command].map(spell);
  if (words.some((word) => binary.test(word))) {
    return true;
  }
  if (entryPoint.length > 0) {
    return false;
  }
  const first = words[0] ?? '-';
  return (
    first.startsWith('-') &&
    (image.test(repository(container)) ||
      words.some((word) => argument.test(word)) ||
      Object.keys(environment).some((name) => variable.test(name)))
  );
}

/** The repository without registry's tag and digest; `restatedev/restate`. */
function repository({ image }: Container): string {
  return spell(image.text)
    .replace(/@[^@/]*$/, '')
    .replace(/:[^:/]*$/, '');
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : '\uFFFD')).join('');
}
