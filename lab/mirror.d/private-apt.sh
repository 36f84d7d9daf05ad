# shellcheck shell=bash
# Signed packages of any Debian suite and architecture through apt roots of our own: the host's package
# lists, dpkg architectures and sources stay as they are.
# shellcheck disable=SC2154  # work, parts, pieces and refresh are the caller's

# Sets archive, security and keyring.
archives() {
  local id codename
  id=$(. /etc/os-release && printf '%s' "${ID:-}")
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  archive=${CROSSARM_LAB_MIRROR:-} security=${CROSSARM_LAB_SECURITY_MIRROR:-}
  if [[ $id == debian && -z $archive ]]; then
    archive=$(host_source "$codename")
    [[ -n $security ]] || security=$(host_source "$codename-security")
    [[ -n $archive ]] || fail 78 "apt's configuration names no archive for $codename main; set CROSSARM_LAB_MIRROR to a Debian archive"
  fi
  [[ -n $archive ]] || fail 78 "this is not Debian: set CROSSARM_LAB_MIRROR to a Debian archive, such as http://mirror.example/debian"
  archive=${archive%/}
  security=${security:-$archive-security}
  security=${security%/}
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [[ -f $keyring ]] || keyring=$(unpacked_keyring)
}

host_source() { # SUITE: the first address the host's own apt has for it
  # shellcheck disable=SC2016  # apt's own placeholders
  # A repository of somebody else may use Debian's suite names, so addresses ending as Debian's do come first.
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v s="$1" '$1 == s && $2 == "main" { u = $3; sub(/\/$/, "", u)
      if (u ~ /\/debian(-security)?$/) { print u; found = 1; exit } if (!other) other = u }
      END { if (!found && other) print other }'
}

# On Ubuntu, from its own archive and without installing it.
unpacked_keyring() {
  local unpacked=$parts/keyring
  if [[ ! -d $unpacked ]]; then
    mkdir -p "$work/keyring/root"
    (cd "$work/keyring" && apt-get -q download debian-archive-keyring >&2 && dpkg-deb -x ./*.deb root) ||
      fail 69 "cannot fetch debian-archive-keyring from this machine's own archive; as root: apt-get update && apt-get install debian-archive-keyring"
    mv -T "$work/keyring/root" "$unpacked"
  fi
  printf '%s\n' "$unpacked/usr/share/keyrings/debian-archive-keyring.gpg"
}

apt_root() { # SUITE ARCHITECTURE: make the root, ask the archive when the last answer is older than a day
  local root=$parts/apt/$1-$2 file
  mkdir -p "$root"/{lists/partial,cache/archives/partial,preferences.d,sources.d,conf.d}
  cat >"$root/sources.list" <<SOURCES
deb [signed-by=$keyring] $archive $1 main
deb [signed-by=$keyring] $archive $1-updates main
deb [signed-by=$keyring] $security $1-security main
SOURCES
  # The host's settings (proxies, authorities) count here too; its hooks and pins do not.
  find "$root/conf.d" -type l -delete
  for file in /etc/apt/apt.conf.d/*; do
    [[ -f $file ]] && ln -s "$file" "$root/conf.d/"
  done
  cat >"$root/conf.d/zz-private" <<'CLEAR'
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Sandbox::User "root";
CLEAR
  cat >"$root/apt.conf" <<CONFIG
Dir::Etc::SourceList "$root/sources.list";
Dir::Etc::SourceParts "$root/sources.d";
Dir::Etc::PreferencesParts "$root/preferences.d";
Dir::Etc::Preferences "$root/none";
Dir::Etc::Parts "$root/conf.d";
Dir::State "$root";
Dir::State::Lists "$root/lists";
Dir::State::Status "/dev/null";
Dir::Cache "$root/cache";
APT::Architecture "$2";
APT::Architectures { "$2"; };
CONFIG
  # A changed address or keyring asks again at once.
  if [[ $refresh == yes ]] || ! cmp -s "$root/sources.list" "$root/asked" || [[ -n $(find "$root/asked" -mmin +1440) ]]; then
    if APT_CONFIG=$root/apt.conf apt-get -q -o APT::Update::Error-Mode=any update >"$root/update.log" 2>&1; then
      cp "$root/sources.list" "$root/asked"
    elif cmp -s "$root/sources.list" "$root/asked"; then
      say "warning: $archive did not answer; the package lists of the last time are used (see $root/update.log)"
    else
      grep -E '^(E|W|Err)' "$root/update.log" | head -n 5 >&2 || true
      fail 69 "apt could not read $1 ($2) from $archive; see $root/update.log, or set CROSSARM_LAB_MIRROR"
    fi
  fi
}

resolve() { # NAME SUITE ARCHITECTURE PACKAGE...: writes $work/NAME.packages
  local name=$1 suite=$2 architecture=$3 answer
  shift 3
  apt_root "$suite" "$architecture"
  # The same question to the same lists has the same answer; apt takes seconds for it.
  answer=$parts/apt/$suite-$architecture/$name-$({ cat "$pieces/resolve.py"; stat -c %y "$parts/apt/$suite-$architecture/asked"; printf '%s\n' "$@"; } |
    sha256sum | cut -c1-16).packages
  if [[ ! -f $answer ]]; then
    APT_CONFIG=$parts/apt/$suite-$architecture/apt.conf python3 "$pieces/resolve.py" "$@" >"$work/$name.packages" ||
      fail 69 "Debian's $suite for $architecture does not have what the mirror is made of"
    find "${answer%/*}" -maxdepth 1 -name "$name-*.packages" -delete
    cp "$work/$name.packages" "$answer.new"
    mv "$answer.new" "$answer"
  fi
  cp "$answer" "$work/$name.packages"
}

fetch() { # NAME SUITE ARCHITECTURE: what $work/NAME.packages lists, unpacked into $work/NAME
  local package version sum file debs=$parts/debs
  local missing=()
  mkdir -p "$debs" "$work/$1"
  while read -r package version sum file; do
    echo "$sum  $debs/$file" | sha256sum --check --status 2>/dev/null || missing+=("$package=$version")
  done <"$work/$1.packages"
  if ((${#missing[@]})); then
    (cd "$debs" && APT_CONFIG=$parts/apt/$2-$3/apt.conf apt-get -q download "${missing[@]}" >"$work/download.log" 2>&1) || {
      tail -n 5 "$work/download.log" >&2
      fail 69 "a package could not be downloaded from $archive; run again, with --refresh when the archive has moved on"
    }
  fi
  while read -r package version sum file; do
    echo "$sum  $debs/$file" | sha256sum --check --status || fail 65 "$debs/$file has not the digest of the signed index; run again"
    dpkg-deb -x "$debs/$file" "$work/$1"
  done <"$work/$1.packages"
}
