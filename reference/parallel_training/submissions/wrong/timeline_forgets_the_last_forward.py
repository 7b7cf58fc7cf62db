"""A backward at the last stage needs nothing.

caught by: check_timeline_refuses_what_cannot_go_on
message: expected
not recognised: what gives it away is an error that is missing
appended to: pipeline.py
"""

every_need = _need


def _need(i, kind, j, last):
    return None if (kind, i) == ("B", last) else every_need(i, kind, j, last)
