/*
 * log.h - one JSON object per line on stderr. No personal data: ids, codes, counts and durations only.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/str.h"
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
void log_setup(const char *program, enum log_level least);
/* Fields come in pairs: name, value (both C strings), ended by NULL. Control characters are escaped. */
void log_line(enum log_level level, const char *event, ...) __attribute__((sentinel));
/* A number as the value of a pair: log_line(LOG_INFO, "done", "rows", LOG_NUM(n), NULL). */
struct log_num {
    char p[24];
};
struct log_num log_num(int64_t v);
#define LOG_NUM(v) (log_num((int64_t)(v)).p)
#endif
