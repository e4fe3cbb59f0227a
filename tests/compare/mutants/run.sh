#!/usr/bin/env bash
# Breaks a copy of the scheduler in each of the ways of mutants.txt, and sees whether a pair or a generated program
# tells the difference to CPython. A crash or a hang is one too. A change that does not apply any more is an error.
#
#   run.sh BUILD_DIR [NAME…]      NAME: a part of a mutant's name; none: all
#   run.sh --apply BUILD_DIR      does each of them still apply? Nothing is built
#
# CC and SEEDS, how many generated programs, can be set. Exit status: 0 all are caught, 1 one is not, 77 the Python
# here is not 3.11.
set -euo pipefail
project=$(cd "$(dirname "$0")/../../.." && pwd)
only_apply=no
[[ $1 != --apply ]] || { only_apply=yes; shift; }
build=$(cd "$1" && pwd)
shift
work=$build/mutants
[[ $only_apply == no ]] || work=$build/mutants-applied
seeds=${SEEDS:-160}
cc=${CC:-gcc}
command -v ccache >/dev/null && cc="ccache $cc"
export CCACHE_BASEDIR=$project CCACHE_NOHASHDIR=1
flags=(-O1 -w -std=c11 -D_GNU_SOURCE -I "$work/loop" -I "$project/tests/compare")

say() { printf '%s\n' "$*" >&2; }

# What CPython does, recorded once; again when a program, the recorder or the generator is newer.
record() {
    local version scripts
    version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    [[ $version == 3.11 ]] || { say "mutants: python3 is $version, and 3.11 is compared with"; exit 77; }
    mkdir -p "$work/recordings" "$work/programs"
    [[ -f $work/recorded && $(cat "$work/recorded") == "$seeds" && -z $(find "$project/tests/fidelity" \
        "$project/lessons/record" "$build/seeds" -newer "$work/recorded" -print -quit) ]] && return
    say "mutants: recording what CPython does"
    rm -rf "$work/recordings" "$work/programs"
    mkdir -p "$work/recordings" "$work/programs"
    "$build/seeds" --export 1 "$seeds" "$work/programs"
    mapfile -t scripts < <(printf '%s\n' "$project"/tests/fidelity/*.py "$work"/programs/*.py)
    if [[ $(python3 -c 'import sys; print(sys.version_info[2])') -lt 4 ]]; then
        mapfile -t scripts < <(grep -L '^# differs:' "${scripts[@]}")
    fi
    python3 -B "$project/lessons/record" --virtual --no-lines --batch "$work/recordings" "${scripts[@]}" >/dev/null 2>&1
    echo "$seeds" >"$work/recorded"
}

# Compiles what has changed since the last time: all of loop/, or one file.
compile() {
    local source
    mkdir -p "$work/objects"
    for source in "$@"; do
        $cc "${flags[@]}" -c "$source" -o "$work/objects/$(basename "${source%.*}").o" || return
    done
    rm -f "$work/libloop.a"
    ar rcs "$work/libloop.a" "$work"/objects/*.o
    $cc -o "$work/pairs" "$work/pair_table.o" "$build/tests/libpair_halves.a" "$build/tests/libpair_program.a" "$work/libloop.a" -lpthread -lm &&
        $cc -o "$work/generated" "$work/programs.o" "$build/tests/libpair_program.a" "$work/libloop.a" -lpthread -lm
}

judge() {
    "$build/judge" "$work/pairs" "$work/recordings" && "$build/judge" "$work/generated" "$work/recordings"
}

# --------------------------------------------------------------------------------------------- one mutant

# Replaces text in a file of the copy. Bash's own: what is replaced is no pattern.
replace() {
    local file=$work/loop/$1 old=$2 new=$3 text rest
    text=$(cat "$file" && printf .)
    rest=${text/"$old"/}
    if [[ $rest == "$text" || ${rest/"$old"/} != "$rest" ]]; then
        say "mutants: $1 has this not exactly once:"$'\n'"$old"
        return 1
    fi
    text=${text/"$old"/"$new"}
    printf '%s' "${text%.}" >"$file"
}

# Reads its places from stdin; names the files it changed.
apply() {
    local line file='' old='' new='' state=none
    while IFS= read -r line; do
        if [[ $line != -* || $state == new ]] && [[ $line != +* && -n $old ]]; then
            replace "$file" "$old" "$new" || return
            old='' new='' state=none
        fi
        case $line in
        -*) old+=${old:+$'\n'}${line#-} ;;
        +*) new+=${new:+$'\n'}${line#+} state=new ;;
        ?*) file=$line; echo "$file" ;;
        esac
    done
}

restore() {
    local file
    for file in "$@"; do
        cp "$project/loop/$file" "$work/loop/$file"
    done
}

# @return 0: it was caught
try() {
    local name=$1 places=$2 files sources said
    mapfile -t files < <(apply <<<"$places" || echo '!')
    if [[ ${files[-1]} == '!' ]]; then
        printf 'DOES NOT APPLY  %s\n' "$name"
        unset 'files[-1]'
        restore "${files[@]}"
        return 1
    fi
    [[ $only_apply == no ]] || { restore "${files[@]}"; return 0; }
    sources=("${files[@]/#/$work/loop/}")
    case ${files[*]} in *.h*) sources=("$work"/loop/*.c) ;; esac
    if ! compile "${sources[@]}" 2>"$work/compiler.log"; then
        printf 'NO PROGRAM      %s\n' "$name"
        head -5 "$work/compiler.log"
        restore "${files[@]}"
        return 1
    fi
    local caught=1
    said=$(judge 2>/dev/null) || caught=0
    ((caught == 0)) && printf 'caught          %-70s %s\n' "$name" "$said" || printf 'NOT CAUGHT      %s\n' "$name"
    restore "${files[@]}"
    case ${files[*]} in *.h*) ;; *) $cc "${flags[@]}" -c "$project/loop/${files[0]}" -o "$work/objects/${files[0]%.c}.o" ;; esac
    case ${files[*]} in *.h*) compile "$work"/loop/*.c ;; esac
    return $caught
}

wanted() {
    local name=$1 part
    shift
    (($#)) || return 0
    for part in "$@"; do
        [[ $name != *"$part"* ]] || return 0
    done
    return 1
}

# The loop as it is, compiled, recorded and equal.
prepare() {
    record
    $cc "${flags[@]}" -O0 -c "$work/programs/batch.c" -o "$work/programs.o"
    $cc "${flags[@]}" -c "$build/tests/pair_table.c" -o "$work/pair_table.o"
    compile "$work"/loop/*.c
    judge || { say "mutants: the loop as it is differs already"; exit 1; }
}

main() {
    local line name='' places='' tried=0 caught=0 what=caught
    mkdir -p "$work"
    rm -rf "$work/loop" "$work/objects"
    cp -r "$project/loop" "$work/loop"
    if [[ $only_apply == yes ]]; then what=applied; else prepare; fi
    while IFS= read -r line; do
        [[ $line != '#'* ]] || continue
        if [[ $line != '= '* ]]; then
            places+=$line$'\n'
            continue
        fi
        if [[ -n $name ]] && wanted "$name" "$@"; then
            tried=$((tried + 1))
            try "$name" "$places" && caught=$((caught + 1)) || true
        fi
        name=${line#= } places=
    done < <(cat "$project/tests/compare/mutants/mutants.txt" && echo '= ')
    echo "$caught of $tried $what"
    ((caught == tried && tried > 0))
}

main "$@"
