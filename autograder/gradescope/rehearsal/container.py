"""The rehearsal in a container: Gradescope's folders, memory and CPU, and Docker's default profile.

setup.sh runs once for a zip and base image, and the container is kept as an image. Each submission
gets a fresh container of it: root, Docker's capabilities and seccomp filter, no network. Files are
copied in and out, so the daemon may be on another machine.
"""

import hashlib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import structs

from autograder.gradescope.plan import Layout, read_plan
from autograder.gradescope.rehearsal import harness
from autograder.gradescope.rehearsal.image import (
    SETUP_LIMIT_S,
    require_set_up,
    run_logged,
    unpack_image,
    zip_digest,
)
from autograder.gradescope.rehearsal.simulate import (
    Ended,
    SimulatedRun,
    prepare,
    read_run,
)
from autograder.model.assignment import Gradescope
from autograder.model.errors import GraderError, UsageError
from autograder.model.units import parse_bytes

SMALLEST = Gradescope(cpus=0.5, memory="0.75 GB")  # what Gradescope grants by default
_CLIENT_LIMIT_S = 600.0  # for docker commands that only move files
_GRACE_S = 60.0  # to start a container, beyond the harness's own limit
_KILLED = 137  # as a shell and docker say that SIGKILL ended a process
_SHOWN = 2000  # characters
_WHEELS = "/tmp/wheels"  # the build wipes /tmp
_HARNESS = "/harness.py"  # Gradescope's own is /autograder/harness.py
_SET_UP = "bash /autograder/source/setup.sh && rm -rf /tmp/* /var/tmp/*"


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """The container to rehearse in; what is None is as the zip's assignment asks for it."""

    image: str  # the base, such as gradescope/autograder-base:ubuntu-22.04
    wheels: Path | None = None  # a folder; setup.sh then runs with these, and without a network
    memory: str | None = None
    cpus: float | None = None


def simulate_in_container(
    archive: Path,
    submission: Path,
    out: Path,
    container: Container,
    *,
    time_limit_s: float,
    reuse: bool = True,
) -> SimulatedRun:
    """Build the image of the autograder zip, unless it is there, and grade `submission` in it.

    Raises UsageError for unusable arguments and where there is no Docker, GraderError when setup.sh
    fails, run_autograder cannot be started, or the container is killed.
    """
    if container.wheels and not any(container.wheels.glob("*.whl")):
        raise UsageError(f"{container.wheels} holds no wheels: fill it by `pip download`")
    base = _base_image(container.image)
    digest = hashlib.sha256(f"{zip_digest(archive)} {base}".encode()).hexdigest()
    image = f"autograder-simulation:{digest[:16]}"
    root = unpack_image(archive, out)
    tier = _tier(root, container)
    if not reuse or _try("image", "inspect", image).returncode != 0:
        _build(container, root, root.parent / "setup.log", image)
    prepare(root, submission)
    return _run(root, image, tier, time_limit_s)


def _build(container: Container, root: Path, log: Path, image: str) -> None:
    """Run setup.sh in a container of the base image, and keep that container as `image`."""
    offline = ["--network", "none", "--env", "PIP_NO_INDEX=1", "--env", f"PIP_FIND_LINKS={_WHEELS}"]
    options = offline if container.wheels else []
    with _created(container.image, *options, command=("bash", "-c", _SET_UP)) as name:
        _docker("cp", str(root), f"{name}:/")
        if container.wheels:
            _docker("cp", str(container.wheels), f"{name}:{_WHEELS}")
        with log.open("wb") as file:
            status = _start(name, file, SETUP_LIMIT_S, f"setup.sh; see {log}")
        require_set_up(status, log)
        _docker("commit", name, image)


def _run(root: Path, image: str, tier: Gradescope, time_limit_s: float) -> SimulatedRun:
    memory = parse_bytes(tier.memory)
    options = ["--network", "none", "--memory", str(memory), "--memory-swap", str(memory)]
    options += ["--cpus", f"{tier.cpus:g}"]
    command = ("python3", "-I", _HARNESS, "/autograder", f"{time_limit_s:g}")
    with _created(image, *options, command=command) as name, tempfile.TemporaryFile() as log:
        for path in (root / "submission", root / "results", root / "submission_metadata.json"):
            _docker("cp", str(path), f"{name}:/autograder/")
        _docker("cp", harness.__file__, f"{name}:{_HARNESS}")
        status = _start(name, log, time_limit_s + _GRACE_S, "the container")
        log.seek(0)
        said = log.read().decode(errors="replace")
        short = "true" in _docker("inspect", "--format", "{{.State.OOMKilled}}", name)
        ended = _ended(status, said, short, tier)
        _docker("cp", f"{name}:/autograder/results", str(root))
    return read_run(root, ended)


def _ended(status: int, said: str, short: bool, tier: Gradescope) -> Ended:
    """How the harness in the container says its run ended; `short`: of memory, says the kernel."""
    if status not in (0, _KILLED):
        raise GraderError(
            f"the container ended with status {status}; has its base image a python3?"
            f"\n{said[-_SHOWN:]}"
        )
    try:
        ended = msgspec.json.decode(said, type=Ended) if status == 0 else None
    except msgspec.DecodeError:
        raise GraderError(
            f"the harness in the container did not report: {said[-_SHOWN:]!r}"
        ) from None
    if ended is None or (short and ended.status in (-9, _KILLED) and not ended.timed_out):
        raise GraderError(
            f"the autograder was killed, most likely for more than the container's {tier.memory}:"
            " ask for more under [gradescope] in assignment.toml, or try with --memory"
        )
    notices = (f"processes were killed: they used more than the container's {tier.memory}",)
    return structs.replace(ended, notices=notices if short else ())


def _tier(root: Path, container: Container) -> Gradescope:
    """What the zip's assignment asks for, with the caller's changes; the least for other zips.

    Raises ConfigError for a size that is none.
    """
    layout = Layout(root)
    asked = read_plan(layout).assignment.gradescope if layout.private.is_dir() else SMALLEST
    memory = container.memory or asked.memory
    parse_bytes(memory)  # a typing error is found before minutes of setup.sh
    return Gradescope(cpus=container.cpus or asked.cpus, memory=memory)


def _base_image(image: str) -> str:
    """The id of the base image, once client, daemon and image are known to be there."""
    server = _try("version", "--format", "{{.Server.Version}}")
    if server.returncode:
        raise UsageError(
            f"no Docker daemon answers: {_last(server)}\nstart it (`systemctl start docker`, or"
            " Docker Desktop) or set DOCKER_HOST; without --container none is needed"
        )
    found = _try("image", "inspect", "--format", "{{.Id}}", image)
    if found.returncode:
        raise UsageError(
            f"there is no image {image!r} here: `docker pull` it, or make one as docs/container.md"
            " says"
        )
    return found.stdout.strip()


@contextmanager
def _created(image: str, *options: str, command: tuple[str, ...]) -> Iterator[str]:
    """A container that is not started yet; nothing of it stays."""
    program, *arguments = command  # in place of what the image starts by itself
    options = ("--pull", "never", "--workdir", "/", "--entrypoint", program, *options)
    name = _docker("create", *options, image, *arguments).strip()
    try:
        yield name
    finally:
        _docker("rm", "--force", "--volumes", name)


def _start(name: str, log: IO[bytes], limit_s: float, what: str) -> int:
    """Run a created container to its end; its exit status."""
    return run_logged(["docker", "start", "--attach", name], log, limit_s, what)


def _docker(*arguments: str) -> str:
    """What a docker command that must succeed prints."""
    done = _try(*arguments)
    if done.returncode:
        hint = "; --memory and --cpus choose another size" if arguments[0] == "create" else ""
        raise GraderError(f"docker {arguments[0]} failed: {_last(done)}{hint}")
    return done.stdout


def _try(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["docker", *arguments], capture_output=True, text=True, timeout=_CLIENT_LIMIT_S
        )
    except FileNotFoundError:
        raise UsageError(
            "there is no `docker` program here: install Docker (on Debian and Ubuntu the package"
            " docker.io), or leave --container out"
        ) from None
    except subprocess.TimeoutExpired:
        raise GraderError(f"docker {arguments[0]} hangs: is the daemon well?") from None


def _last(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip()[-500:] or f"status {done.returncode}"
