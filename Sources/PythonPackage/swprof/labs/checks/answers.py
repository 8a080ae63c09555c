"""How answers are compared with what is expected."""
from __future__ import annotations

import math
from typing import Any

from ..exercises import Wrong


def close(value: Any, expected: float, tolerance: float = 1e-6) -> bool:
    """Whether a number is the expected one, to a part of it. Raises Wrong where it is no number."""
    try:
        return math.isclose(float(value), expected, rel_tol=tolerance, abs_tol=1e-12)
    except (TypeError, ValueError):
        raise Wrong(f"a number is asked for, and this is {value!r}.") from None
