"""
The tensor library beside a program, if there is one. What the guest has to know of tensors and models it asks of `library`,
which is None beside plain numbers.
"""

import sys


def _found():
    """The one that was loaded for the program; where both were, TensorFlow."""
    found = None
    if "torch" in sys.modules:
        from torch_library import Torch

        found = Torch()
    if "tensorflow" in sys.modules:
        from tensorflow_library import TensorFlow

        found = TensorFlow()
    return found


# It has its name when it is known and not before: a module that takes it while a library is still being prepared is refused by
# Python, and does not go without one in silence.
library = _found()
