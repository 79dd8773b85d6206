/** Bash of the machine's scripts that says what went wrong, and tries again. */
export const PERSISTENCE = `fail() { echo "portcullis: $1" >&2; exit 1; }

# persist COMMAND...: again and again, for what was granted with this machine may take minutes until it is known everywhere
persist() {
  local left=\${ATTEMPTS:-30}
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 10
  done
}`;

/**
 * Bash of the machine's scripts that calls an API of Google as the machine's own account. `METADATA` of the environment may name another
 * metadata server; nothing on the machine sets it.
 *
 * The APIs are called with curl, because Container-Optimized OS carries no gcloud. The token goes in by standard input: an argument would
 * show in the process list.
 *
 * @see https://cloud.google.com/compute/docs/access/authenticate-workloads#curl
 */
export const AUTHORISED_CALL: string = `${PERSISTENCE}

: "\${METADATA:=http://169.254.169.254}"

token() {
  curl -sS -m 5 --fail -H 'Metadata-Flavor: Google' \\
    "$METADATA/computeMetadata/v1/instance/service-accounts/default/token" |
    sed -n 's/.*"access_token" *: *"\\([^"\\\\]*\\)".*/\\1/p'
}

# authorised ARGUMENT...: one call with these arguments of curl, the answer on standard output
authorised() {
  local bearer
  bearer=$(token) && [ -n "$bearer" ] || return 1
  printf 'header = "authorization: Bearer %s"\\n' "$bearer" | curl -sS -m 30 --fail --config - "$@"
}`;
