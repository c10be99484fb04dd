#!/usr/bin/env bash
# install.sh: installs nanoctl, from a binary or built from this source tree, and sets up a marketplace on this machine.
# A second run changes nothing. ./install.sh --help says what it touches.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.mvn/toolchain.sh
. "$here/.mvn/toolchain.sh"

usage() {
  cat <<'TEXT'
usage: ./install.sh [--binary FILE | --from-source] [--prefix DIR] [--remove] [--help] [options of `nanoctl install`]

  --binary FILE  install this nanoctl binary and build nothing; a file `nanoctl` beside
                 install.sh is taken without asking
  --from-source  build all the same
  --prefix DIR   where the program goes (default /usr/local as root, else ~/.local):
                 DIR/lib/nanoctl and DIR/bin/nanoctl
  --remove       take the program away again; a marketplace's data stays
                 (`nanoctl uninstall --purge` removes that, first)
  --help         this text

Everything else goes on to `nanoctl install`, for example:
  --yes          ask nothing
  --site DIR     the folder of this marketplace (default /var/lib/nanoctl as root,
                 else ~/.local/share/nanoctl)
  --port N       where it answers on 127.0.0.1 (default 8080)

As root, missing tools (JDK 25, Maven, Node.js) are installed with apt-get. As another
user nothing outside your home folder is touched, and the command to run is printed.
Exit status: 0 done, 2 usage, 12 this machine is not fit (nothing changed),
14 build or download failed, 130 interrupted, else that of `nanoctl install`.
TEXT
}

# ---- how it speaks -----------------------------------------------------------------------------------------------

live_line=0
setup_output() {
  local fd=1
  for argument in "$@"; do [ "$argument" != --json ] || fd=2; done
  exec 3>&"$fd"
  ok='ok' dash='-' frames='.oOo'
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]*) ok='✓' dash='·' frames='⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏' ;;
  esac
  green='' red='' dim='' plain=''
  if [ -t 3 ] && [ "${TERM:-dumb}" != dumb ]; then
    live_line=1
    if [ -z "${NO_COLOR:-}" ]; then green=$'\e[32m' red=$'\e[31m' dim=$'\e[2m' plain=$'\e[0m'; fi
  fi
}

done_step() {
  [ "$live_line" = 0 ] || printf '\r\e[K' >&3
  printf '  %s%s%s %-27s %s\n' "$green" "$ok" "$plain" "$1" "$2" >&3
}

live() { [ "$live_line" = 0 ] || printf '\r\e[K  %s%s%s %-27s %s' "$dim" "$1" "$plain" "$2" "$3" >&3; }

# fail STATUS CODE WHAT FIX [WAY-BACK]
fail() {
  [ "$live_line" = 0 ] || printf '\r\e[K' >&3
  printf '%s%s%s %s: %s\n  %s\n' "$red" error "$plain" "$2" "$3" "$4" >&2
  printf '  %s\n' "${5:-nothing was changed; run ./install.sh again when that is done}" >&2
  exit "$1"
}

seconds() { if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi; }
gigabytes() { awk -v kb="$1" 'BEGIN { printf "%.1f GB", kb / 1048576 }'; }

# ---- arguments ---------------------------------------------------------------------------------------------------

is_root() { [ "$(id -u)" = 0 ]; }

parse() {
  prefix=''
  remove=0
  binary=''
  from_source=0
  site="${NANOCTL_SITE:-}"
  port=8080
  pass=()
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --remove) remove=1 ;;
      --from-source) from_source=1 ;;
      --binary) [ $# -gt 1 ] || fail 2 NC-USAGE "--binary needs a file" "./install.sh --binary FILE"; binary=$2; shift ;;
      --binary=*) binary=${1#*=} ;;
      --prefix) [ $# -gt 1 ] || fail 2 NC-USAGE "--prefix needs a folder" "./install.sh --prefix DIR"; prefix=$2; shift ;;
      --prefix=*) prefix=${1#*=} ;;
      --site | --port) [ $# -gt 1 ] || fail 2 NC-USAGE "$1 needs a value" "./install.sh --help"; remember "$1" "$2"; pass+=("$1" "$2"); shift ;;
      --site=* | --port=*) remember "${1%%=*}" "${1#*=}"; pass+=("$1") ;;
      *) pass+=("$1") ;;
    esac
    shift
  done
  if [ -z "$prefix" ]; then if is_root; then prefix=/usr/local; else prefix=$HOME/.local; fi; fi
  case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
  if [ "$from_source" = 1 ]; then binary=''; elif [ -z "$binary" ] && [ -f "$here/nanoctl" ]; then binary=$here/nanoctl; fi
  if [ -z "$site" ]; then if is_root; then site=/var/lib/nanoctl; else site=${XDG_DATA_HOME:-$HOME/.local/share}/nanoctl; fi; fi
}

remember() { case $1 in --site) site=$2 ;; --port) port=$2 ;; esac; }

# ---- this machine ------------------------------------------------------------------------------------------------

check_machine() {
  local system architecture memory disk wanted_disk=3145728
  # shellcheck source=/dev/null
  system=$(. "$root/etc/os-release" 2>/dev/null && printf '%s %s' "${ID:-linux}" "${VERSION_ID:-}") || system=unknown
  architecture=$(uname -m)
  case $architecture in
    x86_64 | aarch64) ;;
    *) fail 12 NC-ARCH-UNSUPPORTED "this machine is $architecture; PostgreSQL's binaries exist for x86_64 and aarch64" "use such a machine" ;;
  esac
  memory=$(awk '/^MemTotal:/ { print $2 }' "$root/proc/meminfo")
  [ "$memory" -ge 1500000 ] || fail 12 NC-MEMORY-LOW "this machine has $(gigabytes "$memory") of memory; building and running needs 1.5 GB" "give it more memory"
  [ ! -d "$prefix/lib/nanoctl" ] || wanted_disk=1048576
  disk=$(df -Pk "$here" | awk 'NR == 2 { print $4 }')
  [ "$disk" -ge "$wanted_disk" ] || fail 12 NC-DISK-LOW "$here has $(gigabytes "$disk") free; $(gigabytes "$wanted_disk") are needed" "make room: df -h $here"
  [ -w "$here" ] || fail 12 NC-SOURCE-READ-ONLY "$here cannot be written, and the build writes into it" "copy it to a folder of yours, and run ./install.sh there"
  local made="$prefix"
  while [ ! -e "$made" ]; do made=$(dirname "$made"); done
  [ -w "$made" ] || fail 12 NC-PREFIX-READ-ONLY "$made cannot be written by $(id -un)" "choose another folder: ./install.sh --prefix ~/.local"
  check_port
  done_step "checked this machine" "$system $dash $architecture $dash $(nproc) cores $dash $(gigabytes "$memory") memory $dash $(gigabytes "$disk") free"
}

# The port matters only until the site exists: afterwards it is our own server that holds it.
check_port() {
  [ ! -e "$site/nanoctl.yml" ] || return 0
  case $port in '' | *[!0-9]*) fail 2 NC-USAGE "--port $port is no number" "./install.sh --port 8081" ;; esac
  if (exec 4<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    fail 12 NC-PORT-IN-USE "port $port is taken by another program" "see which: ss -ltnp 'sport = :$port'; or choose another: ./install.sh --port $((port + 1))"
  fi
}

# ---- tools -------------------------------------------------------------------------------------------------------

apt_updated=0
# apt_offers PACKAGE: whether apt could install it.
apt_offers() {
  command -v apt-get >/dev/null || return 1
  if [ "$apt_updated" = 0 ] && is_root; then
    live ' ' "reading package lists" ""
    apt-get -qq update >>"$log" 2>&1 || true
    apt_updated=1
  fi
  [[ $(apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]
}

# install_packages CODE WHAT PACKAGE…
install_packages() {
  local code=$1 what=$2
  shift 2
  is_root || fail 12 "$code" "$what is missing, and only root can install it" "sudo apt-get install -y $*"
  live ' ' "installing $what" "apt-get install $*"
  # Slim container images lack the folder that every Java package of Debian wants to link its manual pages into.
  mkdir -p "$root/usr/share/man/man1"
  DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 install "$@" >>"$log" 2>&1 </dev/null \
    || fail 14 "$code" "apt-get install $* failed: $(grep -E '^E: ' "$log" | tail -n 1 || true)" "run it by hand and look: apt-get install -y $*" "the log is $log; the way back is apt-get: apt-get -f install"
}

ensure_jdk() {
  local jdk package
  if ! jdk=$(find_jdk); then
    for package in openjdk-25-jdk-headless temurin-25-jdk; do
      if apt_offers "$package"; then
        install_packages NC-JDK-MISSING "JDK $need_java" "$package"
        break
      fi
    done
    jdk=$(find_jdk) || fail 12 NC-JDK-MISSING "no JDK $need_java was found, and apt offers none on this system" \
      "add the Eclipse Temurin apt source (adoptium.net/installation/linux) and run ./install.sh again, or unpack a JDK $need_java into /opt/jdk-$need_java, or set JAVA_HOME"
  fi
  export JAVA_HOME=$jdk
  done_step "JDK $need_java" "$jdk"
}

ensure_maven() {
  local maven
  if ! maven=$(find_maven); then
    apt_offers maven || fail 12 NC-MAVEN-MISSING "no Maven $need_maven or newer was found, and apt offers none" "unpack one and set MAVEN_HOME to it"
    install_packages NC-MAVEN-MISSING Maven maven
    maven=$(find_maven) || fail 12 NC-MAVEN-MISSING "apt's Maven is older than $need_maven" "unpack a newer one and set MAVEN_HOME to it"
  fi
  done_step "Maven $(maven_version "$maven")" "$maven"
}

# Debian 12 and Ubuntu 24.04 carry Node.js 18. Its npm is enough to bring a newer one into a folder of our own.
ensure_node() {
  local node
  if ! node=$(find_node); then
    if ! command -v npm >/dev/null; then
      apt_offers npm || fail 12 NC-NODE-MISSING "no Node.js $need_node or newer was found, and apt offers none" "install Node.js 20 or newer with npm, or set NANOCTL_NODE to the folder that holds them"
      install_packages NC-NODE-MISSING "Node.js" nodejs npm
    fi
    if ! node=$(find_node); then
      live ' ' "installing Node.js" "into $own_node"
      mkdir -p "$own_node"
      npm install --no-audit --no-fund --prefix "$own_node" node@22 npm@11 >>"$log" 2>&1 </dev/null \
        || fail 14 NC-NODE-MISSING "npm could not bring Node.js 22 into $own_node: $(grep -E 'npm (ERR!|error) (request|[A-Z])' "$log" | tail -n 1 || true)" "look at $log; or install Node.js 20 or newer with npm 11, and set NANOCTL_NODE to the folder that holds them" "what it wrote is below $own_node and can be deleted"
      node=$(find_node) || fail 14 NC-NODE-MISSING "the Node.js in $own_node does not run" "rm -r $own_node and run ./install.sh again"
    fi
  fi
  done_step "Node.js $(node_version "$node")" "$node"
}

# ---- build and install the program -------------------------------------------------------------------------------

# One hash over everything that the build reads; the tests are no part of the program.
source_hash() {
  (cd "$here" && { find . -mindepth 1 -maxdepth 1 -type f \( -name pom.xml -o -name mvnw \) -print0
    find .mvn ./*/ \( -name target -o -name node_modules -o -name dist -o -path './*/src/test' -o -path ./docs \) -prune -o -type f -print0; } \
    | LC_ALL=C sort -zu | xargs -0 sha256sum | sha256sum | cut -c1-32)
}

build_pid=''
interrupted() {
  if [ -n "$build_pid" ]; then
    kill -- -"$build_pid" 2>/dev/null || true
    wait "$build_pid" 2>/dev/null || true
  fi
  [ "$live_line" = 0 ] || printf '\r\e[K' >&3
  printf 'error NC-INTERRUPTED: interrupted while %s\n  run ./install.sh again: it goes on where it stopped\n' "${doing:-starting}" >&2
  exit 130
}

build() {
  local began=$SECONDS tick=0 module=''
  doing=building
  [ "$live_line" = 1 ] || printf '  building                      takes some minutes the first time; log: %s\n' "$log" >&3
  rm -rf "$here/cli/target/nanoctl" # libraries of an older build must not stay
  set -m # a process group of its own, so that an interrupt ends all of it
  "$here/mvnw" -B -Dquick -Dmaven.test.skip=true -pl cli -am package >>"$log" 2>&1 </dev/null &
  build_pid=$!
  set +m
  while kill -0 "$build_pid" 2>/dev/null; do
    if [ "$live_line" = 1 ]; then
      [ $((tick % 5)) != 0 ] || module=$(sed -n 's/.*Building nanoctl-\([a-z]*\) .*\[\([0-9/]*\)\].*/\1 \2/p' "$log" | tail -n 1)
      live "${frames:$((tick % ${#frames})):1}" building "$(seconds $((SECONDS - began)))${module:+ $dash $module}"
    fi
    tick=$((tick + 1))
    sleep 0.2
  done
  if ! wait "$build_pid"; then
    build_pid=''
    grep -E '^\[ERROR\]|npm error|error TS' "$log" | head -n 8 | cut -c1-200 >&2 || true
    fail 14 NC-BUILD-FAILED "the build failed" "look at the end of $log; a download that failed is tried again by running ./install.sh" "nothing was installed"
  fi
  build_pid=''
  [ -x "$here/cli/target/nanoctl/bin/nanoctl" ] || fail 14 NC-BUILD-FAILED "the build made no cli/target/nanoctl/bin/nanoctl" "look at the end of $log" "nothing was installed"
  done_step built "$(seconds $((SECONDS - began))) $dash log $log"
}

# The new program is complete beside the old one before it takes its place; the old one stays as nanoctl.previous.
install_program() {
  local lib=$prefix/lib/nanoctl
  doing="installing the program"
  mkdir -p "$prefix/lib"
  rm -rf "$lib.new"
  cp -R "$here/cli/target/nanoctl" "$lib.new"
  mkdir -p "$lib.new/lib"
  printf '%s\n' "$JAVA_HOME" >"$lib.new/lib/java-home"
  take_place "$1"
  # Without what this remembers nanoctl works too, only slower.
  live ' ' "warming up" "so that commands and the server start faster"
  [ ! -x "$lib/lib/warm-up" ] || "$lib/lib/warm-up" >>"$log" 2>&1 </dev/null || true
  done_step "installed the program" "$prefix/bin/nanoctl"
}

take_place() {
  local lib=$prefix/lib/nanoctl
  printf '%s\n' "$1" >"$lib.new/.built-from"
  rm -rf "$lib.previous"
  [ ! -d "$lib" ] || mv "$lib" "$lib.previous"
  mv "$lib.new" "$lib"
  mkdir -p "$prefix/bin"
  ln -sfn ../lib/nanoctl/bin/nanoctl "$prefix/bin/nanoctl"
}

install_binary() {
  local hash lib=$prefix/lib/nanoctl
  doing="installing the program"
  [ -r "$binary" ] || fail 2 NC-USAGE "$binary does not exist, or cannot be read" "./install.sh --binary FILE"
  hash=$(sha256sum <"$binary" | cut -c1-64)
  if [ "$(cat "$lib/.built-from" 2>/dev/null)" = "$hash" ] && [ -x "$prefix/bin/nanoctl" ]; then
    done_step "program is up to date" "$prefix/bin/nanoctl"
    return
  fi
  rm -rf "$lib.new"
  mkdir -p "$lib.new/bin"
  install -m 755 "$binary" "$lib.new/bin/nanoctl"
  if ! "$lib.new/bin/nanoctl" --version >>"$log" 2>&1; then
    rm -rf "$lib.new"
    fail 12 NC-BINARY-UNFIT "$binary does not run on this machine" "take the one for this system and processor, or: ./install.sh --from-source"
  fi
  take_place "$hash"
  done_step "installed the program" "$prefix/bin/nanoctl"
}

install_or_skip() {
  local hash
  if [ -n "$binary" ]; then install_binary; return; fi
  hash=$(source_hash)
  if [ "$(cat "$prefix/lib/nanoctl/.built-from" 2>/dev/null)" = "$hash" ] && [ -x "$prefix/bin/nanoctl" ] \
    && [ -x "$(cat "$prefix/lib/nanoctl/lib/java-home" 2>/dev/null)/bin/java" ]; then
    done_step "program is up to date" "$prefix/bin/nanoctl"
    return
  fi
  ensure_jdk
  ensure_maven
  ensure_node
  build
  install_program "$hash"
}

remove_program() {
  local lib=$prefix/lib/nanoctl
  [ -d "$lib" ] || { done_step "nothing to remove" "$lib does not exist"; return; }
  if [ -x "$prefix/bin/nanoctl" ] && [ -e "$site/nanoctl.yml" ]; then
    fail 12 NC-STILL-INSTALLED "$site holds a marketplace that this program runs" "remove it first: $prefix/bin/nanoctl uninstall --site $site (add --purge to delete its data)"
  fi
  rm -rf "$lib" "$lib.new" "$lib.previous" "$prefix/bin/nanoctl" "$own_node"
  done_step "removed the program" "$lib"
}

# ---- the whole ---------------------------------------------------------------------------------------------------

main() {
  setup_output "$@"
  parse "$@"
  if [ "$remove" = 1 ]; then remove_program; return; fi
  mkdir -p "$here/target" 2>/dev/null || true
  log=$here/target/install.log
  trap interrupted INT TERM
  trap 'fail 1 NC-UNEXPECTED "install.sh stopped at line $LINENO: $BASH_COMMAND" "that is a bug: please report it with $log"' ERR
  check_machine
  : >"$log"
  install_or_skip
  trap - INT TERM ERR
  case ":$PATH:" in *":$prefix/bin:"*) ;; *) export PATH="$prefix/bin:$PATH"; path_hint=1 ;; esac
  set_up
}

# nanoctl hears Ctrl-C itself. A signal that only this script gets is passed on, and the end of nanoctl awaited.
set_up() {
  local status=0 child
  # in the background, where the shell would have it ignore Ctrl-C and read nothing
  env --default-signal=INT,QUIT "$prefix/bin/nanoctl" install ${pass[@]+"${pass[@]}"} <&0 &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null || true' TERM HUP
  trap : INT
  while :; do
    status=0
    wait "$child" || status=$?
    kill -0 "$child" 2>/dev/null || break
  done
  wait "$child" && status=0 || status=$?
  trap - INT TERM HUP
  if [ "$status" != 0 ]; then
    printf '  the program stays at %s\n  go on%s: ./install.sh --prefix %s %s\n  the way back: ./install.sh --prefix %s --remove\n' \
      "$prefix/bin/nanoctl" "$([ "$status" = 130 ] || echo ' after mending')" "$prefix" "${pass[*]-}" "$prefix" >&2
    exit "$status"
  fi
  [ -z "${path_hint:-}" ] || printf '  %s is not on your PATH: add it, or call %s\n' "$prefix/bin" "$prefix/bin/nanoctl" >&3
}

main "$@"
