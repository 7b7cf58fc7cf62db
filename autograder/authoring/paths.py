"""The two ways a submission is graded: at home from the student zip, and on the server.

Both zips are unpacked as they are, so a file that one of them lacks is missed here too.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from autograder.authoring.zips import GRADESCOPE, STUDENT
from autograder.gradescope.plan import Layout, server_request
from autograder.grading.context.request import GradingRequest
from autograder.model.course import load_course


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
