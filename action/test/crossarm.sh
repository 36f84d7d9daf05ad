# Part of test-action: how the action gets crossarm where none is on PATH. GitHub's releases are a server on this machine.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2016 # shell lines of workflows expand there

# First of all a host as GitHub's are: nothing of ours, no rustup, an empty home. Later runs find it set up.
from_nothing() {
  mkdir -p "$WORK/first/src"
  printf '[package]\nname = "first"\nversion = "0.1.0"\nedition = "2021"\n' >"$WORK/first/Cargo.toml"
  printf 'fn main() { println!("first"); }\n' >"$WORK/first/src/main.rs"
  workflow first <<YAML
on: push
jobs:
  build:
    runs-on: crossarm
    steps:
      - uses: actions/checkout@v7
      - id: build
        uses: \$USES
      - env:
          OUTPUTS: \${{ toJSON(steps.build.outputs) }}
        run: |
          python3 '$ROOT/action/test/keep.py' '$WORK/kept/first'
          find "\$GITHUB_WORKSPACE/.." -path '*/runner-agent/target/crossarm.jar' -exec cp {} '$WORK/kept/first/' ';'
YAML
  act first "$SYSTEM_PATH" || return
  grep -q 'building crossarm from' "$WORK/first.log" && grep -q '::group::crossarm: setting up this machine' "$WORK/first.log" || return
  [[ $("$WORK/kept/first/first") == first ]]
}

# The same sources make the same jar anywhere: what the digest of a release rests on.
same_jar() { cmp "$WORK/kept/first/crossarm.jar" "$JAR"; }

# The input cpp on such a host: C++ is set up there, and a project whose build script compiles it is built. In a prefix of its
# own, because C++ that is there stays.
cpp_from_nothing() {
  local all=("${host_variables[@]}") status=0
  host_variables+=("CROSSARM_PREFIX=$HOST/cpp-prefix" "CROSSARM_STATE_DIRECTORY=$HOST/cpp-state")
  project words words 'extern "C" {
    fn words(text: *const std::ffi::c_char) -> i32;
}

fn main() {
    println!("{} {}", unsafe { words(c"one two three".as_ptr()) }, unsafe { words(c"one three one".as_ptr()) });
}'
  cat >"$WORK/words/build.rs" <<'RUST'
use std::{env, process::Command};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    let tool = |name: &str| env::var(format!("{name}_x86_64_unknown_linux_musl")).unwrap();
    let run = |command: &mut Command| assert!(command.status().unwrap().success());
    run(Command::new(tool("CXX")).args(["-std=c++20", "-O2", "-c", "src/words.cc", "-o", &format!("{out}/words.o")]));
    run(Command::new(tool("AR")).args(["crs", &format!("{out}/libwords.a"), &format!("{out}/words.o")]));
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=static=words");
    println!("cargo:rustc-link-lib=stdc++");
}
RUST
  cat >"$WORK/words/src/words.cc" <<'CPP'
#include <set>
#include <sstream>
#include <string>

extern "C" int words(const char *text) {
    std::istringstream in{text};
    std::set<std::string> known;
    try {
        for (std::string word; in >> word;) {
            if (!known.insert(word).second) throw word;
        }
    } catch (const std::string &twice) {
        return -static_cast<int>(twice.size());
    }
    return static_cast<int>(known.size());
}
CPP
  build words 'cpp: true'
  act words "$SYSTEM_PATH" || status=$?
  host_variables=("${all[@]}")
  [[ $status -eq 0 && $("$WORK/kept/words/words") == "3 -3" ]] && "$WORK/bin/crossarm" inspect "$WORK/kept/words/words"
}

# A release of the tree at hand, served here. A stand-in for Java's program would prove nothing, so it is the real jar.
RELEASE=$WORK/release-tree
cp -R "$TREE" "$RELEASE"
SITE=$WORK/site
mkdir -p "$SITE/acme/crossarm/releases/download/v9.8.7"
cp "$JAR" "$SITE/acme/crossarm/releases/download/v9.8.7/crossarm.jar"
record() { printf '%s  %s\n' "$1" "${2:-v9.8.7/crossarm.jar}" >"$RELEASE/action/release.sha256"; }
# Whoever gets as far as building from source is seen, and stopped.
printf '#!/usr/bin/env bash\necho "would build from source"\nexit 3\n' >"$RELEASE/scripts/crossarm"

: >"$WORK/site.log" # the server below may not have opened it when it is first read
python3 -u -m http.server --bind 127.0.0.1 --directory "$SITE" 0 >"$WORK/site.log" 2>&1 &
SERVER=$!
for _ in {1..50}; do
  SITE_ADDRESS=$(sed -n 's|.*(\(http://[^)]*\)/).*|\1|p' "$WORK/site.log")
  [[ -z $SITE_ADDRESS ]] || break
  sleep 0.1
done

# released: the action's script on a host without crossarm, in a project that is not there to be built:
# what is wanted is to see crossarm itself start.
released() {
  mkdir -p "$WORK/nothing"
  touch "$WORK/nothing/Cargo.toml"
  on_host "$SYSTEM_PATH" "GITHUB_WORKSPACE=$WORK/nothing" "GITHUB_SERVER_URL=$SITE_ADDRESS" "RUNNER_TOOL_CACHE=$WORK/tool cache" \
    CROSSARM_ACTION_REPOSITORY=acme/crossarm "$RELEASE/action/run"
}
says() { # TEXT COMMAND...
  local text=$1 output
  shift
  output=$("$@" 2>&1) || true
  printf '%s\n' "$output"
  grep -qE -- "$text" <<<"$output"
}
downloads() { grep -c 'GET /acme' "$WORK/site.log" || true; }
downloaded_once() {
  local before
  before=$(downloads)
  says "Ready: this machine builds|Nothing to do|packages" released || return
  [[ $(downloads) -eq $((before + 1)) && -f "$WORK/tool cache/crossarm/$digest/crossarm.jar" ]] || return
  released || true
  [[ $(downloads) -eq $((before + 1)) ]] || { echo "downloaded again"; return 1; }
}
spoilt_is_replaced() {
  printf x >>"$WORK/tool cache/crossarm/$digest/crossarm.jar"
  released || true
  cmp "$JAR" "$WORK/tool cache/crossarm/$digest/crossarm.jar"
}
# Used by another action, the context names no repository; the folder does.
named_by_folder() {
  local home="$WORK/_actions/acme/crossarm"
  mkdir -p "$home"
  cp -R "$RELEASE" "$home/v9"
  rm -rf "$WORK/tool cache"
  says "downloading $SITE_ADDRESS/acme/crossarm/releases/download/v9.8.7/crossarm.jar" on_host "$SYSTEM_PATH" "GITHUB_WORKSPACE=$WORK/nothing" \
    "GITHUB_SERVER_URL=$SITE_ADDRESS" "RUNNER_TOOL_CACHE=$WORK/tool cache" "$home/v9/action/run"
}
wrong_digest_is_refused() {
  rm -rf "$WORK/tool cache"
  ends_with 65 '^::error title=crossarm%3A wrong digest::' released || return
  [[ -z $(find "$WORK/tool cache" -name '*jar*' -print -quit) ]]
}

# A server whose every answer over TLS leads to the plain one above, which must not be asked.
plain_hop_is_not_followed() {
  local server address='' before
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$WORK/tls.key" -out "$WORK/tls.pem" 2>/dev/null || return
  timeout 120 python3 -u - "$WORK/tls.pem" "$WORK/tls.key" "$SITE_ADDRESS" >"$WORK/tls.address" 2>"$WORK/tls.log" <<'PYTHON' &
import http.server, ssl, sys
certificate, key, site = sys.argv[1:]
class Leading(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", site + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Leading)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print("https://127.0.0.1:%d" % server.server_port)
server.serve_forever()
PYTHON
  server=$!
  for _ in {1..50}; do
    address=$(cat "$WORK/tls.address")
    [[ -z $address ]] || break
    sleep 0.1
  done
  rm -rf "$WORK/tool cache"
  before=$(downloads)
  says 'would build from source' on_host "$SYSTEM_PATH" "GITHUB_WORKSPACE=$WORK/nothing" "GITHUB_SERVER_URL=$address" \
    "RUNNER_TOOL_CACHE=$WORK/tool cache" "CURL_CA_BUNDLE=$WORK/tls.pem" CROSSARM_ACTION_REPOSITORY=acme/crossarm \
    "$RELEASE/action/run" || return
  kill "$server"
  grep -q 'GET /acme' "$WORK/tls.log" || { echo "the server was not asked over TLS"; return 1; }
  [[ $(downloads) -eq $before ]]
}

# A job's own Java, too old for crossarm, in JAVA_HOME and first on PATH, as setup-java leaves it.
older_java_is_passed_over() {
  local old=$WORK/java-11
  mkdir -p "$old/bin"
  printf 'JAVA_VERSION="11.0.2"\n' >"$old/release"
  printf '#!/bin/sh\necho "the old Java was run" >&2\nexit 1\n' >"$old/bin/java"
  chmod +x "$old/bin/java"
  on_host "$old/bin:$SYSTEM_PATH" "JAVA_HOME=$old" "$WORK/bin/crossarm" --version
}

check "on a machine without anything: builds crossarm, sets the machine up, builds the project" from_nothing
check "with the input cpp: sets up C++ as well, and builds a project that compiles it" cpp_from_nothing
check "the jar built there is the one built here, byte for byte" same_jar
check "an older Java that a job has set up is passed over" older_java_is_passed_over
digest=$(sha256sum "$JAR" | cut -d ' ' -f 1)
record "$digest"
check "a release is downloaded once, and kept" downloaded_once
check "a kept one that was changed is replaced" spoilt_is_replaced
check "the repository is found by the action's folder, too" named_by_folder
check "a download that began with TLS is not followed to plain http" plain_hop_is_not_followed
record "$(printf '0%.0s' {1..64})"
check "a download that is not the jar of the release is refused (65), and not kept" wrong_digest_is_refused
record "$digest" v9.9.9/crossarm.jar
check "without a release to download it is built from source" ends_with 69 'would build from source' released
record "$digest" '../../evil/crossarm.jar'
check "a damaged record is refused (65)" ends_with 65 'damaged release' released
rm "$RELEASE/action/release.sha256"
check "without a record, nothing is downloaded" ends_with 69 'would build from source' released
kill "$SERVER"
SERVER=
