"""Begins to profile the program that runs this, between two lines of its own: nothing is imported that it did not have before."""


def begin(library, settings, refusal):
    import sys

    import _imp
    from _frozen_importlib import ModuleSpec

    was_there = "_swprof" in sys.modules
    try:
        module = _imp.create_dynamic(ModuleSpec("_swprof", None, origin=library))
        _imp.exec_dynamic(module)
        if not was_there:
            del sys.modules["_swprof"]
        module.start(settings)
    except Exception as error:
        with open(refusal, "w") as file:
            file.write(str(error))
