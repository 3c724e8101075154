/*
 * job_sweep.c - removes files below upload_dir that no row speaks for: what a crash left between file and row.
 *
 * One folder a turn, all of them once a day. A file younger than an hour may still be on its way into its row and is left
 * alone. Must not know what the files hold.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/attachment.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job_files.h"

enum { SHARDS = 256, STEM_CHARS = ATTACHMENT_NAME_CHARS - 1, TOPS = 3, PATH_BYTES = 1200 };
#define ROUND_US US_PER_DAY
#define YOUNG_S 3600

static const char *const tops[TOPS] = {"raw", "clean", "thumb"};

/* True: nobody will ask for it any more. A raw file is wanted until it has been cleaned, the others as long as their row. */
static enum err judge(struct job *j, const char *top, struct str name, bool *ret_orphan)
{
    enum upload_state state = UPLOAD_GONE;
    *ret_orphan = true;
    if (name.n < STEM_CHARS || str_ends(name, STR(".part")))
        return ERR_OK;
    const enum err e = attachment_state_of_name(&j->ctx, str_slice(name, 0, STEM_CHARS), &state);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    *ret_orphan = strcmp(top, "raw") == 0 ? state != UPLOAD_RECEIVED : state != UPLOAD_RECEIVED && state != UPLOAD_READY;
    return e;
}

static enum err look_at(struct job *j, int folder, const char *top, const char *name, size_t *removed)
{
    struct stat st;
    bool orphan = false;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode) || st.st_mtime > time(NULL) - YOUNG_S)
        return ERR_OK;
    const enum err e = judge(j, top, str_from_c(name), &orphan);
    if (e == ERR_OK && orphan && unlinkat(folder, name, 0) == 0)
        (*removed)++;
    return e;
}

/* ret_seen: the folder exists. */
static enum err sweep_folder(struct job *j, const char *top, unsigned shard, bool *ret_seen)
{
    char path[PATH_BYTES];
    enum err e = ERR_OK;
    size_t removed = 0;
    snprintf(path, sizeof path, "%s/%s/%02x", j->conf->set.upload_dir, top, shard);
    DIR *d = opendir(path);
    *ret_seen = d != NULL;
    if (d == NULL)
        return errno == ENOENT ? ERR_OK : fault_set(&j->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "%s: %s", top, strerror(errno));
    for (struct dirent *one; e == ERR_OK && (one = readdir(d)) != NULL && !job_stopping(j);) {
        e = look_at(j, dirfd(d), top, one->d_name, &removed);
        if (e == ERR_OK)
            job_next_act(j);
    }
    closedir(d);
    if (removed > 0)
        log_line(LOG_WARN, "orphans_removed", "folder", top, "files", LOG_NUM(removed), NULL);
    return e;
}

enum err sweep_turn(struct job *j)
{
    static unsigned next = TOPS * SHARDS;
    static int64_t round_at;
    if (next == TOPS * SHARDS) {
        if (!job_due(&round_at, ROUND_US))
            return ERR_OK;
        next = 0;
    }
    bool seen = false;
    enum err e = ERR_OK;
    while (e == ERR_OK && !seen && next < TOPS * SHARDS && !job_stopping(j))
        if ((e = sweep_folder(j, tops[next / SHARDS], next % SHARDS, &seen)) == ERR_OK)
            next++;
    return e;
}
