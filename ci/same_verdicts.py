"""Prove that home, student zip and Gradescope zip say the same of the same submissions.

    python ci/same_verdicts.py [sgd]

For the reference and a few must-fail programs: `check --hidden` here, the Gradescope zip set up and
run without a network (its packages downloaded beforehand; needs root for `unshare -n`), and the
student zip unpacked elsewhere and set up by its own README. Every check must get the same verdict.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.grading.declaring.proving_programs import compose, programs_of
from autograder.model.course import find_assignment

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = 6  # of the must-fail programs, evenly spread
Verdicts = dict[str, str]


def main(name: str) -> int:
    """Compare; 1 when anything differs."""
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run("zip", name, "--out", str(scratch / "grader.zip"))
        run("release", name, "--out", str(scratch))
        wheels = download(scratch / "grader.zip", scratch / "wheels")
        student = set_up_student(scratch / f"{name}.zip", scratch / "student")
        for label, submission in submissions(name, scratch / "submissions"):
            here = check(sys.executable, name, submission, ROOT, "--hidden")
            there = simulate(scratch, submission, wheels)
            home = check(str(student), name, submission, scratch / "student" / name)
            visible = {check_id: here[check_id] for check_id in home}
            same = here == there and visible == home
            differing += not same
            counts = f"{len(here)} checks, {sum(v == 'PASSED' for v in here.values())} passed"
            print(f"{'same' if same else 'DIFFERENT'}  {label}: {counts}", flush=True)
            for where, other in (("Gradescope", there), ("student zip", home)):
                for check_id in other:
                    if other[check_id] != here[check_id]:
                        print(f"      {check_id}: {here[check_id]}, {where}: {other[check_id]}")
    return 1 if differing else 0


def submissions(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The reference and some must-fail programs, written out."""
    assignment = find_assignment(ROOT, name)
    programs = [p for p in programs_of(assignment).usable if p.caught_by]
    for program in (None, *programs[:: max(1, len(programs) // PROGRAMS)]):
        label = program.name if program else "reference"
        target = folder / label
        target.mkdir(parents=True)
        compose(assignment, program, target)
        yield label, target


def check(python: str, name: str, submission: Path, cwd: Path, *more: str) -> Verdicts:
    """Verdicts of `autograder check`, by check."""
    report = submission / "report.json"
    command = [python, "-m", "autograder", "check", name, "--submission", str(submission)]
    subprocess.run([*command, "--json", str(report), *more], cwd=cwd, stdout=subprocess.DEVNULL)
    outcomes = json.loads(report.read_text())["report"]["outcomes"]
    report.unlink()
    return {outcome["check"]["id"]: outcome["verdict"] for outcome in outcomes}


def simulate(scratch: Path, submission: Path, wheels: Path) -> Verdicts:
    """Verdicts of the Gradescope zip, in a network namespace with nothing in it."""
    environment = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_CONFIG_FILE": os.devnull,
    }
    out = scratch / "simulated"
    command = [sys.executable, "-m", "autograder", "simulate", str(scratch / "grader.zip")]
    offline(["unshare", "-n", *command, str(submission), "--out", str(out)], environment)
    results = json.loads((out / "autograder" / "results" / "results.json").read_text())
    verdicts: Verdicts = results["extra_data"]["verdicts"]
    return verdicts


def offline(command: list[str], environment: Mapping[str, str]) -> None:
    """Run it; a failing submission is status 1, a failing grader more."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def download(archive: Path, wheels: Path) -> Path:
    """What setup.sh will ask pip for, for the interpreter that it uses."""
    with zipfile.ZipFile(archive) as zipped, tempfile.TemporaryDirectory() as folder:
        zipped.extractall(folder)
        wheel = next(Path(folder).glob("wheels/*.whl"))
        constraints = str(Path(folder) / "constraints.txt")
        command = [sys.executable, "-m", "pip", "download", "-q", "-d", str(wheels)]
        quiet = subprocess.DEVNULL
        subprocess.run(
            [*command, "-c", constraints, str(wheel), "pip", "setuptools"], check=True, stderr=quiet
        )
    return wheels


def set_up_student(archive: Path, folder: Path) -> Path:
    """Unpack and set up as its README says; returns the interpreter of its .venv."""
    shutil.unpack_archive(archive, folder)
    inside = next(folder.iterdir())
    subprocess.run(
        [sys.executable, "quickstart.py"], cwd=inside, check=True, stdout=subprocess.DEVNULL
    )
    scripts = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return inside / ".venv" / scripts


def run(*arguments: str) -> None:
    """An autograder command that must succeed."""
    subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "sgd"))
