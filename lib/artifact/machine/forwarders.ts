import type { Forwarder } from '../forwarder';
import type { Report } from './cloud-config';
import type { MachineCommand } from './machine-commands';
import { nginxConfig, type NginxDirective } from './nginx-config';

const CONFIG = /^\/etc\/nginx\/(?:nginx\.conf|(?:conf\.d|sites-enabled|sites-available|default\.d)\/[^/]+)$/;
const LISTEN = /^(?:(?<address>\[[0-9a-fA-F:.]+\]|\*|\d+(?:\.\d+){3}):)?(?<port>\d{1,5})$/;
const LOCAL =
  /^(?<scheme>https?|grpcs?):\/\/(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0):(?<port>\d{1,5})(?:\/.*)?$/;
const PASSES = ['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass'];
/** Directives by which nginx asks who calls, or refuses what it is not to pass on. */
const ASKS = [
  'auth_basic',
  'auth_jwt',
  'auth_request',
  'ssl_verify_client',
  'allow',
  'deny',
  'satisfy',
  'if',
  'return',
];

/**
 * What nginx on the machine itself listens on and where it leads, by the files that the machine's start writes.
 *
 * @param report receives what of it is not understood
 */
export function readForwarders(
  files: ReadonlyMap<string, string>,
  commands: readonly MachineCommand[],
  report: Report,
): readonly Forwarder[] {
  const configs = [...files].filter(([path]) => CONFIG.test(path));
  const isThere = commands.some(({ words }) => words.some(({ text }) => /(?:^|\/)nginx(?:\.service)?$/.test(text)));
  if (isThere && configs.length === 0) report('runs nginx, of whose configuration its files say nothing');
  return configs.flatMap(([path, text]) => {
    const config = nginxConfig(text);
    if (config === undefined) report(`writes ${path}, which is no configuration of nginx that can be read`);
    const made = ownCertificates(commands);
    return serversOf(config ?? []).flatMap((server) => ofServer(server, { path, made, report }));
  });
}

interface Context {
  readonly path: string;
  /** Certificates that the machine makes for itself. */
  readonly made: readonly string[];
  readonly report: Report;
}

function serversOf(config: readonly NginxDirective[]): readonly (readonly NginxDirective[])[] {
  return config.flatMap(({ words: [name], block = [] }) =>
    name === 'server' ? [block] : name === 'http' || name === 'stream' ? serversOf(block) : [],
  );
}

function ofServer(server: readonly NginxDirective[], { path, made, report }: Context): readonly Forwarder[] {
  const all = flat(server);
  const passes = all.filter(({ words: [name = ''] }) => PASSES.includes(name)).map(({ words }) => words);
  const leads = passes.map(([, to = '']) => LOCAL.exec(to)?.groups?.['port']);
  if (leads.includes(undefined)) report(`has nginx lead by ${path} to what is not understood`);
  const asks = all.some(({ words: [name = ''] }) => ASKS.includes(name));
  if (asks) report(`has nginx decide by ${path} whom it answers, which is not followed`);
  if (all.some(({ words: [name] }) => name === 'include')) report(`has nginx read more than ${path} says`);
  const certificate = server.find(({ words: [name] }) => name === 'ssl_certificate')?.words[1];
  return server
    .filter(({ words: [name] }) => name === 'listen')
    .flatMap(({ words: [, at = '', ...options] }): readonly Forwarder[] => {
      const { address = '0.0.0.0', port } = LISTEN.exec(at)?.groups ?? {};
      if (port === undefined) {
        report(`has nginx listen on ${JSON.stringify(at)}, which is not understood`);
        return [];
      }
      return [
        {
          by: 'nginx',
          address: address === '*' ? '0.0.0.0' : address.replaceAll(/[[\]]/g, ''),
          port: Number(port),
          tls: options.includes('ssl'),
          leadsTo: [...new Set(leads.flatMap((each) => (each === undefined ? [] : [Number(each)])))],
          asks,
          ...(certificate !== undefined && made.includes(certificate) && { ownCertificate: certificate }),
        },
      ];
    });
}

function flat(directives: readonly NginxDirective[]): readonly NginxDirective[] {
  return directives.flatMap((each) => [each, ...flat(each.block ?? [])]);
}

/** Whoever signs a certificate himself vouches for himself alone. */
function ownCertificates(commands: readonly MachineCommand[]): readonly string[] {
  return commands.flatMap(({ words }) => {
    const texts = words.map(({ text }) => text);
    const isOwn = texts[0]?.endsWith('openssl') === true && texts[1] === 'req' && texts.includes('-x509');
    const out = texts[texts.indexOf('-out') + 1];
    return isOwn && texts.includes('-out') && out !== undefined ? [out] : [];
  });
}
