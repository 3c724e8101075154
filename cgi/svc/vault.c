/*
 * vault.c - the master's second hold on every kept connection.
 *
 * nginx sends the next request on a kept connection while its worker is still busy with another one. Were that worker
 * killed, all the requests waiting on its connections would be lost with it. So a worker deposits a duplicate of the
 * descriptor with the master when it keeps a connection, and withdraws it before closing or handing it over. When the
 * worker dies, the master closes the one connection whose request it was at, and gives the others to another worker.
 *
 * A withdrawal goes before the hand-over, never after: a connection with two owners would be read by both. A deposit
 * that cannot be sent (the master is busy and the queue full) leaves that connection without this protection, no more.
 * The table lies in the shared memory so that the next image of the master finds it.
 */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "svc/internal.h"

enum { OP_ADD, OP_DROP, OP_ADD_POSTS, OWNER_NONE = -1 };

struct message {
    int op, slot;
    uint32_t serial;
};

bool descriptor_send(int to, const void *p, size_t n, int fd)
{
    struct iovec io = {(void *)(uintptr_t)p, n};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1};
    if (fd >= 0) {
        m.msg_control = &control;
        m.msg_controllen = sizeof control;
        struct cmsghdr *h = CMSG_FIRSTHDR(&m);
        h->cmsg_level = SOL_SOCKET;
        h->cmsg_type = SCM_RIGHTS;
        h->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(h), &fd, sizeof fd);
    }
    return sendmsg(to, &m, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)n;
}

bool descriptor_receive(int from, void *p, size_t n, int *ret_fd)
{
    struct iovec io = {p, n};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *ret_fd = -1;
    if (recvmsg(from, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != (ssize_t)n)
        return false;
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    if (h && h->cmsg_level == SOL_SOCKET && h->cmsg_type == SCM_RIGHTS && h->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(ret_fd, CMSG_DATA(h), sizeof *ret_fd);
    return true;
}

/* ---- worker -------------------------------------------------------------------------------------------------------- */

bool vault_add(struct svc *svc, int slot, uint32_t serial, int fd, bool posts)
{
    const struct message m = {posts ? OP_ADD_POSTS : OP_ADD, slot, serial};
    return descriptor_send(svc->vault[1], &m, sizeof m, fd);
}

bool vault_drop(struct svc *svc, int slot, uint32_t serial)
{
    const struct message m = {OP_DROP, slot, serial};
    return descriptor_send(svc->vault[1], &m, sizeof m, -1);
}

/* The table may change between the fork and the child's first step, so the child goes by a copy made before. */
static int inherited[SVC_VAULT];
static int n_inherited;

void vault_before_fork(void)
{
    n_inherited = 0;
    for (int i = 0; i < SVC_VAULT; i++)
        if (shared_vault()[i].used)
            inherited[n_inherited++] = shared_vault()[i].fd;
}

void vault_after_fork(void)
{
    for (int i = 0; i < n_inherited; i++)
        close(inherited[i]);
}

/* ---- master -------------------------------------------------------------------------------------------------------- */

static struct vault_entry *find(int slot, uint32_t serial)
{
    for (int i = 0; i < SVC_VAULT; i++) {
        struct vault_entry *e = &shared_vault()[i];
        if (e->used && e->slot == slot && e->serial == serial)
            return e;
    }
    return NULL;
}

static void put_in(int slot, uint32_t serial, int fd, bool posts)
{
    for (int i = 0; i < SVC_VAULT; i++) {
        struct vault_entry *e = &shared_vault()[i];
        if (e->used)
            continue;
        *e = (struct vault_entry){.used = true, .posts = posts, .fd = fd, .slot = slot, .serial = serial};
        return;
    }
    close(fd); /* full: this one goes without */
}

static void take_out(struct vault_entry *e)
{
    close(e->fd);
    *e = (struct vault_entry){0};
}

void vault_update(struct svc *svc)
{
    struct message m;
    int fd;
    while (descriptor_receive(svc->vault[0], &m, sizeof m, &fd)) {
        struct vault_entry *old = m.op == OP_DROP ? find(m.slot, m.serial) : NULL;
        if (old)
            take_out(old);
        if (m.op != OP_DROP && fd >= 0)
            put_in(m.slot, m.serial, fd, m.op == OP_ADD_POSTS);
        else if (fd >= 0)
            close(fd);
    }
}

void vault_bereave(int slot, uint32_t active_serial)
{
    for (int i = 0; i < SVC_VAULT; i++) {
        struct vault_entry *e = &shared_vault()[i];
        if (!e->used || e->slot != slot)
            continue;
        if (e->serial == active_serial) {
            /* Half a request has been read and perhaps half an answer sent: it cannot be continued. */
            shutdown(e->fd, SHUT_RDWR);
            take_out(e);
        } else {
            e->slot = OWNER_NONE;
        }
    }
}

void vault_sweep(struct svc *svc, int slot)
{
    bool posts;
    int fd;
    while ((fd = conns_receive(svc->inbox[slot][0], &posts)) >= 0)
        put_in(OWNER_NONE, 0, fd, posts);
}

void vault_settle(struct svc *svc)
{
    for (int i = 0; i < SVC_VAULT; i++) {
        struct vault_entry *e = &shared_vault()[i];
        if (e->used && e->slot == OWNER_NONE && conns_send(svc, e->fd, e->posts))
            take_out(e);
    }
}

void vault_keep_over_exec(bool keep)
{
    for (int i = 0; i < SVC_VAULT; i++)
        if (shared_vault()[i].used)
            fcntl(shared_vault()[i].fd, F_SETFD, keep ? 0 : FD_CLOEXEC);
}

void vault_empty(void)
{
    for (int i = 0; i < SVC_VAULT; i++)
        if (shared_vault()[i].used)
            take_out(&shared_vault()[i]);
}
