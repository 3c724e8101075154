/*
 * shared.c - the memory that a master, its workers and the next image of the master have in common.
 *
 * A memfd: it needs no file name, and survives the re-execution of the master (reload.c hands its descriptor on), so
 * counters keep counting and the new image finds the workers of the old one. An image with another layout is refused
 * before it could take over (reload.c). Counters sit in an open hash table whose entries are claimed by compare-and-set; nothing is ever
 * removed. Must not know FastCGI.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/log.h"
#include "svc/internal.h"

enum { COUNTER_NAME_BYTES = 232, ENTRY_EMPTY = 0, ENTRY_CLAIMED, ENTRY_READY, ENTRY_LOST,
       CLAIM_SPINS = 1000, CLAIM_REST_NS = 50000 };
#define CLAIM_WAIT_US US_PER_S

struct counter {
    int64_t value;
    int state;
    char name[COUNTER_NAME_BYTES];
};

struct svc_shared {
    uint64_t layout; /* differs when this struct does */
    uint32_t generation;
    int stopping;
    char program[32];
    int64_t requests_before; /* of workers that are gone */
    struct slot slots[SVC_SLOTS];
    struct vault_entry vault[SVC_VAULT];
    struct counter counters[SVC_METRIC_SLOTS];
};

#define LAYOUT (UINT64_C(0x5375646100000001) ^ ((uint64_t)sizeof(struct svc_shared) << 8))

static struct svc_shared *shared;
static int memory_fd = -1;

static struct svc_shared *map(int fd)
{
    void *p = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return p == MAP_FAILED ? NULL : p;
}

static bool inherit(void)
{
    const char *text = getenv("SVC_SHARED_FD");
    uint64_t fd;
    struct stat st;
    if (!text || !parse_u64(str_from_c(text), 0, INT32_MAX, &fd))
        return false;
    unsetenv("SVC_SHARED_FD");
    if (fstat((int)fd, &st) != 0 || st.st_size != (off_t)sizeof *shared)
        return false;
    shared = map((int)fd);
    if (!shared || shared->layout != LAYOUT) {
        log_line(LOG_WARN, "shared_memory_layout_changed", NULL);
        return false;
    }
    memory_fd = (int)fd;
    return fcntl(memory_fd, F_SETFD, FD_CLOEXEC) == 0;
}

struct svc_shared *shared_get(void)
{
    if (shared || inherit())
        return shared;
    memory_fd = memfd_create("suda-svc", MFD_CLOEXEC);
    BUG_ON(memory_fd < 0 || ftruncate(memory_fd, sizeof *shared) != 0);
    shared = map(memory_fd);
    BUG_ON(!shared);
    shared->layout = LAYOUT;
    return shared;
}

uint64_t shared_layout(void)
{
    return LAYOUT;
}

int shared_fd(void)
{
    shared_get();
    return memory_fd;
}

struct slot *shared_slots(void)
{
    return shared_get()->slots;
}

struct vault_entry *shared_vault(void)
{
    return shared_get()->vault;
}

uint32_t *shared_generation(void)
{
    return &shared_get()->generation;
}

int *shared_stopping(void)
{
    return &shared_get()->stopping;
}

void shared_name(const char *program)
{
    snprintf(shared_get()->program, sizeof shared->program, "%s", program);
}

void shared_slot_retire(struct slot *s)
{
    __atomic_fetch_add(&shared_get()->requests_before, shared_load(&s->requests), __ATOMIC_RELAXED);
    s->requests = 0;
    s->held = 0;
    s->posts = 0;
    s->active = 0;
    s->busy_since_us = s->kill_at_us = s->drain_since_us = 0;
    shared_store(&s->pid, 0);
    shared_store(&s->state, SLOT_FREE);
}

/* Waits for a process that is writing the name of this entry: on a busy machine it may be put aside in the middle, and whoever
 * went on meanwhile would claim the same name a second time. One that died there is given up after a second, by all. */
static bool entry_settled(struct counter *c)
{
    const struct timespec rest = {0, CLAIM_REST_NS};
    const int64_t until = shared_load(&c->state) == ENTRY_CLAIMED ? clock_monotonic_us() + CLAIM_WAIT_US : 0;
    int claimed = ENTRY_CLAIMED;
    for (int i = 0; shared_load(&c->state) == ENTRY_CLAIMED; i++) {
        if (i < CLAIM_SPINS)
            continue;
        if (clock_monotonic_us() > until)
            __atomic_compare_exchange_n(&c->state, &claimed, ENTRY_LOST, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
        else
            nanosleep(&rest, NULL);
    }
    return shared_load(&c->state) == ENTRY_READY;
}

int64_t *svc_counter(const char *name_with_labels)
{
    size_t n = strlen(name_with_labels);
    if (n == 0 || n >= COUNTER_NAME_BYTES)
        return NULL;
    struct counter *table = shared_get()->counters;
    uint64_t at = hash_fnv1a(str_from_c(name_with_labels));
    for (size_t i = 0; i < SVC_METRIC_SLOTS; i++, at++) {
        struct counter *c = &table[at % SVC_METRIC_SLOTS];
        int empty = ENTRY_EMPTY;
        if (__atomic_compare_exchange_n(&c->state, &empty, ENTRY_CLAIMED, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            memcpy(c->name, name_with_labels, n + 1);
            shared_store(&c->state, ENTRY_READY);
            return &c->value;
        }
        if (entry_settled(c) && strcmp(c->name, name_with_labels) == 0)
            return &c->value;
    }
    return NULL;
}

/* ---- exposition ---------------------------------------------------------------------------------------------------- */

struct out {
    char *p;
    size_t n, cap;
};

static void put(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct out *o, const char *fmt, ...)
{
    char line[COUNTER_NAME_BYTES + 128];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    /* Whole lines or nothing: half a line would be read as another number. */
    if (n < 0 || (size_t)n >= sizeof line || (size_t)n >= o->cap - o->n)
        return;
    memcpy(o->p + o->n, line, (size_t)n + 1);
    o->n += (size_t)n;
}

/* The metric a line belongs to: without labels, and without the parts of a histogram. */
static struct str family(const char *name, const char **ret_type)
{
    static const struct str parts[] = {STR("_bucket"), STR("_sum"), STR("_count")};
    struct str base, labels;
    str_cut(str_from_c(name), '{', &base, &labels);
    *ret_type = str_ends(base, STR("_total")) ? "counter" : "gauge";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (str_ends(base, parts[i])) {
            *ret_type = "histogram";
            return str_slice(base, 0, base.n - parts[i].n);
        }
    return base;
}

static int by_name(const void *a, const void *b)
{
    const struct counter *x = *(const struct counter *const *)a, *y = *(const struct counter *const *)b;
    const char *type;
    int c = str_cmp(family(x->name, &type), family(y->name, &type));
    return c ? c : strcmp(x->name, y->name);
}

static void put_counters(struct out *o)
{
    static const struct counter *sorted[SVC_METRIC_SLOTS];
    size_t n = 0;
    for (size_t i = 0; i < SVC_METRIC_SLOTS; i++)
        if (shared_load(&shared->counters[i].state) == ENTRY_READY)
            sorted[n++] = &shared->counters[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    struct str before = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        const char *type;
        struct str now = family(sorted[i]->name, &type);
        if (!str_eq(now, before))
            put(o, "# TYPE " STR_FMT " %s\n", STR_ARG(now), type);
        before = now;
        put(o, "%s %lld\n", sorted[i]->name, (long long)__atomic_load_n(&sorted[i]->value, __ATOMIC_RELAXED));
    }
}

size_t svc_metrics_text(char *out, size_t cap)
{
    struct out o = {out, 0, cap};
    const char *program = shared_get()->program;
    int64_t requests = shared_load(&shared->requests_before);
    int ready = 0, busy = 0, held = 0;
    if (!cap)
        return 0;
    *out = 0;
    for (size_t i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared->slots[i];
        requests += shared_load(&s->requests);
        ready += shared_load(&s->state) == SLOT_READY;
        busy += shared_load(&s->busy_since_us) != 0;
        held += shared_load(&s->held);
    }
    put(&o, "# TYPE suda_svc_requests_total counter\nsuda_svc_requests_total{program=\"%s\"} %lld\n", program,
        (long long)requests);
    put(&o, "# TYPE suda_svc_workers gauge\nsuda_svc_workers{program=\"%s\",state=\"ready\"} %d\n"
        "suda_svc_workers{program=\"%s\",state=\"busy\"} %d\n", program, ready, program, busy);
    put(&o, "# TYPE suda_svc_connections gauge\nsuda_svc_connections{program=\"%s\"} %d\n", program, held);
    put(&o, "# TYPE suda_svc_generation gauge\nsuda_svc_generation{program=\"%s\"} %u\n", program, shared->generation);
    put_counters(&o);
    return o.n;
}
