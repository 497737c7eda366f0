"""
What of a notebook is run: the statements that the asked names need, by way of others too, in the order in which they stand. A
statement counts for every name that it binds or changes; training, plotting and printing count for none.
"""

import ast

# Calls that a name is handed to, or has, for their effect on the world or on the weights: they are no part of its definition.
PRINTS = {"print", "display", "summary"}
PLOTS = {"plot", "show", "imshow", "figure", "savefig", "plot_model"}
TRAINS = {
    "fit", "train", "evaluate", "test", "training", "backward", "step", "update", "update_weights", "train_one_epoch",
    "train_one_sample", "test_and_train", "predict", "eval", "zero_grad",
}
# What a program draws follows from the grader's seed.
SEEDS = {"seed", "manual_seed", "set_seed", "set_random_seed"}
LEFT_OUT = PRINTS | PLOTS | TRAINS | SEEDS
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


class Statement:
    """A statement of the top level: what it binds or changes, and what it needs for that."""

    def __init__(self, cell, node, is_whole=False, containers=frozenset()):
        self.cell, self.node, self.containers = cell, node, containers
        self.binds, self.changes, self.uses = set(), set(), set()
        # Names of everything, and what a call of the defined function binds anew.
        self.binds_all, self.sets = False, set()
        # Names that loops bind before anything in them is run: what they were before is not needed.
        self.counts = set()
        _Reader(self, is_whole).read(node)

    @property
    def calls(self):
        """Names of all that it calls; what fills a dictionary or set is no training, whatever it is called."""
        return called_in(self.node, self.containers)


def slice_of(cells, asked, held=frozenset()):
    """
    The statements of all cells, and the places of those of them that asked names need, each with these names. What may be held by a
    variable in the place of a function is run when it is asked for: of these names only definitions are.
    """
    nodes = [(cell, node) for cell in cells if cell.tree is not None for node in cell.tree.body]
    containers = _containers(node for _, node in nodes)
    statements = [Statement(cell, node, containers=containers) for cell, node in nodes]
    _follow_calls(statements)
    by_name = {}
    needed = {at: set(asked) for at, statement in enumerate(statements) if statement.binds_all}
    for at, statement in enumerate(statements):
        for name in statement.binds | statement.changes:
            by_name.setdefault(name, []).append(at)
    defined = {name for one in statements if isinstance(one.node, DEFINITIONS) for name in one.binds}
    for name in asked:
        if name not in held or name in defined:
            for at in _needed_for(name, statements, by_name):
                needed.setdefault(at, set()).add(name)
    return statements, needed


def _needed_for(asked, statements, by_name):
    waiting, seen, needed = [asked], set(), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for at in by_name.get(name, []):
            needed.add(at)
            # Modules that one line imports side by side have nothing to do with each other.
            others = set() if isinstance(statements[at].node, (ast.Import, ast.ImportFrom)) else statements[at].binds - statements[at].counts
            waiting.extend(statements[at].uses | others)
    return needed


def _containers(nodes):
    """Names that are bound to dictionaries and sets, and to nothing else: their `update` fills them."""
    filled, others = set(), set()
    for node in nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name):
                (filled if _is_container(node.value) else others).add(target.id)
    return frozenset(filled - others)


def _is_container(node):
    if isinstance(node, ast.Call):
        return _name_of(node) in ("dict", "set", "OrderedDict", "defaultdict", "Counter")
    return isinstance(node, (ast.Dict, ast.DictComp, ast.Set, ast.SetComp))


def _fills(call, containers):
    func = call.func
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.attr == "update" and func.value.id in containers


def _follow_calls(statements):
    """`reset()` changes what the function `reset` declares as global and binds."""
    sets = {}
    for statement in statements:
        for name in statement.binds if statement.sets else ():
            sets[name] = statement.sets
        call = statement.node.value if isinstance(statement.node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and not _is_left_out(call):
            statement.changes |= sets.get(call.func.id, set())


class _Reader(ast.NodeVisitor):
    """Collects names of the top level: what is local to a function, class, lambda or comprehension is nobody else's."""

    def __init__(self, statement, is_whole):
        self._into, self._scopes, self._is_whole = statement, [], is_whole
        self._counting = []

    def read(self, node):
        self.visit(node)

    @property
    def _is_top(self):
        return not self._scopes

    def visit_Name(self, node):
        if any(node.id in scope for scope in self._scopes):
            return
        if isinstance(node.ctx, ast.Load):
            if not any(node.id in names for names in self._counting):
                self._into.uses.add(node.id)
        elif self._is_top:
            self._into.binds.add(node.id)

    def visit_For(self, node):
        self.visit(node.iter)
        self.visit(node.target)
        names = {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
        if self._is_top and not self._into.uses & names:
            self._into.counts |= names
        self._counting.append(names)
        for part in node.body:
            self.visit(part)
        self._counting.pop()
        # What comes after a loop that was never entered finds its names as they were.
        for part in node.orelse:
            self.visit(part)

    visit_AsyncFor = visit_For

    def visit_FunctionDef(self, node):
        self._bind(node.name)
        for part in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, node.returns, *_annotations(node.args)]:
            if part is not None:
                self.visit(part)
        self._inside(node.body, parameters_of(node.args) | bound_in(node.body), node)
        if self._is_top:
            inner = list(ast.walk(node))
            shared = {name for part in inner if isinstance(part, ast.Global) for name in part.names}
            bound = {part.id for part in inner if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
            self._into.sets |= shared & bound

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._inside([node.body], parameters_of(node.args), node)

    def visit_ClassDef(self, node):
        self._bind(node.name)
        for part in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(part)
        self._inside(node.body, bound_in(node.body), node)

    def _comprehension(self, node):
        targets = {name.id for part in node.generators for name in ast.walk(part.target) if isinstance(name, ast.Name)}
        self._inside(list(ast.iter_child_nodes(node)), targets, node)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_Import(self, node):
        for alias in node.names:
            self._bind(alias.asname or alias.name.split(".")[0])

    def visit_ImportFrom(self, node):
        # What a file says of all its statements is needed with each of them.
        self._into.binds_all |= node.module == "__future__"
        for alias in node.names:
            if alias.name == "*":
                self._into.binds_all = True
            self._bind(alias.asname or alias.name)

    def visit_ExceptHandler(self, node):
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    def visit_Attribute(self, node):
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            self._change(node.value)
        self.generic_visit(node)

    visit_Subscript = visit_Attribute

    def visit_Expr(self, node):
        call = node.value
        if self._is_top and isinstance(call, ast.Call):
            if _is_left_out(call) and not _fills(call, self._into.containers):
                if not self._is_whole:
                    return
                # Whatever training is handed, it changes.
                for handed in call.args if _name_of(call) in TRAINS else ():
                    self._change(handed)
            if isinstance(call.func, ast.Attribute):
                self._change(call.func.value)
            elif isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr") and call.args:
                self._change(call.args[0])
        self.generic_visit(node)

    def _change(self, node):
        while isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        if isinstance(node, ast.Name) and self._is_top:
            self._into.changes.add(node.id)

    def _bind(self, name):
        if self._is_top:
            self._into.binds.add(name)

    def _inside(self, nodes, local, node):
        # What a class binds is not seen from within its methods.
        outer = self._scopes
        hides = [scope for scope in outer if not isinstance(scope, _ClassScope)]
        self._scopes = [*(hides if not isinstance(node, ast.ClassDef) else outer), _ClassScope(local) if isinstance(node, ast.ClassDef) else local]
        for inner in nodes:
            self.visit(inner)
        self._scopes = outer


class _ClassScope(set):
    """Names that a class binds."""


def parameters_of(arguments):
    """The names of all parameters."""
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {argument.arg for argument in every if argument is not None}


def _annotations(arguments):
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return [argument.annotation for argument in every if argument is not None]


def bound_in(body):
    """Names that a body binds for itself: those that it does not declare as global."""
    bound, shared, waiting = set(), set(), list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
            continue
        if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            continue
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            shared.update(node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            bound.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        waiting.extend(ast.iter_child_nodes(node))
    return bound - shared


def _is_left_out(call):
    return _name_of(call) in LEFT_OUT


def called_in(node, containers=frozenset()):
    """Names of all that a statement calls, but for what it only defines, and for what fills one of these containers."""
    found, waiting = set(), [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Call) and not _fills(part, containers):
            found.add(_name_of(part))
        if not isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(part))
    return found


def _name_of(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
