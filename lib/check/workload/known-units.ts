import type { KnownScript } from './known-script';

/** Words of a command; a reference is one sign among them. */
const WORD = String.raw`[\w@+=:,./\uE000-\uF8FF-]+`;
const OWNER = String.raw`[1-9]\d*:[1-9]\d*`;
const SECONDS = String.raw`\d+`;
/** What the reader of containers reads. */
const RUN = String.raw`[^\n]+`;

const ONCE = `[Service]
Type=oneshot
RemainAfterExit=yes
StandardOutput=journal+console
StandardError=journal+console
`;
const ONLINE = `Wants=network-online.target
After=network-online.target
`;

/** The units that releases of portcullis put on a machine of Compute Engine, by name. */
export const KNOWN_UNITS: Readonly<Record<string, KnownScript>> = {
  'portcullis-data.service': {
    text: `[Unit]
Description=Data disk of Restate
${ONCE}ExecStart=/bin/bash /etc/portcullis/data-disk {{device}} {{marker}} {{disk}} {{owner}} {{made}}
TimeoutStartSec=1200
`,
    holes: {
      device: `/dev/disk/by-id/${WORD}`,
      marker: '[a-z0-9-]+',
      disk: String.raw`/mnt/disks/[\w-]+`,
      owner: OWNER,
      made: 'new|restored',
    },
  },
  'portcullis-growth.service': {
    text: `[Unit]
Description=Room on the data disk of Restate
Requisite=portcullis-data.service
After=portcullis-data.service
[Service]
Type=oneshot
ExecStart=/sbin/resize2fs {{device}}
StandardOutput=null
StandardError=null
`,
    holes: { device: `/dev/disk/by-id/${WORD}` },
  },
  'portcullis-growth.timer': {
    text: `[Unit]
Description=Room on the data disk of Restate, every five minutes
[Timer]
OnCalendar=*:2/5
`,
    holes: {},
  },
  'portcullis-secrets.service': {
    text: `[Unit]
Description=Secrets of Restate and Envoy
${ONLINE}${ONCE}{{fetches}}TimeoutStartSec=1200
`,
    holes: { fetches: `(?:ExecStart=/bin/bash /etc/portcullis/fetch-secret ${WORD} /run/${WORD} ${OWNER}\\n)+` },
  },
  'portcullis-images.service': {
    text: `[Unit]
Description=Images of Restate and Envoy
Requires=docker.service
Wants=network-online.target
After=docker.service network-online.target
${ONCE}Environment=HOME=/run/portcullis/home
ExecStartPre=/usr/bin/install -d -m 0700 /run/portcullis/home
ExecStart=/usr/bin/docker-credential-gcr configure-docker --registries={{registries}}
{{pulls}}TimeoutStartSec=1800
`,
    holes: { registries: WORD, pulls: `(?:ExecStart=/bin/bash /etc/portcullis/pull-image ${WORD}\\n)+` },
  },
  'portcullis-network.service': {
    text: `[Unit]
Description=Network of Restate and Envoy
Requires=docker.service
After=docker.service
${ONCE}ExecStartPre=-/usr/bin/docker rm --force portcullis-restate portcullis-envoy portcullis-certificate
ExecStartPre=-/usr/bin/docker network rm portcullis
ExecStart=/usr/bin/docker network create --driver bridge --subnet {{range}} --opt com.docker.network.bridge.enable_icc=false portcullis
`,
    holes: { range: String.raw`[\d.]+/\d+` },
  },
  'portcullis-certificate.service': {
    text: `[Unit]
Description=Certificate of Envoy
Requires=docker.service portcullis-images.service
After=docker.service portcullis-images.service
${ONCE}ExecStartPre=-/usr/bin/docker rm --force portcullis-certificate
ExecStartPre=/usr/bin/install -d -m 0700 -o {{user}} -g {{user}} /run/portcullis/tls
ExecStart=/usr/bin/docker run {{run}}
TimeoutStartSec=120
`,
    holes: { user: String.raw`[1-9]\d*`, run: RUN },
  },
  'portcullis-envoy.service': {
    text: `[Unit]
Description=Envoy
Requires=docker.service portcullis-images.service portcullis-network.service portcullis-secrets.service{{minted}}
Wants=portcullis-restate.service{{list}}
After=docker.service portcullis-images.service portcullis-network.service portcullis-secrets.service{{minted}}{{list}}
StartLimitIntervalSec=0
[Service]
ExecStartPre=-/usr/bin/docker rm --force portcullis-envoy
{{folder}}ExecStart=/usr/bin/docker run {{run}}
ExecStop=-/usr/bin/docker stop --time {{stop}} portcullis-envoy
Restart=always
RestartSec=2
TimeoutStopSec={{limit}}
`,
    holes: {
      minted: String.raw`(?: portcullis-certificate\.service)?`,
      list: String.raw`(?: portcullis-revocation\.service)?`,
      folder: String.raw`(?:ExecStartPre=/usr/bin/install -d -m 0755 /run/portcullis/[\w-]+\n)?`,
      run: RUN,
      stop: SECONDS,
      limit: SECONDS,
    },
  },
  'portcullis-guard.service': {
    text: `[Unit]
Description=Nobody but Envoy reaches the metadata server
BindsTo=portcullis-envoy.service
After=portcullis-envoy.service
${ONCE}ExecStart=/bin/bash /etc/portcullis/guard
TimeoutStartSec=90
`,
    holes: {},
  },
  'portcullis-restate.service': {
    text: `[Unit]
Description=Restate
Requires=docker.service portcullis-data.service portcullis-secrets.service portcullis-images.service
BindsTo=portcullis-envoy.service portcullis-guard.service
After=docker.service portcullis-data.service portcullis-secrets.service portcullis-images.service portcullis-envoy.service portcullis-guard.service
StartLimitIntervalSec=0
[Service]
ExecStartPre=-/usr/bin/docker rm --force portcullis-restate
ExecStart=/usr/bin/docker run {{run}}
ExecStop=-/usr/bin/docker stop --time {{stop}} portcullis-restate
Restart=always
RestartSec=2
TimeoutStopSec={{limit}}
`,
    holes: { run: RUN, stop: SECONDS, limit: SECONDS },
  },
  'portcullis-revocation.service': {
    text: `[Unit]
Description=Revocation list of callers
${ONLINE}[Service]
Type=oneshot
StandardOutput=journal+console
StandardError=journal+console
ExecStart=/bin/bash /etc/portcullis/fetch-revocation-list {{bucket}} {{key}} {{file}}
TimeoutStartSec=90
`,
    holes: { bucket: WORD, key: WORD, file: `/run/portcullis/${WORD}` },
  },
  'portcullis-revocation.timer': {
    text: `[Unit]
Description=Revocation list of callers, every five minutes
[Timer]
OnCalendar=*:0/5
`,
    holes: {},
  },
};
