"""What swprof supports: written by Tests/CaptureTests from the tables in Sources/Capture, not by hand.

Any Python has to be able to read this.
"""
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))

# By name, in the order of the table: what each design declares of itself.
DESIGNS = {
    "setprofile": {"kind": "tracing", "instants_are_own": True, "oldest": (3, 11), "clocks": ["wall", "cpu"]},
    "evalframe": {"kind": "tracing", "instants_are_own": True, "oldest": (3, 11), "clocks": ["wall", "cpu"]},
    "monitoring": {"kind": "tracing", "instants_are_own": True, "oldest": (3, 12), "clocks": ["wall", "cpu"]},
    "lines": {"kind": "tracing", "instants_are_own": True, "oldest": (3, 11), "clocks": ["wall", "cpu"]},
    "signal": {"kind": "sampling", "instants_are_own": True, "oldest": (3, 11), "clocks": ["wall", "cpu"]},
    "gil": {"kind": "sampling", "instants_are_own": False, "oldest": (3, 11), "clocks": ["wall", "cpu"]},
}
CLOCKS = ("wall", "cpu")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Design = Literal["setprofile", "evalframe", "monitoring", "lines", "signal", "gil"]
    Clock = Literal["wall", "cpu"]
