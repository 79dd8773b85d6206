import { CERTIFICATE_VARIABLE } from './ingress-certificate';

/**
 * The POSIX shell script of the container `expiry`: it logs how long the proxy's certificate, or whatever of its chain ends first, is
 * still good, when it starts and every hour. A chain that cannot be read has no time left.
 *
 * The server's image carries no `openssl`, so the times are read from the DER: the first sequence in a certificate that holds two times
 * is its validity, each of them in one of the two forms of RFC 5280, 4.1.2.5.
 */
export const EXPIRY_SCRIPT: string = `set -eu
trap 'exit 0' TERM

certificates() {
  body=
  printf '%s\\n' "$${CERTIFICATE_VARIABLE}" | tr -d '\\r' | while IFS= read -r line; do
    case $line in
      -----BEGIN*) body= ;;
      -----END*) printf '%s' "$body" | base64 -d | od -An -v -tx1 | tr -d ' \\n'; echo ;;
      *) body=$body$line ;;
    esac
  done
}

# YYYYMMDDhhmmss, of 19YY when YY is 50 or more
end() {
  grep -oE '30(1e|20|22)1[78]0[df](3[0-9]){12,14}5a1[78]0[df](3[0-9]){12,14}5a' | head -n 1 |
    sed -E 's/.*1[78]0[df]((3[0-9])+)5a$/\\1/; s/3([0-9])/\\1/g; s/^([5-9].{11})$/19\\1/; s/^(.{12})$/20\\1/'
}

ends() {
  certificates | while IFS= read -r der; do
    time=$(printf '%s\\n' "$der" | end | sed -E 's/(....)(..)(..)(..)(..)(..)/\\1-\\2-\\3 \\4:\\5:\\6/')
    [ -z "$time" ] || date -u -d "$time" +%s
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
