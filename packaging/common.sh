# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # sourced: `here` comes from the script, the rest goes to it
# common.sh: what every packaging script knows. Sourced, with $here set to the source tree.

# shellcheck source=.mvn/toolchain.sh
. "$here/.mvn/toolchain.sh"
JAVA_HOME=$(find_jdk) || { echo "no JDK $need_java was found; set JAVA_HOME" >&2; exit 1; }
export JAVA_HOME LC_ALL=C.UTF-8

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -n 1)
machine=$(uname -m)
case $machine in x86_64) debian=amd64 ;; aarch64) debian=arm64 ;; *) echo "packages are made on x86_64 and aarch64, not on $machine" >&2; exit 1 ;; esac
# Every file in a package carries the time that the build itself uses, so that two builds are the same.
epoch=$(date -u -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$here/pom.xml")" +%s)

# documents FOLDER: what every copy of the program must carry.
documents() { cp "$here/LICENSE" "$here/NOTICE" "$here/README.md" "$here/CHANGELOG.md" "$1/"; }

# manual BINARY FOLDER: manual pages and completions, made by the program itself, laid out as below /usr/share.
manual() {
  mkdir -p "$2/man/man1" "$2/bash-completion/completions" "$2/zsh/vendor-completions" "$2/fish/vendor_completions.d"
  "$1" man "$2/man/man1"
  gzip -9n "$2"/man/man1/*.1
  "$1" completion bash >"$2/bash-completion/completions/nanoctl"
  "$1" completion zsh >"$2/zsh/vendor-completions/_nanoctl"
  "$1" completion fish >"$2/fish/vendor_completions.d/nanoctl.fish"
}

# needed_glibc BINARY: the newest version of the C library that it asks for.
needed_glibc() { objdump -T "$1" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -Vu | tail -n 1; }
