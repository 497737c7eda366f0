"""A list of sizes as a program takes it: one by one, or its ends, what lies between them and how many there are apart."""

import re

COUNT = re.compile(r"(n|num|no|nb|number)(of)?(hidden)?layers?")
END = r"(n|num|no|size|dim|number)?(of)?{}s?(size|dim|units?|features|neurons|shape|nodes)?"
FIRST, LAST = re.compile(END.format("in(?:put)?")), re.compile(END.format("(?:out(?:put)?|class(?:es)?)"))
MIDDLE, REST = re.compile(r".*hidden.*"), re.compile(r".*(size|unit|neuron|dim|layer|node).*")


def apart(names, sizes, listed=None):
    """
    The parts of a list of sizes by the names of parameters in small letters; none where no parameter asks for an end of it. The
    parameter that is `listed` gets what nobody else asks for, and all of it where none asks for an end.
    """
    found = {}
    for name in names:
        if name == listed:
            continue
        if COUNT.fullmatch(name):
            found[name] = len(sizes) - (2 if "hidden" in name else 1)
        elif FIRST.fullmatch(name):
            found[name] = sizes[0]
        elif LAST.fullmatch(name):
            found[name] = sizes[-1]
        elif MIDDLE.fullmatch(name):
            # In the singular, one number where there is one.
            found[name] = sizes[1] if len(sizes) == 3 and not name.endswith(("s", "list")) else sizes[1:-1]
    ends = any(FIRST.fullmatch(name) for name in found), any(LAST.fullmatch(name) for name in found)
    if not found or (listed is not None and not any(ends)):
        return {}
    rest = sizes[1 if ends[0] else 0 : -1 if ends[1] else None]
    return {**{name: rest for name in names if name not in found and (name == listed or REST.fullmatch(name))}, **found}
