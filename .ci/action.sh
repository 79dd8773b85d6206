#!/usr/bin/env bash
# The step of action.yml: checks, tells both a file and the summary of the job, and exits as `portcullis check` or `portcullis diff` does.
set -uo pipefail

summary=${GITHUB_STEP_SUMMARY:-/dev/null}
stack=()
[ -n "$PORTCULLIS_STACK" ] && stack=(--stack "$PORTCULLIS_STACK")
paths=()
while IFS= read -r path; do
  [ -n "$path" ] && paths+=("$path")
done <<<"$PORTCULLIS_PATH"

# without a version nothing is fetched: the project's own one runs, or none
portcullis() {
  if [ -n "$PORTCULLIS_VERSION" ]; then npx --yes "portcullis@$PORTCULLIS_VERSION" "$@"; else npx --no portcullis "$@"; fi
}

portcullis check "${paths[@]}" "${stack[@]}" --format "$PORTCULLIS_FORMAT" --output "$PORTCULLIS_OUTPUT"
code=$?
# without a look at anything there is no report, and the message stands above
[ "$code" -gt 1 ] && exit "$code"
portcullis check "${paths[@]}" "${stack[@]}" --format markdown >>"$summary"
portcullis check "${paths[@]}" "${stack[@]}" --no-color

if [ -n "$PORTCULLIS_BEFORE" ]; then
  portcullis diff "$PORTCULLIS_BEFORE" "${paths[0]}" "${stack[@]}" --format markdown >>"$summary"
  portcullis diff "$PORTCULLIS_BEFORE" "${paths[0]}" "${stack[@]}"
  opened=$?
  [ "$opened" -gt "$code" ] && code=$opened
fi
exit "$code"
