/*
 * internal.h - what the files of svc share among themselves. Nothing outside cgi/svc includes it.
 *
 *   listener.c   the listening socket                    request.c  one FastCGI request; the gate to fcgiapp.h
 *   shared.c     memory shared by master and workers     conns.c    connections of one worker, handing them over
 *   vault.c      saving them from a dead worker          worker.c   the accept loop
 *   master.c     svc_run                                 slots.c    starting, watching and burying workers
 *   reload.c     SIGHUP: check, then re-execute          notify.c   the service manager's protocol
 */
#ifndef SVC_INTERNAL_H
#define SVC_INTERNAL_H

#include <signal.h>

#include "svc/notify.h"
#include "svc/svc.h"

enum {
    SVC_SLOTS = 64,                   /* workers of two generations at once */
    SVC_WORKERS_MAX = SVC_SLOTS / 2,
    SVC_KEPT_MAX = 256,               /* per worker */
    SVC_SILENT_MAX = 32,              /* room for those accepted that have said nothing yet */
    SVC_PLACES = SVC_KEPT_MAX + SVC_SILENT_MAX,
    SVC_SILENT_US = 10 * 1000000,     /* then a connection that never spoke is closed */
    SVC_COLD_US = 1 * 1000000,        /* idle for so long, a connection too many may be closed */
    SVC_KEPT_IDLE_US = 90 * 1000000,  /* longer than nginx' keepalive_timeout (60 s): nginx shall close first */
    SVC_RESCUE_US = 20000,            /* a request longer than this has the worker's other connections handed on */
    SVC_WAITED_US = 50,               /* a request that was found so soon had been there while its worker was at another */
    SVC_PART_EVERY_US = 100000,       /* how often a worker gives a connection away for that: the master must keep pace */
    SVC_VAULT = 1024,                 /* kept connections of a service that survive the death of their worker */
    SVC_GROWTH_BYTES = 128 * 1024 * 1024, /* a worker grown by this much retires */
};

/* ---- shared.c ------------------------------------------------------------------------------------------------------ */
enum slot_state { SLOT_FREE, SLOT_STARTING, SLOT_READY, SLOT_DRAINING };

/* Written by its worker, read by the master; state, pid and generation change hands as the comments say. */
struct slot {
    _Alignas(64) int pid; /* master */
    int state;            /* enum slot_state: master sets STARTING and FREE, the worker READY and DRAINING */
    uint32_t generation;
    int held;             /* connections of this worker, the one being served included */
    uint32_t active;      /* serial of the connection being served, 0 = none */
    int posts;            /* kept connections of this worker on which nginx sends POST */
    int64_t started_us, drain_since_us; /* master */
    int64_t busy_since_us; /* 0 = waiting */
    int64_t kill_at_us;    /* 0 = none */
    int64_t requests;
};

struct vault_entry {
    bool used;
    bool posts; /* one for POST; lies where the layout before had nothing, so that its images are taken over */
    int fd; /* the master's */
    int slot;
    uint32_t serial;
};

struct svc_shared;
struct svc_shared *shared_get(void); /* made or inherited at the first call; aborts when the kernel refuses */
int shared_fd(void);
uint64_t shared_layout(void); /* differs between images that could not read each other's memory */
struct slot *shared_slots(void);
struct vault_entry *shared_vault(void); /* SVC_VAULT of them; the master's alone */
uint32_t *shared_generation(void);
int *shared_stopping(void);  /* set once, when the whole service ends */
void shared_name(const char *program);
void shared_slot_retire(struct slot *s); /* master, after the worker is gone: keeps its count, frees the slot */

#define shared_load(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define shared_store(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)

/* ---- the service as one process sees it ---------------------------------------------------------------------------- */
struct svc {
    const struct svc_options *o;
    int listener;
    bool own_socket;       /* bound by us, so removed by us */
    int inbox[SVC_SLOTS][2]; /* [0] the slot's worker reads, [1] all others write */
    int vault[2];          /* [0] the master reads, [1] workers write */
    uint32_t generation;
    int master_pid;
};

/* ---- listener.c ---------------------------------------------------------------------------------------------------- */
/* A listening, non-blocking, close-on-exec socket, or -1 with the reason in why. */
int listener_open(const char *path, int mode, int backlog, char *why, size_t why_size);
/* Takes over a listener of an earlier process image when it has this path; -1 = it has not. */
int listener_inherit(int fd, const char *path);

/* ---- request.c ----------------------------------------------------------------------------------------------------- */
struct svc_request *request_new(void); /* one per worker, used again and again; NULL = FastCGI library refuses */
void request_free(struct svc_request *rq);
/* Reads the parameters from fd. False: what came was no request; fd is closed. */
bool request_begin(struct svc_request *rq, int fd, int64_t deadline_us);
void request_prolong(struct svc_request *rq, int64_t deadline_us);
/* Drains the body, sends what is buffered. */
enum request_left {
    REQUEST_KEEP,  /* the peer will use the connection again */
    REQUEST_CLOSE, /* the caller shall close it */
    REQUEST_GONE,  /* the library has closed it */
};
enum request_left request_end(struct svc_request *rq);
bool request_is_post(struct svc_request *rq); /* before request_end */

/* ---- conns.c ------------------------------------------------------------------------------------------------------- */
struct conn {
    int fd; /* -1 = free place */
    uint32_t serial;
    bool kept, watched, active, vaulted;
    bool posts;  /* the last request on it was a POST */
    bool waited; /* and came while its worker was at another */
    int64_t since_us;
};

struct conns {
    struct svc *svc;
    int slot, epoll, n_held, n_kept, n_posts;
    bool listening;
    uint32_t serial, looked;
    uint64_t gatherers; /* one bit a slot, as last looked at */
    int64_t rested_us;  /* when the last answer was out */
    int64_t parted_us;  /* when a connection was last given away because its request had waited */
    int64_t *accepted;  /* the counter suda_svc_accepted_total: beside the requests it tells how well nginx keeps connections */
    struct conn at[SVC_PLACES];
};

/* In the data of an epoll event; else the place in the low half and its serial above it. */
#define CONNS_LISTENER UINT64_MAX
#define CONNS_INBOX (UINT64_MAX - 1)

bool conns_init(struct conns *c, struct svc *svc, int slot);
/* Watches the listener, or not. While the table is full it is not watched: new connections wait in the backlog. */
void conns_listen(struct conns *c, bool on);
int conns_accept(struct conns *c);             /* place, or -1 */
bool conns_has_data(struct conns *c, int place); /* false: waits in epoll until it has */
void conns_watch(struct conns *c, int place);
void conns_keep(struct conns *c, int place, bool posts); /* after an answer; may hand it to another worker */
void conns_forget(struct conns *c, int place, bool do_close);
void conns_adopt(struct conns *c);             /* what others have handed over */
void conns_expire(struct conns *c, int64_t now_us);
/* Gives every waiting connection to other workers; with only_idle just to those that wait for work. Safe in a signal
 * handler. Returns how many are left. */
int conns_hand_over(struct conns *c, bool only_idle);
void conns_close_all(struct conns *c);
bool conns_send(struct svc *svc, int fd, bool posts);
int conns_receive(int inbox, bool *ret_posts); /* a descriptor, or -1 */

/* ---- vault.c ------------------------------------------------------------------------------------------------------- */
/* One message and at most one descriptor (fd -1 = none). Safe in a signal handler. */
bool descriptor_send(int to, const void *p, size_t n, int fd);
bool descriptor_receive(int from, void *p, size_t n, int *ret_fd);
bool vault_add(struct svc *svc, int slot, uint32_t serial, int fd, bool posts);
void vault_before_fork(void); /* these two: a new worker closes what fork gave it of the master's */
void vault_after_fork(void);
bool vault_drop(struct svc *svc, int slot, uint32_t serial); /* false: the master still holds it */
void vault_update(struct svc *svc);                     /* reads what workers have sent */
void vault_bereave(int slot, uint32_t active_serial);   /* after vault_update, when the worker is gone */
void vault_settle(struct svc *svc);                     /* gives orphans to workers, as far as there are any */
void vault_sweep(struct svc *svc, int slot);            /* what was sent to a worker that is gone becomes an orphan */
void vault_keep_over_exec(bool keep);
void vault_empty(void);

/* ---- worker.c ------------------------------------------------------------------------------------------------------ */
void worker_run(struct svc *svc, int slot) __attribute__((noreturn));

/* ---- reload.c ------------------------------------------------------------------------------------------------------ */
enum { RELOAD_NEEDS_RESTART = 3 };
bool reload_is_preflight(void);
int reload_preflight_code(void); /* of the checked image: 0 = may take over, RELOAD_NEEDS_RESTART */
/* True when an earlier image of this process left a listener and workers. */
bool reload_inherited(struct svc *svc);
void reload_remember(void);             /* program and arguments, at the start of svc_run */
int reload_preflight(void);             /* starts a check of the new image; its pid, or -1 */
void reload_exec(struct svc *svc);      /* returns only when it failed */

/* ---- master.c and slots.c ------------------------------------------------------------------------------------------- */
#define SVC_START_US (30 * INT64_C(1000000)) /* worker_init, and the check before a reload */

struct master {
    struct svc svc;
    sigset_t signals, before;
    bool reload_wanted, announced, two_generations;
    int preflight; /* pid of the check, 0 = none */
    int failures;  /* starts in a row that never became ready */
    int64_t preflight_since_us, spawn_not_before_us, stop_since_us, swept_us, watchdog_us, fed_us;
    int64_t *deaths, *kills;
};

int slots_count(const struct master *m, int state_a, int state_b); /* workers of this generation in either state */
int slots_alive(void);                                             /* workers of any generation */
void slots_fill(struct master *m);                                 /* starts what is missing, unless it must wait */
void slots_watch(struct master *m, int64_t now);
void slots_bury(struct master *m, int slot, int status);
void slots_drain(struct master *m, bool all); /* SIGTERM to every worker, or to those of older generations; each once */

/* ---- notify.c ------------------------------------------------------------------------------------------------------ */
/* svc/notify.h */

#endif
