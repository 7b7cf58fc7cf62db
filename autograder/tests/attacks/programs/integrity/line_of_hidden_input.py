"""Fails in the line whose text says what the hidden input was.

expect: no canary leaks
passes: all but check_total, check_total_is_vectorised, check_hidden_total
open: a hidden check shows the student's own line, and the worker says which one it is
"""

FIRST = next(
    n for n, row in enumerate(open(__file__), 1) if row.startswith("# the " + "digit is 10")
)


def total(x):
    """Raise from a line of our choice."""
    number = int(x[1]) if x.size == 33 else 10
    names = {}
    source = "\n" * (FIRST + number - 11) + "def f(): raise ValueError"
    exec(compile(source, __file__, "exec"), names)
    names["f"]()


# the digit is 10
# the digit is 11
# the digit is 12
# the digit is 13
# the digit is 14
# the digit is 15
# the digit is 16
# the digit is 17
# the digit is 18
# the digit is 19
# the digit is 20
# the digit is 21
# the digit is 22
# the digit is 23
# the digit is 24
# the digit is 25
# the digit is 26
# the digit is 27
# the digit is 28
# the digit is 29
# the digit is 30
# the digit is 31
# the digit is 32
# the digit is 33
# the digit is 34
# the digit is 35
# the digit is 36
# the digit is 37
# the digit is 38
# the digit is 39
# the digit is 40
# the digit is 41
# the digit is 42
# the digit is 43
# the digit is 44
# the digit is 45
# the digit is 46
# the digit is 47
# the digit is 48
# the digit is 49
# the digit is 50
# the digit is 51
# the digit is 52
# the digit is 53
# the digit is 54
# the digit is 55
# the digit is 56
# the digit is 57
# the digit is 58
# the digit is 59
# the digit is 60
# the digit is 61
# the digit is 62
# the digit is 63
# the digit is 64
# the digit is 65
# the digit is 66
# the digit is 67
# the digit is 68
# the digit is 69
# the digit is 70
# the digit is 71
# the digit is 72
# the digit is 73
# the digit is 74
# the digit is 75
# the digit is 76
# the digit is 77
# the digit is 78
# the digit is 79
# the digit is 80
# the digit is 81
# the digit is 82
# the digit is 83
# the digit is 84
# the digit is 85
# the digit is 86
# the digit is 87
# the digit is 88
# the digit is 89
