/*
 * ctl_staff.c - sudactl staff: the first administrator, and whatever must be possible when nobody can sign in.
 *
 * Contract: a password is never an argument: it comes from the terminal, from a pipe, or is made here and printed once. The
 * operator is actor number 0 in the audit.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "app/refdata.h"
#include "app/staff_people.h"
#include "base/clock.h"
#include "prog/ctl.h"

static const struct actor operator_of_sudactl = {.kind = ACTOR_STAFF};

struct staff_args {
    const char *name, *unit, *role, *scope, *area, *category, *file;
    bool make, totp;
};

/* One line from the terminal without showing it, or from a pipe. */
static bool read_password(const char *prompt, char *line, int size)
{
    struct termios old, quiet;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &old) == 0;
    if (terminal) {
        fputs(prompt, stderr);
        quiet = old;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    bool got = fgets(line, size, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
        fputc('\n', stderr);
    }
    line[got ? strcspn(line, "\r\n") : 0] = 0;
    return got;
}

static bool grant_of(struct ctl *c, const struct staff_args *a, struct staff_grant *ret)
{
    *ret = (struct staff_grant){.unit_code = str_from_c(a->scope ? a->scope : ""), .area_prefix = str_from_c(a->area ? a->area : ""),
                                .category_prefix = str_from_c(a->category ? a->category : "")};
    if (a->role != NULL && permission_role_parse(str_from_c(a->role), &ret->role))
        return true;
    ctl_say("sudactl staff: --role must be one of");
    for (enum staff_role r = STAFF_CLERK; r < STAFF_ROLE_END; r++)
        ctl_say("  %s", permission_role_name(r));
    (void)c;
    return false;
}

static enum err find(struct ctl *c, const char *login, struct staff_person *ret)
{
    return staff_people_find(&c->ctx, &operator_of_sudactl, str_from_c(login), ret);
}

static enum ctl_exit run_add(struct ctl *c, const char *login, const struct staff_args *a)
{
    char line[600] = "", again[600] = "";
    struct staff_grant g = {0};
    struct staff_made made;
    const struct unit *centre = refdata_hotline_centre(c->ref);
    if (a->role != NULL && !grant_of(c, a, &g))
        return CTL_USAGE;
    if (!a->make && !read_password("password: ", line, sizeof line))
        return ctl_usage(c, "no password on standard input");
    if (!a->make && isatty(STDIN_FILENO) && (!read_password("once more: ", again, sizeof again) || strcmp(line, again) != 0))
        return ctl_usage(c, "the two differ");
    struct staff_new in = {.login = str_from_c(login), .name = str_from_c(a->name ? a->name : login),
                           .unit_code = a->unit ? str_from_c(a->unit) : centre ? centre->code : STR_NONE,
                           .password = str_from_c(line), .grants = &g, .n_grants = a->role ? 1 : 0};
    enum err e = staff_people_add(&c->ctx, &operator_of_sudactl, &in, &made);
    explicit_bzero(again, sizeof again);
    if (e == ERR_OK && a->make)
        printf(STR_FMT "\t" STR_FMT "\n", STR_ARG(made.login), STR_ARG(made.password));
    else if (e == ERR_OK)
        printf(STR_FMT " added\n", STR_ARG(made.login));
    explicit_bzero(line, sizeof line);
    return e == ERR_OK ? CTL_OK : ctl_failed(c, e, "adding");
}

static enum ctl_exit run_list(struct ctl *c)
{
    struct str after = STR_NONE;
    bool more = true;
    while (more) {
        const struct staff_person *p = NULL;
        size_t n = 0;
        enum err e = staff_people_list(&c->ctx, &operator_of_sudactl, STR_NONE, STR_NONE, after, &p, &n, &more);
        if (e != ERR_OK)
            return ctl_failed(c, e, "listing");
        for (size_t i = 0; i < n; i++)
            printf(STR_FMT "\t" STR_FMT "\t%s\t%s\t" STR_FMT "\n", STR_ARG(p[i].login), STR_ARG(p[i].unit_code),
                   p[i].state == STAFF_ACTIVE ? "active" : "disabled", p[i].has_totp ? "totp" : "-", STR_ARG(p[i].name));
        if (n > 0)
            after = p[n - 1].login;
    }
    return CTL_OK;
}

static enum ctl_exit run_role(struct ctl *c, const char *how, const char *login, const struct staff_args *a)
{
    struct staff_person p;
    struct staff_grant g;
    bool give = strcmp(how, "grant") == 0;
    if (!grant_of(c, a, &g))
        return CTL_USAGE;
    enum err e = find(c, login, &p);
    if (e == ERR_OK)
        e = give ? staff_people_grant(&c->ctx, &operator_of_sudactl, p.id, &g) : staff_people_revoke(&c->ctx, &operator_of_sudactl, p.id, &g);
    if (e != ERR_OK)
        return ctl_failed(c, e, how);
    printf("%s: %s %s\n", login, give ? "may now act as" : "no longer acts as", permission_role_name(g.role));
    return CTL_OK;
}

static enum ctl_exit run_state(struct ctl *c, const char *how, const char *login)
{
    struct staff_person p;
    bool off = strcmp(how, "disable") == 0;
    enum err e = find(c, login, &p);
    if (e == ERR_OK)
        e = staff_people_set_state(&c->ctx, &operator_of_sudactl, p.id, off ? STAFF_DISABLED : STAFF_ACTIVE);
    if (e != ERR_OK)
        return ctl_failed(c, e, how);
    printf("%s is %s\n", login, off ? "disabled; every session has ended" : "active");
    return CTL_OK;
}

static enum ctl_exit run_reset(struct ctl *c, const char *login, bool totp)
{
    struct staff_person p;
    struct str password = STR_NONE;
    enum err e = find(c, login, &p);
    if (e == ERR_OK)
        e = totp ? staff_people_reset_totp(&c->ctx, &operator_of_sudactl, p.id)
                 : staff_people_reset_password(&c->ctx, &operator_of_sudactl, p.id, &password);
    if (e != ERR_OK)
        return ctl_failed(c, e, "resetting");
    if (totp)
        printf("%s: authenticator and recovery codes are gone; a new one is set up at the next sign-in\n", login);
    else
        printf("%s\t" STR_FMT "\n", login, STR_ARG(password));
    return CTL_OK;
}

static enum ctl_exit run_key(struct ctl *c, const char *name, const struct staff_args *a)
{
    struct staff_grant g;
    struct str key;
    uint64_t id = 0;
    if (a->unit == NULL || !grant_of(c, a, &g))
        return ctl_usage(c, "key NAME needs --unit and --role");
    if (a->scope == NULL)
        g.unit_code = str_from_c(a->unit);
    enum err e = staff_service_add(&c->ctx, &operator_of_sudactl, str_from_c(name), str_from_c(a->unit), &g, &id);
    if (e == ERR_OK)
        e = staff_service_key_new(&c->ctx, &operator_of_sudactl, id, &key);
    if (e != ERR_OK)
        return ctl_failed(c, e, "making a key");
    printf("%llu\t" STR_FMT "\n", (unsigned long long)id, STR_ARG(key));
    return CTL_OK;
}

static enum ctl_exit run_code(struct ctl *c, const char *login)
{
    uint32_t code = 0;
    enum err e = staff_demo_code(&c->ctx, str_from_c(login), &code);
    if (e != ERR_OK)
        return ctl_failed(c, e, "reading the code");
    printf("%06u\n", code);
    return CTL_OK;
}

/* login, password, secret of the authenticator or -, role, unit. Mode 0600; never over an existing file. */
static enum ctl_exit run_demo(struct ctl *c, const struct staff_args *a)
{
    const struct staff_demo_person *p = NULL;
    size_t n = 0;
    if (a->file == NULL)
        return ctl_usage(c, "demo needs --file");
    enum err e = staff_demo_fill(&c->ctx, &p, &n);
    if (e != ERR_OK)
        return ctl_failed(c, e, "making demo staff");
    if (n == 0)
        return printf("there are demo staff already\n"), CTL_OK;
    int fd = open(a->file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *f = fd < 0 || fchmod(fd, 0600) != 0 ? NULL : fdopen(fd, "w");
    for (size_t i = 0; f != NULL && i < n; i++)
        fprintf(f, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(p[i].login), STR_ARG(p[i].password),
                STR_ARG(p[i].totp.n ? p[i].totp : STR("-")), STR_ARG(p[i].role), STR_ARG(p[i].unit));
    if (f == NULL || fclose(f) != 0) {
        ctl_say("sudactl staff: %s cannot be written", a->file);
        return CTL_FAILED;
    }
    printf("%zu demo staff\n", n);
    return CTL_OK;
}

static enum ctl_exit run_staff(struct ctl *c, int argc, char **argv)
{
    struct staff_args a = {0};
    const struct ctl_option options[] = {{.name = "name", .text = &a.name},   {.name = "unit", .text = &a.unit},
                                         {.name = "role", .text = &a.role},   {.name = "scope", .text = &a.scope},
                                         {.name = "area", .text = &a.area},   {.name = "category", .text = &a.category},
                                         {.name = "file", .text = &a.file},   {.name = "make", .flag = &a.make},
                                         {.name = "totp", .flag = &a.totp},   {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    const char *what = argc > 1 ? argv[1] : "";
    if (argc == 2 && strcmp(what, "list") == 0)
        return run_list(c);
    if (argc == 2 && strcmp(what, "demo") == 0)
        return run_demo(c, &a);
    if (argc != 3)
        return ctl_usage(c, "say what, and to whom");
    if (strcmp(what, "add") == 0)
        return run_add(c, argv[2], &a);
    if (strcmp(what, "grant") == 0 || strcmp(what, "revoke") == 0)
        return run_role(c, what, argv[2], &a);
    if (strcmp(what, "disable") == 0 || strcmp(what, "enable") == 0)
        return run_state(c, what, argv[2]);
    if (strcmp(what, "reset") == 0)
        return run_reset(c, argv[2], a.totp);
    if (strcmp(what, "key") == 0)
        return run_key(c, argv[2], &a);
    if (strcmp(what, "code") == 0)
        return run_code(c, argv[2]);
    return ctl_usage(c, "unknown act");
}

const struct ctl_command ctl_staff_commands[] = {
    {"staff", "add LOGIN | list | grant LOGIN | revoke LOGIN | disable LOGIN | enable LOGIN | reset LOGIN | key NAME | code LOGIN | demo",
     "People of the back office: the first administrator, and help when nobody can sign in",
     "  add LOGIN --name NAME [--unit CODE] [--role ROLE] [--make]\n"
     "                  password from the terminal or one line of standard input; --make: one is made and printed, and\n"
     "                  must be changed at the first sign-in. Without --unit: the hotline centre\n"
     "  grant LOGIN --role ROLE [--scope UNIT] [--area CODE] [--category CODE]; revoke: the same, taken away\n"
     "                  --scope: this unit and those below it; without it the whole city\n"
     "  disable LOGIN, enable LOGIN\n"
     "  reset LOGIN     prints a new password; --totp: takes the authenticator away instead\n"
     "  key NAME --unit CODE --role ROLE [--scope UNIT]\n"
     "                  account of another system, with its first key, which is printed once\n"
     "  demo --file F   marked accounts of every role; their passwords go to F (mode 0600)\n"
     "  code LOGIN      what the authenticator of a demo account shows now\n",
     CTL_CONFIG | CTL_DB | CTL_KEYS | CTL_REF, run_staff},
    {0},
};
