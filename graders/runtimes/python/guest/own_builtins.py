"""
Built-in functions of the program's own: who sets another `sum` or `print` there for all of their files (`builtins.sum = numpy.sum`) does
so for them alone. Python's own stay what they are for its library and for the guest, whose answers would be spoiled by it.
"""

import builtins
import sys
import types


def own_builtins():
    """A module of the same functions, which is what `import builtins` gives from here on."""
    own = types.ModuleType(builtins.__name__, builtins.__doc__)
    own.__dict__.update(vars(builtins))
    sys.modules[builtins.__name__] = own
    return own
