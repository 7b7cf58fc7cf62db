"""The part that docs/writing-parts.md shows is one that `verify` accepts."""

from pathlib import Path

from autograder.authoring.verify import verify
from autograder.release.tables import write_tables
from autograder.release.template import write_template
from autograder.tests.authoring.course import tiny_of, with_sources
from autograder.tests.authoring.documented import add_blocks


def test_the_documented_part_passes_verify(course: Path) -> None:
    """Added to a new assignment, and released, it is graded as its programs declare."""
    with_sources(course)
    assert len(add_blocks("writing-parts.md", course)) == 8
    write_tables(tiny_of(course))
    write_template(tiny_of(course), course)
    said: list[str] = []
    found = verify(tiny_of(course), course, quick=True, jobs=2, say=said.append, published=False)
    assert found == []
    assert "ok   wrong/clipped_without_an_error" in said
    assert said[-1] == "tiny: 4 must-fail programs, 2 accepted variants, 0 findings"
    template = (course / "student_templates" / "tiny" / "tiny.py").read_text()
    assert 'raise NotImplementedError("part 2.1: clipping")' in template
