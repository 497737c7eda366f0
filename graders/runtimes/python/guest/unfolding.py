"""
A script whose work stands in functions of its own, as it would be without them: where its top level calls one that does what is
looked for, the statements of that function stand in the place of the call. `if __name__ == "__main__":` is gone through alike.
"""

import ast
import copy
import itertools

from slicing import Statement, bound_in, called_in, parameters_of

# Between a name of a function's own and the number that tells it from another of that name.
APART = "\u00b7"
MOST, DEEPEST, FEW = 2000, 6, 6
PLAIN = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def own_name(name):
    """What a program calls a name, without what tells it from others of that name."""
    return name.partition(APART)[0]


def unfolded(statements, calls, names):
    """The statements; functions that call one of `calls`, or that need nothing and bind one of `names`, are unfolded where they are called."""
    return list(itertools.islice(_Unfolding(statements, calls, names).all(), MOST))


class _Unfolding:
    def __init__(self, statements, calls, names):
        self._statements, self._calls, self._names = statements, calls, names
        functions = {}
        for one in statements:
            if isinstance(one.node, ast.FunctionDef):
                functions.setdefault(one.node.name, []).append(one)
        self._functions = {name: found[0] for name, found in functions.items() if len(found) == 1 and _is_simple(found[0].node)}
        self._wanted = self._that_do_it()
        self._taken = {name for one in statements for name in one.binds}
        self._count = itertools.count(1)

    def all(self):
        for one in self._statements:
            if _is_main(one.node):
                for node in one.node.body:
                    yield from self._of(Statement(one.cell, node, containers=one.containers), ())
            else:
                yield from self._of(one, ())

    def _that_do_it(self):
        """Names of the functions that do what is looked for, by way of others too."""
        inside = {name: called_in(ast.Module(one.node.body, [])) for name, one in self._functions.items()}
        wanted = {name for name, one in self._functions.items() if inside[name] & self._calls or self._stands_alone(one.node)}
        while more := {name for name in inside if inside[name] & wanted} - wanted:
            wanted |= more
        return wanted - self._calls

    def _stands_alone(self, function):
        given = len(function.args.defaults) == len(function.args.args) + len(function.args.posonlyargs)
        return given and bool(bound_in(function.body) & self._names) and not isinstance(function.body[-1], ast.Return)

    def _of(self, one, within):
        """One statement, and before it those of the functions that it calls; of a loop over a few things each round."""
        if _is_over_few(one.node):
            for item in one.node.iter.elts:
                set_to = ast.copy_location(ast.Assign([copy.deepcopy(one.node.target)], copy.deepcopy(item)), item)
                for node in [ast.fix_missing_locations(set_to), *copy.deepcopy(one.node.body)]:
                    yield from self._of(Statement(one.cell, node, containers=one.containers), within)
            return
        if not isinstance(one.node, PLAIN) or len(within) >= DEEPEST or not called_in(one.node) & self._wanted:
            yield one
            return
        node, before = copy.deepcopy(one.node), []
        node = _Calls(lambda call: self._inline(call, within, before)).visit(node)
        for statement, function in before:
            yield from self._of(statement, (*within, function))
        yield Statement(one.cell, ast.fix_missing_locations(node), containers=one.containers) if before else one

    def _inline(self, call, within, before):
        """What the call gives, as an expression; its statements go to `before`. None where it stays a call."""
        name = call.func.id if isinstance(call.func, ast.Name) else None
        if name not in self._wanted or name in within:
            return None
        one = self._functions[name]
        handed = _handed(one.node.args, call)
        if handed is None:
            return None
        body = copy.deepcopy(one.node.body)
        bound = bound_in(body)
        apart, assigned = {}, []
        for parameter, value in handed.items():
            if isinstance(value, ast.Name) and parameter not in bound:
                apart[parameter] = value.id
            else:
                apart[parameter] = self._apart(parameter)
                assigned.append(ast.copy_location(ast.Assign([ast.Name(apart[parameter], ast.Store())], value), call))
        apart.update({name: self._apart(name) for name in sorted(bound - set(handed) - _imported(body))})
        body = [_Renamed(apart).visit(node) for node in body]
        gives = body.pop().value if isinstance(body[-1], ast.Return) else None
        for node in [*assigned, *body]:
            before.append((Statement(one.cell, ast.fix_missing_locations(node), containers=one.containers), name))
        return ast.copy_location(ast.Constant(None), call) if gives is None else gives

    def _apart(self, name):
        found = f"{name}{APART}{next(self._count)}" if name in self._taken else name
        self._taken.add(found)
        return found


def _is_over_few(node):
    """Whether a loop goes through things that are written there, such as names of what is compared, one round after the other."""
    if not isinstance(node, ast.For) or node.orelse or not isinstance(node.iter, (ast.Tuple, ast.List)) or len(node.iter.elts) > FEW:
        return False
    named = [part for item in node.iter.elts for part in ast.walk(item) if isinstance(part, ast.Call) or (isinstance(part, ast.Constant) and isinstance(part.value, str))]
    return len(named) > 0 and not any(isinstance(part, (ast.Break, ast.Continue)) for part in ast.walk(node))


def _imported(body):
    """Modules are the same to everybody."""
    return {(name.asname or name.name).split(".")[0] for part in ast.walk(ast.Module(body, [])) if isinstance(part, (ast.Import, ast.ImportFrom)) for name in part.names}


def _is_main(node):
    test = node.test if isinstance(node, ast.If) else None
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _is_simple(function):
    """Whether a body may stand in the place of a call: it returns at its end or nowhere, and gives nothing on the way."""
    if function.decorator_list or function.args.vararg or function.args.kwarg:
        return False
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await, ast.Global, ast.Nonlocal)):
            return False
        if isinstance(node, ast.Return) and node is not function.body[-1]:
            return False
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))
    return True


def _handed(arguments, call):
    """Every parameter with the expression for it; None where the call does not say it plainly."""
    names = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args]]
    if any(isinstance(arg, ast.Starred) for arg in call.args) or any(keyword.arg is None for keyword in call.keywords):
        return None
    defaults = [*zip(names[::-1], arguments.defaults[::-1]), *zip((one.arg for one in arguments.kwonlyargs), arguments.kw_defaults)]
    handed = {name: copy.deepcopy(value) for name, value in defaults if value is not None}
    handed.update(zip(names, call.args))
    handed.update({keyword.arg: keyword.value for keyword in call.keywords})
    every = {*names, *(one.arg for one in arguments.kwonlyargs)}
    return handed if set(handed) == every and len(call.args) <= len(names) else None


class _Calls(ast.NodeTransformer):
    """Exchanges calls, the inner ones first; what is only defined is left as it is."""

    def __init__(self, inline):
        self._inline = inline

    def visit_Call(self, node):
        node = self.generic_visit(node)
        return self._inline(node) or node

    def _defined(self, node):
        return node

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_IfExp = visit_BoolOp = _defined


class _Renamed(ast.NodeTransformer):
    """Names of a body under other names; what a scope within it binds for itself keeps its own."""

    def __init__(self, names):
        self._names = names

    def visit_Name(self, node):
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_ExceptHandler(self, node):
        node.name = self._names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        node.name = self._names.get(node.name, node.name)
        own = parameters_of(node.args) | bound_in(node.body)
        return self._within(node, own, ("body",))

    def visit_Lambda(self, node):
        return self._within(node, parameters_of(node.args), ("body",))

    def visit_ClassDef(self, node):
        node.name = self._names.get(node.name, node.name)
        return self._within(node, bound_in(node.body), ("body",))

    def _comprehension(self, node):
        own = {part.id for one in node.generators for part in ast.walk(one.target) if isinstance(part, ast.Name)}
        return self._within(node, own, node._fields)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def _within(self, node, own, fields):
        """Parts in these fields are of an inner scope, with names of its own; all others of the outer one."""
        inner = _Renamed({name: other for name, other in self._names.items() if name not in own})
        for field, value in ast.iter_fields(node):
            visitor = inner if field in fields else self
            if isinstance(value, list):
                value[:] = [visitor.visit(part) if isinstance(part, ast.AST) else part for part in value]
            elif isinstance(value, ast.AST):
                setattr(node, field, visitor.visit(value))
        return node
