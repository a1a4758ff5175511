import { request } from "./request.ts";

/** `$1` is the program as it was typed, or an alias of it. Nothing that stands on the line, or in an answer, is expanded or run. */
export const bash = `# Completion of cacheauth for bash: eval "$(cacheauth completion bash)"
_cacheauth() {
  local program=\${1/#\\~\\//$HOME/} line itself= index
  type -P "$program" >/dev/null || program=cacheauth
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $itself ]]; then itself=$line; else COMPREPLY+=("$line"); fi
  done < <("$program" ${request} bash "\${COMP_LINE:0:COMP_POINT}" "\${COMP_WORDBREAKS-}" 2>/dev/null)
  case $itself in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
    command)
      for ((index = 1; index < COMP_CWORD; index++)); do [[ \${COMP_WORDS[index]} == -- ]] && break; done
      if declare -F _comp_command_offset >/dev/null; then
        _comp_command_offset $((index + 1))
      elif declare -F _command_offset >/dev/null; then
        _command_offset $((index + 1))
      elif ((index + 1 == COMP_CWORD)); then
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -c -- "$2")
      else
        compopt -o default 2>/dev/null
      fi
      ;;
  esac
}
complete -F _cacheauth cacheauth
`;
