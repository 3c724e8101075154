/* config_table.h - one row per key of the configuration file; see config.h. Only config*.c and its tests include it. */
#ifndef SVC_CONFIG_TABLE_H
#define SVC_CONFIG_TABLE_H

#include "base/str.h"
#include "svc/config.h"

enum config_type {
    CONFIG_INT,     /* min..max */
    CONFIG_BOOL,    /* yes, no */
    CONFIG_WORD,    /* one of choices */
    CONFIG_TEXT,    /* min..max bytes, UTF-8 without control characters */
    CONFIG_PATH,    /* a file or folder; without leading / below paths.var. min 0 = may be empty (none) */
    CONFIG_SOCKET,  /* the same below paths.run, at most 107 bytes in the end; may be empty */
    CONFIG_ORIGIN,  /* http(s)://host[:port], nothing after it */
    CONFIG_URL,     /* http(s)://..., may be empty */
};

struct config_key {
    const char *section, *key;
    enum config_type type;
    const char *standard; /* as it would stand in the file; NULL = must be given */
    int64_t min, max;
    const char *choices;  /* "a b c" */
    const char *help;     /* one line, with the unit */
};

extern const struct config_key config_keys[];
extern const size_t config_n_keys;

/* True when the value is allowed; ret_number gets that of CONFIG_INT and CONFIG_BOOL. Else why names key and range. */
bool config_take(const struct config_key *k, struct str value, int64_t *ret_number, char *why, size_t why_size);

#endif
