"""
A training that is run for its plot goes round less often: what a script calls its epochs is lowered to a most, wherever it says
how many they are.
"""

import ast
import copy
import re

from slicing import TRAINS, called_in

EPOCHS = re.compile(r"(?:n|num|nb|no|max|total)?_?(?:of_)?epochs?(?:_count)?", re.I)
ROUND = re.compile(r"_|e|ep|t|epochs?|.*_epoch|epoch_.*", re.I)
# Calls by which a loop shows that its rounds are a training's.
ROUNDS_OF = TRAINS | {"train_step", "train_on_batch", "gradient", "apply_gradients"}
# What nothing else is called.
EPOCH = re.compile(r"epo(?:ch|que)", re.I)
# No name that a program can write stands in its way.
LEAST = "\u00b7least"


class FewerRounds(ast.NodeTransformer):
    """`of` changes a statement, of which the caller has a copy, into one with no more rounds than `most`; `names` is what it then needs."""

    def __init__(self, most):
        self.names = {LEAST: lambda rounds: min(rounds, most) if type(rounds) is int else rounds}
        self._within = False

    def of(self, node):
        return ast.fix_missing_locations(self.visit(node))

    def visit_keyword(self, node):
        self.generic_visit(node)
        if node.arg is not None and EPOCHS.fullmatch(node.arg):
            node.value = self._least(node.value)
        return node

    def visit_Assign(self, node):
        self.generic_visit(node)
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and EPOCHS.fullmatch(node.targets[0].id):
            node.value = self._least(node.value)
        return node

    def visit_arguments(self, node):
        self.generic_visit(node)
        last = [*node.posonlyargs, *node.args][len(node.posonlyargs) + len(node.args) - len(node.defaults) :]
        node.defaults = [self._least(value) if EPOCHS.fullmatch(one.arg) else value for one, value in zip(last, node.defaults)]
        node.kw_defaults = [
            self._least(value) if value is not None and EPOCHS.fullmatch(one.arg) else value for one, value in zip(node.kwonlyargs, node.kw_defaults)
        ]
        return node

    def visit_For(self, node):
        """The outermost loop that trains, where what it counts are rounds; its batches are all gone through."""
        outermost = not self._within and are_rounds(node)
        if outermost:
            node.iter = self._shorter(node.iter)
        before, self._within = self._within, self._within or outermost
        self.generic_visit(node)
        self._within = before
        return node

    def _shorter(self, node):
        """`range(25)`, `range(1, 26)`, or either within a bar of progress."""
        if not isinstance(node, ast.Call) or not node.args or len(node.args) > 2:
            return node
        if not isinstance(node.func, ast.Name) or node.func.id != "range":
            node.args[0] = self._shorter(node.args[0])
        elif len(node.args) == 1:
            node.args[0] = self._least(node.args[0])
        else:
            first, end = node.args
            count = ast.BinOp(end, ast.Sub(), copy.deepcopy(first))
            node.args[1] = ast.BinOp(copy.deepcopy(first), ast.Add(), self._least(count))
        return node

    def _least(self, value):
        return ast.copy_location(ast.Call(ast.Name(LEAST, ast.Load()), [value], []), value)


def are_rounds(loop):
    """Whether what a loop counts are the rounds of a training; one that goes on while a number is small enough counts that."""
    target = loop.target if isinstance(loop, ast.For) else _counted(loop.test)
    if not isinstance(target, ast.Name):
        return False
    return EPOCH.search(target.id) is not None or bool((isinstance(loop, ast.While) or ROUND.fullmatch(target.id)) and called_in(loop) & ROUNDS_OF)


def _counted(test):
    is_limit = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Lt, ast.LtE))
    return test.left if is_limit else None
