import { request } from "./request.ts";

/** Goes both ways: read by a shell that runs, or as the file _cacheauth in a folder of fpath. */
export const zsh = `#compdef cacheauth
# Completion of cacheauth for zsh: source <(cacheauth completion zsh)
_cacheauth() {
  local program=\${\${(Q)words[1]}/#\\~\\//$HOME/} line word about dashes
  local -a answer described
  whence -p "$program" >/dev/null || program=cacheauth
  answer=("\${(@f)$("$program" ${request} zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  local itself=\${answer[1]%%$'\\t'*} prefix=\${answer[1]#*$'\\t'}
  case $itself in
    files|folders|nothing)
      if [[ -n $prefix ]]; then compset -P "\${(b)prefix}" || return 1; fi
      ;|
    files) _files ;;
    folders) _files -/ ;;
    command)
      dashes=\${words[(i)--]}
      shift $dashes words
      (( CURRENT -= dashes ))
      _normal
      ;;
    nothing)
      for line in "\${(@)answer[2,-1]}"; do
        word=\${line%%$'\\t'*} about=\${line#*$'\\t'}
        described+=("\${\${word//\\\\/\\\\\\\\}//:/\\\\:}\${about:+:$about}")
      done
      _describe -t values cacheauth described
      ;;
    *) return 1 ;;
  esac
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _cacheauth "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _cacheauth cacheauth
fi
`;
