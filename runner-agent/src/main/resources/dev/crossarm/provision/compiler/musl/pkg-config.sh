#!/bin/sh
# Written by crossarm, which puts it back when it is changed. Of itself it looks only where the target's libraries
# are; a build script may say where it put more of them, in PKG_CONFIG_PATH.
# shellcheck disable=SC2153
PKG_CONFIG_LIBDIR="${PKG_CONFIG_LIBDIR_@target@:-@pkgconfig@}"
export PKG_CONFIG_LIBDIR
unset PKG_CONFIG_SYSROOT_DIR
exec pkg-config --static "$@"
