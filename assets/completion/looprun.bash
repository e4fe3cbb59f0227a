# Completion of looprun for bash. Lessons, variants and knobs are asked of looprun itself.

# The folders of one's own lessons on the command line, as options.
_looprun_folders() {
    local k
    for ((k = 1; k < COMP_CWORD; k++)); do
        [[ ${COMP_WORDS[k - 1]} == --lessons ]] && printf -- '--lessons %s ' "${COMP_WORDS[k]}"
    done
}

# The names of all lessons. In the table a lesson's line starts with its number.
_looprun_lessons() {
    "$1" $(_looprun_folders) --list 2>/dev/null | awk '$1 ~ /^[0-9]+$/ { print $2 }'
}

# What follows the word $2 (--variant, --set) below the lesson $3; of all lessons when there is none.
_looprun_below() {
    "$1" $(_looprun_folders) --list 2>/dev/null | awk -v word="$2" -v lesson="${3#[0-9][0-9]-}" '
        $1 ~ /^[0-9]+$/ { here = lesson == "" || lesson == $2 || lesson == $1 }
        here && $1 == word { print $2 }'
}

# The first word that is a lesson and not an option or its value.
_looprun_lesson() {
    local k
    for ((k = 1; k < COMP_CWORD; k++)); do
        case ${COMP_WORDS[k]} in
            --trace | --trace-limit | --set | --variant | --schedule | --bound | --save | --lessons | --python | -m) ((k++)) ;;
            -* | =) ;;
            *)
                # `--set seconds=5` comes as seconds, =, 5.
                [[ ${COMP_WORDS[k - 1]} == "=" || ${COMP_WORDS[k + 1]-} == "=" ]] && continue
                printf '%s' "${COMP_WORDS[k]}"
                return
                ;;
        esac
    done
}

_looprun() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local lesson
    lesson=$(_looprun_lesson)
    COMPREPLY=()
    case $before in
        --trace)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --lessons)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        --variant)
            mapfile -t COMPREPLY < <(compgen -W "$(_looprun_below "$program" --variant "$lesson")" -- "$word")
            return
            ;;
        --set)
            compopt -o nospace
            mapfile -t COMPREPLY < <(compgen -S = -W "$(_looprun_below "$program" --set "$lesson" | cut -d= -f1)" -- "$word")
            return
            ;;
        --schedule)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -W "fifo lifo random:" -- "$word"; compgen -f -- "$word")
            return
            ;;
        --save)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        --bound | --trace-limit) return ;;
        --python)
            mapfile -t COMPREPLY < <(compgen -c -X '!*python*' -- "$word"; compgen -f -- "$word")
            return
            ;;
        =) return ;;
    esac
    if [[ $word == -* ]]; then
        local options="--trace --trace-limit --schedule --explore --set --variant --lessons --python --real --virtual --quiet --list --help --version"
        [[ " ${COMP_WORDS[*]} " == *" --list "* ]] && options="--json"
        [[ " ${COMP_WORDS[*]} " == *" --explore "* ]] && options="--bound --save --set --variant"
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [[ -z $lesson ]]; then
        # A lesson, or a program.
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -W "$(_looprun_lessons "$program")" -- "$word"
            compgen -f -X '!*.@(c|py)' -- "$word"; compgen -d -- "$word")
    elif [[ $lesson == *.py || $lesson == *.c ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word") # its arguments
    fi
}

complete -F _looprun looprun
