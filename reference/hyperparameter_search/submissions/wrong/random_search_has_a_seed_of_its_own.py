"""Every random search draws from the same seed.

caught by: check_random_search_draws_from_rng
message: of configuration 0
appended to: spaces.py
"""


def random_search(space, n, rng):
    return configurations(space, np.random.default_rng(0).random((n, len(space))))
