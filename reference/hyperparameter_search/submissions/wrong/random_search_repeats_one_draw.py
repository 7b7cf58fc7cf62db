"""All random configurations are the same.

caught by: check_random_search_draws_from_rng
message: of configuration 1
appended to: spaces.py
"""


def random_search(space, n, rng):
    return configurations(space, np.tile(rng.random(len(space)), (n, 1)))
