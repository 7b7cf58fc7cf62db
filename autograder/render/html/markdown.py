"""The little Markdown that checks, handouts and hints are written in, as HTML.

Called by the page's templates. Everything else is shown as it is typed: a message may quote what a
submission returned.
"""

from markdown_it import MarkdownIt
from markupsafe import Markup

_CODE = MarkdownIt("zero").enable("backticks")
_ALL = MarkdownIt("zero").enable(["backticks", "emphasis", "escape"])


def code_spans(text: str) -> Markup:
    """One line of a message: only `code` is marked up."""
    return Markup(_CODE.renderInline(text))


def inline_markdown(text: str) -> Markup:
    """A text of an author: `code`, *emphasis* and **strong**; no links, no HTML."""
    return Markup(_ALL.renderInline(text))
