"""
What a script draws for a network of the sheet's sizes, whatever it is called: weights, biases and an input are known by their
shapes, while the script runs with sizes of the grader's. The first draw is the plain one; of those after it words tell the law.
"""

import ast
import copy

from constants import Adapted
from marked import Marked
from network_shapes import Loose, holds, is_activations, is_input, shape_of, size_of
from plots import recorder
from reaching import needed
from recorded import Recorded
from slicing import DEFINITIONS, TRAINS, Statement, called_in

MOST = 200


class Draw:
    """
    Matrices, or biases, of all layers, drawn by the statement at `at`; the list is the program's own; `places` is where it is kept, or a
    list of where each is.
    """

    def __init__(self, at, items, places):
        self.at, self.items, self.places = at, items, places


class NetworkDraws:
    """Answers of one script in the place of functions that draw; `what` is `weights`, `input`, `normal`, `uniform`, `activations`."""

    def __init__(self, cells, literal):
        self._cells, self._literal = cells, literal
        self._at = self._about_sizes()

    def statements(self):
        """All that are run."""
        return [self._cells.statements[at] for at in self._at]

    def answer(self, what, args):
        """None where the script draws nothing of the kind."""
        return getattr(self, f"_{what}")(*args)

    def _weights(self, sizes):
        for seen in self._steps([int(n) for n in sizes]):
            if seen.draws and (biases := seen.biases(0)) is not None:
                return Marked({"weights": list(seen.draws[0].items), "biases": list(biases.items)}, held=True)
        return None

    def _input(self, n):
        return next((seen.given[1] for seen in self._steps(self._sizes(n, 2)) if seen.given is not None), None)

    def _normal(self, shape):
        return self._by_law(shape, lambda draw: not self._says(draw, "uniform"))

    def _uniform(self, shape):
        return self._by_law(shape, lambda draw: self._says(draw, "uniform"))

    def _by_law(self, shape, is_it):
        wanted = tuple(int(n) for n in shape)
        for ends in (wanted, wanted[::-1]):
            drawn = next((seen.draws[-1].items[0] for seen in self._steps(self._sizes(*ends)) if len(seen.draws) > 1 and is_it(seen.draws[-1])), None)
            # A sheet's matrix may be outputs × inputs, where its function is asked for inputs × outputs.
            if drawn is None or shape_of(drawn) == wanted:
                return drawn
        return drawn

    def _activations(self, x, weights, biases):
        """What is drawn is exchanged for what the grader hands over as soon as it is there; what then comes of it is the answer."""
        waiting = {"x", "weights", "biases"}
        sizes = [size_of(b) for b in biases]

        def exchange(seen):
            if "x" in waiting and seen.given is not None:
                waiting.remove("x")
                seen.put(seen.given[0], x)
            if "weights" in waiting and seen.draws and seen.exchange(seen.draws[0], weights):
                waiting.remove("weights")
            if "biases" in waiting and seen.draws and (found := seen.biases(0)) is not None and seen.exchange(found, biases):
                waiting.remove("biases")

        for seen in self._steps(self._sizes(5, 4), exchange):
            exchange(seen)
            if not waiting and (found := seen.activations(sizes, biases)) is not None:
                return found
        return None

    def _sizes(self, first, others):
        """As many as the sheet has, equal where its are: the first two layers of these sizes, small ones after them."""
        known = {self._literal[0]: int(first), self._literal[1]: int(others)}
        return [known.get(n, 3) for n in self._literal]

    def _steps(self, sizes, as_it_comes=None):
        """After each statement what has been seen; `as_it_comes` is called with it as soon as a function has given something, too."""
        recorded = Recorded()
        run = self._cells.begin({}, Adapted([(self._literal, sizes)], self._functions()), recorded)
        seen = Seen(run, sizes)
        for at in self._at:
            statement, count = self._cells.statements[at], len(recorded.gave)
            recorded.whenever = None if as_it_comes is None else lambda gave, at=at: (seen.look(at, [], [gave]), as_it_comes(seen))
            with recorder.silent():
                run.step(at)
            if not isinstance(statement.node, DEFINITIONS):
                seen.look(at, sorted(statement.binds | statement.changes), recorded.gave[count:])
                yield seen

    def _says(self, draw, word):
        """Whether the statement of a draw has this word, or what made the things that it is handed, twice removed at most."""
        statements, waiting = self._cells.statements, [(draw.at, 0)]
        while waiting:
            at, removed = waiting.pop()
            if word in ast.unparse(_meant(statements[at].node)).lower():
                return True
            for name in self._uses(statements[at]) if removed < 2 else ():
                made = [place for place in range(at) if name in statements[place].binds]
                waiting += [(place, removed + 1) for place in made[-1:] if not isinstance(statements[place].node, DEFINITIONS)]
        return False

    def _about_sizes(self):
        """Places of the statements that follow from the sheet's sizes, with what they need, but for what trains."""
        statements, numbers = self._cells.statements, set(self._literal[1:])
        sized = {at for at, one in enumerate(statements) if any(isinstance(part, ast.Constant) and part.value in numbers for part in ast.walk(one.node))}
        places = set()
        for at, one in enumerate(statements) if sized else ():
            if not isinstance(one.node, DEFINITIONS) and not called_in(one.node) & TRAINS:
                closure = {at, *needed(statements, self._uses(one), at)}
                places |= closure if closure & sized else set()
        return sorted(places)[:MOST]

    def _uses(self, one):
        """What prints or plots may draw what it shows, by a function of the program's own."""
        whole = isinstance(one.node, ast.Expr) and called_in(one.node) & self._functions()
        return Statement(one.cell, one.node, is_whole=True, containers=one.containers).uses if whole else one.uses

    def _functions(self):
        """Names of the program's own, and of its methods and classes."""
        parts = [part for one in self._cells.statements if isinstance(one.node, DEFINITIONS) for part in (one.node, *getattr(one.node, "body", ()))]
        return {part.name for part in parts if isinstance(part, (ast.FunctionDef, ast.ClassDef))}


def _meant(node):
    """A statement without what it says is not so: `uniform=False`."""
    node = copy.deepcopy(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            part.keywords = [one for one in part.keywords if not (isinstance(one.value, ast.Constant) and one.value.value is False)]
    return node


class Seen:
    """What has been found so far in one run."""

    def __init__(self, run, sizes):
        self._run, self._sizes = run, sizes
        self.draws, self.given = [], None
        self._vectors, self._loose, self._loose_vectors, self._known = [], Loose(sizes, 2), Loose(sizes, 1), {}
        self._now = []

    def look(self, at, names, gave):
        """At what these names hold now, and at what the program's functions gave meanwhile."""
        named = [pair for name in names for pair in holds(name, self._run.names.get(name))]
        known = {id(value) for _, value in named}
        # What functions gave on the way came before what was made of it.
        held = [pair for value in gave for pair in holds(None, value) if id(pair[1]) not in known] + named
        self._now = [value for _, value in held]
        for place, value in held:
            for found, into in ((self._loose.whole(value), self.draws), (self._loose_vectors.whole(value), self._vectors)):
                self._keep(at, found, place, into)
            self._keep(at, *self._loose.with_one(place, value), self.draws)
            self._keep(at, *self._loose_vectors.with_one(place, value), self._vectors)
            if self.given is None and place is not None and is_input(value, self._sizes[0]):
                self.given = (place, value)

    def _keep(self, at, found, places, into):
        if found is None:
            return
        kept = self._known.get(id(found[0]))
        if kept is None:
            self._known[id(found[0])] = kept = Draw(at, found, places)
            into.append(kept)
        elif kept.items is found and kept.places is None:
            # What a function gave has its place only when it is bound.
            kept.places = places

    def biases(self, k):
        """Those that belong to a draw."""
        return self._vectors[k] if k < len(self._vectors) else None

    def activations(self, sizes, biases):
        """One tensor for each layer, which is none of the biases."""
        ours = {id(bias) for bias in biases}
        return next((value for value in self._now if is_activations(value, sizes) and not any(id(item) in ours for item in value)), None)

    def exchange(self, draw, others):
        """The items of a list, which more than one name may have, or what each place holds; False where that has no place yet."""
        items, places = draw.items, draw.places
        if isinstance(places, list):
            for place, other in zip(places, others):
                self.put(place, other)
            return True
        try:
            items[:] = others
        except ValueError:
            # A library's own lists compare themselves with what they were, some of them when they have changed already.
            if places is None:
                return all(item is other for item, other in zip(items, others))
            self.put(places, list(others))
        return True

    def put(self, place, value):
        """A value at a place: a name, an entry of a dictionary, or an attribute of an object or of what a name holds."""
        of, attribute = place
        if attribute is None:
            self._run.names[of] = value
        elif isinstance(of, dict):
            of[attribute] = value
        else:
            setattr(self._run.names[of] if isinstance(of, str) else of, attribute, value)
