"""Build the image as Gradescope does: unpack the zip, fix line ends of two scripts, run setup.sh.

Called by `simulate.py`, which runs setup.sh on this machine, and by `container.py`.
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from autograder.gradescope.rehearsal.descendants import descendants
from autograder.model.errors import GraderError, UsageError

Say = Callable[[str], None]
SETUP_LIMIT_S = 1800.0
_STAMP = "simulation.json"
_ENVIRONMENTS = "simulated-environments"  # beside the folders of images
_SHOWN_LINES = 15


def build_image(archive: Path, out: Path, reuse: bool = True, say: Say = print) -> Path:
    """The container's root, `out/autograder`, set up from the zip; `out/setup.log` has the log.

    With `reuse`, an image that was built from the same zip is taken as it is, and an image from
    another zip that asks for the same libraries, in whatever folder beside `out`, lends them.
    Raises UsageError for a zip or folder that cannot be used, GraderError when setup.sh fails.
    """
    digest = zip_digest(archive)
    out = out.resolve()
    stamp = json.dumps({"zip_sha256": digest})
    if reuse and (out / _STAMP).is_file() and (out / _STAMP).read_text() == stamp:
        return out / "autograder"
    root = unpack_image(archive, out)
    kept = out.parent / _ENVIRONMENTS / _libraries(root / "source")
    found = reuse and kept.is_dir()
    if found:
        _link_tree(kept, out / "venv")
    say(f"setting up the image: {'some seconds' if found else 'minutes'}; see {out / 'setup.log'}")
    _set_up(root, out, {"AUTOGRADER_VENV_KEPT": "1"} if found else {})
    if not found:
        shutil.rmtree(kept, ignore_errors=True)
        _link_tree(out / "venv", kept)
    (out / _STAMP).write_text(stamp)
    return root


def unpack_image(archive: Path, out: Path) -> Path:
    """The root, `out/autograder`, as it is before setup.sh runs.

    Raises UsageError for a zip without our two scripts, and for a folder that is in use.
    """
    _clear(out)
    root = out.resolve() / "autograder"
    _unpack(archive, root / "source")
    _install_script(root)
    return root


def require_set_up(status: int, log: Path) -> None:
    """Raise GraderError with the end of the log unless setup.sh ended with status 0."""
    if status:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-_SHOWN_LINES:])
        raise GraderError(f"setup.sh ended with status {status}; the end of {log}:\n{tail}")


def zip_digest(archive: Path) -> str:
    """SHA-256 of the autograder zip. Raises UsageError where there is none."""
    if not zipfile.is_zipfile(archive):
        raise UsageError(f"{archive} is not a zip: build one with `autograder zip`")
    return hashlib.sha256(archive.read_bytes()).hexdigest()


def _clear(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / _STAMP).is_file():
        raise UsageError(f"{out} is not empty and no earlier simulation: name another folder")
    out.mkdir(parents=True, exist_ok=True)
    (out / _STAMP).write_text("{}")  # ours, but not ready
    for name in ("autograder", "venv", "setup_tmp"):
        shutil.rmtree(out / name, ignore_errors=True)


def _unpack(archive: Path, source: Path) -> None:
    """As `unzip -n`: modes are kept, and the first of two entries of one name wins."""
    source.mkdir(parents=True)
    with zipfile.ZipFile(archive) as content:
        for entry in content.infolist():
            if (source / entry.filename).exists():
                continue
            target = content.extract(entry, source)
            mode = (entry.external_attr >> 16) & 0o777
            if mode:
                os.chmod(target, mode)


def _install_script(root: Path) -> None:
    for name in ("setup.sh", "run_autograder"):
        path = root / "source" / name
        if not path.is_file():
            found = ", ".join(sorted(p.name for p in (root / "source").iterdir())[:5])
            raise UsageError(
                f"the zip has no {name} at its root (found: {found or 'nothing'}): do not zip the"
                " folder around the files"
            )
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    shutil.copyfile(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)


def _libraries(source: Path) -> str:
    """A name for the libraries that setup.sh installs; not part of it is our own wheel."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("setup.sh", "constraints.txt", "requirements.txt"):
        digest.update((source / name).read_bytes() if (source / name).is_file() else b"\0")
    return digest.hexdigest()[:16]


def _link_tree(source: Path, target: Path) -> None:
    """The same files again, at no cost: pip replaces files and never writes into them."""
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copy2(source, target)


def _set_up(root: Path, out: Path, kept: dict[str, str]) -> None:
    log = out / "setup.log"
    temporary = out / "setup_tmp"  # the build wipes /tmp after setup.sh, so this goes too
    temporary.mkdir()
    command = ["bash", str(root / "source" / "setup.sh")]
    environment = _environment(out, temporary) | kept
    with descendants(), log.open("wb") as file:
        what = f"setup.sh; see {log}"
        status = run_logged(command, file, SETUP_LIMIT_S, what, cwd=root, env=environment)
    shutil.rmtree(temporary, ignore_errors=True)
    require_set_up(status, log)


def run_logged(
    command: list[str], log: IO[bytes], limit_s: float, what: str, **options: Any
) -> int:
    """Run a command to its end, with its output in `log`; its exit status.

    Raises GraderError when there is no end to `what` within the limit.
    """
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=limit_s, **options
        ).returncode
    except subprocess.TimeoutExpired:
        raise GraderError(f"after {limit_s:g} s there was no end to {what}") from None


def _environment(out: Path, temporary: Path) -> dict[str, str]:
    """That of the caller, so that pip's settings apply, without what would leak its Python."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "AUTOGRADER_VENV": str(out / "venv"), "TMPDIR": str(temporary)}
