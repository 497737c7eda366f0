"""Records that say how they came about, which the grader cannot see from what is in them."""


class Marked(dict):
    """
    `printed`: its numbers were read from what was printed, the longest of them with so many decimals. `held`: they stood in
    variables of the program, which were made anew.
    """

    def __init__(self, entries, **marks):
        super().__init__(entries)
        self.marks = marks
