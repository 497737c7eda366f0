"""
The tensor library beside a program, if there is one. What the guest has to know of tensors and models it asks of `library`,
which is None beside plain numbers.
"""

import sys

library = None
if "torch" in sys.modules:
    from torch_library import Torch

    library = Torch()
if "tensorflow" in sys.modules:
    from tensorflow_library import TensorFlow

    library = TensorFlow()
