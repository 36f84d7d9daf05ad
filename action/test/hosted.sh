# Part of test-action: a machine as GitHub's are. The account of the job is not root, has sudo without a password, and packages
# are missing. It is this machine's own system, with all changes going to memory and away again.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2154 # mirror is set by host.sh

hosted() {
  local stage=$WORK/hosted
  mkdir -p "$stage/tree" "$stage/project/src" "$stage/system"
  cp -R "$TREE/." "$stage/tree/"
  cp "$JAR" "$stage/crossarm.jar"
  # The jar is there already, as a release of this tree would be after its download.
  printf '%s  v9.8.7/crossarm.jar\n' "$(sha256sum "$JAR" | cut -d ' ' -f 1)" >"$stage/tree/action/release.sha256"
  printf '[package]\nname = "hosted"\nversion = "0.1.0"\nedition = "2021"\n' >"$stage/project/Cargo.toml"
  printf 'fn main() { println!("hosted"); }\n' >"$stage/project/src/main.rs"
  cat >"$stage/inside" <<'INSIDE'
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get install -qy --no-install-recommends sudo
dpkg --force-depends --purge cmake
useradd --create-home runner
echo 'runner ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/runner
home=/home/runner
cp -R /stage/tree /stage/project "$home/"
digest=$(cut -d ' ' -f 1 "$home/tree/action/release.sha256")
mkdir -p "$home/tools/crossarm/$digest"
cp /stage/crossarm.jar "$home/tools/crossarm/$digest/"
chown -R runner: "$home"
cd "$home/project"
env -i -- PATH=/usr/bin:/bin "$@" setpriv --reuid=runner --regid=runner --init-groups env HOME="$home" RUNNER_TOOL_CACHE="$home/tools" \
  GITHUB_ACTIONS=true GITHUB_WORKSPACE="$home/project" GITHUB_OUTPUT="$home/outputs" GITHUB_STEP_SUMMARY="$home/summary" \
  "$home/tree/action/run"
[[ $(dpkg-query -W -f '${db:Status-Status}' cmake) == installed ]] || { echo "cmake was not installed"; exit 1; }
[[ $("$home/project/target/x86_64-unknown-linux-musl/release/hosted") == hosted ]]
INSIDE
  cat >"$stage/outside" <<'OUTSIDE'
set -euo pipefail
stage=$1
shift
mount -t tmpfs -o size=3g tmpfs "$stage/system"
mkdir "$stage/system/changes" "$stage/system/work" "$stage/system/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$stage/system/changes,workdir=$stage/system/work" "$stage/system/root"
mount -t proc proc "$stage/system/root/proc"
mount --rbind /dev "$stage/system/root/dev"
mkdir "$stage/system/root/stage"
mount --bind "$stage" "$stage/system/root/stage"
exec chroot "$stage/system/root" bash /stage/inside "$@"
OUTSIDE
  # Mounts of its own go with the last process in them.
  as_root unshare --mount --pid --fork --kill-child bash "$stage/outside" "$stage" "RUSTUP_DIST_SERVER=$mirror" \
    "RUSTUP_UPDATE_ROOT=$mirror/rustup" NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 CARGO_NET_OFFLINE=true LANG=C.UTF-8 "MARK=$MARK"
}

check "on a machine like GitHub's: packages by sudo, all else in the account of the job" hosted
