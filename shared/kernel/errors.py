"""The five ways to say no; `runtime.problems` maps each to a problem detail (RFC 9457)."""


class No(Exception):
    """A typed no. `code` is for programs (kebab-case), `facts` are for people and pages."""

    status = 500

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={fact!r}" for name, fact in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class Invalid(No):
    """The request itself is malformed; nothing was looked at."""

    status = 422


class Forbidden(No):
    """This actor may not do this, or not here."""

    status = 403


class Missing(No):
    """What was asked for does not exist."""

    status = 404


class Refused(No):
    """Understood and permitted, but the rules or the present state say no."""

    status = 409


class Unavailable(No):
    """Not now: a part we need is away. Nothing was lost; the same request may be sent again."""

    status = 503
