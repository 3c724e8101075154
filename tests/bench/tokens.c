/*
 * tokens.c - ticket tokens for load tests: reads "id number" lines on stdin, writes "number<TAB>token" lines.
 *
 * usage: tokens KEY_FILE ISSUER
 */
#include <time.h>

#include "app/ids.h"
#include "app/token.h"

int main(int argc, char **argv)
{
    char why[300], line[200], no[40];
    unsigned long long id;
    struct arena *a = arena_new(1 << 20);
    if (argc != 3 || a == NULL) {
        fprintf(stderr, "usage: tokens KEY_FILE ISSUER\n");
        return 2;
    }
    crypto_init();
    struct keyring *k = keyring_load(argv[1], why, sizeof why);
    if (k == NULL) {
        fprintf(stderr, "tokens: %s\n", why);
        return 1;
    }
    int64_t now = (int64_t)time(NULL);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "%llu %39s", &id, no) != 2)
            continue;
        struct token t = {.kind = TOKEN_TICKET, .id = id, .epoch = 1, .issued_s = now, .expires_s = now + 86400};
        struct str text = token_sign(k, a, argv[2], &t), shown = ticket_no_show(a, str_from_c(no));
        printf(STR_FMT "\t" STR_FMT "\n", STR_ARG(shown), STR_ARG(text));
        arena_clear(a);
    }
    keyring_free(k);
    arena_free(a);
    return 0;
}
