#!/usr/bin/env bash
# A stand-in for Gradescope's base image, made without Docker Hub: Debian's smallest tree with the
# Python that setup.sh asks for. For root on Debian, with docker and debootstrap; it
# takes one to six minutes.
#
#     ci/container/make_image.sh [IMAGE [SUITE [MIRROR]]]
#
# SUITE and MIRROR are this machine's own unless they are named.
set -euo pipefail

image=${1:-autograder-container}
suite=${2:-$(. /etc/os-release && echo "$VERSION_CODENAME")}

for tool in debootstrap docker; do
    if ! command -v "$tool" > /dev/null; then
        echo "$tool is missing: apt-get install debootstrap docker.io" >&2
        exit 2
    fi
done
if ! docker info > /dev/null 2>&1; then
    echo "no Docker daemon answers: start it (docs/container.md says how), or set DOCKER_HOST" >&2
    exit 2
fi

# The mirror that apt takes this suite's main component from.
mirror=${3:-$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' \
    'Created-By: Packages' | awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }')}
if [ -z "$mirror" ]; then
    echo "apt has no mirror for $suite: name one, $0 $image $suite http://..." >&2
    exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
debootstrap --variant=minbase --include=python3,python3-venv,python3-pip \
    "$suite" "$folder/root" "$mirror"
rm -rf "$folder"/root/var/cache/apt/archives/*.deb "$folder"/root/var/lib/apt/lists/*
tar -C "$folder/root" -c . | docker import --change 'WORKDIR /autograder' - "$image"
