/* keys.h - a key file with known bytes, for tests that forge. */
#ifndef TESTS_APP_KEYS_H
#define TESTS_APP_KEYS_H

#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "app/crypto.h"

static inline void keys_line(FILE *out, const char *use, int id, long long since, unsigned char byte)
{
    fprintf(out, "%s %d %lld ", use, id, since);
    for (int i = 0; i < CRYPTO_KEY_BYTES; i++)
        fprintf(out, "%02x", byte);
    fputc('\n', out);
}

/* Lines of every use, with byte 0x11 * position; extra lines as given. The path is removed by the caller. */
static inline void keys_write(const char *path, void (*more)(FILE *out))
{
    static const char *const uses[] = {"encrypt", "blind", "code", "hash", "sms", "checkpoint", "cursor", "misc"};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    FILE *out = fdopen(fd, "w");
    assert_non_null(out);
    fprintf(out, "# test keys\n\n");
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        keys_line(out, uses[i], 1, 0, (unsigned char)(0x11 + i));
    more(out);
    fclose(out);
}

#endif
