// The one door to Python's C API: the limited API of 3.11 and the few entry points outside it.
// No link line: the interpreter that loads the extension fills the symbols in.
#pragma once
#define Py_LIMITED_API 0x030b0000
#define PY_SSIZE_T_CLEAN
// Python.h asks glibc for an `fd_set` whose member has another name than in Swift's Glibc; nobody here
// uses it, so its header counts as read.
#define _SYS_SELECT_H 1
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
// The same for any thread, from the one that has the GIL, and for trace functions: used on 3.11, gone from 3.13 on.
__attribute__((weak)) int _PyEval_SetTrace(PyThreadState *, swprof_tracefunc, PyObject *);
int _PyEval_SetProfile(PyThreadState *, swprof_tracefunc, PyObject *);
enum { swprof_call = 0, swprof_line = 2, swprof_return = 3, swprof_c_call = 4, swprof_c_exception = 5, swprof_c_return = 6 };

// No events come to a thread in between.
void PyThreadState_EnterTracing(PyThreadState *);
void PyThreadState_LeaveTracing(PyThreadState *);

// The evaluation of a frame, and who does it for an interpreter (PEP 523): exported from 3.11 through 3.15.
typedef PyObject *(*swprof_evaluation)(PyThreadState *, void *, int);
swprof_evaluation _PyInterpreterState_GetEvalFrameFunc(PyInterpreterState *);
void _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState *, swprof_evaluation);
PyObject *_PyEval_EvalFrameDefault(PyThreadState *, void *, int);

// How a tracer is told that the program sets a profile function of its own (PEP 578).
int PySys_AddAuditHook(int (*)(const char *, PyObject *, void *), void *);

// The frame that runs, borrowed.
PyFrameObject *PyEval_GetFrame(void);

// Where the running frame was called from, and how far it is: exported since 3.11, not limited.
PyFrameObject *PyFrame_GetBack(PyFrameObject *);
// Its variables: a new reference.
PyObject *PyFrame_GetLocals(PyFrameObject *);
int PyFrame_GetLasti(PyFrameObject *);

// The threads of an interpreter: a new thread has its state before it runs.
PyThreadState *PyInterpreterState_ThreadHead(PyInterpreterState *);
PyThreadState *PyThreadState_Next(PyThreadState *);

// The frame that a thread is in: a new reference, or NULL.
PyFrameObject *PyThreadState_GetFrame(PyThreadState *);

// What the interpreter knows of itself: from 3.13 on it begins with where its structures keep what.
extern const char _PyRuntime[];
static inline const void *swprof_runtime(void) { return _PyRuntime; }

// The handler asks which thread it is; that is a look into thread-local storage and takes no lock.
__attribute__((swift_attr("@_noLocks"))) PyThreadState *PyGILState_GetThisThreadState(void);

// The state of the thread that has the GIL, where that is the caller; from 3.13 on under another name. In later versions it is the
// thread's own variable, and before the interpreter's: to ask takes no lock.
__attribute__((weak, swift_attr("@_noLocks"))) PyThreadState *_PyThreadState_UncheckedGet(void);
__attribute__((weak, swift_attr("@_noLocks"))) PyThreadState *PyThreadState_GetUnchecked(void);
__attribute__((swift_attr("@_noLocks"))) static inline PyThreadState *swprof_attached_state(void) {
    return PyThreadState_GetUnchecked ? PyThreadState_GetUnchecked() : _PyThreadState_UncheckedGet();
}

// `Py_None` is a macro over a variable's address.
static inline PyObject *swprof_none(void) { return Py_NewRef(Py_None); }
// The same for those versions only in which it needs no count of references: from 3.12 on.
static inline PyObject *swprof_immortal_none(void) { return Py_None; }
// The same, borrowed.
static inline PyObject *swprof_borrowed_none(void) { return Py_None; }

// What tells the kinds of C functions apart; the second is outside the limited API.
extern PyTypeObject PyCMethod_Type;
static inline void *swprof_function_type(void) { return &PyCFunction_Type; }
static inline void *swprof_class_method_type(void) { return &PyCMethod_Type; }
static inline void *swprof_method_descriptor_type(void) { return &PyMethodDescr_Type; }
static inline void *swprof_class_method_descriptor_type(void) { return &PyClassMethodDescr_Type; }
static inline void *swprof_slot_wrapper_type(void) { return &PyWrapperDescr_Type; }
// Functions of Python and their bound methods: outside the limited API.
extern PyTypeObject PyFunction_Type;
extern PyTypeObject PyMethod_Type;
static inline void *swprof_python_function_type(void) { return &PyFunction_Type; }
static inline void *swprof_bound_method_type(void) { return &PyMethod_Type; }

// By how much an instruction changes the height of a function's stack, and if it jumps: exported since 3.8, not limited.
int PyCompile_OpcodeStackEffectWithJump(int, int, int);

// Variables that the interpreter may write, to Swift; they are set once before any extension is loaded.
static inline PyObject *swprof_runtime_error(void) { return PyExc_RuntimeError; }
static inline PyObject *swprof_recursion_error(void) { return PyExc_RecursionError; }
static inline PyObject *swprof_module_not_found_error(void) { return PyExc_ModuleNotFoundError; }
static inline void *swprof_list_type(void) { return &PyList_Type; }
static inline void *swprof_text_type(void) { return &PyUnicode_Type; }
static inline void *swprof_number_type(void) { return &PyLong_Type; }
static inline int swprof_is_dictionary(PyObject *object) { return PyDict_CheckExact(object); }
static inline int swprof_is_type(PyObject *object) { return PyType_Check(object); }
static inline PyTypeObject *swprof_type(PyObject *object) { return (PyTypeObject *)object; }
// An object of a type that is in no way set up.
static inline PyObject *swprof_new_of_type(PyObject *type) { return PyType_GenericNew((PyTypeObject *)type, NULL, NULL); }
static inline int swprof_is_list(PyObject *object) { return PyList_Check(object); }

// What a function written in C is made of, which all objects of it share: behind the object's head since Python 2.
static inline PyMethodDef *swprof_definition(PyObject *function) {
    return ((struct { PyObject head; PyMethodDef *definition; } *)function)->definition;
}
