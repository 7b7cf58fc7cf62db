"""What a worker tells about lines of the submission: names that cannot be trusted."""

from autograder.submission.intake import Submission


def by_line(
    submission: Submission, counts: dict[str, float], kind: str
) -> dict[tuple[str, int], float]:
    """The counts named `file:line:kind`, by file and line; only of files that were handed in."""
    found = {}
    for name in submission.files:
        prefix, suffix = f"{name}:", f":{kind}"
        for key, count in counts.items():
            number = key.removeprefix(prefix).removesuffix(suffix)
            if key == f"{prefix}{number}{suffix}" and number.isdecimal() and len(number) < 7:
                found[name, int(number)] = count
    return found
