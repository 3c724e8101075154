/*
 * err.c - the description of a failure, written once where it arises.
 *
 * Contract: see err.h. Must not know HTTP, languages, or who reads the fault.
 */
#include "base/err.h"

#include <stdarg.h>

#include "base/log.h"

enum err fault_set(struct fault *f, enum err err, const char *reason, const char *detail_fmt, ...)
{
    if (!f)
        return err;
    if (f->err != ERR_OK)
        return f->err;
    f->err = err;
    f->reason = reason;
    f->detail[0] = 0;
    if (detail_fmt) {
        va_list ap;
        va_start(ap, detail_fmt);
        vsnprintf(f->detail, sizeof f->detail, detail_fmt, ap);
        va_end(ap);
    }
    return err;
}

enum err fault_field(struct fault *f, const char *field, const char *reason)
{
    if (!f)
        return ERR_INVALID;
    enum err stands = fault_set(f, ERR_INVALID, "INVALID_INPUT", NULL);
    if (stands == ERR_INVALID && f->n_fields < FAULT_FIELDS_MAX)
        f->fields[f->n_fields++] = (struct fault_field){.field = field, .reason = reason};
    return stands;
}

void fault_clear(struct fault *f)
{
    *f = (struct fault){0};
}

void bug(const char *file, int line, const char *what)
{
    char at[16];
    snprintf(at, sizeof at, "%d", line);
    log_line(LOG_ERROR, "bug", "file", file, "line", at, "what", what, NULL);
    abort();
}
