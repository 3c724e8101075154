/*
 * config.c - reading the configuration file; the only file that includes ini.h.
 *
 * inih gives no line numbers to its handler (it can, but Debian's library is built without), so the lines are read here
 * and counted. The first mistake is reported with file, line, key and what is allowed; the values of a file with a
 * mistake are never used. Must not know what a key means, except for the few rules between keys at the end.
 */
#include "svc/config.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "svc/config_table.h"

enum { LINE_BYTES = 2048, FILE_MEMORY = 1 << 20 };

struct value {
    const char *text; /* NULL = not given */
    int64_t number;
    int line;
};

struct config {
    struct arena *a;
    struct value *values; /* beside config_keys */
};

struct reading {
    struct config *c;
    const char *path;
    FILE *file;
    int line;
    char *why;
    size_t why_size;
    bool wrong;
};

static bool refuse(struct reading *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static bool refuse(struct reading *r, int line, const char *fmt, ...)
{
    char text[400];
    va_list ap;
    if (r->wrong)
        return false; /* the first mistake stays */
    r->wrong = true;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (line)
        snprintf(r->why, r->why_size, "%s:%d: %s", r->path, line, text);
    else
        snprintf(r->why, r->why_size, "%s: %s", r->path, text);
    return false;
}

/* ---- one value ----------------------------------------------------------------------------------------------------- */

static bool take_int(struct reading *r, const struct config_key *k, struct str s, struct value *v)
{
    if (parse_i64(s, k->min, k->max, &v->number))
        return true;
    return refuse(r, v->line, "%s.%s = " STR_FMT " is not allowed; a whole number from %lld to %lld", k->section, k->key,
                  STR_ARG(s), (long long)k->min, (long long)k->max);
}

static bool take_bool(struct reading *r, const struct config_key *k, struct str s, struct value *v)
{
    v->number = str_eq(s, STR("yes"));
    if (v->number || str_eq(s, STR("no")))
        return true;
    return refuse(r, v->line, "%s.%s = " STR_FMT " is not allowed; yes or no", k->section, k->key, STR_ARG(s));
}

static bool take_word(struct reading *r, const struct config_key *k, struct str s, struct value *v)
{
    struct str one, rest = str_from_c(k->choices);
    do {
        str_cut(rest, ' ', &one, &rest);
        if (str_eq(one, s))
            return true;
    } while (rest.n);
    return refuse(r, v->line, "%s.%s = " STR_FMT " is not allowed; one of: %s", k->section, k->key, STR_ARG(s),
                  k->choices);
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

static bool take_url(struct reading *r, const struct config_key *k, struct str s, struct value *v)
{
    struct str rest = STR_NONE;
    bool origin = k->type == CONFIG_ORIGIN;
    if (s.n == 0 && k->min == 0)
        return true;
    if (s.n <= (size_t)k->max && take_origin(s, &rest) && (rest.n == 0 || (!origin && rest.p[0] == '/')))
        return true;
    return refuse(r, v->line, "%s.%s = " STR_FMT " is not allowed; %s of at most %lld bytes", k->section, k->key,
                  STR_ARG(s), origin ? "http(s)://host[:port] and nothing after it" : "an http(s) URL",
                  (long long)k->max);
}

static bool take_text(struct reading *r, const struct config_key *k, struct str s, struct value *v)
{
    if (s.n >= (size_t)k->min && s.n <= (size_t)k->max)
        return true;
    return refuse(r, v->line, "%s.%s has %zu bytes; %lld to %lld are allowed", k->section, k->key, s.n,
                  (long long)k->min, (long long)k->max);
}

static bool take(struct reading *r, const struct config_key *k, const char *text, struct value *v)
{
    struct str s = str_from_c(text);
    if (!utf8_is_text(s, false))
        return refuse(r, v->line, "%s.%s is not UTF-8 text, or holds control characters", k->section, k->key);
    v->text = arena_cstr(r->c->a, s);
    switch (k->type) {
    case CONFIG_INT:
        return take_int(r, k, s, v);
    case CONFIG_BOOL:
        return take_bool(r, k, s, v);
    case CONFIG_WORD:
        return take_word(r, k, s, v);
    case CONFIG_ORIGIN:
    case CONFIG_URL:
        return take_url(r, k, s, v);
    case CONFIG_TEXT:
    case CONFIG_PATH:
    case CONFIG_SOCKET:
        return take_text(r, k, s, v);
    }
    return false;
}

/* ---- the file ------------------------------------------------------------------------------------------------------ */

static bool known_section(const char *section)
{
    for (size_t i = 0; i < config_n_keys; i++)
        if (strcmp(config_keys[i].section, section) == 0)
            return true;
    return false;
}

static size_t find(struct str section, struct str key)
{
    for (size_t i = 0; i < config_n_keys; i++)
        if (str_eq_c(section, config_keys[i].section) && str_eq_c(key, config_keys[i].key))
            return i;
    return SIZE_MAX;
}

static int on_pair(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    size_t i = find(str_from_c(section), str_from_c(name));
    if (i == SIZE_MAX) {
        if (known_section(section))
            refuse(r, r->line, "section [%s] has no key \"%s\"", section, name);
        else
            refuse(r, r->line, "there is no section [%s]", section);
        return 0;
    }
    struct value *v = &r->c->values[i];
    if (v->text) {
        refuse(r, r->line, "%s.%s stands twice, first in line %d", section, name, v->line);
        return 0;
    }
    v->line = r->line;
    return take(r, &config_keys[i], value, v);
}

/* Reader for inih: as fgets, counting lines and refusing what inih would cut in two. */
static char *next_line(char *line, int size, void *stream)
{
    struct reading *r = stream;
    if (r->wrong || !fgets(line, size, r->file))
        return NULL;
    r->line++;
    if (!strchr(line, '\n') && !feof(r->file)) {
        refuse(r, r->line, "the line is longer than %d bytes, or holds a NUL", LINE_BYTES - 3);
        return NULL;
    }
    return line;
}

static bool read_file(struct reading *r)
{
    /* Library settings; nobody else here uses inih. A continued line would look like a key given twice,
     * and an inline comment would cut a value that holds a semicolon. */
    ini_use_stack = false;
    ini_max_line = ini_initial_alloc = LINE_BYTES;
    ini_allow_multiline = ini_allow_inline_comments = false;
    r->file = fopen(r->path, "re");
    if (!r->file)
        return refuse(r, 0, "%s", strerror(errno));
    int bad_line = ini_parse_stream(next_line, r, on_pair, r);
    bool failed = ferror(r->file) != 0;
    fclose(r->file);
    if (failed)
        return refuse(r, 0, "reading failed");
    if (bad_line > 0)
        refuse(r, bad_line, "neither a [section], nor key = value, nor a ; comment");
    else if (bad_line < 0)
        refuse(r, 0, "no memory");
    return !r->wrong;
}

static bool fill_defaults(struct reading *r)
{
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        struct value *v = &r->c->values[i];
        if (v->text)
            continue;
        if (!k->standard)
            return refuse(r, 0, "%s.%s must be set: %s", k->section, k->key, k->help);
        if (!take(r, k, k->standard, v))
            return false;
    }
    return true;
}

/* ---- rules between keys -------------------------------------------------------------------------------------------- */

static struct value *value_of(const struct config *c, const char *section_dot_key)
{
    struct str section, key;
    str_cut(str_from_c(section_dot_key), '.', &section, &key);
    size_t i = find(section, key);
    if (i == SIZE_MAX)
        bug(__FILE__, __LINE__, section_dot_key);
    return &c->values[i];
}

/* Secrets that systemd hands to one service alone (LoadCredential=) lie in a folder named by the environment. */
static bool resolve_credential(struct reading *r, const struct config_key *k, struct value *v, const char *name)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (folder == NULL || folder[0] != '/')
        return refuse(r, v->line, "%s.%s: credential:%s is for a service of systemd; CREDENTIALS_DIRECTORY is not set",
                      k->section, k->key, name);
    v->text = arena_printf(r->c->a, "%s/%s", folder, name).p;
    return true;
}

/* Paths without a leading / go below their folder; sockets must then fit. */
static bool resolve_paths(struct reading *r)
{
    static const char credential[] = "credential:";
    struct config *c = r->c;
    static const char *const folders[] = {"paths.var", "paths.run"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (value_of(c, folders[i])->text[0] != '/')
            return refuse(r, value_of(c, folders[i])->line, "%s must begin with /", folders[i]);
    for (size_t i = 0; i < config_n_keys; i++) {
        const struct config_key *k = &config_keys[i];
        struct value *v = &c->values[i];
        if (k->type != CONFIG_PATH && k->type != CONFIG_SOCKET)
            continue;
        if (k->type == CONFIG_PATH && strncmp(v->text, credential, sizeof credential - 1) == 0) {
            if (!resolve_credential(r, k, v, v->text + sizeof credential - 1))
                return false;
        } else if (v->text[0] && v->text[0] != '/')
            v->text = arena_printf(c->a, "%s/%s", value_of(c, folders[k->type == CONFIG_SOCKET])->text, v->text).p;
        if (k->type == CONFIG_SOCKET && strlen(v->text) > LIMIT_SOCKET_PATH_BYTES)
            return refuse(r, v->line, "%s.%s: the path of a socket has at most %d bytes, this one %zu: %s", k->section,
                          k->key, LIMIT_SOCKET_PATH_BYTES, strlen(v->text), v->text);
    }
    return true;
}

static bool check_order(struct reading *r, const char *smaller, const char *larger)
{
    const struct value *a = value_of(r->c, smaller), *b = value_of(r->c, larger);
    if (a->number <= b->number)
        return true;
    return refuse(r, a->line > b->line ? a->line : b->line, "%s (%lld) must not be more than %s (%lld)", smaller,
                  (long long)a->number, larger, (long long)b->number);
}

static bool check_together(struct reading *r)
{
    const struct value *driver = value_of(r->c, "sms.driver");
    bool http = strcmp(driver->text, "http") == 0;
    if (http && !value_of(r->c, "sms.http_url")->text[0])
        return refuse(r, driver->line, "sms.driver = http needs sms.http_url");
    if (http && !value_of(r->c, "sms.http_key_file")->text[0])
        return refuse(r, driver->line, "sms.driver = http needs sms.http_key_file");
    return check_order(r, "clock.level1_minutes", "clock.level2_minutes") &&
           check_order(r, "clock.level2_minutes", "clock.level3_minutes") &&
           check_order(r, "clock.level3_minutes", "clock.level4_minutes") &&
           check_order(r, "database.max_statement_ms", "database.read_timeout_ms") &&
           check_order(r, "security.session_days", "security.session_max_days");
}

/* ---- interface ----------------------------------------------------------------------------------------------------- */

struct config *config_load(const char *path, char *why, size_t why_size)
{
    struct config *c = calloc(1, sizeof *c);
    struct arena *a = arena_new(FILE_MEMORY);
    if (!c || !a) {
        free(c);
        arena_free(a);
        snprintf(why, why_size, "no memory");
        return NULL;
    }
    c->a = a;
    c->values = ARENA_ARRAY(a, struct value, config_n_keys);
    struct reading r = {.c = c, .path = path, .why = why, .why_size = why_size};
    if (read_file(&r) && fill_defaults(&r) && resolve_paths(&r) && check_together(&r))
        return c;
    config_free(c);
    return NULL;
}

void config_free(struct config *c)
{
    if (!c)
        return;
    arena_free(c->a);
    free(c);
}

static const struct value *typed(const struct config *c, const char *section_dot_key, bool number, bool yes_no)
{
    const struct value *v = value_of(c, section_dot_key);
    enum config_type t = config_keys[v - c->values].type;
    if ((t == CONFIG_INT) != number || (t == CONFIG_BOOL) != yes_no)
        bug(__FILE__, __LINE__, section_dot_key);
    return v;
}

int64_t config_int(const struct config *c, const char *section_dot_key)
{
    return typed(c, section_dot_key, true, false)->number;
}

bool config_bool(const struct config *c, const char *section_dot_key)
{
    return typed(c, section_dot_key, false, true)->number != 0;
}

const char *config_text(const struct config *c, const char *section_dot_key)
{
    return typed(c, section_dot_key, false, false)->text;
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
        fprintf(to, ";   a path; without leading / below paths.var; credential:NAME of LoadCredential%s\n", k->min ? "" : "; or nothing");
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
