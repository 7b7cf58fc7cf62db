"""Elements of inline SVG. Called by what draws on the page; colours are classes of its style."""

STRIPE = 6  # from one stripe to the next


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """`<name a="1">content</name>`; `class_` is `class`. At most two decimals are written."""
    written = ""
    for key, value in attributes.items():
        text = f"{round(value, 2):g}" if isinstance(value, float) else str(value)
        written += f' {key.rstrip("_")}="{text}"'
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def striped(x: float, y: float, width: float, height: float) -> str:
    """A rectangle for what is over or has failed: stripes show it where colours do not.

    It is at least one stripe wide.
    """
    width = max(width, STRIPE)
    body = element("rect", class_="beyond", x=x, y=y, width=width, height=height)
    for at in range(int(x) + STRIPE, int(x + width), STRIPE):
        body += element("line", class_="stripe", x1=at, x2=at - 4, y1=y, y2=y + height)
    return body
