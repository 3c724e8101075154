/*
 * ctl_keys.c - sudactl keys: makes the key file of an installation.
 */
#include "app/crypto.h"
#include "base/clock.h"
#include "prog/ctl.h"

static enum ctl_exit run_keys(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    char why[600];
    if (!ctl_options(c, none, &argc, argv))
        return CTL_USAGE;
    const char *path = config_text(c->config, "paths.keys_file");
    crypto_init();
    if (argc == 2 && strcmp(argv[1], "check") == 0) {
        struct keyring *k = keyring_load(path, why, sizeof why);
        if (k)
            printf("%s is complete\n", path);
        else
            ctl_say("sudactl keys: %s", why);
        keyring_free(k);
        return k ? CTL_OK : CTL_FAILED;
    }
    if (argc != 2 || strcmp(argv[1], "create") != 0)
        return ctl_usage(c, "say create or check");
    if (!keyring_create(path, clock_now_us() / US_PER_S, why, sizeof why)) {
        ctl_say("sudactl keys: %s", why);
        return CTL_FAILED;
    }
    printf("%s made; back it up apart from the database: without it no phone number can be read\n", path);
    return CTL_OK;
}

const struct ctl_command ctl_key_commands[] = {
    {"keys", "create | check", "Makes or checks the key file",
     "An existing file is never overwritten. The file holds the keys for personal data, query codes, tokens and signatures.\n",
     CTL_CONFIG, run_keys},
    {0},
};
