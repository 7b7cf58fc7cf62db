"""Only the student's logits are divided by T.

caught by: (later)
message: (later)
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = _log_softmax(teacher), _log_softmax(student / T)
    p, q = np.exp(log_p), np.exp(log_q)
    loss = T**2 * (p * (log_p - log_q)).sum(axis=1).mean()
    return float(loss), T * (q - p) / len(student)
