# Sourced by demo.sh and test.sh: everything they need, on a fresh Debian machine that has npm. As root it installs
# what Debian has; otherwise it says in one line what to install.
#
# shellcheck shell=bash

# need COMMAND PACKAGE WHAT-FOR: fails only where a later step cannot do without.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    [ -n "${apt_updated:-}" ] || { apt-get update -qq >/dev/null 2>&1; apt_updated=1; }
    install_without_service "$2"
    command -v "$1" >/dev/null 2>&1 && return 0
  fi
  echo "missing: $1, for $3 (Debian: apt-get install $2)" >&2
  return 1
}

# Debian's packages start the service that they bring, unless this file of the administrator says no (invoke-rc.d(8)).
install_without_service() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
)

# The lock file's packages, once for each lock file. Not `npm ci`: it refuses a lock file that was made where the optional
# packages of other platforms could not be had, and those no build here needs. What npm has already, it does not ask for again.
install_packages() {
  need npm npm "everything" || exit 1
  local mark=node_modules/.cacheauth-lock
  cmp -s package-lock.json "$mark" 2>/dev/null && return 0
  echo "installing the packages of package-lock.json"
  local log
  log=$(mktemp)
  if ! npm install --prefer-offline --no-save --no-audit --no-fund --loglevel=error >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "npm install failed; it needs the npm registry" >&2
    exit 1
  fi
  rm -f "$log"
  cp package-lock.json "$mark"
}

# The oldest Node that package.json claims, for the built package's suite. Where npm cannot fetch it, run-tests.ts says so.
install_oldest_node() {
  local folder=node_modules/.cache/oldest-node
  [ -x "$folder/node_modules/node/bin/node" ] && return 0
  mkdir -p "$folder"
  npm install --prefix "$folder" --prefer-offline --no-save --no-audit --no-fund --loglevel=silent node@22.0.0 >/dev/null 2>&1
  return 0
}

# Nothing of this machine's own set-up reaches a build or a test. NODE_EXTRA_CA_CERTS costs every Node start 90 ms.
clean_environment() {
  local name
  for name in $(compgen -e | grep -E '^(AWS_|CACHEAUTH_|BUN_|NODE_|NO_COLOR$|FORCE_COLOR$)'); do unset "$name"; done
  PATH="$PWD/node_modules/.bin:$PATH"
  export PATH
}
