"""The programs printed in handouts run as they are printed there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HANDOUTS = sorted((ROOT / "assignments").glob("*/handout.md"))
PROGRAM = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("handout", HANDOUTS, ids=lambda handout: handout.parent.name)
def test_programs_print_what_their_comments_say(handout: Path) -> None:
    """A student who pastes one into a file sees the lines that stand behind `print`."""
    for program in PROGRAM.findall(handout.read_text(encoding="utf-8")):
        expected = re.findall(r"^print\(.*\)  # (.*)$", program, re.MULTILINE)
        done = subprocess.run(
            [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == expected != []
