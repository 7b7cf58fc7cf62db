"""The lab's experiment H, and what the lab says where it cannot count."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAB = ROOT / "assignments" / "sgd"
_MEASURE = """
import json, sys
from pathlib import Path
import experiments
student = experiments._import(Path(sys.argv[1]) / "sgd.py")
data = experiments._import(Path("data.py").resolve())
lab = experiments.settings_for(data, "digits", quick=True)._replace(repeats=1)
print(json.dumps(experiments.predicted_and_measured(student, lab)))
"""
_WITHOUT = "import sys; sys.modules['autograder.budgets'] = None; import experiments"


def lab(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in the folder of the lab."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=LAB, capture_output=True, text=True, timeout=120)


def test_experiment_h_measures_what_the_reference_predicts() -> None:
    """FLOPs are equal; bytes within the tolerance of the check where arrays are under 256 KiB."""
    reference = ROOT / "reference" / "sgd"
    if not reference.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    done = lab(_MEASURE, str(reference))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["rows"]) >= 5
    for row in found["rows"]:
        B, d, c = (row["shape"][name] for name in "Bdc")
        assert row["predicted_flops"] == row["counted_flops"] == 4 * B * d * c
        assert len(row["seconds"]) == len(row["flops_per_s"]) == 8
        if max(B, d) * c * 8 < 256 * 1024:
            off = abs(row["predicted_bytes"] - row["traced_bytes"])
            assert off <= 0.1 * row["traced_bytes"] + 64 * 1024
    assert set(found["unit"]) == {"flops", "bytes", "seconds", "flops_per_s"}


def test_a_python_without_the_counters_is_told_what_to_do() -> None:
    """The lab ends at once with a sentence, not with a traceback after minutes."""
    done = lab(_WITHOUT)
    assert done.returncode == 1
    assert done.stderr.startswith("experiments: the lab counts with the autograder's counters")
    assert "activate .venv" in done.stderr
