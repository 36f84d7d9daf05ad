# Completes crossarm's commands, options and their values, in bash and in zsh.
# shellcheck shell=bash disable=SC2034,SC2154

# What there is, from the grammar: {version}
_crossarm_commands() { # COMMAND
  case $1 in
    # {commands}
  esac
}
_crossarm_options() { # COMMAND
  case $1 in
    # {options}
  esac
}
# Sets kind (one, list, file, folder, package, program, feature, word, or nothing for an option without a value) and values.
_crossarm_value() { # COMMAND OPTION-OR-ARGUMENT
  kind='' values=''
  case "$1 $2" in
    # {values}
  esac
}

# What the project in the folder has, from cargo, which reads its files and no more: no network, no waiting, no installing.
_crossarm_project() { # KIND FOLDER
  local all
  all=$(cd "${2:-.}" 2>/dev/null &&
    RUSTUP_AUTO_INSTALL=0 timeout 2 cargo metadata --no-deps --offline --format-version 1 2>/dev/null) || return 0
  case $1 in
    package) grep -oE '"name":"[^"]*","version":"[^"]*","id":' <<<"$all" | cut -d '"' -f 4 ;;
    program) grep -oE '"kind":\["bin"\],"crate_types":\["bin"\],"name":"[^"]*"' <<<"$all" | cut -d '"' -f 12 ;;
    feature) grep -oE '"features":\{[^}]*\}' <<<"$all" | sed 's/^"features"://; s/\[[^]]*\]//g' | grep -oE '"[^"]+"' | tr -d '"' ;;
  esac
}

# Takes the words after crossarm up to the cursor, the last half typed; sets COMPREPLY, or crossarm_files to file or folder.
_crossarm_reply() {
  local command='' option='' folder='' word current before='' kind values candidates chosen
  COMPREPLY=() crossarm_files=''
  while [[ $# -gt 1 ]]; do
    word=$1
    shift
    if [[ -n $option ]]; then
      case $option in -C | --directory) folder=$word ;; esac
      option=''
      continue
    fi
    case $word in
      --) return 0 ;;
      --directory=*) folder=${word#*=} ;;
      -*=*) ;;
      -*)
        _crossarm_value "$command" "$word"
        case $kind in '' | optional) ;; *) option=$word ;; esac
        ;;
      *)
        case " $(_crossarm_commands "$command") " in
          *" $word "*) command=${command:+$command }$word ;;
        esac
        ;;
    esac
  done
  current=$1
  if [[ -z $option && $current == --*=* ]]; then
    option=${current%%=*} before=${current%%=*}= current=${current#*=}
  fi
  if [[ -n $option ]]; then
    _crossarm_value "$command" "$option"
  elif [[ $current == -* ]]; then
    kind=one values=$(_crossarm_options "$command")
  else
    _crossarm_value "$command" argument
    values="$values $(_crossarm_commands "$command")"
  fi
  case $kind in
    file | folder)
      crossarm_files=$kind
      crossarm_before=$before
      return 0
      ;;
    package | program | feature) values=$(_crossarm_project "$kind" "$folder") ;;
  esac
  case $kind in
    list | feature)
      if [[ $current == *,* ]]; then
        before=$before${current%,*},
      fi
      chosen=,${current%,*},
      current=${current##*,}
      ;;
    *) chosen='' ;;
  esac
  while IFS= read -r word; do
    if [[ -n $word && $word == "$current"* && $chosen != *",$word,"* ]]; then
      COMPREPLY+=("$before$word")
    fi
  done < <(printf '%s' "$values" | tr ' ' '\n'; echo)
}

if [[ -n ${ZSH_VERSION-} ]]; then
  _crossarm() {
    local -a COMPREPLY
    local crossarm_files crossarm_before
    _crossarm_zsh_words() {
      emulate -L ksh
      _crossarm_reply "$@"
    }
    _crossarm_zsh_words "${words[@]:1:$((CURRENT - 1))}"
    if [[ -n $crossarm_files ]]; then
      [[ -z $crossarm_before ]] || compset -P '*='
      if [[ $crossarm_files == folder ]]; then _files -/; else _files; fi
    elif [[ ${#COMPREPLY[@]} -gt 0 ]]; then
      compadd -- "${COMPREPLY[@]}"
    fi
  }
  # Found by zsh in its folder of functions it is called now; read from ~/.zshrc it is registered.
  if [[ ${funcstack[1]-} == _crossarm ]]; then _crossarm "$@"; else compdef _crossarm crossarm; fi
else
  _crossarm() {
    local word joined=() crossarm_files crossarm_before last
    # bash cuts words at the equals sign; it wants to hear only what comes after it.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
      last=''
      if [[ ${#joined[@]} -gt 0 ]]; then last=${joined[${#joined[@]} - 1]}; fi
      if [[ ($word == = && $last == --* && $last != *=*) || $last == --*= ]]; then
        joined[${#joined[@]} - 1]=$last$word
      else
        joined+=("$word")
      fi
    done
    _crossarm_reply "${joined[@]}"
    last=${joined[${#joined[@]} - 1]-}
    if [[ ${COMP_WORDS[COMP_CWORD]} != --*=* && $last == --*=* ]]; then
      COMPREPLY=("${COMPREPLY[@]#--*=}")
      last=${last#*=}
    fi
    if [[ -n $crossarm_files ]]; then
      compopt -o filenames 2>/dev/null
      if [[ $crossarm_files == folder ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$last")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$last")
      fi
    fi
  }
  complete -F _crossarm crossarm
fi
