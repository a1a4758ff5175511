import { request } from "./request.ts";

/** Words in an answer are data to fish: it quotes what it puts into the line. */
export const fish = `# Completion of cacheauth for fish: cacheauth completion fish | source
function __cacheauth_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    command --query $program; or set program cacheauth
    set -l answer (command $program ${request} fish $before[2..-1] "$current" 2>/dev/null)
    or return
    set -l first (string split \\t -- $answer[1])
    set -l itself $first[1]
    set -l prefix "$first[2]"
    set -l rest (string sub --start (math (string length -- "$prefix") + 1) -- "$current")
    switch "$itself"
        case files folders
            # A command that does not exist is one whose arguments are files.
            for path in (complete -C "__cacheauth_none $rest")
                if test "$itself" = files; or string match -qr '/(\\t|$)' -- "$path"
                    echo -- "$prefix$path"
                end
            end
        case command
            set -l dashes (contains --index -- -- $before)
            set -l command $before
            for index in (seq $dashes)
                set -e command[1]
            end
            complete -C (string join ' ' -- (string escape -- $command) "$current")
        case nothing
            for line in $answer[2..-1]
                echo -- "$prefix$line"
            end
    end
end
complete --command cacheauth --no-files --arguments '(__cacheauth_complete)'
`;
