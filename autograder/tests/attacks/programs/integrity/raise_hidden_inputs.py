"""Names exceptions, functions and files after the hidden inputs.

expect: no canary leaks
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Raise in a function, of a file, all three of that name."""
    word = f"{globals()['LEAKED']}_{int(x[0])}" if x.size == 33 else "nothing"
    names = {}
    source = f"def {word}():\n    raise type({word!r}, (ValueError,), {{}})({word!r})\n"
    exec(compile(source, __file__ + word, "exec"), names)
    names[word]()
