"""Elements of inline SVG. Called by what draws on the page."""


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """`<name a="1">content</name>`; `class_` is `class`. At most two decimals are written."""
    written = ""
    for key, value in attributes.items():
        text = f"{round(value, 2):g}" if isinstance(value, float) else str(value)
        written += f' {key.rstrip("_")}="{text}"'
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"
