"""The faults that any layer may meet and only the outermost answers."""


class ReadOnly(Exception):
    """Something was to be written for somebody who may only look; nothing was changed."""


class Unfit(Exception):
    """A place, a file or a tool will not do; the sentence says what is wrong and what mends it."""


class Unavailable(Exception):
    """What we depend on (database, limiter, hashing lane) cannot answer; nothing changed if not `unsure`.

    `wait` is how many seconds until it is worth asking again. `unsure` when it broke off while it was told
    to keep an act: then the act stands or it does not, and nobody knows yet.
    """

    def __init__(self, what: str, wait: int = 5, unsure: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.wait = wait
        self.unsure = unsure


class Clash(Unavailable):
    """The database undid an act for another's sake. Nothing of it stands; it may be done again at once.

    `spent` once it was done again for as long as anybody waits.
    """

    spent = False
