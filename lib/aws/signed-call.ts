/**
 * Bash of the machine's scripts that calls an AWS API as the machine's own role. Settings come by environment: `AWS_REGION` and `METADATA`
 * (the instance metadata service).
 *
 * The APIs are called with curl, because the ECS-optimised machine image carries no AWS CLI. Credentials go in by standard input: an
 * argument would show in the process list.
 */
export const SIGNED_CALL: string = `fail() { echo "portcullis: $1" >&2; exit 1; }

metadata() {
  local token
  token=$(curl -sSf -m 5 -X PUT -H 'x-aws-ec2-metadata-token-ttl-seconds: 60' "$METADATA/latest/api/token")
  curl -sSf -m 5 -H "x-aws-ec2-metadata-token: $token" "$METADATA/latest/meta-data/$1"
}

field() { sed -n "s/.*\\"$1\\" *: *\\"\\([^\\"]*\\)\\".*/\\1/p"; }

# signed SERVICE ARGUMENT...: one signed call with these arguments of curl, the answer on standard output
signed() {
  local role credentials
  role=$(metadata iam/security-credentials/)
  credentials=$(metadata "iam/security-credentials/$role")
  curl -sS -m 30 --fail-with-body --aws-sigv4 "aws:amz:$AWS_REGION:$1" --config - "\${@:2}" <<EOF
user = "$(field AccessKeyId <<<"$credentials"):$(field SecretAccessKey <<<"$credentials")"
header = "x-amz-security-token: $(field Token <<<"$credentials")"
EOF
}`;
