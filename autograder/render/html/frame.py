"""What every page has: one file that needs no other, with a policy that allows nothing but its
own style. There is no script, no font and no address.

Called by the page of a report and by the pages about a class. A template of a page extends
`frame.html.j2`; its own styles come after the shared ones.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.model.units import show_points, show_seconds
from autograder.model.verdict import Verdict
from autograder.render import outcome_text

if TYPE_CHECKING:
    from jinja2 import Environment

_SHARED_STYLE = "style.css.j2"


def framed(
    template: str,
    values: Mapping[str, Any],
    *,
    packages: Sequence[str] = (),
    styles: Sequence[str] = (),
) -> str:
    """The page that `template` makes of `values`; what is no markup is escaped.

    Templates are looked for in the folder `templates` of each of `packages`, then here.
    """
    environment = _environment(packages)
    names = (_SHARED_STYLE, *styles)
    style = "".join(environment.get_template(name).render() for name in names)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(values, style=style, style_hash=digest)


def _environment(packages: Sequence[str]) -> "Environment":
    # Imported here: the command line pays for these only when it writes a page.
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    from autograder.render.html.markdown import code_spans, inline_markdown

    places = (*packages, "autograder.render.html")
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(place, "templates") for place in places]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"code_spans": code_spans, "inline_markdown": inline_markdown}
    environment.globals |= {
        "say": outcome_text,
        "show_points": show_points,
        "show_seconds": show_seconds,
        "verdicts": tuple(Verdict),
    }
    return environment
