/*
 * test_conns.c - cgi/svc/conns.c: the connections of a worker, without FastCGI: places, limits, and handing over.
 *
 * Two "workers" live in this process: slots 0 and 1 of the shared memory, each with its own table.
 */
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "svc/internal.h"
#include "unit.h"

static struct svc_options options = {.name = "unit", .kept_connections = 3};
static struct svc svc = {.o = &options};
static struct conns mine, other;
static char path[100];

static int setup(void **state)
{
    char why[200];
    (void)state;
    snprintf(path, sizeof path, "/tmp/suda-unit-conns-%d", (int)getpid());
    svc.listener = listener_open(path, 0600, 50, why, sizeof why);
    for (size_t i = 0; i < SVC_SLOTS; i++)
        assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, svc.inbox[i]), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, svc.vault), 0);
    memset(shared_vault(), 0, SVC_VAULT * sizeof(struct vault_entry));
    memset(shared_slots(), 0, SVC_SLOTS * sizeof(struct slot));
    return svc.listener < 0 || !conns_init(&mine, &svc, 0) || !conns_init(&other, &svc, 1);
}

static int teardown(void **state)
{
    (void)state;
    conns_close_all(&mine);
    conns_close_all(&other);
    close(mine.epoll);
    close(other.epoll);
    vault_update(&svc);
    vault_empty();
    close(svc.vault[0]);
    close(svc.vault[1]);
    close(svc.listener);
    for (size_t i = 0; i < SVC_SLOTS; i++) {
        close(svc.inbox[i][0]);
        close(svc.inbox[i][1]);
    }
    return unlink(path);
}

/* A connection as nginx would open it; *ret is the server's place. */
static int client(struct conns *c, int *ret)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    assert_int_equal(getsockname(svc.listener, (struct sockaddr *)&at, &n), 0);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, n), 0);
    *ret = conns_accept(c);
    assert_true(*ret >= 0);
    return fd;
}

static bool closed(int fd)
{
    char byte;
    return recv(fd, &byte, 1, 0) == 0;
}

static void test_accept_and_silence(void **state)
{
    int place;
    (void)state;
    assert_int_equal(conns_accept(&mine), -1); /* nobody there: no blocking */
    int fd = client(&mine, &place);
    assert_false(conns_has_data(&mine, place));
    assert_int_equal(send(fd, "x", 1, 0), 1);
    assert_true(conns_has_data(&mine, place));
    assert_int_equal(shared_slots()[0].held, 1);
    conns_watch(&mine, place);
    conns_expire(&mine, clock_monotonic_us() + SVC_SILENT_US - 1000000);
    assert_false(closed(fd));
    conns_expire(&mine, clock_monotonic_us() + SVC_SILENT_US + 1000000);
    char byte;
    assert_int_equal(recv(fd, &byte, 1, 0), -1); /* reset: what it had sent was not read */
    assert_int_equal(shared_slots()[0].held, 0);
    close(fd);
}

static void test_only_cold_ones_are_closed(void **state)
{
    int fds[5], place;
    (void)state;
    for (int i = 0; i < 5; i++) {
        fds[i] = client(&mine, &place);
        mine.at[place].active = true;
        conns_keep(&mine, place, false);
    }
    assert_int_equal(mine.n_kept, 5); /* two more than wanted, but all of them in use a moment ago */
    for (int i = 0; i < 5; i++)
        mine.at[i].since_us -= SVC_COLD_US + (5 - i);
    conns_expire(&mine, clock_monotonic_us());
    assert_int_equal(mine.n_kept, 3);
    assert_int_equal(shared_slots()[0].held, 3);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(closed(fds[i]), i < 2);
        close(fds[i]);
    }
}

static void test_kept_ones_expire(void **state)
{
    int place;
    (void)state;
    int fd = client(&mine, &place);
    conns_keep(&mine, place, false);
    conns_expire(&mine, clock_monotonic_us() + SVC_KEPT_IDLE_US - 1000000);
    assert_false(closed(fd));
    conns_expire(&mine, clock_monotonic_us() + SVC_KEPT_IDLE_US + 1000000);
    assert_true(closed(fd));
    close(fd);
}

static void test_silent_ones_give_way(void **state)
{
    int first, place, fds[SVC_PLACES];
    (void)state;
    int fd = client(&mine, &first);
    conns_watch(&mine, first);
    for (int i = 0; i < SVC_PLACES; i++) {
        fds[i] = client(&mine, &place);
        conns_watch(&mine, place);
    }
    assert_true(closed(fd)); /* the oldest */
    assert_int_equal(mine.n_held, SVC_PLACES);
    close(fd);
    for (int i = 0; i < SVC_PLACES; i++)
        close(fds[i]);
}

static void test_full_table_stops_listening(void **state)
{
    int place, fds[SVC_PLACES];
    (void)state;
    conns_listen(&mine, true);
    for (int i = 0; i < SVC_PLACES; i++) {
        fds[i] = client(&mine, &place);
        mine.at[place].active = true;
        conns_keep(&mine, place, false);
    }
    assert_true(mine.listening);
    assert_int_equal(conns_accept(&mine), -1);
    assert_false(mine.listening);
    assert_int_equal(mine.n_held, SVC_PLACES); /* nobody was closed for it */
    conns_forget(&mine, 0, true);
    conns_listen(&mine, true);
    assert_true(mine.listening);
    for (int i = 0; i < SVC_PLACES; i++)
        close(fds[i]);
}

static void make_ready(int slot, uint32_t generation, bool busy)
{
    shared_slots()[slot].state = SLOT_READY;
    shared_slots()[slot].generation = generation;
    shared_slots()[slot].busy_since_us = busy;
}

static void test_hand_over(void **state)
{
    int place;
    (void)state;
    int fd = client(&mine, &place);
    conns_keep(&mine, place, false);
    assert_int_equal(conns_hand_over(&mine, false), 1); /* nobody to take it: it stays */
    assert_int_equal(mine.n_kept, 1);
    make_ready(1, 1, true);
    assert_int_equal(conns_hand_over(&mine, true), 1); /* busy ones do not help */
    make_ready(1, 1, false);
    assert_int_equal(conns_hand_over(&mine, true), 0);
    assert_int_equal(mine.n_held, 0);
    assert_int_equal(shared_slots()[1].held, 1); /* counted while it is on its way */
    conns_adopt(&other);
    assert_int_equal(other.n_kept, 1);
    assert_int_equal(shared_slots()[1].held, 1);
    /* The same connection, still open, now answered by the other. */
    assert_int_equal(send(fd, "x", 1, 0), 1);
    struct epoll_event e;
    assert_int_equal(epoll_wait(other.epoll, &e, 1, 1000), 1);
    place = (int)(e.data.u64 & UINT32_MAX);
    assert_true(conns_has_data(&other, place));
    assert_int_equal(send(other.at[place].fd, "y", 1, 0), 1);
    char byte = 0;
    assert_int_equal(recv(fd, &byte, 1, 0), 1);
    assert_int_equal(byte, 'y');
    close(fd);
}

static void test_active_one_is_not_handed_over(void **state)
{
    int place;
    (void)state;
    int fd = client(&mine, &place);
    conns_keep(&mine, place, false);
    mine.at[place].active = true;
    make_ready(1, 1, false);
    conns_hand_over(&mine, false);
    assert_int_equal(mine.n_kept, 1);
    close(fd);
}

static void test_new_generation_is_preferred(void **state)
{
    int place;
    (void)state;
    make_ready(1, 1, false);
    make_ready(2, 2, false);
    make_ready(3, 2, false);
    shared_slots()[2].held = 5; /* more connections, but newer than slot 1; fewer in slot 3 */
    int fd = client(&mine, &place);
    conns_keep(&mine, place, false);
    conns_hand_over(&mine, false);
    bool posts = true;
    assert_int_equal(conns_receive(svc.inbox[1][0], &posts), -1);
    assert_int_equal(conns_receive(svc.inbox[2][0], &posts), -1);
    int got = conns_receive(svc.inbox[3][0], &posts);
    assert_true(got >= 0 && !posts);
    close(got);
    close(fd);
}

static void test_evens_out(void **state)
{
    int fds[4], place;
    (void)state;
    make_ready(0, 1, false);
    make_ready(1, 1, true);
    options.kept_connections = 8;
    for (int i = 0; i < 4; i++) {
        fds[i] = client(&mine, &place);
        mine.at[place].active = true;
        conns_keep(&mine, place, false);
        conns_adopt(&other);
    }
    options.kept_connections = 3;
    assert_int_equal(mine.n_held, 2);
    assert_int_equal(other.n_held, 2);
    for (int i = 0; i < 4; i++)
        close(fds[i]);
}

static int vaulted(void)
{
    int n = 0;
    vault_update(&svc);
    for (int i = 0; i < SVC_VAULT; i++)
        n += shared_vault()[i].used;
    return n;
}

static int posted(struct conns *c, int *ret)
{
    int fd = client(c, ret);
    c->at[*ret].active = true;
    conns_keep(c, *ret, true);
    return fd;
}

/* nginx repeats no POST, so no such connection is closed for being one too many. */
static void test_cold_ones_for_post_stay(void **state)
{
    int fds[5], place;
    (void)state;
    for (int i = 0; i < 5; i++) {
        fds[i] = posted(&mine, &place);
        mine.at[place].since_us -= SVC_COLD_US + 1;
    }
    assert_int_equal(shared_slots()[0].posts, 5);
    conns_expire(&mine, clock_monotonic_us());
    assert_int_equal(mine.n_kept, 5);
    conns_keep(&mine, 0, false); /* what carries something else now is like all others */
    assert_int_equal(shared_slots()[0].posts, 4);
    mine.at[0].since_us -= SVC_COLD_US + 1;
    conns_expire(&mine, clock_monotonic_us());
    assert_int_equal(mine.n_kept, 4);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(closed(fds[i]), i == 0);
        close(fds[i]);
    }
}

/* By their own number, not by that of all connections; and the mark goes along. */
static void test_those_for_post_are_spread(void **state)
{
    int fds[4], place;
    (void)state;
    make_ready(0, 1, false);
    make_ready(1, 1, false);
    make_ready(2, 1, false);
    shared_slots()[1].held = 50;
    shared_slots()[2].posts = 1;
    fds[0] = posted(&mine, &place);
    assert_int_equal(mine.n_posts, 1);
    fds[1] = posted(&mine, &place);
    conns_adopt(&other);
    assert_int_equal(other.n_posts, 1);
    assert_int_equal(shared_slots()[1].posts, 1);
    for (int i = 2; i < 4; i++)
        fds[i] = posted(&mine, &place);
    assert_int_equal(mine.n_posts, 2); /* one goes to slot 1 or 2 */
    for (int i = 0; i < 4; i++)
        close(fds[i]);
}

static void test_one_that_had_to_wait_parts(void **state)
{
    int fds[2], first, second;
    (void)state;
    make_ready(0, 1, false);
    make_ready(1, 1, true);
    fds[0] = posted(&mine, &first);
    shared_slots()[1].posts = 2;
    fds[1] = posted(&mine, &second);
    conns_keep(&mine, second, true);
    mine.at[second].waited = true;
    conns_keep(&mine, second, true);
    assert_int_equal(mine.n_posts, 2); /* the other is busy: nothing is won */
    make_ready(1, 1, false);
    mine.at[second].waited = false;
    conns_keep(&mine, second, true);
    assert_int_equal(mine.n_posts, 2); /* it need not */
    mine.at[second].waited = true;
    mine.parted_us = 0; /* as if the first try were long ago */
    conns_keep(&mine, second, true);
    assert_int_equal(mine.n_posts, 1);
    conns_adopt(&other);
    assert_int_equal(other.n_posts, 1);
    fds[1] = posted(&mine, &second); /* soon after that it stays */
    mine.at[second].waited = true;
    conns_keep(&mine, second, true);
    assert_int_equal(mine.n_posts, 2);
    mine.parted_us -= SVC_PART_EVERY_US;
    conns_keep(&mine, second, true);
    assert_int_equal(mine.n_posts, 1);
    close(fds[0]);
    close(fds[1]);
}

/* A deposit that the master had no room for is made at the next occasion. */
static void test_vault_is_asked_again(void **state)
{
    int place, filled = 0;
    (void)state;
    while (vault_drop(&svc, 5, 7))
        filled++;
    assert_true(filled > 0);
    int fd = client(&mine, &place);
    conns_keep(&mine, place, true);
    assert_false(mine.at[place].vaulted);
    assert_int_equal(vaulted(), 0);
    conns_keep(&mine, place, true);
    assert_int_equal(vaulted(), 1);
    conns_keep(&mine, place, true);
    assert_int_equal(vaulted(), 1); /* once */
    close(fd);
}

static void test_stale_event_is_known(void **state)
{
    int place, again;
    (void)state;
    int fd = client(&mine, &place);
    uint32_t serial = mine.at[place].serial;
    conns_forget(&mine, place, true);
    assert_true(closed(fd));
    close(fd);
    fd = client(&mine, &again);
    assert_int_equal(again, place);
    assert_int_not_equal(mine.at[again].serial, serial);
    conns_forget(&mine, again, true);
    conns_forget(&mine, again, true); /* twice is fine */
    assert_int_equal(mine.n_held, 0);
    close(fd);
}

/* Worker 0 dies with two kept connections, at a request of the first. */
static void test_vault_saves_what_waits(void **state)
{
    int busy_place, idle_place;
    (void)state;
    int busy = client(&mine, &busy_place), idle = client(&mine, &idle_place);
    conns_keep(&mine, busy_place, false);
    conns_keep(&mine, idle_place, false);
    assert_int_equal(vaulted(), 2);
    assert_int_equal(send(idle, "x", 1, 0), 1); /* the next request is already written */
    uint32_t active = mine.at[busy_place].serial;
    for (int i = 0; i < SVC_PLACES; i++) /* dead: its descriptors are closed, and nothing is withdrawn */
        if (mine.at[i].fd >= 0) {
            close(mine.at[i].fd);
            mine.at[i] = (struct conn){.fd = -1};
        }
    vault_bereave(0, active);
    assert_true(closed(busy));
    assert_false(closed(idle));
    vault_settle(&svc);
    assert_int_equal(vaulted(), 1); /* nobody ready: it waits */
    make_ready(1, 1, false);
    vault_settle(&svc);
    conns_adopt(&other);
    assert_int_equal(other.n_kept, 1);
    assert_int_equal(vaulted(), 1); /* now as the other's */
    struct epoll_event e;
    assert_int_equal(epoll_wait(other.epoll, &e, 1, 1000), 1);
    assert_true(conns_has_data(&other, (int)(e.data.u64 & UINT32_MAX)));
    close(busy);
    close(idle);
}

static void test_vault_forgets_what_is_closed_or_given_away(void **state)
{
    int a, b;
    (void)state;
    int fd = client(&mine, &a), fd2 = client(&mine, &b);
    conns_keep(&mine, a, false);
    conns_keep(&mine, b, false);
    assert_int_equal(vaulted(), 2);
    conns_forget(&mine, a, true);
    assert_int_equal(vaulted(), 1);
    assert_true(closed(fd));
    make_ready(1, 1, false);
    assert_int_equal(conns_hand_over(&mine, false), 0);
    assert_int_equal(vaulted(), 0); /* before the other has it */
    vault_bereave(0, 0);
    vault_settle(&svc);
    conns_adopt(&other);
    assert_int_equal(other.n_kept, 1); /* once */
    close(fd);
    close(fd2);
}

/* The heir of connections for POST treats them as such: none is closed for being one too many. */
static void test_the_heir_knows_those_for_post(void **state)
{
    enum { FEW = 5 };
    int fds[FEW], place;
    (void)state;
    for (int i = 0; i < FEW; i++)
        fds[i] = posted(&mine, &place);
    assert_int_equal(vaulted(), FEW);
    for (int i = 0; i < SVC_PLACES; i++) /* dead: its descriptors are closed, and nothing is withdrawn */
        if (mine.at[i].fd >= 0) {
            close(mine.at[i].fd);
            mine.at[i] = (struct conn){.fd = -1};
        }
    vault_bereave(0, 0);
    make_ready(1, 1, false);
    vault_settle(&svc);
    conns_adopt(&other);
    assert_int_equal(other.n_posts, FEW);
    conns_expire(&other, clock_monotonic_us() + 2 * SVC_COLD_US);
    assert_int_equal(other.n_posts, FEW);
    for (int i = 0; i < FEW; i++)
        close(fds[i]);
}

static void test_what_lay_in_a_dead_inbox_is_saved(void **state)
{
    int place;
    (void)state;
    make_ready(1, 1, false);
    int fd = client(&mine, &place);
    bool posts = false;
    conns_keep(&mine, place, true);
    assert_int_equal(conns_hand_over(&mine, false), 0);
    shared_slots()[1].state = SLOT_FREE; /* dies before it looks */
    make_ready(2, 1, false);
    vault_sweep(&svc, 1);
    vault_settle(&svc);
    int got = conns_receive(svc.inbox[2][0], &posts);
    assert_true(got >= 0 && posts); /* it is known what it is for */
    close(got);
    close(fd);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_accept_and_silence),
        T(test_only_cold_ones_are_closed),
        T(test_kept_ones_expire),
        T(test_silent_ones_give_way),
        T(test_full_table_stops_listening),
        T(test_hand_over),
        T(test_active_one_is_not_handed_over),
        T(test_new_generation_is_preferred),
        T(test_evens_out),
        T(test_cold_ones_for_post_stay),
        T(test_those_for_post_are_spread),
        T(test_one_that_had_to_wait_parts),
        T(test_vault_is_asked_again),
        T(test_stale_event_is_known),
        T(test_vault_saves_what_waits),
        T(test_vault_forgets_what_is_closed_or_given_away),
        T(test_the_heir_knows_those_for_post), T(test_what_lay_in_a_dead_inbox_is_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
