"""
What a script writes where a function has parameters: constants of the sheet (300 epochs, 13 features) become a call's arguments.
Calls that somebody listens to are made by way of a listener.
"""

import ast
import copy

from fewer_rounds import are_rounds

# No name that a program can write stands in its way.
ARGUMENT, LISTENER, HANDER = "\u00b7argument", "\u00b7listener", "\u00b7hander"


class Adapted:
    """One run's constants, rounds and listened calls: `of` gives a statement with them, and `names` what it then needs."""

    def __init__(self, literals, listens=(), repeats=None, handed=None):
        self._literals, self._repeats = [], None
        self._listens = {**dict.fromkeys(listens, LISTENER), **dict.fromkeys(handed.callees if handed else (), HANDER)}
        self.names = {} if handed is None else {HANDER: handed.called}
        if repeats is not None:
            self._repeats = f"{ARGUMENT} repeats"
            self.names[self._repeats] = repeats
        for literal, argument in literals:
            for written, value in _forms(literal, argument):
                name = f"{ARGUMENT}{len(self.names)}"
                self.names[name] = value
                self._literals.append((written, name))

    def of(self, node):
        """A copy with them."""
        changed = _copied(node)
        if self._repeats is not None:
            self._repeat(changed)
        return ast.fix_missing_locations(_Changes(self._literals, self._listens).visit(changed))

    def _repeat(self, node):
        """A loop goes round as often as is asked; so does one that counts rounds in a function or method."""
        if isinstance(node, ast.For):
            node.iter = self._repeated(node.iter)
        elif isinstance(node, ast.While) and are_rounds(node):
            node.test.comparators = [ast.copy_location(ast.Name(self._repeats, ast.Load()), node.test)]
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            waiting = list(node.body)
            while waiting:
                part = waiting.pop()
                if isinstance(part, ast.For) and are_rounds(part):
                    part.iter = self._repeated(part.iter)
                else:
                    waiting.extend(ast.iter_child_nodes(part))

    def _repeated(self, node):
        """`range(25)`, `range(1, 26)`, or either within a bar of progress, with another number of rounds."""
        if not isinstance(node, ast.Call) or not node.args:
            return node
        if not isinstance(node.func, ast.Name) or node.func.id != "range":
            node.args[0] = self._repeated(node.args[0])
            return node
        rounds = ast.copy_location(ast.Name(self._repeats, ast.Load()), node)
        if len(node.args) == 1:
            node.args = [rounds]
        elif len(node.args) == 2:
            node.args[1] = ast.copy_location(ast.BinOp(copy.deepcopy(node.args[0]), ast.Add(), rounds), node)
        return node


def _copied(node):
    """As `copy.deepcopy` has it, of what a program's text can hold: in a third of its time."""
    if isinstance(node, ast.AST):
        made = type(node).__new__(type(node))
        for name, value in vars(node).items():
            setattr(made, name, _copied(value))
        return made
    return [_copied(item) for item in node] if type(node) is list else node


def _forms(literal, argument):
    """The ways in which a constant is written, each with what stands for it; of a list its ends may be written apart."""
    yield literal, argument
    if isinstance(literal, list) and hasattr(argument, "__len__"):
        items = list(argument)
        yield literal[1:], items[1:]
        yield literal[:-1], items[:-1]
        # The steps from one to the next are counted, as layers are.
        yield len(literal) - 1, len(items) - 1
        if len(items) == len(literal):
            # A number stands for the same one wherever it is written.
            pairs = {number: {item for one, item in zip(literal, items) if one == number} for number in literal}
        else:
            pairs = {literal[k]: {items[k]} for k in (0, -1) if literal.count(literal[k]) == 1}
        yield from ((number, others.pop()) for number, others in pairs.items() if len(others) == 1)


class _Changes(ast.NodeTransformer):
    def __init__(self, literals, listens):
        self._literals, self._listens = literals, listens

    def _replaced(self, node, value):
        for written, name in self._literals:
            if type(written) is list and value == written:
                return ast.copy_location(ast.Name(name, ast.Load()), node)
            if type(written) is not list and _same(value, written):
                return ast.copy_location(ast.Name(name, ast.Load()), node)
        return None

    def visit_Constant(self, node):
        return self._replaced(node, node.value) or node

    def visit_List(self, node):
        if node.elts and all(isinstance(item, ast.Constant) for item in node.elts):
            found = self._replaced(node, [item.value for item in node.elts])
            if found is not None:
                return found
        return self.generic_visit(node)

    visit_Tuple = visit_List

    def visit_BinOp(self, node):
        """A number may be written as a product: `28 * 28`."""
        factors = [part.value for part in (node.left, node.right) if isinstance(part, ast.Constant) and type(part.value) is int]
        found = self._replaced(node, factors[0] * factors[1]) if isinstance(node.op, ast.Mult) and len(factors) == 2 else None
        return found or self.generic_visit(node)

    def visit_JoinedStr(self, node):
        return node

    def visit_Call(self, node):
        node = self.generic_visit(node)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else None
        if called in self._listens:
            listener = ast.copy_location(ast.Name(self._listens[called], ast.Load()), node)
            return ast.copy_location(ast.Call(listener, [ast.Constant(called), node.func, *node.args], node.keywords), node)
        return node


def _same(value, written):
    numbers = (int, float)
    return type(value) in numbers and type(written) in numbers and value == written
