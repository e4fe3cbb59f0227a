#!/usr/bin/env bash
# What ./dev asks its tools for, seen on a machine where each tool only writes down how it was called.
# usage: dev.sh RULE PROJECT_DIR
set -euo pipefail
rule=$1 project=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A copy of dev among a few files, and tools that do nothing. Git is not there: it is not on dev's list of packages.
mkdir -p "$work"/{tools,assets,lessons/01-one,loop,tests/loop,tests/compare/mutants,viz,build/{debug,release}}
touch "$work"/{assets/a.h,lessons/01-one/lesson.c,loop/task.c,tests/loop/test_task.c,viz/scene.c,build/release/build.ninja}
cp "$project/dev" "$work/dev"
for tool in cmake clang-format clang-tidy cppcheck git; do
    printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n' "$tool" "$work" >"$work/tools/$tool"
done
printf 'exit 127\n' >>"$work/tools/git"
printf '#!/bin/sh\necho install ok installed\n' >"$work/tools/dpkg-query"
for program in tests/compare/mutants/run.sh build/release/seeds; do
    printf '#!/bin/sh\n' >"$work/$program"
    chmod +x "$work/$program"
done
chmod +x "$work"/tools/*

run_dev() { PATH="$work/tools:$PATH" "$work/dev" "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }; }
called() { grep -qE -- "$1" "$work/calls" || { echo "no call like '$1' among:"; cat "$work/calls"; exit 1; }; }

case $rule in
lint_sees_every_source)
    run_dev lint
    for file in assets/a.h lessons/01-one/lesson.c loop/task.c tests/loop/test_task.c viz/scene.c; do
        called "^clang-format .* $file( |$)"
    done
    for file in lessons/01-one/lesson.c loop/task.c viz/scene.c; do
        called "^clang-tidy .* $file( |$)"
    done
    called "^cppcheck .* loop/task.c( |$)"
    ;;
mutants_and_fuzz_build_their_tests_after_a_run_without_them)
    run_dev mutants
    called '^cmake --preset release .*LOOPGLASS_TESTS=ON'
    rm "$work/calls"
    run_dev fuzz fidelity 1 2
    called '^cmake --preset release .*LOOPGLASS_TESTS=ON'
    ;;
*)
    echo "no rule '$rule'"
    exit 2
    ;;
esac
