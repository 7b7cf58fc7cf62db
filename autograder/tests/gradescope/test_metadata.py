"""submission_metadata.json: what staff are shown is read, and nothing makes it crash."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.gradescope.runner.metadata import SubmissionMetadata, parse_metadata, read_moment

DATES = {"release_date": None, "due_date": "2026-02-01T12:00:00.000000-08:00"}
SAMPLE: dict[str, Any] = {
    "id": 17,
    "created_at": "2026-02-01T14:22:32.365935-08:00",
    "assignment_id": 5,
    "submission_method": "GitHub",
    "users": [
        {"id": 1, "name": "Ada", "email": "a@x.edu", "sid": "0012", "assignment": DATES},
        {
            "id": 2,
            "name": "Grace",
            "assignment": {"due_date": "2026-02-03T12:00:00Z", "late_due_date": None},
            "pronouns": "she",
        },
    ],
    "assignment": {
        **DATES,
        "id": 5,
        "course_id": 6,
        "title": "SGD",
        "group_size": None,
        "group_submission": True,
        "total_points": "20.0",
        "outline": [1],
    },
    "previous_submissions": [
        {"submission_time": "2026-01-31T10:00:00Z", "score": None, "autograder_error": True},
        {"submission_time": "2026-02-01T10:00:00Z", "score": 3.5, "results": {"tests": []}},
    ],
    "colour": "blue",
}


def parse(value: object) -> SubmissionMetadata:
    """Parse this value as JSON."""
    return parse_metadata(json.dumps(value).encode())


def test_a_file_of_gradescope_is_understood() -> None:
    """The values that the log shows are there, and no problem is reported."""
    metadata = parse(SAMPLE)
    assert metadata.problems == ()
    assert (metadata.id, metadata.total_points) == (17, 20.0)
    assert [(user.id, user.email) for user in metadata.users] == [(1, "a@x.edu"), (2, "")]


def test_lateness_is_each_users_own() -> None:
    """An extension of one member of a group does not help the other."""
    metadata = parse(SAMPLE)
    ada, grace = metadata.users
    assert metadata.lateness(ada) == timedelta(hours=2, minutes=22, seconds=32, microseconds=365935)
    assert metadata.lateness(grace) == timedelta(0)


def test_lateness_falls_back_on_the_assignments_date() -> None:
    """A user without a date of their own has the assignment's; without any, nothing is known."""
    user = {"id": 3}
    metadata = parse({**SAMPLE, "users": [user]})
    late = metadata.lateness(metadata.users[0])
    assert late is not None and late > timedelta(hours=2)
    without = parse({"created_at": SAMPLE["created_at"], "users": [user]})
    assert without.lateness(without.users[0]) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"3", b"\xff\xfe", b"null", b"[" * 99_999])
def test_a_broken_file_is_empty_metadata_with_a_problem(data: bytes) -> None:
    """Grading goes on without it, and the log names the problem."""
    metadata = parse_metadata(data)
    assert (metadata.id, metadata.users) == (None, ())
    assert metadata.problems


def test_values_that_do_not_fit_are_named_and_left_out() -> None:
    """A wrong type costs that value only, and its path is reported."""
    wrong = {
        "id": "x",
        "created_at": "yesterday",
        "users": [3, {"email": ["a"], "assignment": "b"}],
        "assignment": {"total_points": {}, "due_date": 7},
    }
    metadata = parse(wrong)
    assert metadata.created_at is None
    assert len(metadata.users) == 2
    places = [problem.split(" is not")[0] for problem in metadata.problems]
    assert sorted(places) == [
        "assignment.due_date",
        "assignment.total_points",
        "created_at",
        "id",
        "users[0]",
        "users[1].assignment",
        "users[1].email",
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SAMPLE, *SAMPLE["assignment"], "name"]), inner)
    ),
    max_leaves=15,
)


@given(_JSON)
def test_no_json_value_makes_it_raise(value: object) -> None:
    """Whatever is in the file, parsing returns, and so does the lateness of each user."""
    metadata = parse(value)
    for user in metadata.users:
        metadata.lateness(user)


UTC = timezone.utc
MOMENTS = [
    ("2018-07-01T14:22:32.365935-07:00", datetime(2018, 7, 1, 21, 22, 32, 365935, UTC)),
    ("2023-12-02 02:52:07.938335000 Z", datetime(2023, 12, 2, 2, 52, 7, 938335, UTC)),
    ("2022-03-08 15:44:18 -0500", datetime(2022, 3, 8, 20, 44, 18, 0, UTC)),
    ("2022-03-08T15:44:18Z", datetime(2022, 3, 8, 15, 44, 18, 0, UTC)),
    ("2022-03-08T15:44:18.5", datetime(2022, 3, 8, 15, 44, 18, 500000, UTC)),
]


@pytest.mark.parametrize(("text", "moment"), MOMENTS)
def test_moments_are_read_in_every_form_gradescope_writes(text: str, moment: datetime) -> None:
    """Metadata, exports and CSV files write them in different forms."""
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2022-13-08T15:44:18Z", "2022-03-08", "2022-03-08T15:44:18+99:99"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """A date that does not exist is refused."""
    with pytest.raises(ValueError):
        read_moment(text)
