# Completion of loopglass for bash. The lessons are asked of looprun, the one beside this loopglass if there is one.

_loopglass_list() {
    local beside=${1%/*}/looprun
    [[ $1 == */* && -x $beside ]] || beside=looprun
    local k folders=()
    for ((k = 1; k < COMP_CWORD; k++)); do
        [[ ${COMP_WORDS[k - 1]} == --lessons ]] && folders+=(--lessons "${COMP_WORDS[k]}")
    done
    "$beside" "${folders[@]}" --list 2>/dev/null
}

# In looprun's table a lesson's line starts with its number, and its variants follow it.
_loopglass_lessons() { _loopglass_list "$1" | awk '$1 ~ /^[0-9]+$/ { print $2 }'; }

# The variants of the lesson that is among the words.
_loopglass_variants() {
    _loopglass_list "$1" | awk -v words=" ${COMP_WORDS[*]} " '
        $1 ~ /^[0-9]+$/ { here = index(words, " " $2 " ") || index(words, " " $1 "-" $2 " ") }
        here && $1 == "--variant" { print $2 }'
}

# The knobs of the lesson that is among the words.
_loopglass_knobs() {
    _loopglass_list "$1" | awk -v words=" ${COMP_WORDS[*]} " '
        $1 ~ /^[0-9]+$/ { here = index(words, " " $2 " ") || index(words, " " $1 "-" $2 " ") }
        here && $1 == "--set" { sub(/=.*/, "", $2); print $2 }'
}

_loopglass() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]-} words=
    ((COMP_CWORD > 1)) || command=
    COMPREPLY=()
    case $before in
        --lang) words="zh en" ;;
        --theme) words="light dark" ;;
        --to) words="png" ;;
        --variant) words=$(_loopglass_variants "$program") ;;
        --set)
            compopt -o nospace
            mapfile -t COMPREPLY < <(compgen -S = -W "$(_loopglass_knobs "$program")" -- "$word")
            return
            ;;
        =) return ;;
        --size) words="1024x768 1280x720 1920x1080 3840x2160" ;;
        --at) words="start end" ;;
        --scale | --keys) return ;;
        --schedule)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -W "fifo lifo random:" -- "$word"; compgen -f -- "$word")
            return
            ;;
        --python)
            mapfile -t COMPREPLY < <(compgen -c -X '!*python*' -- "$word"; compgen -f -- "$word")
            return
            ;;
        --lessons)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        -o | --output)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
    esac
    if [[ -z $words && $word == -* ]]; then
        case $command in
            text) words="--lang --variant --set --lessons --schedule --python --virtual --help" ;;
            check) words="--lang --help" ;;
            new) words="--lang --lessons --help" ;;
            diff) words="--lang --no-lines --help" ;;
            shot) words="--at --lang --theme --scale --size --variant --set --lessons --schedule --python --virtual --keys --list -o --output --help" ;;
            export) words="--to --at --lang --theme --scale --size --variant --set --lessons --schedule --python --virtual --keys --list -o --output --help" ;;
            *) words="--at --lang --theme --scale --size --variant --set --lessons --schedule --python --virtual --watch --no-motion --help --version" ;;
        esac
    fi
    if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    [[ $command == new ]] && return # a name that is not there yet
    # A source: a trace or a program in a file or, except for check and diff, a lesson; as the first word also a command.
    [[ $command == check || $command == diff ]] || words=$(_loopglass_lessons "$program")
    ((COMP_CWORD > 1)) || words+=" text check diff shot export new"
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
}

complete -F _loopglass loopglass
