"""One pair of axes, as far as a program has drawn on it: for a report a picture of few points, for a judgement the numbers."""

from plot_numbers import BINS, CURVES, bars, columns_of, each, histograms, image, plain, points, words

# Of one curve on a page, and for a judgement; curves on a page.
SHOWN, KEPT, SERIES = 240, 2000, 6
LABELS = {"title": "title", "xlabel": "xLabel", "ylabel": "yLabel", "set_title": "title", "set_xlabel": "xLabel", "set_ylabel": "yLabel"}
ON_AXES = {
    *LABELS, "plot", "semilogy", "semilogx", "loglog", "step", "errorbar", "fill_between", "scatter", "bar", "barh", "hist", "stairs", "imshow", "matshow",
    "legend", "set",
}


class Plot:
    """One pair of axes: `where` it was made, by which statement, and in which figure, counted from the first."""

    def __init__(self, where, at, figure):
        self.where, self.at, self.figure = where, at, figure
        # In which statement each part was drawn.
        self._drawn_at = at
        self._series, self._bars, self._image = [], [], None
        self.labels = {"title": "", "xLabel": "", "yLabel": ""}

    def take(self, name, args, keywords, at=None):
        """What is drawn by a call of this name, and what the library would give back for it, if anything."""
        self._drawn_at = at
        args = tuple(plain(arg) for arg in args)
        if name in LABELS:
            self._label(LABELS[name], args[0] if args else next(iter(keywords.values()), ""))
        elif name == "set":
            for key, text in keywords.items():
                if key in LABELS:
                    self._label(LABELS[key], text)
        elif name == "legend":
            self.name_all(keywords.get("labels", args[-1] if args else ()))
        elif name in ("imshow", "matshow"):
            self._image = image(args[0])
        elif name == "hist":
            return self._histograms(args, keywords)
        elif name == "stairs":
            self._stairs(args, keywords)
        elif name in ("bar", "barh"):
            self._bars.append((*bars(args, keywords), None, at))
        elif name == "scatter":
            self._add(args[:2], keywords, True)
        else:
            before = len(self._series)
            self._curves(args, keywords)
            return range(before, max(before + 1, len(self._series)))
        return None

    def name_one(self, i, name):
        """Calls a curve by another name."""
        if i < len(self._series):
            self._series[i]["name"] = words(name)

    def name_all(self, names, begin=0):
        """Calls the curves, in their order, by these names; how many of those are left."""
        names = list(names)[begin : begin + CURVES] if type(names) in (list, tuple) else []
        for one, name in zip(self._series, names):
            one["name"] = one["name"] or words(name)
        return begin + len(self._series)

    def drawing(self):
        """What a report can draw; None where there is nothing."""
        if self._image is not None:
            return {"kind": "image", "title": self.labels["title"], "rows": self._image}
        if self._bars:
            edges, heights, _, _ = self._bars[-1]
            return {"kind": "bars", "title": self.labels["title"], "edges": edges, "heights": heights}
        series = [one for one in map(_shown, self._series) if one["values"]][:SERIES]
        return {"kind": "lines", **self.labels, "series": series} if series else None

    def numbers(self):
        """What a judgement goes by."""
        curves = [{"name": one["name"], "values": one["values"], "dots": one["dots"], "at": one["drawn at"]} for one in self._series]
        drawn = [{"edges": edges, "heights": heights, "count": count, "at": at} for edges, heights, count, at in self._bars]
        return {**self.labels, "at": self.at, "figure": self.figure, "curves": curves, "bars": drawn, "image": self._image}

    def _label(self, which, text):
        self.labels[which] = words(text)

    def _curves(self, args, keywords):
        """`plot(y)`, `plot(x, y, 'r-', x2, y2, …)`: what follows a pair may be its style."""
        pending, rest = [], list(args[: 4 * CURVES])
        while rest:
            part = rest.pop(0)
            if type(part) is str:
                self._add(pending, keywords, bool(set(part) & set(".ox+*sdD^v")) and "-" not in part)
                pending = []
                continue
            pending.append(part)
            if len(pending) == 2 and (not rest or type(rest[0]) is not str):
                self._add(pending, keywords, False)
                pending = []
        if pending:
            self._add(pending, keywords, False)

    def _add(self, given, keywords, dots):
        if not given:
            return
        ys, xs = given[-1], given[0] if len(given) > 1 else None
        columns, label = columns_of(ys), keywords.get("label", "")
        for i, column in enumerate(columns):
            if len(self._series) < CURVES:
                every, values, at = points(xs, column, KEPT)
                # Of a matrix every column has its own name, where there are as many.
                name = label[i] if type(label) in (list, tuple) and len(label) == len(columns) else label
                kept = {"name": words(name), "every": every, "values": values, "at": at, "dots": dots}
                self._series.append({**kept, "drawn at": self._drawn_at})

    def _histograms(self, args, keywords):
        found = histograms(args[0] if args else plain(keywords["x"]), args[1] if len(args) > 1 else keywords.get("bins", 10), keywords)
        self._bars.extend((*one, self._drawn_at) for one in found[: CURVES - len(self._bars)])
        return found

    def _stairs(self, args, keywords):
        heights = [v or 0.0 for v in each(args[0], 1, BINS)]
        given = args[1] if len(args) > 1 else plain(keywords.get("edges", range(len(heights) + 1)))
        edges = each(given, 1, BINS + 1)
        if None not in edges and len(edges) == len(heights) + 1 and len(self._bars) < CURVES:
            self._bars.append((edges, heights, None, self._drawn_at))


def _shown(one):
    """A curve thinned to what a picture can show; what is no number is left out of it, or stands at zero in a row of whole steps."""
    more, values, at = points(one["at"], one["values"], SHOWN)
    every, pairs = one["every"] * more, list(zip(at or values, values))
    kept = {"name": one["name"], "every": every if at is None else 1, "values": [0.0 if y is None else y for y in values]}
    if all(y is None for y in values):
        kept["values"] = []
    elif at is not None:
        pairs = [(x, y) for x, y in pairs if x is not None and y is not None]
        kept = {**kept, "values": [y for _, y in pairs], "at": [x for x, _ in pairs]}
    return {**kept, **({"dots": True} if one["dots"] else {})}
