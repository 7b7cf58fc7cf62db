"""The grader's own memory while it grades attacks on it, measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.attacks.vault import Attack, Vault, attacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps the peak of a process")
MOST_MB = 300  # in all: idle, with its libraries, the grader takes 50
GRADE = """
import sys
from pathlib import Path
from autograder.grading.running.subprocess_grading import main
main(Path(sys.argv[1]))
rows = Path("/proc/self/status").read_text().splitlines()
print(next(row.split()[1] for row in rows if row.startswith("VmHWM:")))
"""
NAMES = (
    *("forge/one_buffer_many_times", "forge/buffer_of_no_value", "forge/millions_of_buffers"),
    *("forge/long_type_name", "forge/keys_of_one_hash", "forge/many_items"),
    *("forge/answer_too_large", "memory/lists_of_numbers"),
)
# as many lines as a file may have, and a failure that names twenty of them
MANY_LINES = "import sys\n" + "\n".join(
    [
        "def total(x, left=20):",
        "    if left: return total(x, left - 1)",
        "    raise ValueError(sys.version * 10_000)",
        "scaled = minimise = probe = total",
        *["#"] * 4_900_000,
    ]
)


def graded(attack: Attack, folder: Path) -> tuple[Report, float]:
    """The report, and the megabytes of the grader at its peak."""
    vault = Vault(folder / "root")
    vault.switch(attack.switches)
    request = vault.request(attack, vault.hand_in(attack, folder / "handed in"))
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", GRADE, str(folder / "report.json")],
        input=msgspec.json.encode(request, enc_hook=str),
        stdout=subprocess.PIPE,
        timeout=900,
        check=True,
    )
    report = msgspec.json.decode((folder / "report.json").read_bytes(), type=Report)
    return report, int(done.stdout) / 1024


@pytest.mark.parametrize("name", ["honest", *NAMES, "time/many_lines"])
def test_no_submission_makes_the_grader_large(name: str, tmp_path: Path) -> None:
    """The grader stays small, and every check is decided, none as GRADER_ERROR."""
    known = {attack.name: attack for attack in attacks()}
    attack = known.get(name, Attack(name, "" if name == "honest" else MANY_LINES, ()))
    report, peak_mb = graded(attack, tmp_path)
    assert peak_mb < MOST_MB
    assert Verdict.GRADER_ERROR not in {outcome.verdict for outcome in report.outcomes}
    assert len(report.outcomes) == len(Vault(tmp_path / "again").declared(attack))
