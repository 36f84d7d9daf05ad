# Tools the suite `action` tests with, each in one pinned version, built or installed once and kept in the cache.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck source=../../scripts/lib/common.sh
declare -F need_packages >/dev/null || source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"

# shellcheck disable=SC2034 # for the suite
readonly ACT=github.com/nektos/act ACT_VERSION=v0.2.89
# shellcheck disable=SC2034
readonly ACTIONLINT=github.com/rhysd/actionlint/cmd/actionlint ACTIONLINT_VERSION=v1.7.12
readonly SCHEMA_CHECK=check-jsonschema SCHEMA_CHECK_VERSION=0.39.0
# What the newest of these modules asks for, for machines whose own Go is older.
readonly GO_NEEDED=1.25 GO_TOOLCHAIN=go1.25.5

TOOLS=${CROSSARM_CACHE:-$HOME/.cache/crossarm}/tools
readonly TOOLS

# go_tool MODULE VERSION [GOARCH]: builds it unless it is there; its path into TOOL.
go_tool() {
  local module=$1 version=$2 arch=${3:-} name=${1##*/} log lock scratch
  TOOL=$TOOLS/$name-$version${arch:+-$arch}/$name
  [[ ! -x $TOOL ]] || return 0
  mkdir -p "$TOOLS"
  exec {lock}>"$TOOLS/.lock"
  flock "$lock"
  if [[ ! -x $TOOL ]]; then
    need_go
    say "building $name $version${arch:+ for $arch} ..."
    scratch=$(mktemp -d "$TOOLS/.build.XXXXXX")
    log=$TOOLS/$name.log
    # A program for another processor lands in a folder named after it, which GOBIN would forbid.
    if ! GOMODCACHE=$("$GO" env GOMODCACHE) GOPATH=$scratch GOBIN='' CGO_ENABLED=0 GOARCH=$arch \
      nice -n 5 "$GO" install "$module@$version" >"$log" 2>&1 {lock}>&-; then
      tail -n 20 "$log" >&2
      rm -rf "$scratch"
      fail "$EX_UNAVAILABLE" "building $name failed; all output: $log" "check that the Go module proxy can be reached"
    fi
    mkdir -p "${TOOL%/*}"
    mv -f "$(find "$scratch/bin" -type f -name "$name")" "$TOOL"
    rm -rf "$scratch"
  fi
  exec {lock}>&-
}

go_version() { "$1" env GOVERSION 2>/dev/null | sed -n 's/^go\([0-9]*\.[0-9]*\).*/\1/p'; }

new_enough() { [[ -n $1 && $(printf '%s\n' "$GO_NEEDED" "$1" | sort -V | head -n 1) == "$GO_NEEDED" ]]; }

# A Go that can build them, into GO: the machine's; else the one its module proxy carries, fetched by whatever Go there is.
need_go() {
  local architecture folder
  GO=$(command -v go || true)
  if [[ -n $GO ]] && new_enough "$(GOTOOLCHAIN=local go_version "$GO")"; then
    return 0
  fi
  if [[ -z $GO ]]; then
    need_packages golang-go
    GO=$(command -v go)
  fi
  if new_enough "$(GOTOOLCHAIN=local go_version "$GO")"; then
    return 0
  fi
  architecture=$("$GO" env GOARCH)
  folder=$TOOLS/$GO_TOOLCHAIN
  mkdir -p "$TOOLS"
  if [[ ! -x $folder/bin/go ]]; then
    say "fetching $GO_TOOLCHAIN, since $("$GO" version | cut -d ' ' -f 3) is too old"
    rm -rf "$folder.new"
    local found
    found=$(cd / && GOTOOLCHAIN=local GOFLAGS=-mod=mod "$GO" mod download -json \
      "golang.org/toolchain@v0.0.1-$GO_TOOLCHAIN.linux-$architecture" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
    [[ -d $found ]] || fail "$EX_UNAVAILABLE" "$GO_TOOLCHAIN cannot be had" "install Go $GO_NEEDED or newer"
    cp -R "$found" "$folder.new"
    chmod -R u+w "$folder.new"
    # Modules carry no permissions.
    chmod +x "$folder.new"/bin/* "$folder.new"/pkg/tool/*/*
    mv "$folder.new" "$folder"
  fi
  GO=$folder/bin/go
}

# The validator of action metadata and workflows, which brings the schemas along; its path into TOOL.
need_schema_check() {
  local folder=$TOOLS/$SCHEMA_CHECK-$SCHEMA_CHECK_VERSION log lock
  TOOL=$folder/bin/$SCHEMA_CHECK
  [[ ! -e $folder/complete ]] || return 0
  need_packages python3-venv
  mkdir -p "$TOOLS"
  log=$TOOLS/$SCHEMA_CHECK.log
  exec {lock}>"$TOOLS/.lock"
  flock "$lock"
  if [[ ! -e $folder/complete ]]; then
    rm -rf "$folder"
    if ! { python3 -m venv "$folder" && "$folder/bin/pip" install -q --disable-pip-version-check \
      "$SCHEMA_CHECK==$SCHEMA_CHECK_VERSION"; } >"$log" 2>&1 {lock}>&-; then
      tail -n 20 "$log" >&2
      fail "$EX_UNAVAILABLE" "installing $SCHEMA_CHECK failed; all output: $log" "check that Python's packages can be had"
    fi
    touch "$folder/complete"
  fi
  exec {lock}>&-
}
