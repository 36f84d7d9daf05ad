# shellcheck shell=sh
# Written by crossarm, which puts it back when it is changed: configure scripts for @triple@.
case "/${CC-} " in
  */'@short@-gcc '* | */'@short@-cc '*) crossarm_compiler=@short@ ;;
  *) crossarm_compiler= ;;
esac
case ${host_alias-} in
  @triple@ | @short@) crossarm_host=$host_alias ;;
  */@short@) crossarm_host=@short@ ;;
  '') if test -z "${build_alias-}"; then crossarm_host=$crossarm_compiler; else crossarm_host=; fi ;;
  *) crossarm_host=$crossarm_compiler ;;
esac
if test -n "$crossarm_host"; then
  host_alias=$crossarm_host
  # shellcheck disable=SC2034
  host=$crossarm_host
  # shellcheck disable=SC2034
  ac_tool_prefix=@short@-
  test "${cross_compiling-}" = yes || cross_compiling=maybe
  # No program of the target can use a shared library.
  : "${enable_shared=no}" "${enable_static=yes}"
fi

# Where this file is not named, these are read.
crossarm_prefix=${prefix-NONE}
test "$crossarm_prefix" != NONE || crossarm_prefix=${ac_default_prefix-/usr/local}
for crossarm_site in "$crossarm_prefix/share/config.site" "$crossarm_prefix/etc/config.site"; do
  if test -f "$crossarm_site" && test -r "$crossarm_site"; then
    # shellcheck disable=SC1090
    . "$crossarm_site"
  fi
done
