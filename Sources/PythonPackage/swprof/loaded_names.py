"""The names of the functions that this interpreter has loaded, whether they ran or not."""
from __future__ import annotations

import gc
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_C_FUNCTIONS = (types.BuiltinFunctionType, types.MethodDescriptorType, types.ClassMethodDescriptorType, types.WrapperDescriptorType)


def loaded_names() -> set[str]:
    """Bare and qualified ones; also of functions that others make as they run, by their code."""
    codes: list[types.CodeType] = []
    names: set[str] = set()
    for thing in gc.get_objects():
        kind = type(thing)
        if kind is types.FunctionType:
            codes.append(thing.__code__)
            names |= {thing.__name__, thing.__qualname__}
        elif kind in _C_FUNCTIONS:
            names |= {thing.__name__, thing.__qualname__}
    return names.union(*({code.co_name, code.co_qualname} for code in _with_inner(codes)))


def _with_inner(codes: list[types.CodeType]) -> Iterator[types.CodeType]:
    """Codes, and what their constants hold."""
    while codes:
        code = codes.pop()
        yield code
        codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
