#!/usr/bin/env bash
# Makes .venv beside this file with the public validators of documents and data packages, in pinned versions.
# Tests never install anything; they say what is missing.
set -euo pipefail
cd "$(dirname "$0")"
wanted=$(sha256sum requirements.txt)
if [ -f .venv/wanted ] && [ "$(cat .venv/wanted)" = "$wanted" ]; then exit 0; fi
rm -rf .venv
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
echo "$wanted" > .venv/wanted
