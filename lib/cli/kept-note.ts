import type { KeptAdminDoor, KeptDeployment, KeptService } from '../prove';
import { shellWord } from './shell-word';

/**
 * How to talk to a deployment that is kept up: commands that work as they stand, for the user who keeps it. Names in them come from a file
 * that anybody may have written, so none means anything to a shell or a terminal.
 */
export function keptNote(kept: KeptDeployment): string {
  return printable(note(kept));
}

/** Control characters other than line ends go. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '?');
}

function note(kept: KeptDeployment): string {
  return [
    `${kept.subject} is up, as its template says, until Ctrl-C. Nothing was attacked.`,
    ...section('Call it, as its callers do', callerCommands(kept)),
    ...section('Behind it', serviceLines(kept.service, kept.adminUrl)),
    ...(kept.adminDoor === undefined
      ? []
      : section('Operate it, as its operators do', operatorCommands(kept, kept.adminDoor))),
    ...section('Operate it, as break-glass does', [
      `export RESTATE_ADMIN_URL=${kept.adminUrl}`,
      'That is the admin API without a credential, for whoever can open a port of this machine.',
      'It is no door of the deployment: it exists under --keep alone.',
    ]),
    '',
  ].join('\n');
}

/** The first role is shown; the others differ in their token alone. */
function operatorCommands({ ingress, caFile }: KeptDeployment, { url, port, roles }: KeptAdminDoor): readonly string[] {
  const { hostname } = new URL(url);
  const [first] = roles;
  return [
    ...roles.map(({ name, token }) => `${variableOf(name)}=${token}`),
    [
      `curl --connect-to ${shellWord(`${hostname}:443:${ingress.address}:${port}`)} --cacert ${shellWord(caFile)}`,
      ...(first === undefined ? [] : [`-H "authorization: Bearer $${variableOf(first.name)}"`]),
      shellWord(url),
    ].join(' \\\n  '),
  ];
}

/** The name of a role comes from a file that anybody may have written. */
function variableOf(role: string): string {
  return role
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toUpperCase()
    .replace(/^(?=\d)/, '_');
}

function callerCommands(kept: KeptDeployment): readonly string[] {
  const { ingress, clientCertificate, token, tokenExpires = '', url, caFile } = kept;
  const { hostname } = new URL(url);
  return [
    ...(token === undefined ? [] : [`TOKEN=${token}`]),
    [
      `curl --connect-to ${shellWord(`${hostname}:443:${ingress.address}:${ingress.port}`)} --cacert ${shellWord(caFile)}`,
      ...(clientCertificate === undefined
        ? []
        : [`--cert ${shellWord(clientCertificate.certificateFile)} --key ${shellWord(clientCertificate.keyFile)}`]),
      ...(token === undefined ? [] : ['-H "authorization: Bearer $TOKEN"']),
      `-H 'content-type: application/json' -d 1 ${shellWord(url)}`,
    ].join(' \\\n  '),
    ...(token === undefined ? [] : [`The token is good until ${tokenExpires.slice(0, 16).replace('T', ' ')} UTC.`]),
  ];
}

function serviceLines(service: KeptService, adminUrl: string): readonly string[] {
  const { uri, names, own, refused, identityKey } = service;
  const body = shellWord(JSON.stringify({ uri, force: true }));
  const again = `curl ${adminUrl}/deployments -H 'content-type: application/json' -d ${body}`;
  const found = names.length === 0 ? 'no services' : names.join(', ');
  const signed = identityKey === undefined ? [] : [`It signs its requests: identityKeys: ['${identityKey}']`];
  if (own === undefined) {
    return [`${found}, of the run.`, 'For a service of yours on this machine: --service http://127.0.0.1:9080'];
  }
  return [
    `${own}, which the server calls as ${uri}: ${refused === undefined ? found : `refused, ${refused}`}`,
    ...signed,
    refused === undefined ? 'After a change of its handlers:' : 'Calls wait until it answers. Then:',
    again,
  ];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return ['', `${heading}:`, '', ...lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`)];
}
