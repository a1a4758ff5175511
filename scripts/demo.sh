#!/usr/bin/env bash
# Sets up, builds, and does the main job: a token for an endpoint, and the same as JSON. The keys are AWS's own
# documentation examples; with real ones in the environment, what is printed is a real token.
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
