#!/bin/sh
# Written by crossarm, which puts it back when it is changed. Libraries of musl's names are found, not glibc's.
exec '@tools@/@gnu@-gcc' "$@" '-L@kind@/lib'
