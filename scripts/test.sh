#!/usr/bin/env bash
# Sets up, builds, checks and tests. Usage: bash scripts/test.sh [--long]
# The last line is "N passed, N failed", added up over all runtimes; what could not be run here is named before it.
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/setup.sh
install_packages
install_oldest_node
need openssl openssl "certificates of the tests"
need script bsdutils "tests of the terminal"
need python3 python3 "the independent witnesses of --long"
need redis-server redis-server "the tests against a real server"
clean_environment
exec bun scripts/run-tests.ts "$@"
