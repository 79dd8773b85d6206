import { container, some, the, type Template } from './template';

/** A JSON object of the bootstrap. */
export type Node = { [member: string]: unknown };

/** Stands for a reference while the bootstrap is edited; a character that JSON never escapes and no configuration holds. */
const MARK = '\uE000';

/** Parses the bootstrap of the proxy's argument, lets it be edited in place, and puts it back, references included. */
export function editBootstrap(template: Template, edit: (bootstrap: Node) => void): void {
  const { Command: words } = container(template, 'envoy');
  const index = words.indexOf('--config-yaml') + 1;
  const references: unknown[] = [];
  const text = pieces(words[index])
    .map((piece) => (typeof piece === 'string' ? piece : `${MARK}${references.push(piece) - 1}${MARK}`))
    .join('');
  const bootstrap = JSON.parse(text) as Node;
  edit(bootstrap);
  const edited = JSON.stringify(bootstrap)
    .split(new RegExp(`${MARK}(\\d+)${MARK}`))
    .map((part, at) => (at % 2 === 0 ? part : references[Number(part)]));
  words[index] = edited.length === 1 ? edited[0] : { 'Fn::Join': ['', edited] };
}

function pieces(value: unknown): readonly unknown[] {
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return typeof value === 'string' || join === undefined
    ? [value]
    : join[1].flatMap((piece) => [piece, join[0]]).slice(0, -1);
}

/** Every object below a node, itself included, outermost first. */
export function nodes(root: unknown): Node[] {
  if (typeof root !== 'object' || root === null) {
    return [];
  }
  const below = Object.values(root).flatMap(nodes);
  return Array.isArray(root) ? below : [root as Node, ...below];
}

/** The settings of every extension whose message type ends with a name: `JwtAuthentication`. */
export function extensions(root: unknown, message: string): Node[] {
  const found = nodes(root).filter((node) => isMessage(node, message));
  return some(found, message);
}

/** The settings of the one such extension. */
export function extension(root: unknown, message: string): Node {
  return the(extensions(root, message), message);
}

/** Takes the extensions of a message type out of the lists that hold them. */
export function removeExtension(root: Node, message: string): void {
  extensions(root, message);
  for (const node of nodes(root)) {
    for (const [name, value] of Object.entries(node)) {
      if (Array.isArray(value)) {
        node[name] = value.filter((item) => !isExtension(item, message));
      }
    }
  }
}

/** Removes a member wherever it stands. @throws when it stands nowhere */
export function removeMember(root: unknown, member: string): void {
  for (const node of some(
    nodes(root).filter((each) => member in each),
    member,
  )) {
    delete node[member];
  }
}

/** Sets a member wherever it stands. @throws when it stands nowhere */
export function setMember(root: unknown, member: string, value: unknown): void {
  for (const node of some(
    nodes(root).filter((each) => member in each),
    member,
  )) {
    node[member] = value;
  }
}

/** The listener with TLS, or the one without. */
export function listener(bootstrap: Node, kind: 'tls' | 'plaintext'): Node {
  const listeners = (bootstrap['static_resources'] as { listeners: Node[] }).listeners;
  const found = listeners.filter((each) => JSON.stringify(each).includes('DownstreamTlsContext') === (kind === 'tls'));
  return the(found, `${kind} listener`);
}

function isExtension(item: unknown, message: string): boolean {
  return isMessage((item as Node | null)?.['typed_config'] as Node | undefined, message);
}

function isMessage(settings: Node | undefined, message: string): boolean {
  const type = settings?.['@type'];
  return typeof type === 'string' && type.endsWith(`.${message}`);
}
