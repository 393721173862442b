/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/**
 * ftrace for user space: any set of functions of a running program, switched on and off.
 *
 * The program is compiled with `-fplugin=libftrace.so`, which puts one no-op into every function.
 * A tracer (struct ftrace_ops) has a callback and a filter; while it is registered, its callback
 * runs at every entry of every function the filter selects. Names and meanings are those of the
 * Linux kernel (include/linux/ftrace.h) where the kernel has them.
 *
 * Errors are negative errno values. Unless a function says otherwise it may be called from any
 * thread at any time, is serialised with the others, and is not async-signal-safe. A call that
 * would change something while the same thread is inside another call (from a signal handler, or
 * from the function given to ftrace_for_each_site()) returns -EDEADLK and changes nothing.
 */
#ifndef FTRACE_FTRACE_H_
#define FTRACE_FTRACE_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define FTRACE_API __attribute__((visibility("default")))
/** Keeps a function out of tracing, whatever the filters say. */
#define FTRACE_NOTRACE __attribute__((no_instrument_function))
#else
#define FTRACE_API
#define FTRACE_NOTRACE
#endif

struct ftrace_ops;
/** The registers of a traced call; valid while the callback runs. Opaque, read by accessors. */
struct ftrace_regs;

/**
 * A tracer's callback. Runs at the entry of a traced function, on the thread that calls it.
 *
 * @param ip         address of the pad; ftrace_location() gives the same for the function
 * @param parent_ip  the return address: where the function was called from
 * @param ops        the tracer, as registered
 * @param fregs      argument registers; see the accessors below
 *
 * It may call anything, traced functions included: a nested traced call is delivered once more,
 * deeper ones are not delivered and are counted. It may block; unregistering then waits for it. It
 * must preserve errno. It must not longjmp out or switch stacks.
 * Source: Linux Documentation/trace/ftrace-uses.rst.
 */
typedef void (*ftrace_func_t)(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                              struct ftrace_regs* fregs);

/** Zero-initialise, then set func (and flags, private_data). The size is ABI. */
struct ftrace_ops {
  ftrace_func_t func;
  unsigned long flags; /* FTRACE_OPS_FL_*, read at registration */
  void* private_data;  /* the user's */
  void* reserved[5];   /* the runtime's */
};

/* Numbered as Linux does. */
#define FTRACE_OPS_FL_SAVE_REGS (1UL << 2)
#define FTRACE_OPS_FL_SAVE_REGS_IF_SUPPORTED (1UL << 3)
#define FTRACE_OPS_FL_IPMODIFY (1UL << 12)
#define FTRACE_OPS_FL_PID (1UL << 13)
#define FTRACE_OPS_FL_PERMANENT (1UL << 16)
/** Ours: func and all it calls touch no vector or floating-point register; saves their cost. */
#define FTRACE_OPS_FL_GPREGS_ONLY (1UL << 24)

/**
 * Starts calling ops->func for the functions its filter selects; all if it has none. Functions of
 * libraries that are loaded later are included when the filter is empty.
 *
 * @return 0; -EINVAL: func is NULL, or a flag this version or ISA does not support; -EBUSY: already
 * registered; -ENOMEM: unchanged; -EPERM: the text cannot be made writable or no executable memory
 * is to be had (policy), unchanged, and stderr says which; -ENODEV: patching is dead.
 * From a callback: allowed.
 * Source: Linux kernel/trace/ftrace.c, register_ftrace_function().
 */
FTRACE_API int register_ftrace_function(struct ftrace_ops* ops);

/**
 * Stops calling ops->func and waits until no thread can be inside it. The filter is kept.
 *
 * On return ops, the code of ops->func and ops->private_data may be freed or unloaded. Blocks for a
 * grace period: some microseconds, and as long as a callback runs.
 *
 * @return 0; -EBUSY: not registered; -ENODEV: patching is dead (detached all the same); -EPERM: a
 * policy that came after the registration forbids to write the text: still registered.
 * From a callback: detaches at once but does not wait, because it would wait for itself.
 * Source: Linux kernel/trace/ftrace.c, unregister_ftrace_function().
 */
FTRACE_API int unregister_ftrace_function(struct ftrace_ops* ops);

/**
 * Adds the functions that `glob` matches to the filter of ops; with `reset` replaces the filter by
 * them. On a registered ops the change is one step: every call sees the old filter or the new one.
 *
 * @param glob   matched against symbol names: `abc`, `abc*`, `*abc`, `*abc*`, or a full glob with
 *               `*`, `?`, `[set]` and backslash; a leading `!` removes what the rest matches.
 *               NULL with reset: empties the filter, which selects all functions.
 * @param len    bytes of glob
 * @param reset  non-zero: start from an empty filter
 * @return 0; -EINVAL: nothing matches, or len <= 0 with a glob; -ENOMEM; -EPERM and -ENODEV as in
 * register_ftrace_function(). After an error the old filter stays, also with reset.
 * Source: Linux kernel/trace/ftrace.c, ftrace_set_filter().
 */
FTRACE_API int ftrace_set_filter(struct ftrace_ops* ops, const char* glob, int len, int reset);

/**
 * The same for the functions that ops must not see; they win over the filter.
 * Source: Linux kernel/trace/ftrace.c, ftrace_set_notrace().
 */
FTRACE_API int ftrace_set_notrace(struct ftrace_ops* ops, const char* glob, int len, int reset);

/**
 * Frees both filters of an ops that is not registered; it then selects all functions. Call it
 * before the memory of an ops with filters goes away.
 * On a registered ops: one warning on stderr, unchanged.
 * Source: Linux kernel/trace/ftrace.c, ftrace_free_filter().
 */
FTRACE_API void ftrace_free_filter(struct ftrace_ops* ops);

/**
 * The address of the pad that `ip` lies in, or of the function that starts at `ip`; else 0.
 * Source: Linux kernel/trace/ftrace.c, ftrace_location().
 */
FTRACE_API unsigned long ftrace_location(unsigned long ip);

/** How many sites the loaded modules have. */
FTRACE_API unsigned long ftrace_site_count(void);

#define FTRACE_SITE_ENABLED (1U << 0)  /* the pad is a branch now */
#define FTRACE_SITE_TOUCHED (1U << 1)  /* was enabled at some time */
#define FTRACE_SITE_DISABLED (1U << 2) /* never patched: bad record, or the module is going */
#define FTRACE_SITE_SHADOWED (1U << 3) /* somebody's breakpoint stands on the pad */

/** Grows at the end; `size` tells a caller what the runtime has filled. */
struct ftrace_site_info {
  unsigned size;      /* sizeof(struct ftrace_site_info) */
  unsigned state;     /* FTRACE_SITE_* */
  unsigned long ip;   /* the pad */
  unsigned long func; /* the function's entry */
  const char* name;   /* the symbol's name as the linker knows it; NULL if there is none */
  const char* module; /* path of the module's file */
  unsigned ops;       /* how many registered tracers want it */
  unsigned facts;     /* the record's second word */
};

/**
 * Calls fn for every site, modules in load order, sites in address order. Stops at, and returns,
 * the first non-zero result. The strings live until fn returns. fn must not call functions that
 * change filters or registrations.
 */
FTRACE_API int ftrace_for_each_site(int (*fn)(const struct ftrace_site_info* info, void* arg),
                                    void* arg);

/** 1 after a text mismatch has switched patching off for good; else 0. Async-signal-safe. */
FTRACE_API int ftrace_is_dead(void);

/**
 * Waits until every callback that runs now has returned.
 * @return 0; -EDEADLK from inside a callback.
 * Source: Linux kernel/rcu/tasks.h, synchronize_rcu_tasks().
 */
FTRACE_API int ftrace_synchronize_tasks(void);

/* Register accessors: for use in a callback, on its fregs only. Async-signal-safe. */

/**
 * The n-th argument (from 0) as the ABI passes integers and pointers: registers first, then the
 * caller's stack. The caller knows whether the function has that many.
 * Source: Linux include/linux/ftrace_regs.h, ftrace_regs_get_argument().
 */
FTRACE_API unsigned long ftrace_regs_get_argument(struct ftrace_regs* fregs, unsigned n);
/** The pad's address. */
FTRACE_API unsigned long ftrace_regs_get_instruction_pointer(struct ftrace_regs* fregs);
/** The stack pointer as the traced function sees it at its entry. */
FTRACE_API unsigned long ftrace_regs_get_stack_pointer(struct ftrace_regs* fregs);

#ifdef __cplusplus
}
#endif

#endif /* FTRACE_FTRACE_H_ */
