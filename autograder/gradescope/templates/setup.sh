#!/usr/bin/env bash
# Run once, as root, when the image is built. The last step proves that grading works in this image,
# and fails the build if it does not. System Python is left alone: Gradescope's harness needs it.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
venv="${AUTOGRADER_VENV:-/opt/autograder/venv}"
cpu_index="https://download.pytorch.org/whl/cpu"
umask 022

say() { printf '== %s\n' "$*"; }
fail() {
    printf 'setup.sh: %s\n' "$*" >&2
    exit 1
}

# The system's interpreter first: one under a private home cannot be run by an unprivileged user.
find_python() {
    local candidate
    for candidate in "${AUTOGRADER_PYTHON:-}" /usr/bin/python3 python3; do
        if [ -n "$candidate" ] && "$candidate" -c "$1" >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

new_enough='import sys; sys.exit(sys.version_info < (3, 10))'
if ! python="$(find_python "import ensurepip; $new_enough")"; then
    python="$(find_python "$new_enough")" || fail "no Python 3.10 or newer: choose Ubuntu 22.04 as base image"
    say "installing python3-venv"
    apt-get update
    apt-get install -y --no-install-recommends python3-venv
fi

# A rehearsal on this machine may keep an environment of the same versions: only ours is replaced.
if [ -n "${AUTOGRADER_VENV_KEPT:-}" ] &&
    "$venv/bin/python" -m pip uninstall --quiet --yes autograder; then
    say "environment $venv, kept from an earlier rehearsal"
else
    say "environment $venv, from $("$python" --version)"
    mkdir -p "$(dirname "$venv")"
    "$python" -m venv --clear "$venv"
fi

# pip's own variables and files apply (PIP_FIND_LINKS, PIP_NO_INDEX, PIP_CONFIG_FILE, ...).
install() {
    "$venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check \
        --constraint "$here/constraints.txt" "$@"
}

# The public index's torch for Linux is the CUDA build: several GB. A local wheel, else the CPU index.
if grep -Eiq '^torch([^a-z0-9_-]|$)' "$here/requirements.txt"; then
    say "torch for CPU"
    install --quiet --no-index --no-deps torch 2>/dev/null ||
        install --no-deps --index-url "$cpu_index" torch ||
        fail "no CPU build of torch: neither a local wheel (PIP_FIND_LINKS) nor $cpu_index"
fi

say "the autograder and what it needs"
install --requirement "$here/requirements.txt" "$here"/wheels/autograder-*.whl
if "$venv/bin/python" -m pip list --format=freeze | grep -i '^nvidia-'; then
    fail "a CUDA package was installed (named above): pin a CPU build in constraints.txt"
fi

# Workers run as an unprivileged user: they need the environment, and must not read the checks.
chmod -R a+rX "$venv"
chmod -R go-rwx "$here/private"
printf '%s\n' "$venv" >"$here/venv_path"

say "self-test"
cd /
"$venv/bin/python" -I -B -m autograder.gradescope.runner.selftest "$(dirname "$here")"
say "done"
