"""Evaluates what the alerts need of PromQL, over told series; whatever else is asked is an error.

Expressions are read by the grammar of `promql_parser`. Where a real promtool is at hand,
`test_alerts` holds this against it.
"""

import itertools
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping

import promql_parser as p

from tests.observe.series import NAME, Labels, Sample, Series

Vector = dict[Labels, float]
Value = Vector | float

COMPARING: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
FOLDING: Mapping[str, Callable[[list[float]], float]] = {
    "sum": sum, "max": max, "min": min, "count": lambda values: float(len(values)),
}  # fmt: skip


def evaluate(series: Series, expr: object, at: float) -> Value:
    """What an expression says at a moment. Raises NotImplementedError."""
    match expr:
        case p.NumberLiteral():
            return expr.val
        case p.ParenExpr():
            return evaluate(series, expr.expr, at)
        case p.VectorSelector():
            found = {key: series.at(key, at) for key in chosen(series, expr)}
            return {key: value for key, value in found.items() if value is not None}
        case p.AggregateExpr():
            return _aggregated(series, expr, at)
        case p.Call():
            return _called(series, expr, at)
        case p.BinaryExpr():
            return _binary(expr, evaluate(series, expr.lhs, at), evaluate(series, expr.rhs, at))
    raise NotImplementedError(str(expr))


def chosen(series: Series, selector: p.VectorSelector) -> list[Labels]:
    """The series a selector means."""
    return [key for key in series.kept if _fits(dict(key), selector)]


def _fits(named: Mapping[str, str], selector: p.VectorSelector) -> bool:
    if named.get(NAME) != selector.name:
        return False
    for one in selector.matchers.matchers:
        value = named.get(one.name, "")
        alike = one.op in (p.MatchOp.Equal, p.MatchOp.NotEqual)
        fits = value == one.value if alike else bool(re.fullmatch(one.value, value))
        if fits == (one.op in (p.MatchOp.NotEqual, p.MatchOp.NotRe)):
            return False
    return True


def _aggregated(series: Series, expr: p.AggregateExpr, at: float) -> Vector:
    inner = evaluate(series, expr.expr, at)
    assert isinstance(inner, dict)
    assert expr.param is None
    if expr.modifier and expr.modifier.type != p.AggModifierType.By:
        raise NotImplementedError("without")
    by = expr.modifier.labels if expr.modifier else []
    groups: dict[Labels, list[float]] = {}
    for key, value in inner.items():
        groups.setdefault(frozenset(pair for pair in key if pair[0] in by), []).append(value)
    return {key: FOLDING[str(expr.op)](values) for key, values in groups.items()}


def _called(series: Series, expr: p.Call, at: float) -> Value:
    match expr.func.name:
        case "time":
            return at
        case "abs":
            return {nameless(k): abs(v) for k, v in _vector(series, expr.args[0], at).items()}
        case "histogram_quantile":
            return _quantiles(expr.args[0].val, _vector(series, expr.args[1], at))
        case "rate" | "increase" | "changes" | "min_over_time" as name:
            matrix = expr.args[0]
            span = matrix.range.total_seconds()
            found: Vector = {}
            for key in chosen(series, matrix.vector_selector):
                samples = series.within(key, at - span, at)
                value = _over(name, samples, at, span)
                if value is not None:
                    found[nameless(key)] = value
            return found
    raise NotImplementedError(expr.func.name)


def _vector(series: Series, expr: object, at: float) -> Vector:
    found = evaluate(series, expr, at)
    assert isinstance(found, dict)
    return found


def nameless(key: Labels) -> Labels:
    """Labels of what was computed: it is no longer the metric it came from."""
    return frozenset(pair for pair in key if pair[0] != NAME)


def _over(name: str, samples: list[Sample], at: float, span: float) -> float | None:
    values = [value for _, value in samples]
    if name == "min_over_time":
        return min(values, default=None)
    if name == "changes":
        return float(sum(a != b for a, b in itertools.pairwise(values))) if values else None
    if len(samples) < 2:
        return None
    grown = _grown(values) * _stretch(samples, at, span, values[0])
    return grown / span if name == "rate" else grown


def _grown(values: list[float]) -> float:
    """How much a counter grew; one that is less than it was began anew."""
    resets = sum(a for a, b in itertools.pairwise(values) if b < a)
    return values[-1] - values[0] + resets


def _stretch(samples: list[Sample], at: float, span: float, first: float) -> float:
    """Prometheus reads on to the ends of the span where samples come close to them."""
    sampled = samples[-1][0] - samples[0][0]
    usual = sampled / (len(samples) - 1)
    begin, end = samples[0][0] - (at - span), at - samples[-1][0]
    grown = _grown([value for _, value in samples])
    if grown > 0 and first >= 0:
        begin = min(begin, sampled * (first / grown))
    more = (begin if begin < usual * 1.1 else usual / 2) + (end if end < usual * 1.1 else usual / 2)
    return (sampled + more) / sampled


def _quantiles(q: float, buckets: Vector) -> Vector:
    rows: dict[Labels, list[tuple[float, float]]] = {}
    for key, value in buckets.items():
        le = float(dict(key)["le"])
        rows.setdefault(frozenset(k for k in key if k[0] != "le"), []).append((le, value))
    return {key: _quantile(q, sorted(row)) for key, row in rows.items()}


def _quantile(q: float, row: list[tuple[float, float]]) -> float:
    total = row[-1][1]
    if total == 0:
        return math.nan
    low, below = 0.0, 0.0
    for le, count in row:
        if count >= q * total:
            if math.isinf(le):
                return row[-2][0]
            return low + (le - low) * (q * total - below) / (count - below)
        low, below = le, count
    raise AssertionError("the last bucket holds all")


def _binary(expr: p.BinaryExpr, left: Value, right: Value) -> Value:
    op, modifier = str(expr.op), expr.modifier
    assert modifier is None or not (modifier.matching or modifier.return_bool), "not needed so far"
    if op == "or":
        assert isinstance(left, dict)
        assert isinstance(right, dict)
        mine = {nameless(key) for key in left}
        return left | {key: v for key, v in right.items() if nameless(key) not in mine}
    if not isinstance(left, dict) and not isinstance(right, dict):
        return _calculated(op, left, right)
    return dict(_joined(op, left, right))


def _joined(op: str, left: Value, right: Value) -> Iterable[tuple[Labels, float]]:
    """Each element with the one of the same labels, or with a number."""
    if not isinstance(left, dict):
        assert isinstance(right, dict)
        pairs = [(key, left, value) for key, value in right.items()]
    elif isinstance(right, dict):
        others = {nameless(key): value for key, value in right.items()}
        pairs = [(k, v, others[nameless(k)]) for k, v in left.items() if nameless(k) in others]
    else:
        pairs = [(key, value, right) for key, value in left.items()]
    for key, a, b in pairs:
        if op not in COMPARING:
            yield nameless(key), _calculated(op, a, b)
        elif COMPARING[op](a, b):
            yield key, a if isinstance(left, dict) else b


def _calculated(op: str, a: float, b: float) -> float:
    if op == "/":
        return a / b if b else math.nan if a == 0 else math.copysign(math.inf, a)
    return {"+": operator.add, "-": operator.sub, "*": operator.mul}[op](a, b)
