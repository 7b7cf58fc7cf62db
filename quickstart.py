"""Set everything up in a `.venv` beside this file, with one command. Standard library only.

In the course's repository:
    python3 quickstart.py              set up, grade the SGD reference and a wrong submission,
                                       build the Gradescope zip and try it
    python3 quickstart.py all          set up for every assignment and every command, with
                                       PyTorch, nbgrader and the tools of developers
    python3 quickstart.py test         the same, then run everything that CI runs
In a folder unpacked from a student zip:
    python3 quickstart.py              set up, then print what to type next
    python3 quickstart.py report       set up JupyterLab too, and open the lab report

On Windows type `py quickstart.py`. The second run starts within seconds. An active environment is
not changed: every user gets the same `.venv`, with the versions of constraints.txt. PyTorch is
always the CPU build; offline, pip takes it from the folder that PIP_FIND_LINKS names.
"""

import sys

# Before everything else: the lines below mean nothing to the old Python that may read this.
if sys.version_info < (3, 10):
    sys.exit(
        f"This needs Python 3.10 or newer, and {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a newer one from https://www.python.org, then run for example:\n"
        "    python3.12 quickstart.py"
    )

import errno
import hashlib
import importlib.util
import os
import platform
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"

Run = Callable[..., int]  # run(command, quiet=False) -> exit status


class Stop(Exception):
    """A problem that the user has to fix; the message says how."""


class Stopped(KeyboardInterrupt):
    """A signal other than Ctrl-C's, which this process alone may have got."""


@dataclass(frozen=True)
class Setup:
    """What is installed, and into which `.venv`."""

    folder: Path
    constraints: Path
    install: tuple[tuple[str, ...], ...]  # arguments of `pip install`, in turn
    torch: bool
    inputs: tuple[Path, ...]  # when one of these changes, everything is installed again
    complete: bool  # what only some commands need is installed too

    @property
    def venv(self) -> Path:
        """The environment, always beside this file."""
        return self.folder / ".venv"

    def program(self, name: str) -> Path:
        """A program in the environment, such as `python` or `autograder`."""
        return self.venv / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))


def is_course(folder: Path) -> bool:
    """Whether this is the course's repository: the tests are never in a student zip."""
    return (folder / "ci" / "check.py").exists()


def plan(folder: Path, complete: bool = False) -> Setup:
    """What to install here: the framework from its sources, or the wheel of a student zip."""
    tomls = sorted(folder.glob("assignments/*/assignment.toml"))
    extras = sorted({name for toml in tomls for name in toml_strings(toml, "extras")})
    if is_course(folder):
        constraints = folder / "ci" / "constraints.txt"
        every = ("-e", ".[torch,lab,report,instructor,similarity,dev]", *extras)
        install: tuple[tuple[str, ...], ...] = (every if complete else ("-e", ".[zip]"),)
        inputs = (folder / "pyproject.toml", *tomls)
        return Setup(folder, constraints, install, complete, inputs, complete)
    wheels = sorted((folder / "wheels").glob("autograder-*.whl"))
    if len(wheels) != 1:
        raise Stop(
            f"{folder} holds {len(wheels)} files wheels/autograder-*.whl, and should hold one: run"
            " this in the folder that you unpacked from the student zip, with nothing removed"
        )
    torch = any("torch" in toml_strings(toml, "libraries") for toml in tomls)
    wheel = wheels[0].as_uri()  # a path with ";" or "#" in it would mean something else to pip
    # Forced first, for a newer zip unpacked over an older one may carry the same version number.
    forced = ("--force-reinstall", "--no-deps", wheel)
    wanted = f"autograder[{'torch,' * torch}lab{',report' * complete}] @ {wheel}"
    install = (forced, (wanted, *extras))
    inputs = (wheels[0], *tomls)
    return Setup(folder, folder / "constraints.txt", install, torch, inputs, complete)


def toml_strings(path: Path, key: str) -> list[str]:
    """The strings of one top-level `key = "..."` or `key = ["...", ...]`.

    Python 3.10 has no TOML reader, and nothing is installed yet.
    """
    value = rf'^{key}\s*=\s*("[^"\n]*"|\[(?:"[^"]*"|#[^\n]*|[^\]"#])*\])'
    found = re.search(value, path.read_text(encoding="utf-8"), re.MULTILINE)
    return re.findall(r'"([^"]*)"', re.sub(r"(?m)^\s*#.*", "", found[1])) if found else []


# --- the environment ---


def set_up(setup: Setup, run: Run) -> None:
    """Install what is missing; nothing if nothing has changed since the last time."""
    stamp = setup.venv / "quickstart-stamp"
    with lock(setup.folder / ".quickstart.lock"):
        wanted = fingerprint(setup)
        installed = stamp.read_text().split() if stamp.exists() else []
        if setup.program("python").exists() and {*wanted} <= {*installed}:
            return
        say(f"[1/3] a Python {platform.python_version()} environment in {setup.venv}")
        make_venv(setup, run)
        stamp.unlink(missing_ok=True)
        if setup.torch:
            say("[2/3] PyTorch for the CPU (200 MB to download)")
            install_torch(setup, run)
        say("[3/3] the autograder and its libraries (a minute or two)")
        for arguments in setup.install:
            if run(pip(setup, "--quiet", *arguments)):
                raise Stop("pip could not install that: its last lines above say why")
        stamp.write_text(" ".join(wanted))


def fingerprint(setup: Setup) -> list[str]:
    """A hash of the folder, the Python and the files that say what to install; and whether all is
    installed: who has all need not install a part."""
    digest = hashlib.sha256(f"{setup.folder}\n{sys.version}\n".encode())
    for path in (setup.constraints, *setup.inputs):
        digest.update(path.read_bytes())
    return [digest.hexdigest(), *["complete"] * setup.complete]


def make_venv(setup: Setup, run: Run) -> None:
    """Make `.venv`, unless there is one of this Python: an interrupted run is continued."""
    probe = f"import pip, sys; sys.exit(sys.version != {sys.version!r})"
    python = setup.program("python")
    if made_here(setup) and run([str(python), "-c", probe], quiet=True) == 0:
        return
    if setup.venv.exists():
        shutil.rmtree(setup.venv)
    if run(venv_command(setup.venv)):
        raise Stop("that did not make an environment: the lines above say why")


def made_here(setup: Setup) -> bool:
    """Whether `.venv` was made in this folder: its programs hold the path, and a folder that was
    moved or copied would work in the old place."""
    activate = setup.program("python").with_name("activate")
    try:
        return str(setup.venv) in activate.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return False


def venv_command(venv: Path) -> list[str]:
    """The command that makes an environment with pip in it."""
    if os.pathsep in str(venv):
        raise Stop(
            f"{venv.parent}: no environment works in a folder with {os.pathsep!r} in its"
            " name: rename the folder, then run this again"
        )
    if importlib.util.find_spec("ensurepip"):
        return [sys.executable, "-m", "venv", str(venv)]
    uv = shutil.which("uv")
    if uv:
        return [uv, "venv", "--seed", "--python", sys.executable, str(venv)]
    raise Stop(
        "this Python came without ensurepip and cannot make an environment. On Debian and Ubuntu"
        f" type\n    sudo apt install python3.{sys.version_info[1]}-venv\nand run this again"
    )


def install_torch(setup: Setup, run: Run) -> None:
    """Install PyTorch's CPU build, from a local wheel where there is one."""
    if intel_mac() and sys.version_info >= (3, 13):
        raise Stop(
            "PyTorch's last builds for Intel Macs are for Python 3.12 and older:"
            " run this with python3.12"
        )
    pin = re.search(r"^torch==([\d.]+)", setup.constraints.read_text(), re.MULTILINE)
    if not pin:
        raise Stop(f"{setup.constraints} does not pin torch")
    local, online = torch_arguments(sys.platform, pin[1])
    if run(pip(setup, *local), quiet=True) and run(pip(setup, *online)):
        raise Stop(
            "PyTorch could not be downloaded. Offline, or behind a proxy? Put its CPU wheel into a"
            " folder, set PIP_FIND_LINKS to that folder, and run this again"
        )


def torch_arguments(system: str, version: str) -> tuple[list[str], list[str]]:
    """What to ask pip for: first local wheels only, then the network.

    On Linux what everybody gets by default is a CUDA build of several GB, and pip mixes that index
    in when its settings name it. Only the version `+cpu` cannot be anything but the CPU build.
    """
    if system == "linux":
        wanted = f"torch=={version}+cpu"
        return ["--no-index", "--no-deps", wanted], ["--index-url", CPU_INDEX, "--no-deps", wanted]
    # macOS and Windows: the default build is the CPU's; the constraints know about Intel Macs.
    return ["--no-index", "--no-deps", "torch"], ["--no-deps", "torch"]


def intel_mac() -> bool:
    """Whether this is a Mac for which PyTorch stopped."""
    return sys.platform == "darwin" and platform.machine() == "x86_64"


def pip(setup: Setup, *arguments: str) -> list[str]:
    """A `pip install` in the environment, held to the constraints."""
    install = [str(setup.program("python")), "-m", "pip", "install"]
    return [*install, "--constraint", str(setup.constraints), *arguments]


# --- what to do with it ---


def greet_student(setup: Setup, run: Run) -> int:
    """Check the machine, then print what to type."""
    status = run([str(setup.program("autograder")), "doctor"])
    ids = sorted(toml.parent.name for toml in setup.folder.glob("assignments/*/assignment.toml"))
    checks = "".join(f"    autograder check {name}\n" for name in ids)
    activate = r".venv\Scripts\activate" if WINDOWS else "source .venv/bin/activate"
    say(f"Type, in this folder:\n    {activate}\n{checks}".rstrip())
    return status


def open_report(setup: Setup, run: Run) -> int:
    """Open the lab report in JupyterLab."""
    return run([str(setup.program("jupyter")), "lab", "report.ipynb"])


# --- the machinery ---


def run_command(command: list[str], quiet: bool = False) -> int:
    """Run a command in this folder and return its exit status."""
    output = subprocess.DEVNULL if quiet else None
    environment = {k: v for k, v in os.environ.items() if k not in MISLEADING} | {"PIP_USER": "0"}
    with subprocess.Popen(
        command, cwd=HERE, env=environment, stdout=output, stderr=output
    ) as process:
        try:
            return process.wait()
        except KeyboardInterrupt as end:
            if isinstance(end, Stopped):
                process.terminate()
            process.wait()  # it got the same Ctrl-C, and may have workers of its own to stop
            raise


# What would lead `.venv`'s Python or its pip to another environment.
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Let two runs in one folder install one after the other."""
    with path.open("w") as file:
        if not acquire(file):
            say("another quickstart.py is installing here: waiting for it")
            while not acquire(file):
                time.sleep(0.5)
        yield


def acquire(file: IO[str]) -> bool:
    """Take the lock, which the operating system releases when this process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def say(text: str) -> None:
    """One step of progress."""
    print(f"\n{text}", flush=True)


def main(arguments: list[str], run: Run = run_command) -> int:
    """Set up, then do what was asked for."""
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    if command not in ("", "all", "test", "report") or (rest and command != "test"):
        print((__doc__ or "").strip())
        return 0 if command in ("-h", "--help") else 2
    try:
        require_sense(command, HERE)
        setup = plan(HERE, complete=bool(command))
        set_up(setup, run)
        if command == "report":
            return open_report(setup, run)
        if not is_course(setup.folder):
            return greet_student(setup, run)
        if command == "all":
            return 0
        script = "ci/check.py" if command == "test" else "ci/demo.py"
        return run([str(setup.program("python")), script, *rest])
    except Stop as problem:
        print(f"\nquickstart: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nquickstart: interrupted; run it again to go on", file=sys.stderr)
        return 130
    except OSError as problem:
        print(f"\nquickstart: {in_words(problem)}", file=sys.stderr)
        return 2
    except Exception as problem:  # a fault of ours: the user can do no more than send it
        print(f"\nquickstart: {saved(problem)}", file=sys.stderr)
        return 2


def require_sense(command: str, folder: Path) -> None:
    """Raises Stop for a command that means nothing in this folder."""
    if command in ("test", "all") and not is_course(folder):
        raise Stop("there are no tests in a student zip: `autograder check` checks your work")
    if command == "report" and not (folder / "report.ipynb").exists():
        raise Stop(f"{folder} holds no report.ipynb: run this in the folder of a student zip")


def in_words(problem: OSError) -> str:
    """What the system refused, and what to do about it."""
    what = f"{problem.filename or HERE}: {problem.strerror or problem}"
    copy = f"copy {HERE} to a folder of your own that can be written, and run this there"
    if problem.errno == errno.EROFS:
        return f"{what}: {copy}"
    if not isinstance(problem, PermissionError):
        return f"{what}: change that, then run this again"
    if WINDOWS or not os.access(HERE, os.W_OK):
        return f"{what}: {copy}"
    chown = f'sudo chown -R "$USER" {shlex.quote(str(HERE))}'
    return f"{what}, as after `sudo python3 quickstart.py`: type\n    {chown}\nand run this again"


def saved(problem: Exception) -> str:
    """Where the traceback of an unexpected problem is."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="quickstart-", suffix=".txt", delete=False
    ) as file:
        file.write(traceback.format_exc())
    kind = f"{type(problem).__name__}: {problem}"
    return f"this failed unexpectedly ({kind}). Please send the staff {file.name}"


def stop(number: int, frame: object) -> None:
    """As Ctrl-C does."""
    raise Stopped


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGHUP"):  # of `kill`, and of a terminal that is closed
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)
    sys.exit(main(sys.argv[1:]))
