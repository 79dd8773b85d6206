import { createHash } from 'node:crypto';
import { renderRevocationResource } from '../proxy/revocation-list';
import { SIGNED_CALL } from './signed-call';

const ANY_LIST = '-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n';

/** What stands before and after the lists in the file that the proxy reads. Both are free of quotes that a shell would read. */
const [BEFORE, AFTER] = renderRevocationResource(ANY_LIST).trimEnd().split(JSON.stringify(ANY_LIST).slice(1, -1));

/** Amazon S3 demands to be told, and a request for an object has no body. */
const EMPTY_SHA256 = createHash('sha256').digest('hex');

/**
 * Bash that runs on the machine before ECS starts and every five minutes: it fetches the revocation list from Amazon S3 and renames it
 * over the one that the proxy reads.
 *
 * Whatever goes wrong, the last good list stays: a list that cannot be read, and none at all above all, would revoke nothing or refuse
 * everybody. Where there never was one, the proxy does not start.
 *
 * Settings come by environment: `BUCKET`, `KEY`, `RESOURCE` (the file that the proxy reads), `URL_SUFFIX`, and those of
 * {@link SIGNED_CALL}. The bucket stands in the path: a name with a dot is not what the certificate of Amazon S3 is made for.
 */
export const REVOCATION_SCRIPT: string = `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
umask 022
# 8 MiB a file: it all stands in the memory of the machine
ulimit -f 8192
${SIGNED_CALL}

# The lists alone: authorities print what is in one before it
lists() { tr -d '\\r' | sed -n '/^-----BEGIN X509 CRL-----$/,/^-----END X509 CRL-----$/p'; }

# Each of them, whole and readable, with nothing that JSON would read: openssl passes over a short header, quotes and all
readable() {
  local line list= found=1
  while IFS= read -r line; do
    [[ "$line" =~ ^(-----(BEGIN|END)\\ X509\\ CRL-----|[A-Za-z0-9+/=]*)$ ]] || return 1
    list+=$line$'\\n'
    [ "$line" = '-----END X509 CRL-----' ] || continue
    openssl crl -noout <<<"$list" 2>/dev/null || return 1
    list= found=0
  done
  [ -z "$list" ] && return "$found"
}

# Beside the folder that the proxy watches, in the same memory: a rename is one step
work=$(mktemp -d "\${RESOURCE%/*}.XXXXXX")
trap 'rm -rf "$work"' EXIT
signed s3 -H 'x-amz-content-sha256: ${EMPTY_SHA256}' -o "$work/object" \\
  "https://s3.$AWS_REGION.$URL_SUFFIX/$BUCKET/$KEY" || fail "s3://$BUCKET/$KEY cannot be fetched"
lists <"$work/object" >"$work/lists"
readable <"$work/lists" || fail "s3://$BUCKET/$KEY is no revocation list in PEM"
{
  printf '%s' '${BEFORE}'
  awk '{ printf "%s\\\\n", $0 }' "$work/lists"
  printf '%s\\n' '${AFTER}'
} >"$work/resource"
cmp -s "$work/resource" "$RESOURCE" || mv -f "$work/resource" "$RESOURCE"
`;
