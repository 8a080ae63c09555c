"""A profile's figures as a pandas table."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas

    from .results import Results


def table(results: Results, by: str) -> pandas.DataFrame:
    if by not in ("function", "line"):
        raise ValueError(f"there is no table by {by!r}; give function or line")
    try:
        import pandas
    except ImportError:
        raise ImportError("to_pandas needs pandas, which is not installed; install it with: pip install pandas") from None
    from dataclasses import asdict

    rows = [_flat(asdict(place)) for place in (results.functions if by == "function" else results.lines)]
    return pandas.DataFrame(rows)


def _flat(place: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in place.items():
        if name in ("self", "total"):
            compensated = value.pop("compensated")
            flat |= {f"{name}_{part}": number for part, number in value.items()}
            flat |= {f"{name}_compensated_{part}": number for part, number in (compensated or {}).items()}
        else:
            flat[name] = value
    return flat
