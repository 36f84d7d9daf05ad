#!/bin/sh
# Written by crossarm, which puts it back when it is changed.
if [ ! -x '@cpp@/zig' ]; then
  echo "crossarm: @cpp@/zig is missing; as root: crossarm provision --cpp" >&2
  exit 127
fi
case " $* " in
  *.so\ * | *.so.[0-9]*) set -- -Wl,-Bdynamic,-dynamic-linker,/lib/ld-musl-@architecture@.so.1 "$@" ;;
esac
exec '@cpp@/zig' clang --driver-mode=g++ --config='@kind@/c++.cfg' "$@"
