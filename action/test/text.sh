# Part of test-action: what can be read without running anything.
# shellcheck shell=bash source-path=SCRIPTDIR

need_packages python3 shellcheck
go_tool "$ACTIONLINT" "$ACTIONLINT_VERSION"
LINT=$TOOL
need_schema_check
SCHEMA=$TOOL

# The examples as workflows of a repository whose action is the local one, so that inputs and outputs are held against it.
examples=$WORK/examples
mkdir -p "$examples"
cp -R "$TREE/action" "$examples/"
git init -q "$examples"
example_count=$(python3 "$ROOT/action/test/examples.py" "$TREE/action/README.md" "$examples/.github/workflows")

lint() { (cd "$1" && "$LINT" -no-color -oneline); }

wrong_input_is_noticed() {
  local copy=$WORK/wrong-example
  cp -R "$examples" "$copy"
  sed -i 's/lambda: true/lamda: true/' "$copy"/.github/workflows/*.yml
  ends_with 1 'input "lamda" is not defined' lint "$copy"
}

run_blocks_are_clean() {
  # No expression in a script, and every script clean for shellcheck.
  local blocks=$WORK/run-block
  "${SCHEMA%/*}/python" - "$TREE/action/action.yml" >"$blocks" <<'PY'
import sys
from ruamel.yaml import YAML
action = YAML(typ="safe").load(open(sys.argv[1], encoding="utf-8"))
steps = [step["run"] for step in action["runs"]["steps"]]
assert steps and not any("${{" in step for step in steps), steps
print("#!/bin/bash\n" + "\n".join(steps))
PY
  shellcheck "$blocks" && tail -n 1 "$blocks" | grep -q '^exec '
}

actions_are_pinned() {
  local line bad_line=''
  while IFS= read -r line; do
    [[ $line =~ uses:\ (\./|[A-Za-z0-9_./-]+@[0-9a-f]{40}\ \#\ v[0-9]+\.[0-9]+\.[0-9]+$) ]] || bad_line+=$line$'\n'
  done < <(grep -h 'uses:' "$TREE"/.github/workflows/*.yml)
  [[ -z $bad_line ]] || { printf 'not pinned:\n%s' "$bad_line"; return 1; }
}

every_input_is_documented() {
  local name
  while IFS= read -r name; do
    grep -q "^|.*\`$name\`" "$TREE/action/README.md" || { echo "README.md does not name $name"; return 1; }
    grep -qE "(inputs|outputs)\.$name }}" "$TREE/action/action.yml" ||
      { echo "action.yml does not hand on $name"; return 1; }
  done < <(sed -n 's/^  \([a-z0-9-]*\):$/\1/p' "$TREE/action/action.yml" | grep -v '^steps$')
}

check "action.yml fits the schema of action metadata" "$SCHEMA" --builtin-schema vendor.github-actions "$TREE/action/action.yml"
check "action.yml's scripts hold no expression, end with exec, and are clean" run_blocks_are_clean
check "the workflows fit their schema" "$SCHEMA" --builtin-schema vendor.github-workflows "$TREE"/.github/workflows/*.yml
check "the workflows are clean for actionlint" lint "$TREE"
check "the workflows pin every action to a commit" actions_are_pinned
check "the guide has ten workflows" test "$example_count" -eq 10
check "they fit the schema" "$SCHEMA" --builtin-schema vendor.github-workflows "$examples"/.github/workflows/*.yml
check "they are clean for actionlint, with the action's own inputs and outputs" lint "$examples"
check "a wrong input in one is noticed" wrong_input_is_noticed
check "every input and output is in the guide" every_input_is_documented
