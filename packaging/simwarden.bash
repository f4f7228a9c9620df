# Completion for bash: the program itself says which commands, options and
# choices there are, so that nothing is listed twice.
_simwarden() {
  local word=$2 before=$3 said line offered=''
  local -a path=()
  COMPREPLY=()
  for line in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $line =~ ^[a-z]+$ && ${#path[@]} -lt 2 ]] || break
    path+=("$line")
  done
  said=$("${COMP_WORDS[0]}" "${path[@]}" --help 2>/dev/null) || return 0
  if [[ $before == --* ]]; then
    # "--kind auto|message:{auto,message}"; another value is most often a file.
    line=$(grep -m 1 -E "^ +(-.,)?$before( |\$)" <<<"$said")
    [[ $line =~ :\{([^}]*)\} ]] && offered=${BASH_REMATCH[1]//,/ }
    [[ -n $offered || $line =~ $before' '[A-Z] ]] &&
      COMPREPLY=($(compgen -W "$offered" -- "$word")) && return 0
    [[ $line =~ $before' '[A-Z] ]] && return 0
  fi
  offered=$(sed -n -E -e 's/^  (-[^ ]*).*/\1/p' \
    -e '/^Subcommands:/,/^$/s/^  ([a-z]+) .*/\1/p' <<<"$said")
  COMPREPLY=($(compgen -W "${offered//,/ }" -- "$word"))
}
complete -o default -F _simwarden simwarden
