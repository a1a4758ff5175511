#!/usr/bin/env bash
# Sets up, builds, and does the main jobs: a token for an endpoint, and the same as JSON; then, against a local endpoint that
# enforces IAM as AWS does, a login that works, and one that is refused, with the cause named. The keys are AWS's own
# documentation examples; with real ones in the environment, what is printed first is a real token.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
install_packages
(
  clean_environment
  bun scripts/build.ts
)
export AWS_ACCESS_KEY_ID="${AWS_ACCESS_KEY_ID:-AKIAIOSFODNN7EXAMPLE}"
export AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY}"
endpoint=master.my-cache.abc123.use1.cache.amazonaws.com:6379
show() {
  printf '\n$ cacheauth'
  printf ' %s' "$@"
  printf '\n'
  dist/cacheauth "$@"
}
show token "$endpoint" -u my-user
show token "$endpoint" -u my-user --json

scratch=$(mktemp -d)
said=$scratch/said
printf '\n$ cacheauth emulate &\n'
dist/cacheauth emulate >"$said" &
emulator=$!
stop() {
  kill -INT "$emulator" 2>/dev/null && wait "$emulator"
  rm -rf "$scratch"
}
trap stop EXIT
for _ in $(seq 100); do
  grep -q '^Every login' "$said" && break
  sleep 0.1
done
cat "$said"
told=$(wc -l <"$said")
# Its throwaway keys, and the command that it says to try.
eval "$(grep -E '^ +(unset|export) ' "$said")"
read -r _ _ address rest < <(grep -E '^ +cacheauth probe ' "$said")
read -ra flags <<<"$rest"
show probe "$address" "${flags[@]}"

printf '\n$ TOKEN=$(cacheauth token --replication-group-id my-cache -u my-user -r eu-west-1)   # another region than the cache is in\n'
TOKEN=$(dist/cacheauth token --replication-group-id my-cache -u my-user -r eu-west-1)
export TOKEN
code=0
show probe "$address" "${flags[@]}" --token-env TOKEN || code=$?
printf '[exit %s: the server refused authentication]\n' "$code"
printf '\n# What the endpoint itself wrote down:\n'
tail -n +$((told + 1)) "$said"
[ "$code" = 5 ]
