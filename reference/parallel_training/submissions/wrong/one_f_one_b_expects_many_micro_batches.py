"""The first forwards are not limited to m.

caught by: check_1f1b_is_what_eager_stages_do
message: is a list of
not recognised: small whole numbers and simple fractions come out of many mistakes
appended to: pipeline.py
"""


def one_f_one_b(p, m):
    return [_stage_1f1b(p - 1 - i, m) for i in range(p)]
