"""What the names of a program stand for of the packages that it imports: `tf` for `tensorflow`, `L` for `tensorflow.keras.layers`."""

import ast


class Aliases:
    """By the name that a program has for it, the full name of an imported module or of what is taken from one."""

    def __init__(self, trees):
        self._full, own, parts = {}, set(), []
        for node in (node for tree in trees for node in ast.walk(tree)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.split(".")[0]
                    self._full[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                self._full.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and dotted(node.value) is not None:
                parts.append((node.targets[0], dotted(node.value)))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own.add(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                own.add(node.name)
            elif isinstance(node, ast.arg):
                own.add(node.arg)
        # What the program binds itself under the same name is not the library's.
        bound = {node if isinstance(node, str) else node.id for node in own - {target for target, _ in parts}}
        self._full = {name: full for name, full in self._full.items() if name not in bound}
        # A part of a library may get a name of its own: `layers = tf.keras.layers`.
        for target, chain in parts:
            if chain[0] in self._full and target.id not in bound:
                self._full.setdefault(target.id, self.full(chain))

    def knows(self, name):
        return name in self._full

    def full(self, chain):
        """The full dotted name of a chain such as `tf`, `keras`; of one that begins with no imported name the chain as it stands."""
        return ".".join([self._full.get(chain[0], chain[0]), *chain[1:]])


def dotted(node):
    """`a.b.c` as its parts; None for any other expression."""
    chain = []
    while isinstance(node, ast.Attribute):
        chain.append(node.attr)
        node = node.value
    return [node.id, *reversed(chain)] if isinstance(node, ast.Name) else None
