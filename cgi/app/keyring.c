/*
 * keyring.c - the key file: making it, reading it, finding a key in it.
 *
 * Contract: a file that is incomplete, malformed, or readable by others stops the start with a sentence that names the
 * line. The text of the file is wiped from memory before keyring_load returns.
 */
#include "app/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const use_names[KEY_USES] = {
    [KEY_ENCRYPT] = "encrypt", [KEY_BLIND] = "blind",           [KEY_CODE] = "code",
    [KEY_HASH] = "hash",       [KEY_SMS] = "sms",               [KEY_CHECKPOINT] = "checkpoint",
    [KEY_CURSOR] = "cursor",   [KEY_MISC] = "misc",             [KEY_JWT] = "jwt",
};

__attribute__((format(printf, 3, 4))) static bool refuse(char *why, size_t why_size, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, why_size, fmt, ap);
    va_end(ap);
    return false;
}

const struct key *keyring_newest(const struct keyring *k, enum key_use use)
{
    BUG_ON(!k);
    for (size_t i = 0; i < k->n_keys; i++)
        if (k->keys[i].use == use)
            return &k->keys[i];
    BUG_ON(true); /* keyring_load promised a key of every use */
    return NULL;
}

const struct key *keyring_find(const struct keyring *k, enum key_use use, unsigned id)
{
    for (size_t i = 0; i < k->n_keys; i++)
        if (k->keys[i].use == use && k->keys[i].id == id)
            return &k->keys[i];
    return NULL;
}

size_t keyring_jwt(const struct keyring *k, const struct jwt_key **ret)
{
    *ret = k->jwt;
    return k->n_jwt;
}

/* ---- making ----------------------------------------------------------------------------------------------------------- */

static size_t write_new_keys(char *out, size_t cap, int64_t now_s)
{
    size_t n = (size_t)snprintf(out, cap, "# Keys of Suda. Back this file up apart from the database.\n"
                                          "# purpose id since(UTC seconds) key(hex)\n");
    for (int use = 0; use < KEY_USES; use++) {
        uint8_t key[CRYPTO_KEY_BYTES];
        crypto_random(key, sizeof key);
        n += (size_t)snprintf(out + n, cap - n, "%s 1 %lld ", use_names[use], (long long)now_s);
        for (size_t i = 0; i < sizeof key; i++)
            n += (size_t)snprintf(out + n, cap - n, "%02x", key[i]);
        n += (size_t)snprintf(out + n, cap - n, "\n");
        crypto_wipe(key, sizeof key);
    }
    return n;
}

static bool write_whole(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return fsync(fd) == 0;
}

bool keyring_create(const char *path, int64_t now_s, char *why, size_t why_size)
{
    crypto_init();
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return refuse(why, why_size, "%s: cannot be made: %s", path, strerror(errno));
    char *text = crypto_guarded(KEYRING_FILE_BYTES);
    bool ok = text && write_whole(fd, text, write_new_keys(text, KEYRING_FILE_BYTES, now_s));
    int saved = errno;
    crypto_guarded_free(text);
    ok = close(fd) == 0 && ok;
    if (!ok) {
        unlink(path);
        return refuse(why, why_size, "%s: cannot be written: %s", path, strerror(saved));
    }
    return true;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static bool find_use(struct str name, enum key_use *ret)
{
    for (int i = 0; i < KEY_USES; i++)
        if (str_eq_c(name, use_names[i])) {
            *ret = (enum key_use)i;
            return true;
        }
    return false;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_key_bytes(struct str hex, uint8_t out[CRYPTO_KEY_BYTES])
{
    if (hex.n != 2 * CRYPTO_KEY_BYTES)
        return false;
    for (size_t i = 0; i < CRYPTO_KEY_BYTES; i++) {
        int hi = hex_digit(hex.p[2 * i]), lo = hex_digit(hex.p[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        out[i] = (uint8_t)(hi << 4 | lo);
    }
    return true;
}

static const char *read_line(struct keyring *k, struct str line)
{
    struct str use, id, since, hex;
    struct key key = {0};
    uint64_t id_value = 0;
    if (!str_cut(line, ' ', &use, &line) || !str_cut(line, ' ', &id, &line) || !str_cut(line, ' ', &since, &hex))
        return "four words are expected: purpose id since key";
    if (!find_use(use, &key.use))
        return "unknown purpose";
    if (!parse_u64(id, 1, 255, &id_value))
        return "the id must be 1 to 255";
    if (!parse_i64(since, 0, INT64_MAX / 2, &key.since))
        return "since must be UTC seconds";
    if (!read_key_bytes(hex, key.bytes))
        return "the key must be 64 hex digits (32 bytes)";
    key.id = (unsigned)id_value;
    if (keyring_find(k, key.use, key.id))
        return "this id is already taken";
    if (k->n_keys == KEYRING_KEYS_MAX)
        return "too many keys";
    uint8_t all = 0;
    for (size_t i = 0; i < sizeof key.bytes; i++)
        all = (uint8_t)(all | key.bytes[i]);
    if (all == 0)
        return "the key is all zero";
    k->keys[k->n_keys++] = key;
    crypto_wipe(&key, sizeof key);
    return NULL;
}

static bool read_text(struct keyring *k, struct str text, const char *path, char *why, size_t why_size)
{
    for (int line_no = 1; text.n > 0; line_no++) {
        struct str line;
        str_cut(text, '\n', &line, &text);
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        const char *complaint = read_line(k, line);
        if (complaint)
            return refuse(why, why_size, "%s:%d: %s", path, line_no, complaint);
    }
    return true;
}

static bool is_before(const struct key *x, const struct key *y)
{
    if (x->use != y->use)
        return x->use < y->use;
    return x->since != y->since ? x->since > y->since : x->id > y->id;
}

static void sort_keys(struct keyring *k)
{
    for (size_t i = 1; i < k->n_keys; i++)
        for (size_t j = i; j > 0 && is_before(&k->keys[j], &k->keys[j - 1]); j--) {
            struct key swap = k->keys[j];
            k->keys[j] = k->keys[j - 1];
            k->keys[j - 1] = swap;
            crypto_wipe(&swap, sizeof swap);
        }
}

static bool finish_ring(struct keyring *k, const char *path, char *why, size_t why_size)
{
    bool has[KEY_USES] = {false};
    sort_keys(k);
    for (size_t i = 0; i < k->n_keys; i++) {
        has[k->keys[i].use] = true;
        if (k->keys[i].use != KEY_JWT)
            continue;
        snprintf(k->kids[k->n_jwt], KID_CHARS, "k%u", k->keys[i].id);
        k->jwt[k->n_jwt] = (struct jwt_key){k->kids[k->n_jwt], k->keys[i].since, k->keys[i].bytes, CRYPTO_KEY_BYTES};
        k->n_jwt++;
    }
    for (int i = 0; i < KEY_USES; i++)
        if (!has[i])
            return refuse(why, why_size, "%s: no key for '%s'", path, use_names[i]);
    return true;
}

/* The bytes of the file in guarded memory, or NULL. */
static char *read_file(const char *path, size_t *ret_n, char *why, size_t why_size)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        refuse(why, why_size, "%s: cannot be opened: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    char *text = NULL;
    ssize_t n = -1;
    if ((st.st_mode & 077) != 0)
        refuse(why, why_size, "%s: others can read it; it must have mode 0600", path);
    else if (st.st_size <= 0 || st.st_size > KEYRING_FILE_BYTES)
        refuse(why, why_size, "%s: not a key file", path);
    else if (!(text = crypto_guarded(KEYRING_FILE_BYTES)))
        refuse(why, why_size, "no locked memory for the keys");
    else if ((n = read(fd, text, (size_t)st.st_size)) != st.st_size)
        refuse(why, why_size, "%s: cannot be read", path);
    close(fd);
    if (n < 0 || n != st.st_size) {
        crypto_guarded_free(text);
        return NULL;
    }
    *ret_n = (size_t)n;
    return text;
}

struct keyring *keyring_load(const char *path, char *why, size_t why_size)
{
    size_t n = 0;
    crypto_init();
    char *text = read_file(path, &n, why, why_size);
    if (!text)
        return NULL;
    struct keyring *k = crypto_guarded(sizeof *k);
    bool ok = false;
    if (!k) {
        refuse(why, why_size, "no locked memory for the keys");
    } else {
        memset(k, 0, sizeof *k);
        ok = read_text(k, (struct str){text, n}, path, why, why_size) && finish_ring(k, path, why, why_size);
    }
    crypto_guarded_free(text);
    if (!ok) {
        crypto_guarded_free(k);
        return NULL;
    }
    crypto_guarded_seal(k);
    return k;
}

void keyring_free(struct keyring *k)
{
    crypto_guarded_free(k);
}
