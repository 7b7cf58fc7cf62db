"""Compare the graders of two commits: do the same submissions get the same results?

    python ci/compare_verdicts.py BEFORE                      with the last commit here
    python ci/compare_verdicts.py BEFORE AFTER --only sgd     only programs with this in their names

Both commits are written into a temporary folder, each with an environment of its own that shares
the installed libraries. Graded, by both and with one secret, are the programs of BEFORE: those
under reference/*/submissions by the checks that they name and those that these need, accepted
variants by all checks without budgets; every tenth program, the references and the templates by all
checks. Printed is, of each submission, every difference in verdicts, points, seeds and exit status;
such a submission is graded once more, with nothing else running, and counts if it differs again.
Then every difference in messages, in the text of the terminal and, where all checks were graded, in
that of the web page, once, with the number of submissions; without numbers where a budget was
measured. Exit status 1 when anything differs. Linux only.
"""

import argparse
import difflib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
EVERY = 10  # one program of so many is graded by all checks
SERVE = "--serve"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_IMPORTED_FIRST = ("autograder.grading.running.run", "autograder.grading.run")  # whichever is there
_RESULTS = ("verdict", "score", "seed")  # of each outcome
_TEXTS = ("message", "note", "lines", "output", "mistake")
_ADDRESS = re.compile(r"0x[0-9a-f]+|/worker-\w+")  # of an object, of a worker's folder
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:e[-+]?\d+)?|[█▏▎▍▌▋▊▉░]+")
# of the two texts: where files are written, traces of our own code, the layout of the page
_VARIES = re.compile(r'^wrote .*|^ *File ".*|<style>.*?</style>|<[^>]*>', re.MULTILINE | re.DOTALL)


class Submission(NamedTuple):
    """What is graded by both."""

    name: str  # sgd/wrong/sum_instead_of_mean
    folder: Path
    checks: tuple[str, ...]  # empty: all

    @property
    def arguments(self) -> list[str]:
        """Of `autograder`."""
        assignment = self.name.partition("/")[0]
        chosen = [argument for check in self.checks for argument in ("--check", check)]
        return ["check", assignment, "--submission", str(self.folder), "--hidden", *chosen]


class Graded(NamedTuple):
    """What one grader said."""

    status: int
    outcomes: dict[str, dict[str, Any]]  # by check, in their order
    text: list[str]  # of the terminal and the page, without numbers


class Differences(NamedTuple):
    """Between what two graders said of one submission."""

    results: list[str]
    texts: list[str]


class Side:
    """The grader of one commit, in a process from which every grading is forked."""

    def __init__(self, checkout: Path, scratch: Path) -> None:
        self._checkout, self._scratch = checkout, scratch
        self._process = subprocess.Popen(
            [checkout / ".venv/bin/python", "-I", "-B", __file__, SERVE],
            cwd=checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def grade(self, submission: Submission) -> Graded:
        """Run `autograder check`, as the command line does."""
        assert self._process.stdin and self._process.stdout
        files = {kind: self._scratch / f"report.{kind}" for kind in ("txt", "json", "html")}
        for path in files.values():
            path.unlink(missing_ok=True)
        written = ["--json", str(files["json"])]
        written += [] if submission.checks else ["--html", str(files["html"])]
        print(
            json.dumps([[*submission.arguments, *written], str(files["txt"])]),
            file=self._process.stdin,
            flush=True,
        )
        status = int(self._process.stdout.readline())
        said = [path.read_text() for path in (files["txt"], files["html"]) if path.exists()]
        outcomes = {}
        if files["json"].exists():
            found = json.loads(files["json"].read_text())["report"]["outcomes"]
            outcomes = {outcome["check"]["id"]: outcome for outcome in found}
        return Graded(status, outcomes, _without_numbers("\n".join(said)))

    def __enter__(self) -> "Side":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def main(arguments: Sequence[str]) -> int:
    """Grade everything by both, print what differs; 1 when something does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", metavar="BEFORE", help="a commit")
    parser.add_argument("after", metavar="AFTER", nargs="?", default="HEAD", help="another one")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="in the name")
    parser.add_argument("--jobs", type=int, default=(os.cpu_count() or 1) + 1, help="at a time")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="compare-") as folder, ExitStack() as stack:
        scratch = Path(folder)
        scratch.chmod(0o755)  # workers have users of their own, and read the framework here
        checkouts = [
            check_out(commit, scratch / name)
            for commit, name in ((options.before, "before"), (options.after, "after"))
        ]
        everything = list(submissions(checkouts[0], scratch / "submissions"))
        chosen = [s for s in everything if all(text in s.name for text in options.only)]
        whole = sum(not submission.checks for submission in chosen)
        print(f"{len(chosen)} submissions, {whole} of them by all checks", flush=True)
        pairs = Queue[list[Side]]()
        for number in range(options.jobs):
            pairs.put([stack.enter_context(Side(c, _made(c / f"{number}"))) for c in checkouts])
        with ThreadPoolExecutor(options.jobs) as pool:
            found = []
            for differences in pool.map(lambda submission: compared(submission, pairs), chosen):
                found.append(differences)
                if len(found) % 50 == 0:
                    print(f"{len(found)} of {len(chosen)} graded", flush=True)
        differing = sum(
            differs_again(submission, pairs)
            for submission, differences in zip(chosen, found, strict=True)
            if differences.results
        )
    texts = Counter(text for differences in found for text in dict.fromkeys(differences.texts))
    for text, count in texts.most_common():
        print(f"{count} times: {text}")
    print(
        f"{differing} of {len(chosen)} submissions get different results, {len(texts)} texts"
        f" differ, {time.monotonic() - started:.0f} s"
    )
    return 1 if differing or texts else 0


def differs_again(submission: Submission, pairs: "Queue[list[Side]]") -> bool:
    """Grade it once more, and print what differs now."""
    problems = compared(submission, pairs).results
    print(f"{submission.name}: {'' if problems else 'differed once and not again'}")
    print("".join(f"    {problem}\n" for problem in problems), end="", flush=True)
    return bool(problems)


def check_out(commit: str, folder: Path) -> Path:
    """Write a commit's files, with an environment to run them and a secret of the course."""
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder)
    venv.create(folder / ".venv", symlinks=True)
    libraries = [entry for entry in sys.path if Path(entry).name == "site-packages"]
    (installed,) = (folder / ".venv").glob("lib/*/site-packages")
    (installed / "compared.pth").write_text("\n".join([str(folder), *libraries]))
    secret = folder.with_suffix(".secret")
    secret.write_text("the same secret for both commits")
    secret.chmod(0o600)
    course = folder / "course.toml"
    named = re.sub(r"(?m)^secret_file = .*", f'secret_file = "{secret}"', course.read_text())
    course.write_text(named)
    return folder


def submissions(checkout: Path, folder: Path) -> Iterator[Submission]:
    """The references, templates and programs of a checkout, written out."""
    from autograder.grading.declaring.declare import checks_taking, declared_checks
    from autograder.grading.declaring.proving_programs import compose, programs_of
    from autograder.model.course import all_assignments

    for assignment in all_assignments(checkout):
        measuring = checks_taking("budgets", assignment, hidden=True)
        declared = [check.id for check in declared_checks(assignment, hidden=True)]
        plain = tuple(check for check in declared if check not in measuring)
        template = _made(folder / assignment.id / "template")
        for name in assignment.submit:
            source = checkout / "student_templates" / assignment.id / name
            (template / name).write_bytes(source.read_bytes())
        yield Submission(f"{assignment.id}/template", template, ())
        for number, program in enumerate([None, *programs_of(assignment).usable]):
            name = f"{assignment.id}/{program.name if program else 'reference'}"
            compose(assignment, program, _made(folder / name))
            some = (program.caught_by or plain) if program and number % EVERY else ()
            yield Submission(name, folder / name, some)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def compared(submission: Submission, pairs: "Queue[list[Side]]") -> Differences:
    """What two graders say differently, on a pair of processes that is free."""
    pair = pairs.get()
    try:
        before, after = (side.grade(submission) for side in pair)
    finally:
        pairs.put(pair)
    both = [name for name in before.outcomes if name in after.outcomes]
    results = [] if [*before.outcomes] == [*after.outcomes] else ["other checks, or in other order"]
    results += _unlike("exit status", before.status, after.status)
    texts = []
    for check in both:
        was, now = before.outcomes[check], after.outcomes[check]
        for field in _RESULTS:
            results += _unlike(f"{check}, {field}", was[field], now[field])
        for field in _TEXTS:
            texts += _unlike(f"{check}, {field}", _text(was, field), _text(now, field))
    if not results:
        changed = difflib.unified_diff(before.text, after.text, n=0, lineterm="")
        texts += [row for row in changed if not row.startswith(("---", "+++", "@@"))]
    return Differences(results, texts)


def _unlike(what: str, was: object, now: object) -> list[str]:
    return [] if was == now else [f"{what}: {was}, after {now}"]


def _text(outcome: dict[str, Any], field: str) -> str:
    """A field without addresses, and without numbers where something was measured."""
    text = _ADDRESS.sub("#", json.dumps(outcome[field], ensure_ascii=False))
    return _NUMBER.sub("#", text) if outcome["measurements"] else text


def _without_numbers(text: str) -> list[str]:
    text = _ADDRESS.sub("#", _VARIES.sub(" ", text))
    rows = _NUMBER.sub("#", text).splitlines()
    return [" ".join(row.split()) for row in rows if row.strip()]


def serve() -> None:
    """In a commit's environment: run `autograder` in a fork for each line that comes in."""
    os.environ.update({name: "1" for name in _THREADS})  # as a grading does, before numpy comes
    for module in _IMPORTED_FIRST:
        with suppress(ImportError):
            import_module(module)
    main_of_autograder = import_module("autograder.cli.main").main
    for line in sys.stdin:
        arguments, output = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(main_of_autograder, arguments, output)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(autograder: Any, arguments: list[str], output: str) -> None:
    """Run one command in this process, the child, and end it."""
    status = 3
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), 1)
        os.dup2(1, 2)
        status = autograder(arguments)
        sys.stdout.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    if sys.argv[1:] == [SERVE]:
        serve()
    else:
        sys.exit(main(sys.argv[1:]))
