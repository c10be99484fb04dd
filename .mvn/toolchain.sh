# shellcheck shell=bash
# toolchain.sh: where this machine keeps the tools that the build needs. Sourced by mvnw and install.sh.
# Each finder prints one folder or file and succeeds, or prints nothing and fails. Nothing is installed here.

need_java=25
need_maven=3.8.7
need_node=20.19.0
need_npm=11.0.0
# Tests put a machine of their own in place of this one.
root="${NANOCTL_ROOT:-}"
# Where install.sh keeps a Node.js of its own when the machine's is too old.
own_node="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/nanoctl/node"

# at_least WANTED FOUND: whether FOUND is the same version or a newer one.
at_least() { [ -n "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# java_major HOME: the feature version of the Java in HOME, from its release file, or from Java itself.
java_major() {
  local version=
  [ -r "$1/release" ] && version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] || version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p')
  printf '%s\n' "$version"
}

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "${NANOCTL_JDK:-}" "$root"/usr/lib/jvm/*25* "$root"/opt/*jdk*25* "${HOME:-/root}"/.sdkman/candidates/java/25* "${HOME:-/root}"/.jdks/*25*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(java_major "$candidate")" -ge "$need_java" ] 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

maven_version() { "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1; }

find_maven() {
  local candidate
  for candidate in "${MAVEN_HOME:+$MAVEN_HOME/bin/mvn}" "$(command -v mvn || true)" "${HOME:-/root}"/.m2/wrapper/dists/apache-maven-*/*/bin/mvn; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] && at_least "$need_maven" "$(maven_version "$candidate")"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

node_version() { "$1/node" --version 2>/dev/null | sed 's/^v//'; }
npm_version() { PATH="$1:$PATH" "$1/npm" --version 2>/dev/null | tail -n 1; }

# find_node: the folder that holds a node and an npm which can build the web application.
find_node() {
  local candidate
  for candidate in "${NANOCTL_NODE:-}" "$(dirname "$(command -v npm || echo /nowhere/npm)")" "$own_node/node_modules/.bin"; do
    if [ -n "$candidate" ] && [ -x "$candidate/npm" ] && at_least "$need_node" "$(node_version "$candidate")" \
      && at_least "$need_npm" "$(npm_version "$candidate")"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}
