"""The rehearsal in a container: what docker is asked for, and every way it can fail.

A program named `docker` notes its arguments and answers as a file says. With a real daemon:
test_real_container.py.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.gradescope.rehearsal import container, harness
from autograder.gradescope.rehearsal.container import Container, simulate_in_container
from autograder.gradescope.rehearsal.reading import HarnessVerdict
from autograder.gradescope.rehearsal.simulate import SimulatedRun
from autograder.model.errors import ConfigError, GraderError, UsageError
from autograder.release.archive import write_zip
from autograder.tests.gradescope.samples import ASSIGNMENT, COURSE, GOOD, make_zip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts for bash")

REPORT = {"status": 0, "timed_out": False, "wall_s": 1.5, "survivors": [], "error": ""}
FAKE = """#!{python} -I
import json, sys
from pathlib import Path

folder, words = Path({folder!r}), sys.argv[1:]
with (folder / "calls").open("a") as file:
    file.write(json.dumps(words) + "\\n")
answers = json.loads((folder / "answers").read_text())
if words[0] == "cp" and words[1].endswith(":/autograder/results"):
    (Path(words[2]) / "results" / "results.json").write_text('{{"score": 1}}')
key = next(k for k in answers if " ".join(words).startswith(k))
status, out, err = answers[key].pop(0) if len(answers[key]) > 1 else answers[key][0]
(folder / "answers").write_text(json.dumps(answers))
print(out, end="")
print(err, end="", file=sys.stderr)
sys.exit(status)
"""
FINE: dict[str, list[Any]] = {
    "version": [[0, "20.10", ""]],
    "image inspect --format": [[0, "sha256:base", ""]],
    "image inspect autograder-simulation": [[1, "", "no such image"]],
    "start": [[0, "set up", ""], [0, json.dumps(REPORT), ""]],
    "inspect": [[0, "false\n", ""]],
    "create": [[0, "builder\n", ""], [0, "runner\n", ""]],
    "": [[0, "", ""]],
}


class Fake:
    """A docker with prepared answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = folder / "docker"
        program.write_text(FAKE.format(python=sys.executable, folder=str(folder)))
        program.chmod(0o755)
        self.answer()

    def answer(self, **answers: list[Any]) -> None:
        """Change some of the usual answers; in names `_` stands for a space."""
        changed = {name.replace("_", " "): list(value) for name, value in answers.items()}
        (self.folder / "answers").write_text(json.dumps({**changed, **FINE, **changed}))

    def calls(self, command: str) -> list[list[str]]:
        """The arguments of each call of a command."""
        every = [json.loads(line) for line in (self.folder / "calls").read_text().splitlines()]
        return [words[1:] for words in every if words[0] == command]


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A fake docker, the only one on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Fake(folder)


def rehearse(
    submission: Path, archive: Path | None = None, image: str = "base", **options: Any
) -> SimulatedRun:
    """Simulate a zip made by hand in a container of this image."""
    tmp = submission.parent
    files = (archive or make_zip(tmp / "a.zip", GOOD), submission, tmp / "out")
    return simulate_in_container(*files, Container(image=image, **options), time_limit_s=20)


def after(words: list[str], option: str) -> str:
    """The value of an option."""
    return words[words.index(option) + 1]


def test_the_run_is_root_without_network_in_a_small_container(
    docker: Fake, submission: Path
) -> None:
    """Gradescope's least memory and CPU, no swap, and nothing that weakens docker's profile."""
    run = rehearse(submission)
    assert (run.verdict, run.wall_s, run.results) == (HarnessVerdict.ACCEPTED, 1.5, {"score": 1})
    _, words = docker.calls("create")
    assert after(words, "--network") == "none"
    assert after(words, "--memory") == after(words, "--memory-swap") == "750000000"
    assert (after(words, "--cpus"), after(words, "--pull")) == ("0.5", "never")
    allowed = {
        "--network",
        "--memory",
        "--memory-swap",
        "--cpus",
        "--pull",
        "--workdir",
        "--entrypoint",
    }
    assert {word for word in words if word.startswith("--")} == allowed
    root = submission.parent / "out" / "autograder"
    sources = [source for source, target in docker.calls("cp") if target.startswith("runner:")]
    names = ("submission", "results", "submission_metadata.json")
    assert sources == [*(str(root / name) for name in names), harness.__file__]


def test_setup_runs_in_the_base_image_and_is_kept(docker: Fake, submission: Path) -> None:
    """With the network of the daemon, as on Gradescope; both containers are removed."""
    rehearse(submission)
    words, _ = docker.calls("create")
    assert "base" in words and "--network" not in words
    assert "bash /autograder/source/setup.sh" in words[-1]
    ((name, image),) = docker.calls("commit")
    assert name == "builder" and image in docker.calls("create")[1]
    assert [words[-1] for words in docker.calls("rm")] == ["builder", "runner"]
    assert (submission.parent / "out" / "setup.log").read_text() == "set up"


def test_setup_from_wheels_has_no_network(docker: Fake, submission: Path, tmp_path: Path) -> None:
    """pip finds them where they were copied to, and asks no index."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    with pytest.raises(UsageError, match="holds no wheels"):
        rehearse(submission, wheels=wheels)
    (wheels / "a.whl").touch()
    rehearse(submission, wheels=wheels)
    words, _ = docker.calls("create")
    assert after(words, "--network") == "none" and "PIP_NO_INDEX=1" in words
    (folder,) = [word for word in words if word.startswith("PIP_FIND_LINKS=")]
    assert [str(wheels), f"builder:{folder.partition('=')[2]}"] in docker.calls("cp")


def test_what_was_set_up_is_used_again(docker: Fake, submission: Path) -> None:
    """The image of the same zip and base needs no setup.sh, unless the caller wants it."""
    there = [[0, "[]", ""]]
    started = [[0, json.dumps(REPORT), ""]]
    docker.answer(image_inspect_autograder=there, start=started)
    assert rehearse(submission).accepted
    assert docker.calls("commit") == []
    docker.answer(image_inspect_autograder=there)
    archive = submission.parent / "a.zip"
    files = (archive, submission, submission.parent / "out")
    simulate_in_container(*files, Container(image="base"), time_limit_s=20, reuse=False)
    assert len(docker.calls("commit")) == 1


def test_the_size_is_what_the_assignment_asks_for(docker: Fake, submission: Path) -> None:
    """Its [gradescope] table, which the caller can overrule; a bad size is named."""
    scripts = {"setup.sh": b"", "run_autograder": b""}
    private = {
        "private/assignments/demo/assignment.toml": ASSIGNMENT.encode(),
        "private/course.toml": COURSE.encode(),
        "private/declared.json": b"[]",
    }
    archive = submission.parent / "ours.zip"
    write_zip(archive, {**scripts, **private}, tuple(scripts))
    rehearse(submission, archive)
    docker.answer()
    rehearse(submission, archive, memory="2 GB", cpus=2.0)
    sizes = [(after(w, "--memory"), after(w, "--cpus")) for w in docker.calls("create")[1::2]]
    assert sizes == [("1000000", "0.01"), ("2000000000", "2")]
    made = len(docker.calls("create"))
    with pytest.raises(ConfigError, match="'lots' is not a size"):
        rehearse(submission, memory="lots")
    assert len(docker.calls("create")) == made


def test_survivors_and_kills_for_memory_are_told(docker: Fake, submission: Path) -> None:
    """A grading that goes on after the kernel has killed a worker has a result, with a notice."""
    said = json.dumps({**REPORT, "survivors": ["sleep (pid 9)"], "status": 3})
    docker.answer(start=[[0, "", ""], [0, said, ""]], inspect=[[0, "true\n", ""]])
    run = rehearse(submission)
    assert (run.survivors, run.status) == (("sleep (pid 9)",), 3)
    assert run.notices == ("processes were killed: they used more than the container's 0.75 GB",)


def test_without_docker_the_error_says_how_to_get_it(
    submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error also says that a simulation without a container needs no Docker."""
    monkeypatch.setenv("PATH", str(submission))
    with pytest.raises(UsageError, match=r"(?s)install Docker.*leave --container out"):
        rehearse(submission)


KILLED = json.dumps({**REPORT, "status": -9})
ERRORS: list[tuple[dict[str, list[Any]], type[Exception], str]] = [
    ({"version": [[1, "", "no daemon"]]}, UsageError, r"(?s)answers: no daemon.*DOCKER_HOST"),
    ({"image_inspect_--format": [[1, "", ""]]}, UsageError, "no image 'base' here: `docker pull`"),
    ({"create": [[1, "", "64 CPUs"]]}, GraderError, "create failed: 64 CPUs; --memory and --cpus"),
    ({"cp": [[1, "", ""]]}, GraderError, "docker cp failed: status 1"),
    ({"start": [[4, "no package", ""]]}, GraderError, "(?s)setup.sh ended with status 4.*no packa"),
    ({"start": [[0, "", ""], [137, "", ""]]}, GraderError, "more than the container's 0.75 GB"),
    (
        {"start": [[0, "", ""], [0, KILLED, ""]], "inspect": [[0, "true", ""]]},
        GraderError,
        "ask for more under .gradescope. in assignment.toml, or try with --memory",
    ),
    ({"start": [[0, "", ""], [127, "", "what"]]}, GraderError, r"(?s)127; has .* python3\?\nwhat"),
    ({"start": [[0, "", ""], [0, "hello", ""]]}, GraderError, "did not report: 'hello'"),
    (
        {"start": [[0, "", ""], [0, json.dumps({**REPORT, "error": "No such file"}), ""]]},
        GraderError,
        r"cannot be started \(No such file\)",
    ),
]


@pytest.mark.parametrize(("answers", "error", "message"), ERRORS)
def test_every_failure_says_what_to_do(
    docker: Fake,
    submission: Path,
    answers: dict[str, list[Any]],
    error: type[Exception],
    message: str,
) -> None:
    """Whatever docker refuses is an error of its own, and no container stays."""
    docker.answer(**answers)
    with pytest.raises(error, match=message):
        rehearse(submission)
    assert len(docker.calls("rm")) == len(docker.calls("create")) - ("create" in answers)


def test_a_hanging_daemon_is_an_error(
    docker: Fake, submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No command is waited for without end."""
    (docker.folder / "docker").write_text(f"#!{sys.executable} -I\nimport time; time.sleep(60)\n")
    monkeypatch.setattr(container, "_CLIENT_LIMIT_S", 0.1)
    with pytest.raises(GraderError, match="docker version hangs"):
        rehearse(submission)


def test_a_setup_without_end_is_an_error(
    docker: Fake, submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its container is removed, and the log is named."""
    program = docker.folder / "docker"
    hang = "if words[0] == 'start': import time; time.sleep(60)\nkey ="
    program.write_text(program.read_text().replace("key =", hang))
    monkeypatch.setattr(container, "SETUP_LIMIT_S", 0.5)
    with pytest.raises(GraderError, match=r"no end to setup.sh; see .*setup.log"):
        rehearse(submission)
    assert len(docker.calls("rm")) == 1


def harness_says(root: Path, script: str) -> dict[str, Any]:
    """What the harness prints as the container runs it, by a bare interpreter."""
    (root / "results").mkdir(parents=True)
    (root / "run_autograder").write_text(script)
    (root / "run_autograder").chmod(0o755)
    command = [sys.executable, "-I", "-S", harness.__file__, str(root), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said


def test_the_harness_needs_the_standard_library_alone(tmp_path: Path) -> None:
    """It reports status and time limit; what the script prints is for results/stdout."""
    said = harness_says(tmp_path / "a", "#!/bin/sh\necho $TIMEOUT_SECONDS; exit 3\n")
    assert (said["status"], said["timed_out"], said["error"]) == (3, False, "")
    assert (tmp_path / "a" / "results" / "stdout").read_text() == "1\n"
    said = harness_says(tmp_path / "b", "#!/bin/sh\nexec sleep 60\n")
    assert (said["status"], said["timed_out"]) == (-9, True)
    assert harness_says(tmp_path / "c", "#!/no/such\n")["error"] == "No such file or directory"
