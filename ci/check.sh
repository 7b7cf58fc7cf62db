#!/usr/bin/env bash
# Format, lint, types, layers and tests in the .venv that quickstart.py made: what CI runs, without
# the set-up. The steps are in check.py, so that they also run where there is no bash.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec .venv/bin/python ci/check.py "$@"
