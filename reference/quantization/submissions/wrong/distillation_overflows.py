"""Logits are not shifted before the exponential.

caught by: check_distillation_loss_and_its_gradient
message: the loss at T =
not recognised: NaN comes out of many mistakes
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    with np.errstate(all="ignore"):
        p, q = (
            np.exp(Z / T) / np.exp(Z / T).sum(axis=1, keepdims=True) for Z in (teacher, student)
        )
        loss = T**2 * (p * np.log(p / q)).sum(axis=1).mean()
    return float(loss), T * (q - p) / len(student)
