"""What `python3 quickstart.py` shows: SGD graded, its Gradescope zip built and tried.

Runs in the `.venv` that quickstart.py made; every step is a command to type oneself.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.model.course import load_course
from autograder.model.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"

Autograder = Callable[[str], int]  # autograder(arguments) -> exit status


class Unexpected(Exception):
    """A command ended otherwise than it should."""


def main() -> int:
    """Run the whole demonstration; 1 when a step did not end as it should."""
    try:
        demonstrate(ROOT, autograder)
    except Unexpected as problem:
        print(f"\ndemo: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def demonstrate(root: Path, run: Autograder) -> None:
    """Grade right and wrong work, build the Gradescope zip, try it."""
    build = root / "build"
    make_secret(root, run)
    step(
        run,
        "The reference, with the hidden checks",
        "check sgd --submission reference/sgd --hidden",
    )
    mistake = write_wrong_submission(root, build / "demo")
    feedback = "check sgd --submission build/demo --html build/feedback.html"
    step(run, f"A wrong submission: {mistake}", feedback, status=1)
    step(run, "The zip for Gradescope", "zip sgd --out build/sgd-gradescope.zip")
    simulate = "simulate build/sgd-gradescope.zip reference/sgd --out build/simulated"
    step(run, "What Gradescope would say of the reference", simulate)
    say(
        f"Done. The wrong submission's feedback as a web page: {build / 'feedback.html'}\n"
        f"To upload to Gradescope: {build / 'sgd-gradescope.zip'}\n"
        "Next, in this folder:\n"
        f"    {'.venv/Scripts/activate' if WINDOWS else 'source .venv/bin/activate'}\n"
        "    autograder release sgd          write the template and the student zip\n"
        "    autograder verify sgd --quick   prove the checks on wrong submissions\n"
        "    python3 quickstart.py test      run the tests"
    )


def make_secret(root: Path, run: Autograder) -> None:
    """Make the course secret where there is none; hidden inputs are drawn from it."""
    course = load_course(root)
    try:
        course.secret()
    except ConfigError:
        step(run, f"There is no course secret in {course.secret_file}: making one", "new --secret")


def write_wrong_submission(root: Path, to: Path) -> str:
    """Append a must-fail program, which holds only what differs, to the reference."""
    program = sorted(root.glob("reference/sgd/submissions/wrong/*.py"))[0]
    reference = (root / "reference" / "sgd" / "sgd.py").read_text(encoding="utf-8")
    to.mkdir(parents=True, exist_ok=True)
    wrong = reference + "\n\n" + program.read_text(encoding="utf-8")
    (to / "sgd.py").write_text(wrong, encoding="utf-8")
    for measured in root.glob("reference/sgd/measurements.json"):  # of the lab, which is right
        shutil.copy(measured, to)
    return program.stem.replace("_", " ")


def step(run: Autograder, title: str, arguments: str, status: int = 0) -> None:
    """Announce a command, run it, and raise Unexpected when it ends with another status."""
    say(f"{title}\n$ autograder {arguments}")
    ended = run(arguments)
    if ended != status:
        raise Unexpected(f"`autograder {arguments}` ended with status {ended}, not {status}")


def autograder(arguments: str) -> int:
    """Run the installed command in the course's folder."""
    program = Path(sys.executable).with_name("autograder.exe" if WINDOWS else "autograder")
    with subprocess.Popen([program, *arguments.split()], cwd=ROOT) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()  # it got the same Ctrl-C, and has workers to stop
            raise


def say(text: str) -> None:
    """One step of progress."""
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
