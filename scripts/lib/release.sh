# The jar of a release, by the digest that the release's own commit holds: whoever has the checkout, or pins the action, has
# pinned the jar. Shared by the action and scripts/install.
# shellcheck shell=bash
#
# Who sources it brings: note TEXT; refuse STATUS TITLE MESSAGE, which ends; attended COMMAND..., which runs one.

# Sets RELEASE_DIGEST and RELEASE_TAG; returns 1 where the checkout is not a release.
release_of() { # RECORD
  local name
  RELEASE_DIGEST='' RELEASE_TAG=''
  [[ -f $1 ]] || return 1
  read -r RELEASE_DIGEST name <"$1" || true
  RELEASE_TAG=${name%/*}
  [[ $RELEASE_DIGEST =~ ^[0-9a-f]{64}$ && $name =~ ^v[0-9]+\.[0-9]+\.[0-9]+/crossarm\.jar$ ]] ||
    refuse 65 "crossarm: damaged release" "$1 does not hold a digest and a name."
}

is_digest() { # FILE DIGEST
  local found
  [[ -f $1 ]] && found=$(sha256sum <"$1") && [[ $found == "$2  -" ]]
}

# Puts the release's jar there; returns 1 where it cannot be downloaded.
fetch_release() { # REPOSITORY_ADDRESS TARGET
  local address=$1/releases/download/$RELEASE_TAG/crossarm.jar redirects=https,http temporary
  [[ $address != https:* ]] || redirects=https
  mkdir -p "$(dirname "$2")" || return 1
  temporary=$(mktemp "$(dirname "$2")/jar.XXXXXX") || return 1
  note "downloading $address"
  if ! attended curl --fail --silent --show-error --location --proto '=https,http' --proto-redir "=$redirects" \
    --retry 3 --connect-timeout 20 --max-time 300 --output "$temporary" -- "$address"; then
    rm -f -- "$temporary"
    note "$address cannot be downloaded from here: building it from source"
    return 1
  fi
  if ! is_digest "$temporary" "$RELEASE_DIGEST"; then
    rm -f -- "$temporary"
    refuse 65 "crossarm: wrong digest" \
      "what came from $address is not the jar of $RELEASE_TAG: its SHA-256 is not $RELEASE_DIGEST. Nothing of it was run."
  fi
  chmod 644 "$temporary"
  mv -f -- "$temporary" "$2"
}
