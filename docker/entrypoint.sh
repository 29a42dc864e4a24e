#!/bin/sh
# Hands the database password from a file to libpq, so that it stands neither in the settings nor in the command line.
set -eu
if [ -n "${DATABASE_PASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat "$DATABASE_PASSWORD_FILE")
    export PGPASSWORD
fi
exec miernik "$@"
