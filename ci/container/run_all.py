"""Prove in a container, as on Gradescope, what the tests prove on this machine.

    python ci/container/run_all.py IMAGE [sgd]

IMAGE is Gradescope's base image with python3-venv (see Dockerfile), or what make_image.sh made. In
containers of it, as root, with Docker's default seccomp filter and capabilities, no network and
0.75 GB: the reference, the template and must-fail programs get the verdicts that `check --hidden`
gives here; `doctor` finds every layer of isolation; the attack suite holds. Status 1 otherwise.
Packages are downloaded here, outside, by pip.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.grading.declaring.proving_programs import compose, programs_of
from autograder.model.course import find_assignment

ROOT = Path(__file__).resolve().parent.parent.parent
MEMORY = "0.75 GB"
PROGRAMS = 3  # of the must-fail programs, evenly spread
LIMITED = (
    *("--pull", "never", "--network", "none"),
    *("--memory", "750000000", "--memory-swap", "750000000"),
)
TEST_TOOLS = ("pip", "setuptools", "hypothesis")
INSTALL = (
    "set -e; python3 -m venv /opt/tests; cd /course; "
    "/opt/tests/bin/pip install -q --no-index --no-deps $(ls /wheels/*.whl | grep -v /autograder-);"
    " echo /course > $(echo /opt/tests/lib/python3*/site-packages)/course.pth; "
    "chmod -R a+rX /course; "
)
DOCTOR = f"{INSTALL} /opt/tests/bin/python -m autograder doctor"
ATTACKS = f"{INSTALL} /opt/tests/bin/python -m pytest -q -p no:cacheprovider "
ATTACKS += "autograder/tests/attacks"
Verdicts = dict[str, str]
Row = tuple[bool, str, str]  # as it should be, what, in figures


def main(image: str, name: str = "sgd") -> int:
    """Print a row for each proof; 1 when one does not hold."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        archive = scratch / "grader.zip"
        course("zip", name, "--out", str(archive))
        wheels = download(image, archive, scratch)
        for proof in (
            graded_alike(image, name, archive, wheels, scratch),
            inside(image, wheels, "doctor", DOCTOR),
            inside(image, wheels, "attack suite", ATTACKS),
        ):
            for row in proof:
                rows.append(row)
                print(show(row), flush=True)
    print(f"\n{sum(good for good, *_ in rows)} of {len(rows)} as they should be")
    return 0 if all(good for good, *_ in rows) else 1


def show(row: Row) -> str:
    """One line of the table."""
    good, what, figures = row
    return f"{'ok' if good else 'DIFFERENT':<9}  {what:<40}  {figures}"


def graded_alike(
    image: str, name: str, archive: Path, wheels: Path, scratch: Path
) -> Iterator[Row]:
    """A row for each submission: the verdicts of all checks here and in the container."""
    for label, submission in submissions(name, scratch / "submissions"):
        here = check(name, submission, scratch / "report.json")
        started = time.monotonic()
        there = simulate(image, archive, submission, wheels, scratch / "simulated")
        took = time.monotonic() - started
        passed = sum(verdict == "PASSED" for verdict in here.values())
        yield here == there, label, f"{len(here)} checks, {passed} passed, {took:.0f} s"
        for check_id in sorted(here.keys() | there.keys()):
            mine, other = here.get(check_id), there.get(check_id)
            if mine != other:
                yield False, f"  {check_id}", f"here {mine}, in the container {other}"


def submissions(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The reference, the template and some must-fail programs, written out."""
    assignment = find_assignment(ROOT, name)
    programs = [p for p in programs_of(assignment).usable if p.caught_by]
    for program in (None, *programs[:: len(programs) // PROGRAMS + 1]):
        label = program.name if program else "reference"
        target = folder / label
        target.mkdir(parents=True)
        compose(assignment, program, target)
        yield label, target
    template = folder / "template"
    template.mkdir()
    for file in (*assignment.submit, *assignment.may_submit):
        if (ROOT / "student_templates" / name / file).is_file():
            shutil.copyfile(ROOT / "student_templates" / name / file, template / file)
    yield "template", template


def check(name: str, submission: Path, report: Path) -> Verdicts:
    """Verdicts of `autograder check --hidden` on this machine, by check."""
    course("check", name, "--submission", str(submission), "--hidden", "--json", str(report))
    outcomes = json.loads(report.read_text())["report"]["outcomes"]
    return {outcome["check"]["id"]: outcome["verdict"] for outcome in outcomes}


def simulate(image: str, archive: Path, submission: Path, wheels: Path, out: Path) -> Verdicts:
    """Verdicts of the zip in a container, by check."""
    options = ("--container", image, "--wheels", str(wheels), "--memory", MEMORY)
    course("simulate", str(archive), str(submission), "--out", str(out), *options)
    results = json.loads((out / "autograder" / "results" / "results.json").read_text())
    verdicts: Verdicts = results["extra_data"]["verdicts"]
    return verdicts


def inside(image: str, wheels: Path, what: str, script: str) -> Iterator[Row]:
    """A row for a bash script with the sources, in a container; its output goes before the row."""
    # --init: on Gradescope too the grader is not the first process of the container.
    command = ["docker", "create", "--init", *LIMITED, "--entrypoint", "bash", image, "-c", script]
    container = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    container = container.strip()
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:  # a folder to be, since cp makes no parents
            sources = Path(folder) / "course"
            unwanted = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / "autograder", sources / "autograder", ignore=unwanted)
            shutil.copy(ROOT / "pyproject.toml", sources)
            subprocess.run(["docker", "cp", "-q", str(sources), f"{container}:/"], check=True)
        subprocess.run(["docker", "cp", "-q", str(wheels), f"{container}:/wheels"], check=True)
        status = subprocess.call(["docker", "start", "--attach", container])
    finally:
        subprocess.run(["docker", "rm", "-f", container], check=True, stdout=subprocess.DEVNULL)
    yield status == 0, what, f"status {status}, {time.monotonic() - started:.0f} s"


def download(image: str, archive: Path, scratch: Path) -> Path:
    """Wheels of what setup.sh and the tests need, for the Python of the image."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    version = subprocess.run(
        ["docker", "run", "--rm", *LIMITED, "--entrypoint", "python3", image, "-c", asked],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()
    shutil.unpack_archive(archive, scratch / "zip")
    wheel = next((scratch / "zip" / "wheels").glob("*.whl"))
    constraints = str(scratch / "zip" / "constraints.txt")
    command = [sys.executable, "-m", "pip", "download", "-q", "-d", str(scratch / "wheels")]
    command += ["--only-binary", ":all:", "--python-version", version, "-c", constraints]
    subprocess.run([*command, str(wheel), *TEST_TOOLS], check=True, stderr=subprocess.DEVNULL)
    return scratch / "wheels"


def course(*arguments: str) -> None:
    """An autograder command; a failing submission is status 1, a failing grader more."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr}")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
