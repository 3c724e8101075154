/*
 * conns.c - the connections of one worker, and how they move between workers.
 *
 * A worker never blocks on a connection that says nothing: the listener, the inbox and all waiting connections sit in
 * one epoll set, and whoever is readable is served in turn. The listener is watched with EPOLLEXCLUSIVE, so a new
 * connection wakes one worker.
 *
 * Kept connections are not closed when a worker ends or is busy for long; they are passed to another worker through
 * its inbox (a Unix socket carrying descriptors). Closing an idle one could meet a request that nginx is just sending,
 * and nginx repeats no POST. Therefore nginx shall be the one to close: its keepalive_timeout is shorter than
 * SVC_KEPT_IDLE_US, its keepalive times its workers fits into kept_connections times ours, and what is held beyond that
 * is closed only when it has been idle for a while, and never if it is one for POST.
 *
 * Those for POST are told by the last request on them, as nginx keeps them apart (nginx/snippets/http.conf). They are
 * spread over all workers, gatherers or not: what writes waits for the disk, and those that wait at once share one flush.
 *
 * conns_hand_over runs inside a signal handler while the application works; it touches only conns that are watched and
 * not active, and uses only system calls.
 */
#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "svc/internal.h"

/* What comes with a descriptor that is handed over. */
enum kind { ALL_ELSE = 'c', POSTS = 'p' };

/* In epoll data: the place in the low half, its serial above it, so that a stale event is known. */

static bool watch(int epoll, int op, int fd, uint32_t events, uint64_t data)
{
    struct epoll_event e = {.events = events, .data.u64 = data};
    return epoll_ctl(epoll, op, fd, &e) == 0;
}

bool conns_init(struct conns *c, struct svc *svc, int slot)
{
    *c = (struct conns){.svc = svc, .slot = slot};
    for (int i = 0; i < SVC_PLACES; i++)
        c->at[i].fd = -1;
    c->accepted = svc_counter("suda_svc_accepted_total");
    BUG_ON(!c->accepted);
    c->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (c->epoll < 0)
        return false;
    return watch(c->epoll, EPOLL_CTL_ADD, svc->inbox[slot][0], EPOLLIN, CONNS_INBOX);
}

void conns_listen(struct conns *c, bool on)
{
    if (on == c->listening)
        return;
    c->listening = on;
    bool done = watch(c->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, c->svc->listener,
                      EPOLLIN | (uint32_t)EPOLLEXCLUSIVE, CONNS_LISTENER);
    BUG_ON(!done);
}

static void count(struct conns *c, int held, int kept, int posts)
{
    struct slot *s = &shared_slots()[c->slot];
    c->n_held += held;
    c->n_kept += kept;
    c->n_posts += posts;
    shared_store(&s->held, c->n_held);
    shared_store(&s->posts, c->n_posts);
}

static void mark(struct conns *c, struct conn *k, bool posts)
{
    if (posts != k->posts)
        count(c, 0, 0, posts ? 1 : -1);
    k->posts = posts;
}

/* Removes from the table, and closes when told; else the descriptor lives on elsewhere. */
void conns_forget(struct conns *c, int place, bool do_close)
{
    struct conn *k = &c->at[place];
    if (k->fd < 0)
        return;
    if (k->watched)
        watch(c->epoll, EPOLL_CTL_DEL, k->fd, 0, 0);
    if (k->vaulted) {
        /* The master's duplicate keeps it open for a moment yet: the peer shall see the end now. */
        if (do_close)
            shutdown(k->fd, SHUT_RDWR);
        vault_drop(c->svc, c->slot, k->serial);
    }
    if (do_close)
        close(k->fd);
    mark(c, k, false);
    count(c, -1, k->kept ? -1 : 0, 0);
    *k = (struct conn){.fd = -1};
}

/* The waiting connection of this kind that has waited longest, or -1. */
static int oldest(struct conns *c, bool kept, bool posts)
{
    int found = -1;
    for (int i = 0; i < SVC_PLACES; i++) {
        struct conn *k = &c->at[i];
        if (k->fd >= 0 && !k->active && k->kept == kept && k->posts == posts &&
            (found < 0 || k->since_us < c->at[found].since_us))
            found = i;
    }
    return found;
}

static int place_for(struct conns *c, int fd)
{
    int place = -1;
    for (int i = 0; i < SVC_PLACES && place < 0; i++)
        if (c->at[i].fd < 0)
            place = i;
    if (place < 0) {
        /* Those that never spoke go first. */
        place = oldest(c, false, false);
        if (place < 0)
            place = oldest(c, true, false);
        if (place < 0)
            place = oldest(c, true, true);
        BUG_ON(place < 0);
        conns_forget(c, place, true);
    }
    if (++c->serial == 0)
        c->serial = 1; /* 0 means none */
    c->at[place] = (struct conn){.fd = fd, .serial = c->serial, .since_us = clock_monotonic_us()};
    count(c, 1, 0, 0);
    return place;
}

int conns_accept(struct conns *c)
{
    if (c->n_held == SVC_PLACES && oldest(c, false, false) < 0) {
        conns_listen(c, false); /* the worker turns it on again when there is room */
        return -1;
    }
    int fd = accept4(c->svc->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
        return -1; /* EAGAIN: another worker was quicker */
    __atomic_fetch_add(c->accepted, 1, __ATOMIC_RELAXED);
    return place_for(c, fd);
}

bool conns_has_data(struct conns *c, int place)
{
    char byte;
    return recv(c->at[place].fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void conns_watch(struct conns *c, int place)
{
    struct conn *k = &c->at[place];
    k->active = false;
    if (k->watched)
        return;
    k->watched = watch(c->epoll, EPOLL_CTL_ADD, k->fd, EPOLLIN, (uint64_t)k->serial << 32 | (uint32_t)place);
    if (!k->watched)
        conns_forget(c, place, true);
}

/* ---- handing over -------------------------------------------------------------------------------------------------- */

int conns_receive(int inbox, bool *ret_posts)
{
    char kind;
    int fd;
    if (!descriptor_receive(inbox, &kind, 1, &fd))
        return -1;
    *ret_posts = kind == POSTS;
    return fd;
}

enum how { ANY, NOT_LONG_BUSY, IDLE };

/* The worker to send to: one of the slots `among`, ready, of the newest generation that has one, with the fewest
 * connections of this kind, and of two with as many the one with fewer altogether; -1 = none. */
static int choose(int from_slot, uint64_t among, enum how how, bool posts, int fewer_than)
{
    struct slot *slots = shared_slots();
    int found = -1, found_n = 0, found_held = 0;
    uint32_t newest = 0;
    int64_t long_ago = how == NOT_LONG_BUSY ? clock_monotonic_us() - SVC_RESCUE_US : INT64_MAX;
    for (int i = 0; i < SVC_SLOTS; i++) {
        if ((among >> i & 1) == 0 || i == from_slot || shared_load(&slots[i].state) != SLOT_READY)
            continue;
        int held = shared_load(&slots[i].held), n = posts ? shared_load(&slots[i].posts) : held;
        int64_t busy = shared_load(&slots[i].busy_since_us);
        if ((busy && (how == IDLE || (how == NOT_LONG_BUSY && busy < long_ago))) || n >= fewer_than || held >= SVC_PLACES)
            continue;
        bool fewer = n < found_n || (n == found_n && held < found_held);
        if (found < 0 || slots[i].generation > newest || (slots[i].generation == newest && fewer)) {
            found = i;
            found_n = n;
            found_held = held;
            newest = slots[i].generation;
        }
    }
    return found;
}

static bool send_to(struct svc *svc, int to, int fd, bool posts)
{
    const char byte = posts ? POSTS : ALL_ELSE;
    if (!descriptor_send(svc->inbox[to][1], &byte, 1, fd))
        return false;
    /* Counted here, so that the next one to be sent sees it; the receiver sets the true number when it takes it. */
    __atomic_fetch_add(&shared_slots()[to].held, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&shared_slots()[to].posts, posts, __ATOMIC_RELAXED);
    return true;
}

bool conns_send(struct svc *svc, int fd, bool posts)
{
    int to = choose(-1, UINT64_MAX, ANY, posts, SVC_PLACES);
    return to >= 0 && send_to(svc, to, fd, posts);
}

/*
 * Workers that gather the kept connections: the first ready ones of the newest generation. Few that work have their memory
 * at hand in the processor; spread over all, the same requests cost a sixth more. The others wait for new connections,
 * and for those that a gatherer which is busy for long hands to them.
 */
static uint64_t gatherers(const struct svc *svc)
{
    struct slot *slots = shared_slots();
    uint64_t found = 0;
    uint32_t newest = 0;
    int n = 0, most = svc->o->gatherers;
    if (most <= 0)
        return UINT64_MAX;
    for (int i = 0; i < SVC_SLOTS; i++) {
        if (shared_load(&slots[i].state) != SLOT_READY || slots[i].generation < newest)
            continue;
        if (slots[i].generation > newest) {
            newest = slots[i].generation;
            found = 0;
            n = 0;
        }
        if (n++ < most)
            found |= UINT64_C(1) << i;
    }
    return found;
}

/* Out of the vault first: the master must not take it for ours when it is already another's. */
static bool give_away(struct conns *c, int place, uint64_t among, enum how how, int fewer_than)
{
    struct conn *k = &c->at[place];
    int to = choose(c->slot, among, how, k->posts, fewer_than);
    if (to < 0 || (k->vaulted && !vault_drop(c->svc, c->slot, k->serial)))
        return false;
    k->vaulted = false;
    if (!send_to(c->svc, to, k->fd, k->posts))
        return false;
    conns_forget(c, place, true); /* our descriptor; the connection lives on in the message */
    return true;
}

int conns_hand_over(struct conns *c, bool only_idle)
{
    int left = 0;
    for (int i = 0; i < SVC_PLACES; i++) {
        struct conn *k = &c->at[i];
        if (k->fd >= 0 && !k->active && k->watched && !give_away(c, i, UINT64_MAX, only_idle ? IDLE : ANY, SVC_PLACES))
            left++;
    }
    return left;
}

/*
 * Too many: those that have been idle longest go. Not the others: under load a connection rests for microseconds only,
 * and nginx is likely to be writing the next request to it. nginx closes what its own cache cannot hold. Not those for POST
 * at all: of any other request nginx sends what met a closed connection again.
 */
static void close_cold(struct conns *c, int64_t now_us)
{
    while (c->n_kept > c->svc->o->kept_connections) {
        int last = oldest(c, true, false);
        if (last < 0 || now_us - c->at[last].since_us < SVC_COLD_US)
            return;
        conns_forget(c, last, true);
    }
}

/*
 * One for POST whose request had to wait for another: to a worker that is idle, so that the two which are in use at once
 * part. Else now and then to one with fewer of them.
 */
static bool post_elsewhere(struct conns *c, int place, bool fresh, bool look)
{
    if (fresh)
        return give_away(c, place, UINT64_MAX, NOT_LONG_BUSY, c->n_posts - 1);
    if (c->at[place].waited && c->rested_us - c->parted_us > SVC_PART_EVERY_US) {
        c->parted_us = c->rested_us;
        if (give_away(c, place, UINT64_MAX, IDLE, c->n_posts + 1))
            return true;
    }
    return look && give_away(c, place, UINT64_MAX, NOT_LONG_BUSY, c->n_posts - 2);
}

/* To a gatherer, or, being one, to another that has fewer: who accepts most must not end up with all the connections. */
static bool keep_elsewhere(struct conns *c, int place, bool fresh)
{
    enum { LOOK_EVERY = 32 };
    bool look = fresh || c->looked++ % LOOK_EVERY == 0;
    if (c->at[place].posts)
        return post_elsewhere(c, place, fresh, look);
    if (look)
        c->gatherers = gatherers(c->svc);
    int most = c->svc->o->kept_connections;
    if ((c->gatherers >> c->slot & 1) == 0)
        return give_away(c, place, c->gatherers, fresh ? NOT_LONG_BUSY : IDLE, most);
    return fresh && (give_away(c, place, c->gatherers, ANY, c->n_held - 1) ||
                     (c->n_kept > most && give_away(c, place, ~c->gatherers, NOT_LONG_BUSY, most)));
}

void conns_keep(struct conns *c, int place, bool posts)
{
    struct conn *k = &c->at[place];
    bool fresh = !k->kept;
    k->since_us = c->rested_us = clock_monotonic_us();
    if (fresh) {
        k->kept = true;
        count(c, 0, 1, 0);
    }
    mark(c, k, posts);
    if (keep_elsewhere(c, place, fresh))
        return;
    if (!k->vaulted) /* the master may have been too busy before */
        k->vaulted = vault_add(c->svc, c->slot, k->serial, k->fd, k->posts);
    if (fresh)
        close_cold(c, k->since_us);
    conns_watch(c, place);
}

void conns_adopt(struct conns *c)
{
    bool posts;
    int fd;
    while ((fd = conns_receive(c->svc->inbox[c->slot][0], &posts)) >= 0) {
        int place = place_for(c, fd);
        struct conn *k = &c->at[place];
        k->kept = true;
        k->vaulted = vault_add(c->svc, c->slot, k->serial, fd, posts);
        count(c, 0, 1, 0);
        mark(c, k, posts);
        conns_watch(c, place);
    }
}

void conns_expire(struct conns *c, int64_t now_us)
{
    for (int i = 0; i < SVC_PLACES; i++) {
        struct conn *k = &c->at[i];
        if (k->fd >= 0 && !k->active && now_us - k->since_us > (k->kept ? SVC_KEPT_IDLE_US : SVC_SILENT_US))
            conns_forget(c, i, true);
    }
    close_cold(c, now_us);
}

void conns_close_all(struct conns *c)
{
    for (int i = 0; i < SVC_PLACES; i++)
        conns_forget(c, i, true);
}
