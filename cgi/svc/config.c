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

static bool take(struct reading *r, size_t i, const char *text)
{
    struct value *v = &r->c->values[i];
    char why[300];
    v->text = arena_cstr(r->c->a, str_from_c(text));
    return config_take(&config_keys[i], str_from_c(text), &v->number, why, sizeof why) || refuse(r, v->line, "%s", why);
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
    return take(r, i, value);
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
    ini_stop_on_first_error = true;
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
        if (!take(r, i, k->standard))
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
