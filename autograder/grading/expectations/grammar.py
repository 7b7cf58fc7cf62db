"""English for messages: "the loss is", "the codes of layer 1 are". `expect` calls it."""

import re

# "the codes", also behind "after 3 steps"; what follows it says which
_SUBJECT = re.compile(
    r"(?:(?:after|for|in|on|with)\b.*? )?the (?:[\w-]+ )*?(?P<noun>[a-z]+)"
    r"(?=,| \(|$| (?:after|at|between|by|for|from|in|of|on|over|per|that|to|where|which|with)\b)"
)
_SINGULAR = ("ss", "us", "is", "as", "series")  # loss, radius, axis, bias


def is_or_are(what: str) -> str:
    """`what` with its verb: "the loss is", "the codes are"."""
    return f"{what} {'are' if _plural(what) else 'is'}"


def has_or_have(what: str) -> str:
    """`what` with its verb: "the loss has", "the codes have"."""
    return f"{what} {'have' if _plural(what) else 'has'}"


def _plural(what: str) -> bool:
    """Whether the subject is a plural with "the"; anything else is taken for a singular, and so is
    one that is named behind a comma: "the parameters of rank 1, array 0"."""
    named_behind = "," in what and not what.endswith(",")
    found = None if named_behind else _SUBJECT.match(what)
    noun = found["noun"] if found else ""
    return noun.endswith("s") and not noun.endswith(_SINGULAR)
