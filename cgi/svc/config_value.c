/*
 * config_value.c - what a key allows: holding a value against its row of the table, and printing the table.
 *
 * Must not know files and lines; config.c puts them in front of the complaint.
 */
#include <stdarg.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "svc/config_table.h"

struct complaint {
    char *why;
    size_t size;
};

static bool refuse(const struct complaint *to, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool refuse(const struct complaint *to, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(to->why, to->size, fmt, ap);
    va_end(ap);
    return false;
}

static bool take_int(const struct complaint *to, const struct config_key *k, struct str s, int64_t *ret)
{
    if (parse_i64(s, k->min, k->max, ret))
        return true;
    return refuse(to, "%s.%s = " STR_FMT " is not allowed; a whole number from %lld to %lld", k->section, k->key,
                  STR_ARG(s), (long long)k->min, (long long)k->max);
}

static bool take_bool(const struct complaint *to, const struct config_key *k, struct str s, int64_t *ret)
{
    *ret = str_eq(s, STR("yes"));
    if (*ret || str_eq(s, STR("no")))
        return true;
    return refuse(to, "%s.%s = " STR_FMT " is not allowed; yes or no", k->section, k->key, STR_ARG(s));
}

static bool take_word(const struct complaint *to, const struct config_key *k, struct str s)
{
    struct str one, rest = str_from_c(k->choices);
    do {
        str_cut(rest, ' ', &one, &rest);
        if (str_eq(one, s))
            return true;
    } while (rest.n);
    return refuse(to, "%s.%s = " STR_FMT " is not allowed; one of: %s", k->section, k->key, STR_ARG(s), k->choices);
}

static bool is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '[' || c == ']' || c == ':';
}

/* Scheme and host; what follows the host is left in *rest. */
static bool take_origin(struct str s, struct str *rest)
{
    size_t n = 0;
    if (str_starts(s, STR("https://")))
        s = str_slice(s, 8, s.n);
    else if (str_starts(s, STR("http://")))
        s = str_slice(s, 7, s.n);
    else
        return false;
    while (n < s.n && is_host_char(s.p[n]))
        n++;
    *rest = str_slice(s, n, s.n);
    return n > 0;
}

static bool take_url(const struct complaint *to, const struct config_key *k, struct str s)
{
    struct str rest = STR_NONE;
    bool origin = k->type == CONFIG_ORIGIN;
    if (s.n == 0 && k->min == 0)
        return true;
    if (s.n <= (size_t)k->max && take_origin(s, &rest) && (rest.n == 0 || (!origin && rest.p[0] == '/')))
        return true;
    return refuse(to, "%s.%s = " STR_FMT " is not allowed; %s of at most %lld bytes", k->section, k->key, STR_ARG(s),
                  origin ? "http(s)://host[:port] and nothing after it" : "an http(s) URL", (long long)k->max);
}

static bool take_text(const struct complaint *to, const struct config_key *k, struct str s)
{
    if (s.n >= (size_t)k->min && s.n <= (size_t)k->max)
        return true;
    return refuse(to, "%s.%s has %zu bytes; %lld to %lld are allowed", k->section, k->key, s.n, (long long)k->min,
                  (long long)k->max);
}

bool config_take(const struct config_key *k, struct str s, int64_t *ret_number, char *why, size_t why_size)
{
    const struct complaint to = {why, why_size};
    if (!utf8_is_text(s, false))
        return refuse(&to, "%s.%s is not UTF-8 text, or holds control characters", k->section, k->key);
    switch (k->type) {
    case CONFIG_INT:
        return take_int(&to, k, s, ret_number);
    case CONFIG_BOOL:
        return take_bool(&to, k, s, ret_number);
    case CONFIG_WORD:
        return take_word(&to, k, s);
    case CONFIG_ORIGIN:
    case CONFIG_URL:
        return take_url(&to, k, s);
    case CONFIG_TEXT:
    case CONFIG_PATH:
    case CONFIG_SOCKET:
        return take_text(&to, k, s);
    }
    return false;
}

static void print_allowed(const struct config_key *k, FILE *to)
{
    switch (k->type) {
    case CONFIG_INT:
        fprintf(to, ";   %lld to %lld\n", (long long)k->min, (long long)k->max);
        return;
    case CONFIG_BOOL:
        fprintf(to, ";   yes or no\n");
        return;
    case CONFIG_WORD:
        fprintf(to, ";   one of: %s\n", k->choices);
        return;
    case CONFIG_TEXT:
        fprintf(to, ";   text of %lld to %lld bytes\n", (long long)k->min, (long long)k->max);
        return;
    case CONFIG_ORIGIN:
        fprintf(to, ";   http(s)://host[:port]\n");
        return;
    case CONFIG_URL:
        fprintf(to, ";   an http(s) URL, or nothing\n");
        return;
    case CONFIG_PATH:
        fprintf(to, ";   a path; without leading / below paths.var; credential:NAME of LoadCredential%s\n",
                k->min ? "" : "; or nothing");
        return;
    case CONFIG_SOCKET:
        fprintf(to, ";   a path of at most %d bytes; without leading / below paths.run\n", LIMIT_SOCKET_PATH_BYTES);
        return;
    }
}

void config_print(FILE *to)
{
    const char *section = "";
    fprintf(to, "; Every key with its default. A file needs only what differs. Lines beginning with ; are comments, there are no others.\n");
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        if (strcmp(section, k->section) != 0)
            fprintf(to, "\n[%s]\n", k->section);
        section = k->section;
        fprintf(to, "; %s\n", k->help);
        print_allowed(k, to);
        if (k->standard)
            fprintf(to, "%s = %s\n", k->key, k->standard);
        else
            fprintf(to, "; must be set, there is no default:\n;%s =\n", k->key);
    }
}
