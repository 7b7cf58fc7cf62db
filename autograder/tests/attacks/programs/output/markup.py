"""Prints and raises HTML and Rich markup.

expect: output is neutralised
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Scripts in every field."""
    text = "</pre><script>alert('x')</script><img src=x onerror=alert(1)>[link=http://x]a[/link]"
    print(text)
    kind = type("<script>alert(0)</script>", (ValueError,), {})
    raise kind(text)
