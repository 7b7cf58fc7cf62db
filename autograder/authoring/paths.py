"""Both zips, and the two ways in which `verify` grades by them: at home and on the server.

Both are built and unpacked as they are handed out, so a file that one of them lacks is missed here
too. The student zip holds nothing private, or it is not built.
"""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from autograder.gradescope.package import build_zip
from autograder.gradescope.plan import Layout, server_request
from autograder.grading.context.request import GradingRequest
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.release.student_zip import zip_template

STUDENT, GRADESCOPE = "student zip", "Gradescope zip"


def build_zips(
    assignment: Assignment, root: Path, folder: Path, times: int
) -> tuple[dict[str, Path], list[str]]:
    """Build each zip so many times into `folder`.

    Returns the zips that could be built, by name, and what is wrong.

    Whether the template is fresh is not checked again.
    """
    secret = load_course(root).secret()
    builders: dict[str, Callable[[Path], object]] = {
        STUDENT: lambda out: zip_template(assignment, root, out),
        GRADESCOPE: lambda out: build_zip(assignment, root, out, secret),
    }
    built: dict[str, Path] = {}
    problems = []
    for name, build in builders.items():
        outs = [folder / f"{name}-{number}.zip" for number in range(times)]
        try:
            for out in outs:
                build(out)
        except AutograderError as error:
            problems.append(f"{name}: {error}")
            continue
        built[name] = outs[0]
        if any(out.read_bytes() != outs[0].read_bytes() for out in outs[1:]):
            problems.append(f"{name}: two builds differ")
    return built, problems


class Checkout(Layout, frozen=True):
    """The course's own folder in place of an unpacked Gradescope zip."""

    secret_file: Path

    @property
    def private(self) -> Path:
        """What the zip would hold lies at the top."""
        return self.root

    @property
    def secret(self) -> Path:
        """Outside the folder."""
        return self.secret_file


class Paths(msgspec.Struct, frozen=True):
    """Where both gradings take their files from."""

    assignment: str
    server: Layout
    home: Path | None  # None: there is no student zip to unpack

    def on_server(self, submission: Path, checks: tuple[str, ...]) -> GradingRequest:
        """What the driver in the container asks for."""
        return server_request(self.server, self.assignment, submission, checks=checks)

    def at_home(self, submission: Path, checks: tuple[str, ...]) -> GradingRequest | None:
        """What a student's check asks for; None without a student zip."""
        if self.home is None:
            return None
        return GradingRequest(
            root=self.home, assignment=self.assignment, submission=submission, checks=checks
        )


def unpacked(assignment: str, root: Path, zips: Mapping[str, Path], folder: Path) -> Paths:
    """Unpack the zips that could be built into `folder`.

    Without a Gradescope zip the checkout serves instead. Raises ConfigError without a secret.
    """
    home = None
    if STUDENT in zips:
        home = _unpack(zips[STUDENT], folder / "home") / assignment
    server: Layout = Checkout(root=root, secret_file=load_course(root).secret_path())
    if GRADESCOPE in zips:
        server = Layout(folder / "image")
        _unpack(zips[GRADESCOPE], server.private.parent)
    return Paths(assignment, server, home)


def _unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    return folder
