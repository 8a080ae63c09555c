// The one door to the machine below libc: what Swift cannot say of a processor or of glibc.
#pragma once
#include <fcntl.h>
#include <pthread.h>
#include <dlfcn.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

// What the signal handler may call: the compiler checks `@_noLocks` in Swift, and takes our word for C.
#define MACHINE_NO_LOCKS __attribute__((swift_attr("@_noLocks")))

// Copies memory of this process that may not be there: the kernel says no instead of a fault.
MACHINE_NO_LOCKS static inline int64_t machine_copy(pid_t process, uintptr_t from, void *to, uintptr_t size) {
    int before = errno;
    // As in <sys/uio.h>, which would give this module an `fd_set` unlike that of Swift's Glibc.
    struct { uintptr_t base, size; } local = {(uintptr_t)to, size}, remote = {from, size};
    int64_t copied = syscall(SYS_process_vm_readv, process, &local, 1UL, &remote, 1UL, 0UL);
    errno = before;
    return copied;
}

// Copies pieces of another process's memory, one behind the other; how many bytes, up to the first that is not there.
struct machine_piece { uintptr_t address, size; };
static inline int64_t machine_copy_pieces(pid_t process, const struct machine_piece *pieces, uintptr_t count, void *to, uintptr_t size) {
    struct { uintptr_t base, size; } local = {(uintptr_t)to, size};
    return syscall(SYS_process_vm_readv, process, &local, 1UL, pieces, count, 0UL);
}

// Writes into the memory of another process; whether all of it could be written.
static inline int machine_write(pid_t process, uintptr_t at, const void *from, uintptr_t size) {
    struct { uintptr_t base, size; } local = {(uintptr_t)from, size}, remote = {at, size};
    return syscall(SYS_process_vm_writev, process, &local, 1UL, &remote, 1UL, 0UL) == (long)size;
}

MACHINE_NO_LOCKS static inline void machine_copy_bytes(void *to, const void *from, uintptr_t size) { memcpy(to, from, size); }

MACHINE_NO_LOCKS static inline int64_t machine_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// The processor's own clock. Swift has no builtin for it.
static inline uint64_t machine_cycles(void) {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    uint64_t value;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
    return value;
#endif
}

// Swift's atomics are values of their own; these work on memory that is shared with a signal
// handler or with another thread.
MACHINE_NO_LOCKS static inline uint64_t machine_load_acquire(const uint64_t *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
MACHINE_NO_LOCKS static inline void machine_store_release(uint64_t *at, uint64_t value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }
static inline void machine_sleep(int64_t nanoseconds) {
    struct timespec time = {0, nanoseconds};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &time, 0);
}
/// Has the processor fetch a line of its cache that is about to be used.
static inline void machine_prefetch(const void *at) { __builtin_prefetch(at, 1); }
static inline void machine_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// glibc declares it only for _GNU_SOURCE, which a module map cannot ask for.
extern int sem_clockwait(sem_t *, clockid_t, const struct timespec *);

// Names of glibc that are macros or variadic, and so unknown to Embedded Swift.
static inline int machine_errno(void) { return errno; }
static inline void machine_fail(int number) { errno = number; }
static inline int machine_open(const char *path, int flags) { return open(path, flags | O_CLOEXEC, 0600); }
// Whether another process holds a lock on the whole of a file (flock(2)); no where there is no such file.
static inline int machine_is_locked(const char *path) {
    int file = machine_open(path, O_RDONLY);
    if (file < 0) return 0;
    int isFree = flock(file, LOCK_SH | LOCK_NB) == 0;
    close(file);
    return !isFree;
}
// Null where there is no such mapping to be had.
static inline void *machine_map(uintptr_t length, int flags, int file, off_t offset) {
    void *map = mmap(0, length, PROT_READ | PROT_WRITE, flags, file, offset);
    return map == MAP_FAILED ? 0 : map;
}

// glibc has no wrapper that directs a signal with a value at one thread, and `syscall` is
// variadic, which Swift does not import.
static inline int machine_signal_thread(pid_t process, pid_t thread, int signal, const void *value) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = signal;
    info.si_code = SI_QUEUE;
    info.si_pid = process;
    info.si_uid = getuid();
    info.si_value.sival_ptr = (void *)value;
    return (int)syscall(SYS_rt_tgsigqueueinfo, process, thread, signal, &info);
}

// `siginfo_t` is a union of unions; Swift sees none of its names.
MACHINE_NO_LOCKS static inline int machine_is_queued(const siginfo_t *info) { return info->si_code == SI_QUEUE; }
MACHINE_NO_LOCKS static inline pid_t machine_sender(const siginfo_t *info) { return info->si_pid; }
MACHINE_NO_LOCKS static inline const void *machine_value(const siginfo_t *info) { return info->si_value.sival_ptr; }

// The handler stands in a union of two function pointers under a macro's name.
typedef void (*machine_handler)(int, siginfo_t *, void *);

// The signal that glibc keeps for cancelling threads (2.34 on sets it up when a thread is first cancelled). Its functions
// neither block it nor wait for it, so that a program cannot even when it means every signal that there is. They do not tell
// of it either: the kernel is asked.
enum { machine_hidden_signal = 32 };

// As the kernel has it.
struct machine_action { machine_handler handler; unsigned long flags; void *restorer; uint64_t mask; };
static inline int machine_kernel_action(int signal, const struct machine_action *action, struct machine_action *previous) {
    return (int)syscall(SYS_rt_sigaction, signal, action, previous, sizeof(uint64_t));
}

static inline int machine_set_handler(int signal, machine_handler handler, struct sigaction *previous) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    // Who works on a stack without room has an alternate one for handlers.
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    // The program's own signals wait for the handler: one that comes at the same time has to cut a system call short.
    sigfillset(&action.sa_mask);
    return sigaction(signal, &action, previous);
}
// Also takes the hidden signal, by what glibc makes of another that nobody uses; then there is nothing before it.
static inline int machine_install_handler(int signal, machine_handler handler, struct sigaction *previous) {
    if (signal != machine_hidden_signal) return machine_set_handler(signal, handler, previous);
    struct machine_action action, before;
    struct sigaction lent;
    memset(previous, 0, sizeof *previous);
    if (machine_set_handler(SIGURG, handler, &lent) != 0) return -1;
    int read = machine_kernel_action(SIGURG, 0, &action);
    sigaction(SIGURG, &lent, 0);
    if (read != 0 || machine_kernel_action(signal, &action, &before) != 0) return -1;
    previous->sa_handler = (void (*)(int))(uintptr_t)before.handler;
    return 0;
}
static inline void machine_uninstall_handler(int signal, const struct sigaction *previous) {
    // By default it ends the process, and one may be on its way; to ignore it takes it back.
    struct machine_action ignored;
    memset(&ignored, 0, sizeof ignored);
    ignored.handler = (machine_handler)SIG_IGN;
    if (signal != machine_hidden_signal) {
        sigaction(signal, previous, 0);
        return;
    }
    machine_kernel_action(signal, &ignored, 0);
    // None is on its way any more, and none will come.
    ignored.handler = (machine_handler)(uintptr_t)previous->sa_handler;
    machine_kernel_action(signal, &ignored, 0);
}
// Whether `signal` still goes to `handler`: a program may have taken it for itself.
static inline int machine_handler_is(int signal, machine_handler handler) {
    struct machine_action action;
    return machine_kernel_action(signal, 0, &action) == 0 && action.handler == handler;
}
static inline int machine_is_unhandled(int signal) {
    struct machine_action action;
    return machine_kernel_action(signal, 0, &action) == 0 && ((uintptr_t)action.handler == (uintptr_t)SIG_DFL || (uintptr_t)action.handler == (uintptr_t)SIG_IGN);
}
// Passes a signal on to whoever had it before.
MACHINE_NO_LOCKS static inline void machine_forward(const struct sigaction *to, int signal, siginfo_t *info, void *context) {
    if (to->sa_flags & SA_SIGINFO) to->sa_sigaction(signal, info, context);
    else if (to->sa_handler != SIG_DFL && to->sa_handler != SIG_IGN) to->sa_handler(signal);
}

#if defined(__x86_64__)
// System calls that wait, do nothing before they have waited, and end with EINTR for every signal that is handled, whatever
// its handler says of restarting; by Linux's numbers.
MACHINE_NO_LOCKS static inline int machine_may_begin_anew(long call) {
    static const short calls[] = {
        SYS_poll, SYS_ppoll, SYS_select, SYS_pselect6, SYS_epoll_wait, SYS_epoll_pwait, SYS_nanosleep, SYS_clock_nanosleep,
        SYS_pause, SYS_rt_sigtimedwait, SYS_rt_sigsuspend, SYS_semop, SYS_semtimedop, SYS_msgsnd, SYS_msgrcv, SYS_io_getevents,
        SYS_read, SYS_readv, SYS_recvfrom, SYS_recvmsg, SYS_accept, SYS_accept4, SYS_write, SYS_writev, SYS_sendto, SYS_sendmsg,
    };
    // A table of places to jump to would be more than the handler may have.
    for (unsigned at = 0; at < sizeof calls / sizeof *calls; at++) if (calls[at] == call) return 1;
    return 0;
}

// The number of the system call that ends at `at`, which the kernel does not tell a handler: from the instruction before, that
// puts it into its register as a constant or from the stack, or from the argument of glibc's function for calls that can be
// cancelled (2.41 on). -1 where none of these is there. `back` is how far to go back to do it again; with 2 the register is
// still to be set.
MACHINE_NO_LOCKS static inline long machine_call_before(const unsigned char *at, uintptr_t stack, int *back) {
    uintptr_t inPage = (uintptr_t)at & 4095;
    if (inPage < 7 || at[-2] != 0x0f || at[-1] != 0x05) return -1;
    *back = 7;
    if (at[-7] == 0xb8) return (long)(at[-6] | at[-5] << 8 | at[-4] << 16 | at[-3] << 24);
    if (at[-7] == 0x48 && at[-6] == 0x8b && at[-5] == 0x44 && at[-4] == 0x24 && at[-3] < 0x80) return *(const long *)(stack + at[-3]);
    *back = 2;
    if (at[-7] != 0x4c || at[-6] != 0x89 || at[-5] != 0x5c || at[-4] != 0x24 || at[-3] != 0x08) return -1;
    const unsigned char *caller = *(const unsigned char *const *)stack;
    if (((uintptr_t)caller & 4095) < 40) return -1;
    for (int from = 10; from <= 40; from++) {
        const unsigned char *load = caller - from;
        if (load[0] == 0x48 && load[1] == 0x8b && load[2] == 0x74 && load[3] == 0x24 && load[4] < 0x80) return *(const long *)(stack + 8 + load[4]);
    }
    return -1;
}
#endif

#if defined(__x86_64__)
enum { machine_resumes_calls = 1 };
#else
// A call's first argument is overwritten by its result there.
enum { machine_resumes_calls = 0 };
#endif

// Whether a handler interrupts a system call that has ended for its signal, and that may begin anew. One that was cut short by
// another's signal looks alike where ours comes as that one's handler returns; while it still waits, this is no.
MACHINE_NO_LOCKS static inline int machine_cuts_call_short(const void *context, int signal) {
#if defined(__x86_64__)
    const ucontext_t *interrupted = context;
    const greg_t *registers = interrupted->uc_mcontext.gregs;
    int back = 0, before = errno;
    uint64_t pending = 0, blocked;
    if (registers[13] != -EINTR) return 0;  // REG_RAX
    if (!machine_may_begin_anew(machine_call_before((const unsigned char *)registers[16], (uintptr_t)registers[15], &back))) return 0;
    memcpy(&blocked, &interrupted->uc_sigmask, sizeof blocked);
    // A second one of ours may be there already.
    blocked |= 1ULL << (signal - 1);
    int isTold = syscall(SYS_rt_sigpending, &pending, sizeof pending) == 0;
    errno = before;
    return isTold && (pending & ~blocked) == 0;
#else
    return 0;
#endif
}

// Has that call begin anew when the handler returns.
MACHINE_NO_LOCKS static inline void machine_begin_call_anew(void *context) {
#if defined(__x86_64__)
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    int back = 0;
    long call = machine_call_before((const unsigned char *)registers[16], (uintptr_t)registers[15], &back);  // REG_RIP, REG_RSP
    registers[16] -= back;
    if (back == 2) registers[13] = call;
#endif
}

// CPU time of the calling thread, in nanoseconds.
MACHINE_NO_LOCKS static inline int64_t machine_own_cpu(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static inline void machine_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0UL, 0UL, 0UL); }

// Has the calling thread wake as soon after its time as can be had without privileges: with the finest
// timer slack, and with the shortest slice (sched(7); Linux 6.12 on), which gives it the earlier deadline
// where others want the processor. glibc 2.36 declares neither the call nor its structure.
static inline void machine_wake_precisely(void) {
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    struct { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t priority; uint64_t slice, deadline, period; } wish;
    memset(&wish, 0, sizeof wish);
    if (syscall(SYS_sched_getattr, 0, &wish, sizeof wish, 0) != 0 || wish.policy != 0) return;
    wish.slice = 100000;
    syscall(SYS_sched_setattr, 0, &wish, 0);
}

// A pointer that every thread has for itself, null at first. Reached without a call: the eight bytes come out
// of what the loader keeps for libraries that are loaded late. Each object file of ours has one: a function has to reach it
// itself to be sure which.
static inline void **machine_own_pointer(void) {
    static __attribute__((tls_model("initial-exec"))) _Thread_local void *own;
    return &own;
}

// Where the calling thread's stack has grown to.
MACHINE_NO_LOCKS static inline uintptr_t machine_stack_pointer(void) { return (uintptr_t)__builtin_frame_address(0); }

// Where it began: glibc has a thread's descriptor there, and knows of the first thread's.
extern void *__libc_stack_end;
MACHINE_NO_LOCKS static inline uintptr_t machine_stack_end(uintptr_t pointer) {
    uintptr_t own = (uintptr_t)pthread_self();
    return own > pointer ? own : (uintptr_t)__libc_stack_end;
}

// Where the stack had grown to that a signal's handler interrupts; the handler itself may run on another.
MACHINE_NO_LOCKS static inline uintptr_t machine_interrupted_stack_pointer(const void *context) {
#if defined(__aarch64__)
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.sp;
#else
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[15];  // REG_RSP
#endif
}

// Whether a handler runs on an alternate stack, and the bytes that it has left there.
MACHINE_NO_LOCKS static inline int machine_is_on_alternate_stack(const void *context, uintptr_t *left) {
    const stack_t *stack = &((const ucontext_t *)context)->uc_stack;
    uintptr_t start = (uintptr_t)stack->ss_sp, here = machine_stack_pointer();
    if (here < start || here >= start + stack->ss_size) return 0;
    *left = here - start;
    return 1;
}

// Gives the calling thread an alternate stack for handlers where it has none; whether it did.
static inline int machine_lend_alternate_stack(void *memory, uintptr_t size) {
    stack_t now, ours = {.ss_sp = memory, .ss_flags = 0, .ss_size = size};
    return sigaltstack(0, &now) == 0 && (now.ss_flags & SS_DISABLE) && sigaltstack(&ours, 0) == 0;
}
// Takes it back where the thread still has it.
static inline void machine_take_alternate_stack_back(void *memory) {
    stack_t now, none = {.ss_sp = 0, .ss_flags = SS_DISABLE, .ss_size = 0};
    if (sigaltstack(0, &now) == 0 && now.ss_sp == memory && !(now.ss_flags & SS_ONSTACK)) sigaltstack(&none, 0);
}

// Whether the pages from `from` on, the first a whole one, are all mapped.
MACHINE_NO_LOCKS static inline int machine_is_mapped(uintptr_t from, uintptr_t size) {
    int before = errno;
    // Not by the function, which is a point of cancellation.
    long answer = syscall(SYS_msync, from, size, (long)MS_ASYNC);
    errno = before;
    return answer == 0;
}

// The lowest address that the calling thread's stack may grow to, and how large it then is; both 0 where that is
// not known. glibc declares the call only for _GNU_SOURCE.
extern int pthread_getattr_np(pthread_t, pthread_attr_t *);
static inline uintptr_t machine_stack_bottom(uintptr_t *size) {
    pthread_attr_t attributes;
    void *lowest = 0;
    size_t length = 0;
    *size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
    if (pthread_attr_getstack(&attributes, &lowest, &length) != 0) lowest = 0, length = 0;
    pthread_attr_destroy(&attributes);
    *size = length;
    return (uintptr_t)lowest;
}

// How many processors the calling thread may run on, 0 where that is not known. Not by sysconf, which opens a file: the
// program would see it among its own.
static inline int machine_processors(void) {
    unsigned long mask[128];
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
    int count = 0;
    for (long each = 0; each < bytes / (long)sizeof mask[0]; each++) count += __builtin_popcountl(mask[each]);
    return count;
}

// The processor that the calling thread runs on; below 0 where that is not known. glibc declares it only for _GNU_SOURCE.
extern int sched_getcpu(void);
MACHINE_NO_LOCKS static inline int machine_own_processor(void) { return sched_getcpu(); }

// An address in glibc's own file.
static inline uintptr_t machine_library_address(void) { return (uintptr_t)dlsym(RTLD_DEFAULT, "sched_getcpu"); }

// Where glibc keeps, at a fixed distance from a thread's descriptor, what the kernel tells a thread about itself (rseq(2));
// 0 where it does not, before 2.35.
static inline int64_t machine_rseq_offset(void) {
    const ptrdiff_t *offset = dlsym(RTLD_DEFAULT, "__rseq_offset");
    const unsigned *size = dlsym(RTLD_DEFAULT, "__rseq_size");
    return offset && size && *size ? (int64_t)*offset : 0;
}

// Up to 1,024 processors, a bit each.
struct machine_processor_set { unsigned long words[16]; };
static inline struct machine_processor_set machine_allowed_processors(void) {
    struct machine_processor_set set;
    memset(&set, 0, sizeof set);
    syscall(SYS_sched_getaffinity, 0, sizeof set, &set);
    return set;
}
static inline void machine_use_processors(struct machine_processor_set allowed) {
    syscall(SYS_sched_setaffinity, 0, sizeof allowed, &allowed);
}

// Moves a thread of this process to one processor, where it may run there; whether it may.
static inline int machine_send_to(pid_t thread, int processor) {
    struct machine_processor_set one;
    memset(&one, 0, sizeof one);
    if (processor < 0 || processor >= (int)(8 * sizeof one)) return 0;
    one.words[processor / 64] = 1UL << processor % 64;
    return syscall(SYS_sched_setaffinity, thread, sizeof one, &one) == 0;
}

// Moves the calling thread off a processor, where it may run on another.
static inline void machine_stay_off(struct machine_processor_set allowed, int processor) {
    int others = 0;
    if (processor < 0 || processor >= (int)(8 * sizeof allowed)) return;
    allowed.words[processor / 64] &= ~(1UL << processor % 64);
    for (int word = 0; word < 16; word++) others |= allowed.words[word] != 0;
    if (others) machine_use_processors(allowed);
}

// Whether the calling thread goes before all that is not real-time: the policies 1 and 2.
static inline int machine_is_realtime(void) {
    long policy = syscall(SYS_sched_getscheduler, 0) & 0xff;
    return policy == 1 || policy == 2;
}

// Gives the calling thread real-time priority, the least there is, where the system lets it (root, CAP_SYS_NICE or
// RLIMIT_RTPRIO); whether it did. glibc names the policy only for _GNU_SOURCE.
static inline int machine_take_realtime(void) {
    const int round_robin_not_inherited = 2 | 0x40000000;
    int priority = 1;
    return syscall(SYS_sched_setscheduler, 0, round_robin_not_inherited, &priority) == 0;
}

// The clock of another thread's CPU time, by the kernel's number of the thread (see
// clock_gettime(2): the ABI of pthread_getcpuclockid, which wants a pthread_t instead).
// Gives the calling thread a table of descriptors of its own, with none in it: what it opens the program does not see, and
// what the program closes is closed. From Linux 5.9 on; CLOSE_RANGE_UNSHARE is 2.
static inline int machine_separate_files(void) {
#ifdef SYS_close_range
    return (int)syscall(SYS_close_range, 0U, ~0U, 2U);
#else
    return -1;
#endif
}

// How large a file of this process may become, in bytes.
static inline uint64_t machine_file_size_limit(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 ? (uint64_t)limit.rlim_cur : UINT64_MAX;
}

// The kernel's number of the calling thread.
static inline pid_t machine_own_thread(void) { return (pid_t)syscall(SYS_gettid); }

// CPU time of all children that have ended and were waited for, theirs included, in nanoseconds.
static inline int64_t machine_children_cpu(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return 0;
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
}

static inline clockid_t machine_thread_cpu_clock(pid_t thread) { return (clockid_t)(~(unsigned)thread << 3 | 6u); }
// The same of a whole process, be it another.
static inline clockid_t machine_process_cpu_clock(pid_t process) { return (clockid_t)(~(unsigned)process << 3 | 2u); }
