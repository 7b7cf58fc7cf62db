"""A configuration of the grid is its number in mixed digits.

appended to: spaces.py
"""


def grid(space, k):
    values = []
    for span in space.values():
        if span[0] == "choice":
            values.append(list(span[1:]))
            continue
        count = min(k, span[2] - span[1] + 1) if span[0] == "integer" else k
        values.append([value_at(span, (2 * i + 1) / (2 * count)) for i in range(count)])
    total, listed = int(np.prod([len(v) for v in values])), []
    for number in range(total):
        config = {}
        for name, options in reversed(list(zip(space, values, strict=True))):
            number, digit = divmod(number, len(options))
            config[name] = options[digit]
        listed.append({name: config[name] for name in space})
    return listed
