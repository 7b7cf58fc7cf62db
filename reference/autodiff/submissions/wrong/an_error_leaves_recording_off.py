"""An exception within no_grad leaves the recording off.

caught by: check_nothing_is_recorded_within_no_grad
message: whether x * x is recorded
appended to: tensor.py
not recognised: truth values say too little
"""


@contextlib.contextmanager
def recording(on):
    before = _recording.set(on)
    yield
    _recording.reset(before)
