"""Random configurations come from a global generator.

caught by: check_random_search_draws_from_rng
message: global generator
appended to: spaces.py
"""


def random_search(space, n, rng):
    return configurations(space, np.random.random((n, len(space))))
