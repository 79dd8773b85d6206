import type { KeptDeployment, KeptService } from '../prove';
import { shellWord } from './shell-word';

/** How to talk to a deployment that is kept up: commands that work as they stand, for the user who keeps it. */
export function keptNote(kept: KeptDeployment): string {
  return [
    `${kept.subject} is up, as its template says, until Ctrl-C. Nothing was attacked.`,
    ...section('Call it, as its callers do', callerCommands(kept)),
    ...section('Behind it', serviceLines(kept.service, kept.adminUrl)),
    ...section('Operate it', [
      `export RESTATE_ADMIN_URL=${kept.adminUrl}`,
      'That is the admin API without a credential, for whoever can open a port of this machine.',
      'The deployment has no such door: it exists under --keep alone.',
    ]),
    '',
  ].join('\n');
}

function callerCommands(kept: KeptDeployment): readonly string[] {
  const { ingress, clientCertificate, token, tokenExpires = '', url, caFile } = kept;
  const { hostname } = new URL(url);
  return [
    ...(token === undefined ? [] : [`TOKEN=${token}`]),
    [
      `curl --connect-to ${hostname}:443:${ingress.address}:${ingress.port} --cacert ${shellWord(caFile)}`,
      ...(clientCertificate === undefined
        ? []
        : [`--cert ${shellWord(clientCertificate.certificateFile)} --key ${shellWord(clientCertificate.keyFile)}`]),
      ...(token === undefined ? [] : ['-H "authorization: Bearer $TOKEN"']),
      `-H 'content-type: application/json' -d 1 ${url}`,
    ].join(' \\\n  '),
    ...(token === undefined ? [] : [`The token is good until ${tokenExpires.slice(0, 16).replace('T', ' ')} UTC.`]),
  ];
}

function serviceLines(service: KeptService, adminUrl: string): readonly string[] {
  const { uri, names, own, refused, identityKey } = service;
  const again = `curl ${adminUrl}/deployments -H 'content-type: application/json' -d '{"uri":"${uri}","force":true}'`;
  const found = names.length === 0 ? 'no services' : names.join(', ');
  const signed = identityKey === undefined ? [] : [`It signs its requests: identityKeys: ['${identityKey}']`];
  if (own === undefined) {
    return [`${found}, of the run.`, 'For a service of yours on this machine: --service http://127.0.0.1:9080'];
  }
  return [
    `${own}, which the server calls as ${uri}: ${refused === undefined ? found : `refused, ${refused}`}`,
    ...signed,
    refused === undefined ? 'After a change of its handlers:' : 'When it answers:',
    again,
  ];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return ['', `${heading}:`, '', ...lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`)];
}
