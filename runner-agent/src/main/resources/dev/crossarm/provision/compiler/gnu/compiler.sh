#!/bin/sh
# Written by crossarm, which puts it back when it is changed.
compiler='@tools@/@gnu@-@name@'
if [ ! -x "$compiler" ]; then
  echo "crossarm: $compiler is not installed; as root: apt-get install @name@-@package@" >&2
  exit 127
fi
exec "$compiler" "$@" -U_FORTIFY_SOURCE
