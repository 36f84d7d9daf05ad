#!/bin/sh
# Written by crossarm, which puts it back when it is changed.
exec '@tools@/@gnu@-@name@' "$@"
