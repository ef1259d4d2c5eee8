"""Values of expressions by interval arithmetic, one at a time."""

from collections.abc import Callable

from analyzer.expressions import Node, Number, Ref, fold
from analyzer.intervals import Bounds


def value_of(node: Node, look_up: Callable[[Ref], Bounds]) -> Bounds:
    def leaf(one: Ref | Number) -> Bounds:
        return look_up(one) if isinstance(one, Ref) else Bounds(one.value, one.value)

    return fold(node, leaf)
