"""The end of an inner no_grad block switches the recording on.

caught by: check_nothing_is_recorded_within_no_grad
message: whether x * x is recorded
appended to: tensor.py
not recognised: truth values say too little
"""


@contextlib.contextmanager
def recording(on):
    _recording.set(on)
    try:
        yield
    finally:
        _recording.set(True)
