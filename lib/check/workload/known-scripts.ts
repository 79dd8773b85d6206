import type { KnownScript } from './known-script';

const PATH = '(?:/[A-Za-z0-9._-]+)+';
const VARIABLE = '[A-Z][A-Z0-9_]*';
/** Options of the server behind those that the script has itself. */
const OPTIONS = String.raw`(?: --[a-z][a-z-]*(?:[= ][\w.:/,][\w.:/,-]*)?)*`;

const DEMAND = String.raw`in
'-----BEGIN PRIVATE KEY-----'*) ;;
*) echo '{{said}} holds no PKCS#8 private key: put the PEM of portcullis identity-key into the secret' >&2; exit 1 ;;
esac`;

const BECOME_SERVER = `rm -rf {{spill}}
mkdir {{spill}}
export TMPDIR={{spill}}
exec restate-server --no-logo{{options}}`;

/** What a server's container starts with where the runtime hands it the identity key as a variable: a file on tmpfs, and no variable. */
export const ENTRY_SCRIPT: KnownScript = {
  text: `set -eu
umask 077
case "\${{{variable}}:-}" ${DEMAND.replace('{{said}}', '{{variable}}')}
printf '%s\\n' "\${{variable}}" > {{file}}
unset {{variable}}
${BECOME_SERVER}`,
  holes: { variable: VARIABLE, file: PATH, spill: PATH, options: OPTIONS },
};

/** The same where the runtime gives the key as a file: a look at its first line. */
export const FILE_ENTRY_SCRIPT: KnownScript = {
  text: `set -eu
umask 077
first=
read -r first < {{file}} || true
case "$first" ${DEMAND.replace('{{said}}', '{{file}}')}
unset first
${BECOME_SERVER}`,
  holes: { file: PATH, spill: PATH, options: OPTIONS },
};

/** What mints the proxy's certificate: a key that its own user alone may read, in the folder that the proxy is given. */
export const CERTIFICATE_SCRIPT: KnownScript = {
  text: `set -eu
umask 077
cd {{directory}}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 -subj /CN=portcullis -addext subjectAltName=DNS:portcullis.internal -keyout key.pem -out cert.pem`,
  holes: { directory: PATH },
};

/** What logs how long the proxy's certificate lasts. */
export const EXPIRY_SCRIPT: KnownScript = {
  text: `set -eu
trap 'exit 0' TERM

ends() {
  block=
  printf '%s\\n' "\${{variable}}" | tr -d '\\r' | while IFS= read -r line; do
    block=$(printf '%s\\n%s' "$block" "$line")
    case $line in
      -----END*)
        time=$(printf '%s\\n' "$block" | openssl x509 -noout -enddate 2>/dev/null) && date -u -d "\${time#notAfter=}" +%s
        block=
        ;;
    esac
  done
}

first=$(ends | sort -n | head -n 1)
[ -n "$first" ] || echo 'portcullis: the certificate of the proxy cannot be read' >&2
while :; do
  now=$(date +%s)
  printf '{"log":"expiry","certificate_seconds_left":%d}\\n' "$((\${first:-$now} - now))"
  sleep 3600 &
  wait $!
done
`,
  holes: { variable: VARIABLE },
};
