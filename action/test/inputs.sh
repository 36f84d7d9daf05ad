# Part of test-action: what the action's script makes of its inputs. A stand-in for crossarm writes its arguments down.
# shellcheck shell=bash source-path=SCRIPTDIR
# shellcheck disable=SC2016 # hostile inputs are not to be expanded

stand_in=$WORK/stand-in
mkdir -p "$stand_in/bin" "$stand_in/work space/my project/config" "$stand_in/work space/line
end"
cat >"$stand_in/bin/crossarm" <<'STAND_IN'
#!/usr/bin/env bash
printf '%s\n' "$@" >"$RECORD"
env >"$RECORD.environment"
STAND_IN
chmod +x "$stand_in/bin/crossarm"
RECORD=$stand_in/arguments WORKSPACE="$stand_in/work space"
touch "$WORKSPACE/Cargo.toml" "$WORKSPACE/my project/Cargo.toml" "$WORKSPACE/line
end/Cargo.toml" "$WORKSPACE/my project/read me.txt" "$WORKSPACE/my project/config/it's \$(here).toml"
PWNED=$stand_in/pwned

# action NAME=VALUE...: runs the script with these inputs and the defaults of action.yml, as a runner would.
action() {
  local pair name variables=("RECORD=$RECORD" "GITHUB_WORKSPACE=$WORKSPACE" "GITHUB_ACTIONS=true" "HOME=$stand_in" "PWNED=$PWNED")
  variables+=("PATH=$stand_in/bin:/usr/bin:/bin" CROSSARM_INPUT_PROFILE=release CROSSARM_INPUT_CHECKS=fail)
  for name in WORKSPACE LAMBDA ARCHIVE TEST RUN CPP; do variables+=("CROSSARM_INPUT_$name=false"); done
  variables+=(CROSSARM_INPUT_CACHE=auto)
  for pair in "$@"; do
    name=${pair%%=*} name=${name^^}
    variables+=("CROSSARM_INPUT_${name//-/_}=${pair#*=}")
  done
  rm -f "$RECORD"
  (cd "$WORKSPACE" && env -i "${variables[@]}" "$TREE/action/run")
}

# hands_on EXPECTED INPUT...: exactly these arguments must arrive, besides those that always do.
hands_on() {
  local expected=$1 found
  shift
  action "$@" || return
  [[ ! -e $PWNED ]] || { echo "an input was run"; return 1; }
  found=$(grep -vxF -e build -e --checks=fail -e "--directory=$WORKSPACE" -e --release "$RECORD" || true)
  [[ $found == "$expected" ]] || { printf 'handed on:\n%s\nexpected:\n%s\n' "$found" "$expected"; return 1; }
}

# refuses NAME TEXT INPUT...: ends with 64 before crossarm is run, in one line that names the input and says this.
refuses() {
  local name=$1 text=$2 output status=0
  shift 2
  output=$(action "$@" 2>&1) || status=$?
  printf '%s\n' "$output"
  [[ $status -eq 64 && ! -e $RECORD && ! -e $PWNED ]] || { echo "status $status"; return 1; }
  [[ $(wc -l <<<"$output") -eq 1 && $output == "::error title=crossarm%3A input $name::input '$name' "* ]] || return
  [[ $output == *"$text"* ]]
}

environment_is_clean() {
  action bin=a features=x || return
  ! grep -E '^CROSSARM_(INPUT|ACTION)' "$RECORD.environment"
}

becomes_crossarm() {
  local waiting=$stand_in/waiting process
  mkdir -p "$waiting"
  printf '#!/usr/bin/env bash\necho $$ >"$RECORD"\nexec sleep 60\n' >"$waiting/crossarm"
  chmod +x "$waiting/crossarm"
  rm -f "$RECORD"
  env -i PATH="$waiting:/usr/bin:/bin" RECORD="$RECORD" GITHUB_WORKSPACE="$WORKSPACE" "$TREE/action/run" &
  process=$!
  for _ in {1..100}; do [[ ! -s $RECORD ]] || break; sleep 0.1; done
  kill "$process"
  wait "$process" || true
  [[ $(<"$RECORD") == "$process" ]]
}

hostile='$(touch $PWNED)`touch $PWNED`;touch $PWNED'

check "without inputs: a release build of the workspace" hands_on ''
check "programs and packages, one a line" hands_on $'--package=one\n--package=two@1.0.0\n--bin=a\n--bin=b-c' bin=$'a\n\n  \nb-c\r\n' package=$'one\ntwo@1.0.0'
check "features by commas, blanks and lines" hands_on --features=a,b/c,dep:d,e features=$'a, b/c dep:d\ne\n'
check "the switches" hands_on $'--workspace\n--lambda=function\n--archive\n--test\n--run\n--cpu=x86-64-v3\n--strip=yes\n--debug-file\n--cache=on' \
  workspace=True lambda=TRUE archive=true test=true run=true cpu=x86-64-v3 strip=debug-file cache=true
check "an extension, nothing stripped, no cache, no checks" hands_on $'--lambda=extension\n--checks=off\n--strip=no\n--cache=off' \
  lambda=extension strip=false cache=off checks=off
check "target and toolchain" hands_on $'--target=x86_64-unknown-linux-musl\n--toolchain=1.85.1' target=x86_64-unknown-linux-musl toolchain=1.85.1
check "arguments for cargo, with blanks and quotes in them" hands_on $'--locked\n--\n--config=a.b="c d"\n-vv\n\'quoted\' $HOME *' \
  args=$'--config=a.b="c d"\n--locked\n-vv\n\'quoted\' $HOME *'
check "hostile arguments for cargo arrive as they are" hands_on $'--\n'"$hostile" "args=$hostile"
check "hostile arguments for the program arrive as they are" hands_on "--run=$hostile" "run=$hostile"
check "a folder with a blank in its name" hands_on "--directory=$WORKSPACE/my project" "working-directory=my project"
check "a folder with a line end in its name" hands_on "--directory=$WORKSPACE/line
end" "working-directory=line
end"
check "files with blanks, quotes and dollars in their names" hands_on \
  "--directory=$WORKSPACE/my project
--archive
--include=read me.txt
--include=config/it's \$(here).toml" "working-directory=my project" archive=true include=$'read me.txt\n./config/it\'s $(here).toml'
check "another profile than release" hands_on --profile=small profile=small
check "refused: a hostile program name" refuses bin "names of programs" "bin=$hostile"
check "refused: an option in place of a program" refuses bin "names of programs" bin=--release
check "refused: several programs in one line" refuses bin "one a line" "bin=a, b"
check "refused: a hostile package" refuses package "names of packages" "package=$hostile"
check "refused: a workflow command in a value stays one line" refuses profile "name of a cargo profile" \
  $'profile=x\n::set-output name=binary::y\n::error::z'
check "refused: neither true nor false" refuses test "must be true or false" test=yes
check "refused: an unknown kind of zip" refuses lambda "true, false, function or extension" lambda=layer
check "refused: a level that does not exist" refuses cpu "x86-64-v4" cpu=x86-64-v5
check "refused: a way of checking that does not exist" refuses checks "fail, warn or off" checks=maybe
check "refused: hostile features" refuses features "names of features" "features=$hostile"
check "refused: options among the features" refuses features "not options" features=--all-features
check "refused: a toolchain with a path" refuses toolchain "as rustup names it" toolchain=../stable
check "refused: several arguments in one line" refuses args "one argument a line" "args=--locked --offline"
check "refused: arguments after a double dash" refuses args "arguments of cargo build" args=--
check "refused: a folder that is not there" refuses working-directory "is none" working-directory=elsewhere
check "refused: a folder without a project" refuses working-directory "no Cargo.toml" "working-directory=my project/config"
check "refused: files outside of the project" refuses include "inside of the project" lambda=true include=../secret
check "refused: files that are not there" refuses include "which is not in" lambda=true include=nothing
check "refused: files with nothing to go into" refuses include "lambda: true" include=Cargo.toml
check "the build does not see the action's own variables" environment_is_clean
check "the script becomes crossarm, so that a signal reaches it" becomes_crossarm
