/*
 * job_checkpoint.c - anchors the heads of the event chains every few minutes.
 *
 * One checkpoint builds on the one before, so only one process of a machine may append: a lock on the folder sees to it.
 * Workers on several machines need the folder on one of them alone, or one that they share.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/checkpoint.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

#define EVERY_US (300 * US_PER_S)

static enum err make_all(struct job *j)
{
    size_t n = 0, all = 0;
    enum err e;
    do {
        e = checkpoint_make(&j->ctx, &n);
        all += e == ERR_OK ? n : 0;
        if (e == ERR_OK)
            job_next_act(j);
    } while (e == ERR_OK && n == CHECKPOINT_LEAVES_MAX && !job_stopping(j));
    if (all > 0)
        log_line(LOG_INFO, "checkpoint", "heads", LOG_NUM(all), NULL);
    return e;
}

static enum err turn(struct job *j, bool *ret_more)
{
    static int64_t at;
    const char *folder = j->conf->checkpoint_dir[0] ? j->conf->checkpoint_dir : j->conf->var_dir;
    *ret_more = false;
    if (!job_due(&at, EVERY_US))
        return ERR_OK;
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        at = 0;
        return fault_set(&j->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "checkpoint folder: %s", strerror(errno));
    }
    enum err e = ERR_OK;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && (e = make_all(j)) != ERR_OK)
        at = 0;
    close(fd);
    return e;
}

const struct job_kind job_checkpoint = {.name = "checkpoint", .rest_ms = 1000, .turn = turn};
