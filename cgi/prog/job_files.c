/*
 * job_files.c - cleans what citizens sent, one file a turn, and removes loose files whose time is over.
 *
 * Order is what makes it safe to die anywhere: clean file and thumbnail are written aside, synced, renamed; then the row
 * says ready (or refused); then the raw file goes. A lease that ran out starts again from the raw file. Nobody is shown
 * a file before its row says ready. Must not know formats.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/attachment.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "prog/job_clean.h"
#include "prog/job_files.h"

enum { LEASE_S = 150, BATCH_EXPIRED = 100, CRASHES_MAX = 3, NAME_BYTES = 36, FREE_MIN_BYTES = MIB(128) };
#define EXPIRE_EVERY_US (15 * US_PER_S)

struct place { /* of one file: absolute paths */
    const char *raw, *clean, *clean_aside, *thumb, *thumb_aside;
    struct str clean_name, thumb_name, media_type;
};

/* ---- places --------------------------------------------------------------------------------------------------------- */

static const char *extension_of(struct str media_type)
{
    static const struct {
        const char *media_type, *extension;
    } rows[] = {{"video/mp4", ".mp4"},  {"video/quicktime", ".mov"}, {"video/webm", ".webm"}, {"audio/amr", ".amr"},
                {"audio/mp4", ".m4a"},  {"audio/mpeg", ".mp3"},      {"audio/wav", ".wav"},   {"audio/ogg", ".ogg"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_eq_c(media_type, rows[i].media_type))
            return rows[i].extension;
    return ".jpg";
}

static const char *below(struct job *j, struct str relative)
{
    return arena_printf(j->ctx.a, "%s/" STR_FMT, j->conf->set.upload_dir, STR_ARG(relative)).p;
}

static struct place place_of(struct job *j, const struct attachment *u)
{
    struct arena *a = j->ctx.a;
    const char *extension = extension_of(u->media_type);
    struct place p = {.media_type = u->kind == UPLOAD_PHOTO ? STR("image/jpeg") : u->media_type};
    /* The column holds 36 characters; the name is random enough without its last one. */
    const struct str stem = str_slice(u->raw_name, 0, NAME_BYTES - strlen(extension));
    p.clean_name = arena_printf(a, STR_FMT "%s", STR_ARG(stem), extension);
    p.thumb_name = u->kind == UPLOAD_PHOTO ? arena_printf(a, STR_FMT ".jpg", STR_ARG(u->raw_name)) : STR_NONE;
    p.raw = below(j, attachment_raw_path(a, u->raw_name));
    p.clean = below(j, attachment_clean_path(a, p.clean_name));
    p.clean_aside = arena_printf(a, "%s.%d.part", p.clean, (int)getpid()).p;
    p.thumb = p.thumb_name.n ? below(j, attachment_thumb_path(a, p.thumb_name)) : NULL;
    p.thumb_aside = p.thumb ? arena_printf(a, "%s.%d.part", p.thumb, (int)getpid()).p : NULL;
    return p;
}

/* upload_dir/clean and upload_dir/clean/ab. */
static bool make_folders(struct job *j, const char *top, struct str name)
{
    const char *folder = below(j, str_from_c(top));
    const char *shard = arena_printf(j->ctx.a, "%s/%.2s", folder, name.p).p;
    return (mkdir(folder, 0770) == 0 || errno == EEXIST) && (mkdir(shard, 0770) == 0 || errno == EEXIST);
}

static bool sync_file(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

/* The name is kept by its folder, so that is synced too. */
static bool keep(struct job *j, const char *aside, const char *path)
{
    const char *slash = strrchr(path, '/');
    const struct str folder = {path, (size_t)(slash - path)};
    return rename(aside, path) == 0 && sync_file(arena_cstr(j->ctx.a, folder));
}

static bool disk_is_full(const struct job *j)
{
    struct statvfs v;
    return statvfs(j->conf->set.upload_dir, &v) != 0 || (uint64_t)v.f_bavail * v.f_frsize < FREE_MIN_BYTES;
}

/* ---- one file ------------------------------------------------------------------------------------------------------- */

static enum clean_verdict run_photo(const struct place *p, struct clean *ret)
{
    const int in = open(p->raw, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const int out = open(p->clean_aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    const int thumb = open(p->thumb_aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    const bool good = in >= 0 && out >= 0 && thumb >= 0;
    const enum clean_verdict v = good ? clean_photo(in, out, thumb, ret) : CLEAN_LATER;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    if (thumb >= 0)
        close(thumb);
    return v;
}

static bool is_what_it_should_be(const char *path, struct str media_type)
{
    unsigned char head[ATTACHMENT_SNIFF_BYTES];
    struct attachment_type t;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const ssize_t n = fd >= 0 ? read(fd, head, sizeof head) : -1;
    if (fd >= 0)
        close(fd);
    return n > 0 && attachment_sniff(head, (size_t)n, &t) && str_eq_c(media_type, t.media_type);
}

/* What the cleaner made is judged as what came was: it read what a stranger wrote. */
static enum clean_verdict run(struct job *j, const struct attachment *u, const struct place *p, struct clean *ret)
{
    *ret = (struct clean){0};
    if (!make_folders(j, "clean", p->clean_name) || (p->thumb && !make_folders(j, "thumb", p->thumb_name)))
        return CLEAN_LATER;
    enum clean_verdict v = p->thumb ? run_photo(p, ret) : clean_recording(j->conf->ffmpeg, u->media_type, p->raw, p->clean_aside, ret);
    if (v == CLEAN_READY && (!is_what_it_should_be(p->clean_aside, p->media_type) ||
                             (p->thumb && !is_what_it_should_be(p->thumb_aside, p->media_type)))) {
        ret->refusal = "FILE_BROKEN";
        v = CLEAN_REFUSED;
    }
    if (v == CLEAN_LATER && access(p->raw, F_OK) != 0 && errno == ENOENT)
        v = CLEAN_CRASHED; /* nothing will bring it back, but another worker may just have finished it */
    if (v != CLEAN_READY && disk_is_full(j))
        v = CLEAN_LATER;
    if (v == CLEAN_CRASHED && u->attempts + 1 >= CRASHES_MAX) {
        ret->refusal = "FILE_BROKEN";
        v = CLEAN_REFUSED;
    }
    return v;
}

static void log_file(struct job *j, const struct attachment *u, const char *event, const char *why)
{
    log_line(why ? LOG_WARN : LOG_INFO, event, "id", arena_printf(j->ctx.a, "%llu", (unsigned long long)u->id).p, "type",
             arena_cstr(j->ctx.a, u->media_type), "attempt", LOG_NUM(u->attempts + 1), why ? "why" : NULL, why, NULL);
}

static enum err end_ready(struct job *j, const struct attachment *u, const struct place *p, const struct clean *c)
{
    if (!sync_file(p->clean_aside) || !keep(j, p->clean_aside, p->clean) || (p->thumb && !keep(j, p->thumb_aside, p->thumb)))
        return fault_set(&j->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "clean file: %s", strerror(errno));
    job_failpoint("file_kept_unmarked");
    const struct attachment_clean done = {.media_type = p->media_type, .clean_name = p->clean_name,
                                          .thumb_name = p->thumb_name, .width = c->width, .height = c->height};
    const enum err e = attachment_ready(&j->ctx, u->id, &done);
    if (e != ERR_OK)
        return e;
    job_failpoint("file_marked_raw_kept");
    unlink(p->raw);
    log_file(j, u, "file_ready", NULL);
    return ERR_OK;
}

static enum err clean_one(struct job *j, const struct attachment *u)
{
    const struct place p = place_of(j, u);
    struct clean c;
    const enum clean_verdict v = run(j, u, &p, &c);
    enum err e = ERR_OK;
    if (v == CLEAN_READY)
        e = end_ready(j, u, &p, &c);
    unlink(p.clean_aside); /* nothing is there when all went well */
    if (p.thumb_aside)
        unlink(p.thumb_aside);
    if (v == CLEAN_REFUSED && (e = attachment_refuse(&j->ctx, u->id, c.refusal)) == ERR_OK) {
        unlink(p.raw);
        log_file(j, u, "file_refused", c.refusal);
    }
    if (v == CLEAN_LATER || v == CLEAN_CRASHED) /* its lease runs out, then it is tried again */
        log_file(j, u, "file_put_off", v == CLEAN_LATER ? "trouble" : "crash");
    return e;
}

/* ---- expiry --------------------------------------------------------------------------------------------------------- */

static bool remove_file(const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    log_line(LOG_ERROR, "file_not_removed", "why", strerror(errno), NULL);
    return false;
}

/* Bytes first: a row without bytes can be forgotten again, bytes without a row would stay for ever. */
static enum err expire(struct job *j, bool *ret_more)
{
    const struct attachment *u = NULL;
    size_t n = 0, gone = 0;
    enum err e = attachment_expired(&j->ctx, BATCH_EXPIRED, &u, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct arena *a = j->ctx.a;
        bool good = remove_file(below(j, attachment_raw_path(a, u[i].raw_name)));
        good = (u[i].clean_name.n == 0 || remove_file(below(j, attachment_clean_path(a, u[i].clean_name)))) && good;
        good = (u[i].thumb_name.n == 0 || remove_file(below(j, attachment_thumb_path(a, u[i].thumb_name)))) && good;
        if (good && (e = attachment_forget(&j->ctx, u[i].id)) == ERR_OK)
            gone++;
    }
    if (gone > 0)
        log_line(LOG_INFO, "files_expired", "files", LOG_NUM(gone), NULL);
    *ret_more = e == ERR_OK && gone == BATCH_EXPIRED;
    return e;
}

static enum err turn(struct job *j, bool *ret_more)
{
    static int64_t expire_at;
    const struct attachment *u = NULL;
    size_t n = 0;
    if (job_due(&expire_at, EXPIRE_EVERY_US)) {
        bool more = false;
        const enum err e = expire(j, &more);
        if (e != ERR_OK || more) {
            expire_at = 0;
            *ret_more = more;
            return e;
        }
        job_next_act(j);
    }
    enum err e = attachment_lease(&j->ctx, LEASE_S, 1, &u, &n);
    if (e == ERR_OK && n == 1)
        e = clean_one(j, u);
    *ret_more = n == 1;
    if (e != ERR_OK || n == 1)
        return e;
    job_next_act(j);
    return sweep_turn(j);
}

const struct job_kind job_files = {.name = "files", .rest_ms = 500, .turn = turn};
