/*
 * job_seccomp.c - filters of system calls (seccomp(2)) for programs that read what strangers sent.
 *
 * What is refused fails with EPERM, as a decoder that has no business with it must expect. A list of what is refused,
 * rather than of what is allowed, because libraries change what they use to work; memory, files and time are bounded by
 * limits beside it (job_sandbox.c).
 */
#include "prog/job_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH_HERE AUDIT_ARCH_X86_64
#define FOREIGN_FROM 0x40000000u /* the x32 numbers of the same architecture */
#elif defined(__aarch64__)
#define ARCH_HERE AUDIT_ARCH_AARCH64
#define FOREIGN_FROM 0xffffffffu
#else
#error "the system calls of this architecture are not listed"
#endif

enum { FILTER_MAX = 200 };

struct program {
    struct sock_filter code[FILTER_MAX];
    unsigned short n;
};

static void put(struct program *p, unsigned short code, uint32_t k, unsigned char yes, unsigned char no)
{
    if (p->n < FILTER_MAX)
        p->code[p->n++] = (struct sock_filter){code, yes, no, k};
}

static void put_begin(struct program *p)
{
    put(p, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    put(p, BPF_JMP | BPF_JEQ | BPF_K, ARCH_HERE, 1, 0);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    put(p, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    put(p, BPF_JMP | BPF_JGE | BPF_K, FOREIGN_FROM, 0, 1);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
}

static void put_refuse(struct program *p, long nr, int error)
{
    put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 1);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error, 0, 0);
}

/* Refuses nr when (argument & mask) is zero, or is not: the low half of the argument, where all flags lie. */
static void put_refuse_flags(struct program *p, long nr, unsigned argument, uint32_t mask, bool when_set)
{
    const uint32_t at = (uint32_t)(offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t));
    put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 4);
    put(p, BPF_LD | BPF_W | BPF_ABS, at, 0, 0);
    put(p, BPF_JMP | BPF_JSET | BPF_K, mask, when_set ? 0 : 1, when_set ? 1 : 0);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

static void put_network(struct program *p)
{
    static const long refused[] = {
        SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
        SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp, SYS_bpf, SYS_perf_event_open,
        SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_keyctl, SYS_add_key,
        SYS_request_key, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_init_module,
        SYS_finit_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_personality, SYS_quotactl,
        SYS_swapon, SYS_reboot, SYS_acct};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        put_refuse(p, refused[i], EPERM);
}

static void put_work(struct program *p)
{
    static const long refused[] = {
        SYS_execve, SYS_execveat, SYS_kill, SYS_openat2, SYS_renameat, SYS_renameat2, SYS_unlinkat, SYS_linkat,
        SYS_symlinkat, SYS_mkdirat, SYS_mknodat, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_truncate,
#if defined(__x86_64__)
        SYS_fork, SYS_vfork, SYS_creat, SYS_rename, SYS_unlink, SYS_link, SYS_symlink, SYS_mkdir, SYS_rmdir, SYS_mknod,
        SYS_chmod, SYS_chown, SYS_lchown
#endif
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        put_refuse(p, refused[i], EPERM);
    /* Flags of clone3 lie in memory, which a filter cannot read; without it the C library uses clone. */
    put_refuse(p, SYS_clone3, ENOSYS);
#if defined(__x86_64__)
    put_refuse_flags(p, SYS_open, 1, O_WRONLY | O_RDWR | O_CREAT, true);
#endif
    put_refuse_flags(p, SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT, true);
    put_refuse_flags(p, SYS_clone, 0, CLONE_THREAD, false);
}

static bool install(struct program *p)
{
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    const struct sock_fprog prog = {p->n, p->code};
    return p->n < FILTER_MAX && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) == 0;
}

bool sandbox_forbid_network(void)
{
    struct program p = {.n = 0};
    put_begin(&p);
    put_network(&p);
    return install(&p);
}

bool sandbox_forbid_all_but_work(void)
{
    struct program p = {.n = 0};
    put_begin(&p);
    put_work(&p);
    return install(&p);
}
