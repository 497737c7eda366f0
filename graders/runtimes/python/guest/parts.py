"""Names of the parts of a tuple that is returned: in the sheet's order, but for what its shape tells from the others."""

from binding import names_of


def names_of_parts(returned, entry, args):
    """As many names as there are parts; those of the contract where there is nothing to tell."""
    names = list(entry.get("returns", ()))
    # The last of them may be left out.
    if type(returned) is tuple and entry.get("least", len(names)) <= len(returned) < len(names):
        return names[: len(returned)]
    if type(returned) not in (tuple, list) or "shapedAs" not in entry or not 1 < len(returned) <= len(names):
        return names
    # What a program may keep within another part has none of its own.
    if len(returned) == len(names) - 1 and entry.get("within") in names:
        names.remove(entry["within"])
    for name, argument in entry["shapedAs"].items():
        shape = next((_shape(arg) for spec, arg in zip(entry["takes"], args) if argument in names_of(spec)), None)
        places = [at for at, part in enumerate(returned) if shape is not None and _shape(part) == shape]
        if len(places) == 1 and len(names) == len(returned):
            names.remove(name)
            names.insert(places[0], name)
    return names


def _shape(x):
    return tuple(getattr(x, "shape", ())) or None
