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

# What is not in the token: a cache whose user group is not attached, at the endpoint and in AWS's records.
printf '{"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"attached":false}]}\n' >"$scratch/users.json"
printf '\n$ cacheauth emulate --users users.json &   # %s\n' "$(cat "$scratch/users.json")"
dist/cacheauth emulate --users "$scratch/users.json" --json >"$scratch/second" 2>/dev/null &
second=$!
node_modules/.bin/bun scripts/demo-aws.ts >"$scratch/aws" &
aws=$!
stop_all() {
  kill "$second" "$aws" 2>/dev/null
  stop
}
trap stop_all EXIT
for _ in $(seq 100); do
  [ -s "$scratch/second" ] && [ -s "$scratch/aws" ] && break
  sleep 0.1
done
read_json() { node_modules/.bin/node -e 'const o = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8").split("\n")[0]); console.log(eval("o." + process.argv[2]))' "$scratch/second" "$1"; }
AWS_ACCESS_KEY_ID=$(read_json credentials.accessKeyId)
AWS_SECRET_ACCESS_KEY=$(read_json credentials.secretAccessKey)
AWS_ENDPOINT_URL=$(cat "$scratch/aws")
NO_PROXY=127.0.0.1
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_ENDPOINT_URL NO_PROXY
unset AWS_SESSION_TOKEN
printf '\n# AWS is a fake here, from the tests: its records are asked at AWS_ENDPOINT_URL.\n'
code=0
show doctor "127.0.0.1:$(read_json endpoint.port)" --ca "$(read_json caFile)" \
  --replication-group-id my-cache -r us-east-1 -u my-user || code=$?
printf "[exit %s: the cause is in AWS's records]\n" "$code"
[ "$code" = 1 ]
