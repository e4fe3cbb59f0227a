#!/usr/bin/env bash
# The rules of the house that a compiler does not check. usage: house.sh RULE PROJECT_DIR
set -u
rule=$1
cd "$2" || exit 2

files() { git ls-files "$@" 2>/dev/null || find . -type f | sed 's|^\./||'; }

case $rule in
only_the_trace_passes_between_the_scheduler_and_the_window)
    ! grep -nE '#include[[:space:]]+["<](\.\./)?(loop|lesson|program|runner|task|future)\.h' viz/*.c viz/*.h &&
        ! grep -nE '#include[[:space:]]+["<](\.\./)?(viz/|history|scene|draw|view|paint|event)\.?h?' loop/*.c loop/*.h lessons/*.c lessons/*.h lessons/*/*.c
    ;;
the_top_level_is_fixed)
    extra=$(files | cut -d/ -f1 | sort -u | grep -vxE 'viz|loop|lessons|assets|tests|CMakeLists\.txt|CMakePresets\.json|README(\.zh)?\.md|LICENSE|dev|\..*|build')
    [[ -z $extra ]] || { echo "not of the fixed top level: $extra"; exit 1; }
    ;;
scene_code_never_calls_sdl)
    # Everything but the files that CMake puts into the window's library.
    window=$(sed -n '/^set(viz_shell/,/)/p' CMakeLists.txt | grep -oE '[a-z_]+\.c' | tr '\n' '|')
    [[ -n $window ]] || { echo "CMakeLists.txt names no viz_shell"; exit 1; }
    ! find viz -name '*.c' | grep -vE "/(${window%|}|main\.c)$" | xargs grep -nE '\b(SDL_|TTF_)[A-Za-z]'
    ;;
layout_is_clang_formats)
    command -v clang-format >/dev/null || { echo "clang-format is missing"; exit 1; }
    files '*.c' '*.h' | grep -E '\.(c|h)$' | grep -v '^build/' | xargs clang-format --dry-run --Werror
    ;;
*)
    echo "no rule '$rule'"
    exit 2
    ;;
esac
