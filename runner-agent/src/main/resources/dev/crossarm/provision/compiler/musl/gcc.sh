#!/bin/sh
# Written by crossarm, which puts it back when it is changed.
compiler='@tools@/@gnu@-@name@'
if [ ! -x "$compiler" ]; then
  echo "crossarm: $compiler is not installed; as root: apt-get install gcc-@package@" >&2
  exit 127
fi
case " $* " in
  *.so\ * | *.so.[0-9]*) set -- -Wl,-Bdynamic,-dynamic-linker,/lib/ld-musl-@architecture@.so.1 "$@" ;;
esac
exec "$compiler" -specs='@kind@/musl.specs' -static "$@"
