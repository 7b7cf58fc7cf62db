"""The rehearsal: image build and harness do what Gradescope's do, with zips made by hand."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.gradescope.rehearsal.reading import HarnessVerdict, read_as_harness
from autograder.gradescope.rehearsal.simulate import SimulatedRun, simulate
from autograder.model.errors import GraderError, UsageError
from autograder.submission.zip_entries import MAX_TOTAL_BYTES
from autograder.tests.gradescope.samples import GOOD, make_zip


def rehearse(submission: Path, script: str, limit_s: float = 20, **options: Any) -> SimulatedRun:
    """Simulate a zip with this run_autograder."""
    archive = make_zip(submission.parent / "zip.zip", script)
    return simulate(archive, submission, submission.parent / "out", time_limit_s=limit_s, **options)


def test_good_results_are_accepted(submission: Path) -> None:
    """The results arrive as they were written, with status 0 and no process left."""
    run = rehearse(submission, f"{GOOD}echo to staff\n")
    assert (run.verdict, run.status, run.accepted) == (HarnessVerdict.ACCEPTED, 0, True)
    assert run.results == {"score": 1, "output": "fine"}
    assert (run.problems, run.survivors, run.stdout) == ((), (), "to staff\n")


def test_the_script_runs_as_under_the_harness(submission: Path) -> None:
    """cwd is the root, the output is a regular file, the token is gone, the addresses are not."""
    script = GOOD + (
        '[ "$PWD" = "$(cd "$(dirname "$0")" && pwd)" ] && [ -f results/stdout ] && '
        '[ -z "$AUTHENTICATION_TOKEN" ] && [ -n "$SUBMIT_RESULTS_URL" ] && '
        '[ "$TIMEOUT_SECONDS" = 20 ] && [ ! -t 0 ] && [ -d source ] && echo all there; exit 3\n'
    )
    run = rehearse(submission, script)
    assert (run.stdout, run.status) == ("all there\n", 3)
    assert run.accepted  # Gradescope notes the status, and uses the results


def test_a_submission_arrives_as_plain_files(submission: Path) -> None:
    """No exec bits and no links; folders stay; a file that was there before is gone."""
    (submission / "demo.py").chmod(0o755)
    (submission / "link.py").symlink_to("demo.py")
    os.mkfifo(submission / "pipe")
    (submission / "lib").mkdir()
    (submission / "lib" / "a.py").write_text("")
    script = GOOD + "cd submission && find . -type l -o -type p -o -perm -100 -type f -o -print\n"
    run = rehearse(submission, script)
    assert sorted(run.stdout.split()) == [".", "./demo.py", "./lib", "./lib/a.py"]
    (submission / "demo.py").unlink()
    assert "demo.py" not in rehearse(submission, script).stdout


def test_a_file_and_a_zip_are_submissions_too(submission: Path) -> None:
    """A file arrives alone, a zip unpacked."""
    listing = GOOD + "ls submission\n"
    assert rehearse(submission / "demo.py", GOOD + "ls submission\n").stdout == "demo.py\n"
    packed = submission.parent / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("other.py", "")
    assert rehearse(packed, listing).stdout == "other.py\n"


def test_a_missing_submission_is_a_usage_error(submission: Path) -> None:
    """The error names the path."""
    with pytest.raises(UsageError, match="nowhere does not exist"):
        rehearse(submission.parent / "nowhere", GOOD)


def test_a_huge_submission_is_a_usage_error(submission: Path) -> None:
    """A data set among the files is a mistake, found before anything runs."""
    with (submission / "data.bin").open("wb") as file:
        file.truncate(MAX_TOTAL_BYTES + 1)
    with pytest.raises(UsageError, match="larger than"):
        rehearse(submission, GOOD)


def test_metadata_is_written_for_the_group(submission: Path) -> None:
    """An invented group of two."""
    script = GOOD + "cat submission_metadata.json\n"
    users = json.loads(rehearse(submission, script).stdout)["users"]
    assert [user["name"] for user in users] == ["Ada", "Grace"]


def test_a_hanging_grader_is_killed_and_its_results_replaced(submission: Path) -> None:
    """At the time limit even good partial results are replaced by score 0."""
    run = rehearse(submission, f"{GOOD}exec sleep 60\n", limit_s=0.3)
    assert (run.verdict, run.status) == (HarnessVerdict.TIMED_OUT, -9)
    assert run.results == {"score": 0, "output": "The autograder timed out."}
    assert not run.accepted


def test_a_grandchild_outlives_the_time_limit_and_is_reported(submission: Path) -> None:
    """The harness kills its child only; the rehearsal names the survivor, then kills it."""
    run = rehearse(submission, "setsid sleep 61 &\nsleep 62\n", limit_s=0.5)
    assert run.verdict is HarnessVerdict.TIMED_OUT
    assert [name.split()[0] for name in run.survivors] == ["sleep", "sleep"]
    pids = [int(name.split()[-1].rstrip(")")) for name in run.survivors]
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_process_left_running_is_reported_though_the_run_ended(submission: Path) -> None:
    """A process that is left could change the results after they were written."""
    run = rehearse(submission, f"{GOOD}setsid sleep 61 &\n")
    assert run.verdict is HarnessVerdict.ACCEPTED
    assert len(run.survivors) == 1


def test_long_outputs_are_cut_in_the_middle(submission: Path) -> None:
    """A megabyte of log keeps head and tail in 100 000 characters; so do outputs in the results."""
    script = (
        "echo first; head -c 1200000 /dev/zero | tr '\\0' x; echo; echo last\n"
        'printf \'{"score": 0, "output": "\' > results/results.json\n'
        "head -c 150000 /dev/zero | tr '\\0' y >> results/results.json\n"
        "printf '\"}' >> results/results.json\n"
    )
    run = rehearse(submission, script)
    assert run.stdout.startswith("first\nxxx") and run.stdout.endswith("xxx\nlast\n")
    assert 99_000 < len(run.stdout) <= 100_000 and "(truncated)" in run.stdout
    assert run.results is not None and len(run.results["output"]) <= 100_000
    assert [problem.path for problem in run.problems] == ["output"]


def test_bad_json_is_shown_to_staff(submission: Path) -> None:
    """Score 0, and the raw file stands at the end of the log."""
    run = rehearse(submission, "echo hello; echo '{broken' > results/results.json\n")
    assert (run.verdict, run.results) == (HarnessVerdict.INVALID_JSON, {"score": 0})
    assert run.stdout == "hello\n\n{broken\n"
    assert not run.accepted


def test_no_results_at_all(submission: Path) -> None:
    """A grader that writes nothing has failed, with any exit status."""
    run = rehearse(submission, "true\n")
    assert (run.verdict, run.results) == (HarnessVerdict.NO_RESULTS, None)


def test_what_the_validator_refuses_is_not_accepted(submission: Path) -> None:
    """The harness takes a null; we do not."""
    run = rehearse(submission, """echo '{"score": 1, "tests": null}' > results/results.json\n""")
    assert not run.accepted and run.problems


BAD_FILES = [
    (None, HarnessVerdict.NO_RESULTS),
    (b"", HarnessVerdict.INVALID_JSON),
    (b"\xef\xbb\xbf{}", HarnessVerdict.INVALID_JSON),
    (b'"output"', HarnessVerdict.INVALID_JSON),
    (b"\xff", HarnessVerdict.INVALID_JSON),
    (b"[]", HarnessVerdict.UPLOAD_FAILED),
    (b"3", HarnessVerdict.UPLOAD_FAILED),
    (b'{"output": 3}', HarnessVerdict.UPLOAD_FAILED),
    (b'{"tests": [null]}', HarnessVerdict.UPLOAD_FAILED),
    (b'{"tests": ["output"]}', HarnessVerdict.UPLOAD_FAILED),
    (b'{"tests": [{"output": 3}]}', HarnessVerdict.UPLOAD_FAILED),
    (b'{"score": NaN}', HarnessVerdict.UPLOAD_FAILED),
    (b'{"score": 1e400}', HarnessVerdict.UPLOAD_FAILED),
    (b"[" * 100_000, HarnessVerdict.UPLOAD_FAILED),
    (b'{"output": ["a"]}', HarnessVerdict.ACCEPTED),
    (b'{"score": 1, "output": "\\u0000"}', HarnessVerdict.ACCEPTED),
]


@pytest.mark.parametrize(("data", "verdict"), BAD_FILES)
def test_the_harness_judges_bad_files_in_its_own_way(
    data: bytes | None, verdict: HarnessVerdict
) -> None:
    """Each bad file has the result that was observed with the harness's logic."""
    assert read_as_harness(data)[0] is verdict


def test_a_raw_nul_is_replaced() -> None:
    """The harness fixes this one thing, at least inside a string."""
    assert read_as_harness(b'{"output": "a\0b"}')[1] == {"output": "a\ufffdb"}


COUNTING = 'echo run >> "$(dirname "$0")/../../count"\n'


def test_setup_runs_once_for_one_zip(submission: Path) -> None:
    """The second submission finds the image; another zip, or reuse=False, builds it anew."""
    tmp = submission.parent
    archive, out = make_zip(tmp / "a.zip", GOOD, COUNTING), tmp / "out"

    def builds(zipped: Path, reuse: bool = True) -> int:
        simulate(zipped, submission, out, time_limit_s=20, reuse=reuse)
        return len((out / "count").read_text().splitlines())

    assert [builds(archive), builds(archive), builds(archive, reuse=False)] == [1, 1, 2]
    assert builds(make_zip(tmp / "b.zip", GOOD, COUNTING + "true\n")) == 3


def test_a_failing_setup_is_an_error_with_the_end_of_its_log(submission: Path) -> None:
    """The image does not count as built, so the next attempt runs setup.sh again."""
    tmp = submission.parent
    archive = make_zip(tmp / "a.zip", GOOD, "echo no such package; exit 4\n")
    for _ in range(2):
        with pytest.raises(GraderError, match=r"(?s)status 4.*no such package"):
            simulate(archive, submission, tmp / "out", time_limit_s=20)


def test_setup_sees_pips_settings_and_its_own_places(
    submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip's variables pass; the caller's Python does not; nothing lasts in the temporary folder."""
    monkeypatch.setenv("PIP_FIND_LINKS", "somewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    setup = 'set -eu; [ "$PIP_FIND_LINKS" = somewhere ]; [ -z "${PYTHONPATH:-}" ]; mktemp\n'
    setup += '[ "$AUTOGRADER_VENV" = "$(cd "$(dirname "$0")/../.." && pwd)/venv" ]\n'
    archive = make_zip(submission.parent / "a.zip", GOOD, setup)
    out = submission.parent / "out"
    assert simulate(archive, submission, out, time_limit_s=20).accepted
    assert not Path((out / "setup.log").read_text().strip()).exists()


def test_carriage_returns_are_repaired_in_the_two_scripts_only(submission: Path) -> None:
    """The image build runs dos2unix on them, and on nothing else."""
    archive = submission.parent / "a.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("setup.sh", "#!/usr/bin/env bash\r\ntrue\r\n")
        content.writestr("run_autograder", f"#!/usr/bin/env bash\r\n{GOOD.strip()}\r\n")
        content.writestr("other.sh", "true\r\n")
    run = simulate(archive, submission, submission.parent / "out", time_limit_s=20)
    assert run.accepted
    assert b"\r" in (run.results_file.parents[1] / "source" / "other.sh").read_bytes()


def test_a_zip_around_a_folder_is_a_usage_error(submission: Path) -> None:
    """A file manager's zip has a folder at its root; the error says so."""
    archive = submission.parent / "a.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("autograder/setup.sh", "true")
    with pytest.raises(UsageError, match=r"no setup.sh at its root \(found: autograder\)"):
        simulate(archive, submission, submission.parent / "out", time_limit_s=20)


def test_what_is_no_zip_is_a_usage_error(submission: Path) -> None:
    """The error says how to build one."""
    with pytest.raises(UsageError, match="autograder zip"):
        simulate(submission / "demo.py", submission, submission.parent / "out", time_limit_s=20)


def test_a_folder_with_other_content_is_not_touched(submission: Path) -> None:
    """Only an empty folder, or an earlier simulation, is built in."""
    archive = make_zip(submission.parent / "a.zip", GOOD)
    with pytest.raises(UsageError, match="name another folder"):
        simulate(archive, submission, submission, time_limit_s=20)
    with pytest.raises(UsageError, match="not a folder"):
        simulate(archive, submission, submission / "demo.py", time_limit_s=20)
    assert (submission / "demo.py").read_text() == "x = 1\n"


def test_a_script_without_an_interpreter_is_named(submission: Path) -> None:
    """The error names the first line as the likely cause."""
    archive = submission.parent / "a.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("setup.sh", "true")
        content.writestr("run_autograder", "#!/no/such/interpreter\n")
    with pytest.raises(GraderError, match="first line name an interpreter"):
        simulate(archive, submission, submission.parent / "out", time_limit_s=20)


def test_libraries_are_kept_between_zips_and_folders(submission: Path) -> None:
    """Another zip with the same libraries, in another folder, has them without an installation;
    --fresh, and a zip that asks for others, install anew. What one changes is not in the other."""
    tmp = submission.parent
    setup = 'echo "kept: ${AUTOGRADER_VENV_KEPT:-no}"; mkdir -p "$AUTOGRADER_VENV/lib"\n'
    setup += 'cd "$AUTOGRADER_VENV"; ls lib; rm -f lib/*; touch "lib/$$"\n'

    def log(name: str, script: str = setup, reuse: bool = True) -> list[str]:
        archive = make_zip(tmp / f"{name}.zip", f"{GOOD}: {name}\n", script)
        simulate(archive, submission, tmp / name, time_limit_s=20, reuse=reuse)
        return (tmp / name / "setup.log").read_text().split()

    assert log("one") == ["kept:", "no"]
    (library,) = (tmp / "one" / "venv" / "lib").iterdir()
    assert log("two") == ["kept:", "1", library.name]
    assert library.exists() and not (tmp / "two" / "venv" / "lib" / library.name).exists()
    assert log("three") == ["kept:", "1", library.name]
    assert log("four", reuse=False) == ["kept:", "no"]
    assert log("five", setup + "true\n") == ["kept:", "no"]


def test_the_rehearsal_says_what_it_does(submission: Path) -> None:
    """Before setup.sh and before the grading; an image that is there is not set up."""
    archive, said = make_zip(submission.parent / "a.zip", GOOD), list[str]()
    for _ in range(2):
        out = submission.parent / "out"
        simulate(archive, submission, out, time_limit_s=20, say=said.append)
    log = submission.parent / "out" / "setup.log"
    grading = f"grading {submission}, for at most 20 s"
    assert said == [f"setting up the image: minutes; see {log}", grading, grading]
