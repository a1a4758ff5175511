#!/usr/bin/env bash
# Fetches what runs executables of other platforms on a Debian x64 machine, into FOLDER, and installs nothing: QEMU's
# emulators, glibc for arm64, musl for both, and the libstdc++ that Bun's musl executables need, from a Python wheel
# that was made for musl and brings it along. Usage: bash scripts/release/foreign-roots.sh FOLDER
set -euo pipefail
folder=$1
[ -e "$folder/complete" ] && exit 0
making=$(mktemp -d)
trap 'rm -rf "$making"' EXIT

# fetch ARCHITECTURE SUITE PACKAGE: unpacks it. APT is given a state of its own, so that the machine's stays as it is.
fetch() {
  local state="$making/apt-$1-$2"
  local options=(-qq -o "APT::Architecture=$1" -o "APT::Architectures=$1" -o "Dir::Etc::sourcelist=$state/sources.list"
    -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$state/lists" -o "Dir::State::status=$state/status"
    -o "Dir::Cache=$state" -o APT::Sandbox::User=root)
  if [ ! -d "$state" ]; then
    mkdir -p "$state/lists/partial" "$state/archives/partial"
    : >"$state/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $2 main" >"$state/sources.list"
    apt-get "${options[@]}" update
  fi
  (cd "$state" && apt-get "${options[@]}" download "$3")
  dpkg -x "$state/$3"_*.deb "$making/$3-$1"
}

# musl_root NAME DEBIAN'S-ARCHITECTURE MACHINE. Trixie's musl: bookworm's is too old for relocations that libstdc++ has.
musl_root() {
  local lib="$making/roots/$1/lib" wheel="$making/wheel-$3"
  fetch "$2" trixie musl
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --implementation cp \
    --python-version 312 --platform "musllinux_1_2_$3" --dest "$wheel" kiwisolver==1.5.1
  (cd "$wheel" && python3 -m zipfile -e ./*.whl .)
  mkdir -p "$lib"
  find "$making/musl-$2" -name libc.so -exec cp {} "$lib/ld-musl-$3.so.1" ';'
  cp "$wheel"/kiwisolver.libs/libstdc++* "$lib/libstdc++.so.6"
  cp "$wheel"/kiwisolver.libs/libgcc_s* "$lib"
}

fetch amd64 bookworm qemu-user-static
fetch amd64 bookworm libc6-arm64-cross
mkdir -p "$making/roots/bin"
cp "$making"/qemu-user-static-amd64/usr/bin/qemu-{x86_64,aarch64}-static "$making/roots/bin"
cp -a "$making/libc6-arm64-cross-amd64/usr/aarch64-linux-gnu" "$making/roots/linux-arm64"
musl_root linux-x64-musl amd64 x86_64
musl_root linux-arm64-musl arm64 aarch64

rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
cp -a "$making/roots" "$folder"
touch "$folder/complete"
