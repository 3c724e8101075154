/*
 * hand.c - the other programs' part in the tests of the worker: puts into the queues what the worker takes out.
 *
 * hand CONFIG file PHONE [UPLOAD...]      files a demand with a proven phone; prints "<ticket id> <number>"
 * hand CONFIG say TICKET PHONE LANG N     N messages to a phone about one ticket, in order; prints N
 * hand CONFIG code PHONE LANG             a sign-in code
 * hand CONFIG upload FILE                 receives a file as a browser's; prints "<upload id> <raw name>" or the refusal
 *
 * Runs as the account of the program citizen: a statement that it may not run fails here too.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/account.h"
#include "app/attachment.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "app/outbox_write.h"
#include "app/params.h"
#include "app/refdata.h"
#include "app/ticket.h"
#include "base/clock.h"
#include "base/limits.h"
#include "prog/portal_config.h"

static struct ctx c;
static struct fault fault;
static struct app_settings settings;

static int failed(enum err e)
{
    printf("refused %s %s\n", fault.reason ? fault.reason : fault.n_fields ? fault.fields[0].reason : "?", fault.detail);
    return e == ERR_OK ? 0 : 1;
}

static struct str first_community(struct refdata *ref)
{
    const struct area *const *areas = NULL;
    struct str code = STR_NONE;
    for (int level = 0; level < 3; level++) {
        if (refdata_area_children(ref, code, &areas) == 0)
            return STR_NONE;
        code = areas[0]->code;
    }
    return code;
}

static struct str some_category(struct refdata *ref)
{
    const struct category *all = NULL;
    const size_t n = refdata_categories(ref, &all);
    for (size_t i = 0; i < n; i++)
        if (all[i].level == 3 && all[i].lead_kind == LEAD_STREET)
            return all[i].code;
    return STR_NONE;
}

static int do_file(int argc, char **argv)
{
    struct refdata *ref = refdata_new(REF_ALL);
    struct ticket_filed t;
    struct str uploads[LIMIT_UPLOADS];
    const struct actor nobody = {0};
    struct ticket_filing f = {.kind = KIND_COMPLAINT, .channel = CHANNEL_WEB, .applicant = APPLICANT_PERSON,
                              .text = STR("小区门口的井盖坏了，夜里看不见，很危险。"), .address = STR("三号院北门"),
                              .is_public = true, .phone = str_from_c(argv[0]), .phone_verified = true, .uploads = uploads};
    for (int i = 1; i < argc && f.n_uploads < LIMIT_UPLOADS; i++)
        uploads[f.n_uploads++] = str_from_c(argv[i]);
    enum err e = refdata_refresh(ref, &c);
    if (e != ERR_OK)
        return failed(e);
    f.area_code = first_community(ref);
    f.category_code = some_category(ref);
    if ((e = ticket_file(&c, &nobody, &f, NULL, &t)) != ERR_OK)
        return failed(e);
    printf("%llu " STR_FMT "\n", (unsigned long long)t.id, STR_ARG(t.no));
    return 0;
}

static int do_say(int argc, char **argv)
{
    const uint64_t ticket = strtoull(argv[0], NULL, 10);
    const int n = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1;
    for (int i = 0; i < n; i++) {
        struct buf b;
        int64_t now = 0;
        buf_init(&b, c.a, 500);
        params_put(&b, "code", arena_printf(c.a, "%06d", i));
        params_put_i64(&b, "minutes", i + 1);
        enum err e = db_now(c.db, &now);
        if (e == ERR_OK)
            e = outbox_to_phone(&c, ticket, OUTBOX_SMS_CODE, str_from_c(argv[1]), strcmp(argv[2], "en") == 0, &b, now);
        if (e != ERR_OK)
            return failed(e);
        usleep(2000); /* ids sort by time: the order of a ticket's messages is the order of their ids */
    }
    printf("%d\n", n);
    return 0;
}

static int do_code(int argc, char **argv)
{
    c.lang = argc > 1 && strcmp(argv[1], "en") == 0;
    const enum err e = account_sms_request(&c, str_from_c(argv[0]), SMS_SIGN_IN);
    return e == ERR_OK ? 0 : failed(e);
}

static int do_upload(int argc, char **argv)
{
    struct attachment_new n;
    struct str id;
    struct stat st;
    char command[2200];
    (void)argc;
    const int fd = open(argv[0], O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0)
        return printf("refused %s\n", strerror(errno)), 1;
    enum err e = attachment_judge(&c, fd, (uint64_t)st.st_size, STR("a.bin"), "file", &n);
    close(fd);
    if (e != ERR_OK)
        return failed(e);
    snprintf(command, sizeof command, "%s.arriving", n.path);
    if (link(argv[0], command) != 0 || rename(command, n.path) != 0)
        return printf("refused %s\n", strerror(errno)), 1;
    if ((e = attachment_record(&c, &n, &id)) != ERR_OK)
        return failed(e);
    printf(STR_FMT " " STR_FMT "\n", STR_ARG(id), STR_ARG(n.raw_name));
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int least;
        int (*run)(int argc, char **argv);
    } commands[] = {{"file", 1, do_file}, {"say", 3, do_say}, {"code", 1, do_code}, {"upload", 1, do_upload}};
    static struct db_config dbc; /* both live as long as the process */
    static struct config *conf;
    char why[600];
    if (argc > 2)
        conf = config_load(argv[1], why, sizeof why);
    if (conf == NULL || !prog_db_config(conf, "citizen", &dbc, why, sizeof why))
        return fprintf(stderr, "hand: %s\n", argc > 2 ? why : "usage: hand CONFIG COMMAND ..."), 2;
    crypto_init();
    prog_settings(conf, &settings);
    c = (struct ctx){.a = arena_new(MIB(64)), .db = db_new(&dbc, &sql_catalogue_citizen), .fault = &fault, .set = &settings,
                     .keys = keyring_load(config_text(conf, "paths.keys_file"), why, sizeof why), .wall_us = clock_now_us()};
    if (c.keys == NULL)
        return fprintf(stderr, "hand: %s\n", why), 2;
    db_begin_request(c.db, c.a, &fault, 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[2], commands[i].name) == 0 && argc - 3 >= commands[i].least)
            return commands[i].run(argc - 3, argv + 3);
    return fprintf(stderr, "hand: unknown command or too few words\n"), 2;
}
