import { CERTIFICATE_VARIABLE } from './ingress-certificate';

/**
 * The POSIX shell script of the container `expiry`: it logs how long the proxy's certificate, or whatever of its chain ends first, is
 * still good, when it starts and every hour. A chain that cannot be read has no time left.
 */
export const EXPIRY_SCRIPT: string = `set -eu
trap 'exit 0' TERM

ends() {
  block=
  printf '%s\\n' "$${CERTIFICATE_VARIABLE}" | tr -d '\\r' | while IFS= read -r line; do
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
`;
