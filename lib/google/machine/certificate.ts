import { renderCertificateScript } from '../../proxy/certificate-script';
import { PROXY_USER, TLS_DIRECTORY } from '../machine-layout';
import { dockerRemove, dockerRun } from './docker-run';
import { IMAGES_UNIT_NAME } from './images';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** Name of the container that makes Envoy's certificate. */
export const CERTIFICATE = 'portcullis-certificate';

/** The unit that has ended well once Envoy has a certificate, where a balancer ends the callers' TLS. */
export const CERTIFICATE_UNIT_NAME: string = `${CERTIFICATE}.service`;

/** Makes the certificate and ends. The container has no network. */
export function certificateUnit(image: string): Unit {
  const owner = String(PROXY_USER);
  const container = dockerRun({
    name: CERTIFICATE,
    image,
    user: PROXY_USER,
    memoryMib: 64,
    network: 'none',
    mounts: [{ source: TLS_DIRECTORY, target: TLS_DIRECTORY, readOnly: false }],
    isLogged: false,
    entryPoint: '/bin/sh',
    command: ['-c', renderCertificateScript({ directory: TLS_DIRECTORY })],
  });
  return {
    name: CERTIFICATE_UNIT_NAME,
    text: `[Unit]
Description=Certificate of Envoy
Requires=docker.service ${IMAGES_UNIT_NAME}
After=docker.service ${IMAGES_UNIT_NAME}
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
ExecStartPre=-${commandLine(dockerRemove(CERTIFICATE))}
ExecStartPre=${commandLine(['/usr/bin/install', '-d', '-m', '0700', '-o', owner, '-g', owner, TLS_DIRECTORY])}
ExecStart=${commandLine(container)}
TimeoutStartSec=120`,
  };
}
