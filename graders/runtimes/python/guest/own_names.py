"""Names that a block binds before it reads them, such as those of its loops: what they held before plays no part in it."""

import ast


def own_names(node):
    """The names of a block or loop that are its own, in the order in which it is run."""
    order = _Order()
    order.visit(node)
    return order.own


class _Order(ast.NodeVisitor):
    """Visits what is read before what is bound of it."""

    def __init__(self):
        self.own, self._read = set(), set()

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            if node.id not in self._read:
                self.own.add(node.id)
        elif node.id not in self.own:
            self._read.add(node.id)

    def visit_Assign(self, node):
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(node.value)
            self.visit(node.target)

    def visit_AugAssign(self, node):
        self.visit(node.value)
        if isinstance(node.target, ast.Name) and node.target.id not in self.own:
            self._read.add(node.target.id)
        self.visit(node.target)

    def visit_For(self, node):
        self.visit(node.iter)
        self.visit(node.target)
        for part in [*node.body, *node.orelse]:
            self.visit(part)

    visit_AsyncFor = visit_For

    def visit_comprehension(self, node):
        self.visit(node.iter)
        self.visit(node.target)

    def visit_If(self, node):
        """What only one of two branches binds may be what it was before."""
        self.visit(node.test)
        before, bound = set(self.own), []
        for branch in (node.body, node.orelse):
            self.own = set(before)
            for part in branch:
                self.visit(part)
            bound.append(self.own)
        self.own = bound[0] & bound[1]

    def _comprehension(self, node):
        outer = set(self.own)
        for part in node.generators:
            self.visit(part)
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self.visit(part)
        self.own = outer

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension
