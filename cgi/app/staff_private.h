/* staff_private.h - what the files of app/staff share. */
#ifndef APP_STAFF_PRIVATE_H
#define APP_STAFF_PRIVATE_H

#include "app/staff.h"

#define TOTP_WHERE "staff|totp"
#define SESSION_LABEL "staff session"
#define RECOVERY_LABEL "staff recovery"
#define SERVICE_LABEL "service key"

/* A login as it is kept: lower case, without blanks at the ends. False: none can look so. */
bool staff_login_parse(struct arena *a, struct str typed, struct str *ret);

/* One gate before a secret is compared, see staff_try.c. what separates the kinds: "password", "code". */
struct staff_gate {
    uint8_t by_net[16], by_login[16], known[16];
    bool closed;        /* paused: the secret is compared all the same, and the answer is no */
};
enum err staff_gate_enter(struct ctx *c, const char *what, struct str login, struct staff_gate *ret) MUST_CHECK;
enum err staff_gate_passed(struct ctx *c, const struct staff_gate *g) MUST_CHECK;

/* Opens the secret of an authenticator. */
enum err staff_totp_secret(struct ctx *c, uint64_t staff_id, bool has, int32_t key_id, struct str sealed, struct str *ret) MUST_CHECK;

struct q_staff_roles_row;
enum err staff_read_rights(struct ctx *c, uint64_t staff_id, struct staff_rights *ret) MUST_CHECK;

#endif
