#!/usr/bin/env bash
# Fetches what runs executables of other platforms on a Debian x64 machine, and installs nothing. Each gets a folder of its own
# below FOLDER: QEMU's emulator, glibc for arm64, musl, Wine. Usage: bash scripts/release/foreign-roots.sh FOLDER PLATFORM...
set -euo pipefail
folder=$1
shift
mkdir -p "$folder"
making=$(mktemp -d "$folder/.making-XXXXXX")
trap 'rm -rf "$making"' EXIT

# fetch ARCHITECTURE SUITE PACKAGE: unpacks it. APT is given a state of its own, so that the machine's stays as it is.
fetch() {
  [ -d "$making/$3-$1" ] && return
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

# qemu ROOT MACHINE
qemu() {
  fetch amd64 bookworm qemu-user-static
  mkdir -p "$1"
  cp "$making/qemu-user-static-amd64/usr/bin/qemu-$2-static" "$1/qemu"
}

# musl ROOT DEBIAN'S-ARCHITECTURE MACHINE. Trixie's: bookworm's is too old for relocations that libstdc++ has, which comes from a
# Python wheel that was made for musl and brings it along.
musl() {
  local wheel="$making/wheel-$3"
  fetch "$2" trixie musl
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --implementation cp \
    --python-version 312 --platform "musllinux_1_2_$3" --dest "$wheel" kiwisolver==1.5.1
  (cd "$wheel" && python3 -m zipfile -e ./*.whl .)
  mkdir -p "$1/lib"
  find "$making/musl-$2" -name libc.so -exec cp {} "$1/lib/ld-musl-$3.so.1" ';'
  cp "$wheel"/kiwisolver.libs/libstdc++* "$1/lib/libstdc++.so.6"
  cp "$wheel"/kiwisolver.libs/libgcc_s* "$1/lib"
}

# wine ROOT: a root to change to. Trixie's, for Bun needs a DLL that bookworm's lacks; with what it is linked to, and no shell.
wine() {
  local part
  for part in libc6 libgcc-s1 libunwind8 liblzma5 wine64 libwine libz-mingw-w64; do
    fetch amd64 trixie "$part"
    cp -a "$making/$part-amd64/." "$1"
  done
  for part in lib lib64; do [ -e "$1/$part" ] || ln -s "usr/$part" "$1/$part"; done
  cp "$1/usr/x86_64-w64-mingw32/lib/zlib1.dll" "$1/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll"
  # Debian's is a shell script that starts the other.
  cp "$1/usr/lib/wine/wineserver64" "$1/usr/lib/wine/wineserver"
  rm -rf "$1"/usr/share/doc "$1"/usr/*-mingw32
  mkdir -p "$1/proc" "$1/dev" "$1/tmp" "$1/prefix" "$1/program"
}

for platform; do
  [ -e "$folder/$platform" ] && continue
  root="$making/roots/$platform"
  mkdir -p "$root"
  case $platform in
    linux-x64-baseline) qemu "$root" x86_64 ;;
    linux-arm64)
      qemu "$root" aarch64
      fetch amd64 bookworm libc6-arm64-cross
      cp -a "$making/libc6-arm64-cross-amd64/usr/aarch64-linux-gnu/." "$root"
      ;;
    linux-x64-musl) musl "$root" amd64 x86_64 ;;
    linux-arm64-musl)
      qemu "$root" aarch64
      musl "$root" arm64 aarch64
      ;;
    windows-x64) wine "$root" ;;
    *) continue ;;
  esac
  mv "$root" "$folder/$platform"
done
