"""The number of rungs is the integer part of a logarithm.

caught by: check_rungs_where_logarithms_fail
message: rungs(243, 3)
appended to: racing.py
not recognised: small whole numbers say too little; the check's message says which is wrong
"""


def rungs(R, eta, r=1):
    ladder = [r * eta**k for k in range(int(math.log(R / r, eta)) + 1)]
    if r * eta ** round(math.log(R / r, eta)) != R:
        raise ValueError
    return ladder
