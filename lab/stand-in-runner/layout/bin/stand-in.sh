# shellcheck shell=bash
# A stand-in for a part of GitHub's runner, built from the documented contract. It is not GitHub's program.
# What the stand-in's programs share. Sourced, after `self` is set to the program's own file.
# shellcheck disable=SC2154 # self is the sourcing program's

root=$(dirname "$(dirname "$self")")

# A name in the process table like the real program's, which is no script: its path, and not bash's.
keep_own_name() { # ARGUMENTS
  local first
  IFS= read -r -d '' first <"/proc/$$/cmdline" || true
  [[ $first == "$called" ]] || exec -a "$called" /bin/bash "$called" "$@"
}

version() { sed -n 's|.*"Runner.Listener/\([0-9.]*\)".*|\1|p' "$root/bin/Runner.Listener.deps.json" | head -n 1; }

now() { date -u '+%Y-%m-%d %H:%M:%SZ'; }

say() { printf '%s: %s\n' "$(now)" "$*" 2>/dev/null || true; }

# A page of a log takes RUNNER_LOGSIZE megabytes, or WORKER_LOGSIZE (8), and then a new one begins. Whoever tests that says
# STANDIN_LOG_BYTES.
log_name=
log_page=0
open_log() { # Runner|Worker
  mkdir -p "$root/_diag"
  log_name=$1
  log_file=$root/_diag/$1_$(date -u +%Y%m%d-%H%M%S)-utc
  while [[ -e $log_file.log ]]; do log_file+=+; done
  log_file+=.log
  : >"$log_file"
}
log() { # CLASS TEXT
  local limit=${STANDIN_LOG_BYTES:-8388608}
  if (($(stat -c %s "$log_file") > limit)); then
    log_page=$((log_page + 1))
    log_file=$root/_diag/${log_name}_$(date -u +%Y%m%d-%H%M%S)-utc-$log_page-$$.log
  fi
  printf '[%s INFO %s] %s\n' "$(now)" "$1" "$2" >>"$log_file"
}

# The runner's parser: `--name value` only; the first of two wins; a value that begins with a dash is none. What is not on the line
# comes from ACTIONS_RUNNER_INPUT_NAME.
declare -A given=()
parse() { # ARGUMENTS
  local name
  while (($#)); do
    case $1 in
      --*=*) echo "Unrecognized command-line input arguments: '${1#--}'" ;;
      --*)
        name=${1#--}
        name=${name,,}
        if (($# > 1)) && [[ $2 != -* ]]; then
          [[ -n ${given[$name]+set} ]] || given[$name]=$2
          shift
        else
          [[ -n ${given[$name]+set} ]] || given[$name]=true
        fi
        ;;
    esac
    shift
  done
}
inputs_of_the_environment() {
  local pair name
  while IFS= read -r -d '' pair; do
    if [[ $pair == ACTIONS_RUNNER_INPUT_* ]]; then
      name=${pair#ACTIONS_RUNNER_INPUT_}
      name=${name%%=*}
      name=${name,,}
      [[ -n ${given[$name]+set} ]] || given[$name]=${pair#*=}
    fi
  done < <(env -0)
  for name in "${!ACTIONS_RUNNER_INPUT_@}"; do unset "$name"; done
}

json_text() { # VALUE, as a JSON string
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}
json_field() { # FILE KEY: a string, number or truth value of a flat object
  sed -n 's/^\xef\xbb\xbf//; s/.*"'"$2"'": *"\{0,1\}\([^",}]*\)"\{0,1\}.*/\1/p' "$1" | head -n 1
}

# Replies are lines of key=value.
field() { # KEY, of the reply in $reply
  sed -n "s/^$1=//p" <<<"$reply" | head -n 1
}
decoded() { # KEY of a value in base64
  local value
  value=$(field "$1")
  [[ -z $value ]] || base64 -d <<<"$value"
}

# A call to the GitHub double: status in $status, body in $reply. 000 where nobody answers.
status=000
reply=
call() { # METHOD PATH SECONDS AUTHORIZATION [name=value...]
  local method=$1 path=$2 seconds=$3 authorization=$4 answer line
  shift 4
  local form=()
  for line in "$@"; do form+=(--data-urlencode "$line"); done
  # The secret comes by standard input, so that it is in no argument.
  answer=$(printf 'header = "Authorization: %s"\n' "$authorization" |
    curl --config - --silent --show-error --max-time "$seconds" --request "$method" --write-out '\n%{http_code}' \
      ${form[@]+"${form[@]}"} "$server$path" 2>/dev/null) || true
  status=${answer##*$'\n'}
  reply=${answer%$'\n'*}
  [[ $status =~ ^[1-9][0-9][0-9]$ ]] || status=000
}
