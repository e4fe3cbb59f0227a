#!/usr/bin/env bash
# What is installed serves others: a project outside the tree finds libloop by CMake and by pkg-config, also after
# the whole was moved; and the programs run from where they were put. usage: install.sh BUILD_DIR FOREIGN_DIR
set -euo pipefail
build=$1 foreign=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failed() { echo "install: $*"; exit 1; }
prints() { # prints EXPECTED COMMAND…
    local expected=$1 printed
    shift
    printed=$("$@") || failed "$* failed"
    [[ $printed == "$expected" ]] || failed "$* printed '$printed', not '$expected'"
}

cmake --install "$build" --prefix "$work/first" >"$work/log" || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/moved"
version=$("$work/moved/bin/looprun" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+')

cmake -G Ninja -S "$foreign" -B "$work/foreign" -D CMAKE_PREFIX_PATH="$work/moved" >"$work/log" &&
    cmake --build "$work/foreign" >>"$work/log" || { cat "$work/log"; failed "CMake cannot build with it"; }
prints "C $version: 6" "$work/foreign/in_c"
prints "C++ $version: a! b" "$work/foreign/in_cpp"

PKG_CONFIG_PATH=$(dirname "$(find "$work/moved" -name libloop.pc)")
export PKG_CONFIG_PATH
[[ $(pkg-config --modversion libloop) == "$version" ]] || failed "pkg-config and looprun differ in the version"
read -ra flags <<<"$(pkg-config --cflags --libs libloop)"
cc -std=c11 "$foreign/main.c" "${flags[@]}" -o "$work/by_pkg_config"
prints "C $version: 6" "$work/by_pkg_config"
c++ -std=c++17 "$foreign/main.cpp" "${flags[@]}" -o "$work/by_pkg_config"
prints "C++ $version: a! b" "$work/by_pkg_config"

cd "$work" # away from the sources
prints $'1\n2\n3\n4' "$work/moved/bin/looprun" calls
# One's own programs need a compiler, and nothing of the sources.
export XDG_CACHE_HOME="$work/cache"
prints "C $version: 6" "$work/moved/bin/looprun" "$foreign/main.c"
"$work/moved/bin/loopglass" new mine >"$work/log" || failed "loopglass writes no new lesson"
prints $'first begins\nsecond begins\nfirst ends\nsecond ends' "$work/moved/bin/looprun" mine
"$work/moved/bin/loopglass" text calls --lang en >"$work/text" || failed "loopglass cannot tell a lesson"
