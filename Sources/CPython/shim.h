// The one door to Python's C API: the limited API of 3.11 and the few entry points outside it.
// No link line: the interpreter that loads the extension fills the symbols in.
#pragma once
#define Py_LIMITED_API 0x030b0000
#define PY_SSIZE_T_CLEAN
#if __has_include(<python3.11/Python.h>)
#include <python3.11/Python.h>
#elif __has_include(<python3.13/Python.h>)
#include <python3.13/Python.h>
#elif __has_include(<python3.12/Python.h>)
#include <python3.12/Python.h>
#else
#include <Python.h>
#endif

// The tracer's hook: outside the limited API, unchanged since Python 2.
typedef int (*swprof_tracefunc)(PyObject *, PyFrameObject *, int, PyObject *);
void PyEval_SetProfile(swprof_tracefunc, PyObject *);
