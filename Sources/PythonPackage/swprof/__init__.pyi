# The types of the package: `__init__.py` itself is written for any Python, and loads the rest with its first use.
from IPython.core.interactiveshell import InteractiveShell

from .block import profile as profile
from .duet import overhead as overhead
from .errors import SwprofError as SwprofError
from .figures import Caveat as Caveat
from .figures import Compensated as Compensated
from .figures import Estimate as Estimate
from .figures import Function as Function
from .figures import Ledger as Ledger
from .figures import Line as Line
from .overheads import Overhead as Overhead
from .overheads import Slowdown as Slowdown
from .results import Results as Results
from .sessions import SamplingSession as SamplingSession
from .sessions import Tick as Tick
from .sessions import TracingSession as TracingSession
from .written import design as design

__version__: str
__all__ = [
    "Caveat", "Compensated", "Estimate", "Function", "Ledger", "Line", "Overhead", "Results", "SamplingSession", "Slowdown", "SwprofError", "Tick",
    "TracingSession", "design", "overhead", "profile",
]

def load_ipython_extension(shell: InteractiveShell) -> None: ...
