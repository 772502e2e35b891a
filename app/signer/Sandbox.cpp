// SPDX-License-Identifier: MIT
#include "app/signer/Sandbox.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <initializer_list>
#include <linux/close_range.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;
constexpr std::uint32_t kRefuse = SCMP_ACT_ERRNO(EPERM);
/// For calls whose arguments lie in memory, where a filter can't look: whoever tries them falls back.
constexpr std::uint32_t kUnknown = SCMP_ACT_ERRNO(ENOSYS);

/// Calls that no part of this process needs, by what they would be good for. A name that this machine's
/// system does not have is no rule.
constexpr std::array kRefused{// other programs, and into other processes
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd",
    "kcmp", "process_madvise", "setns", "unshare", "perf_event_open", "bpf", "userfaultfd",
    // files: made, changed, moved, deleted
    "creat", "truncate", "truncate64", "mkdir", "mkdirat", "rmdir", "rename", "renameat", "renameat2", "link",
    "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "mknod", "mknodat", "chmod", "fchmodat",
    "fchmodat2", "chown", "lchown", "fchownat", "setxattr", "lsetxattr", "setxattrat", "mq_open",
    "removexattr", "lremovexattr", "utime", "utimes", "utimensat", "open_by_handle_at",
    // the system itself
    "mount", "mount_setattr", "fsconfig", "fsmount", "umount2", "pivot_root", "chroot", "move_mount",
    "fsopen", "open_tree", "swapon", "swapoff", "reboot", "kexec_load", "init_module", "finit_module",
    "delete_module", "keyctl", "add_key", "request_key", "quotactl", "acct", "iopl", "ioperm", "personality",
    // being reached
    "bind", "listen", "accept", "accept4"};
constexpr std::array kUnseen{"clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register"};

/// The macros of seccomp.h are compound literals, which C++ has not.
scmp_arg_cmp when(unsigned argument, scmp_compare how, scmp_datum_t first, scmp_datum_t second = 0)
{
    return {argument, how, first, second};
}

bool add(const Filter& filter, std::uint32_t action, const char* name,
    std::initializer_list<scmp_arg_cmp> conditions = {})
{
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR)
        return true;
    const int added = seccomp_rule_add_array(filter.get(), action, number,
        static_cast<unsigned>(conditions.size()), conditions.size() ? conditions.begin() : nullptr);
    return added == 0 || added == -EDOM; // EDOM: not on this machine
}

bool refuseWritingTo(const Filter& filter, const char* name, unsigned flags)
{
    bool added = true;
    for (const auto flag : {O_WRONLY, O_RDWR}) {
        added = added
            && add(filter, kRefuse, name,
                {when(flags, SCMP_CMP_MASKED_EQ, O_ACCMODE, static_cast<scmp_datum_t>(flag))});
    }
    for (const auto flag : {O_CREAT, O_TRUNC}) {
        const auto mask = static_cast<scmp_datum_t>(flag);
        added = added && add(filter, kRefuse, name, {when(flags, SCMP_CMP_MASKED_EQ, mask, mask)});
    }
    return added;
}

} // namespace

bool giveUpPrivileges()
{
    const rlimit none{0, 0};
    const pid_t parent = ::getppid();
    return ::setrlimit(RLIMIT_CORE, &none) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
        && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0
        && ::getppid() == parent; // it may have gone before it was said
}

void closeOthers(int keep)
{
    const auto from = static_cast<unsigned>(keep);
    if (keep > STDERR_FILENO + 1)
        (void)::syscall(SYS_close_range, STDERR_FILENO + 1, from - 1, 0);
    (void)::syscall(SYS_close_range, from + 1, ~0U, 0);
}

bool enterSandbox()
{
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
    if (!filter)
        return false;
    bool whole
        = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0; // threads that run already too
    for (const char* name : kRefused)
        whole = whole && add(filter, kRefuse, name);
    for (const char* name : kUnseen)
        whole = whole && add(filter, kUnknown, name);
    whole = whole && refuseWritingTo(filter, "open", 1) && refuseWritingTo(filter, "openat", 2)
        && add(filter, kRefuse, "socket", {when(0, SCMP_CMP_NE, AF_UNIX)})
        && add(filter, kRefuse, "clone", {when(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)})
        && add(filter, kRefuse, "prctl", {when(0, SCMP_CMP_EQ, PR_SET_DUMPABLE)})
        && add(filter, kRefuse, "prlimit64", {when(2, SCMP_CMP_NE, 0)}) && add(filter, kRefuse, "setrlimit");
    return whole && seccomp_load(filter.get()) == 0;
}

void lockMemory()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY)
        (void)::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

} // namespace hatstand::app
