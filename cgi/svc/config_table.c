/*
 * config_table.c - every key that an operator may set, with its range, default and meaning.
 *
 * A new key is one row here and a reader elsewhere. Order is the order of the printed file: keys of a section stand
 * together. The figures of handling are local rule, as the law gives none [T 13]; the four levels are those of
 * DB11/T 2021-2022.
 */
#include "svc/config_table.h"

#define INT(s, k, standard, min, max, help) {s, k, CONFIG_INT, standard, min, max, NULL, help}
#define BOOL(s, k, standard, help) {s, k, CONFIG_BOOL, standard, 0, 1, NULL, help}
#define WORD(s, k, standard, choices, help) {s, k, CONFIG_WORD, standard, 0, 0, choices, help}
#define TEXT(s, k, standard, min, max, help) {s, k, CONFIG_TEXT, standard, min, max, NULL, help}
#define PATH(s, k, standard, help) {s, k, CONFIG_PATH, standard, 1, 1000, NULL, help}
#define PATH_OR_NONE(s, k, standard, help) {s, k, CONFIG_PATH, standard, 0, 1000, NULL, help}
#define SOCKET(s, k, standard, help) {s, k, CONFIG_SOCKET, standard, 0, 1000, NULL, help}
#define RATE(name, per_minute, burst, what)                                                                            \
    INT("rates", name "_per_minute", per_minute, 1, 60000, what ": requests a minute from one network; in the back office from one account"),              \
    INT("rates", name "_burst", burst, 1, 100000000, what ": so many at once before the rate counts")

const struct config_key config_keys[] = {
    PATH("paths", "var", "/var/lib/suda", "Folder of the state. Must be absolute; other paths without / lie below it"),
    PATH("paths", "run", "/run/suda", "Folder of the sockets. Must be absolute; socket paths without / lie below it"),
    PATH("paths", "uploads", "files", "Folder of uploaded files: raw, clean and thumb below it"),
    PATH("paths", "spool", "tmp", "Folder of uploads that are still arriving; same file system as uploads"),
    PATH("paths", "keys_file", "secrets/keys", "Keys for personal data, codes and tokens; back it up apart from the database"),
    PATH("paths", "sms_dir", "sms", "Where the SMS driver `file` writes"),
    PATH("paths", "ffmpeg", "/usr/bin/ffmpeg", "The program that remuxes video and voice without their metadata"),
    PATH_OR_NONE("paths", "checkpoint_dir", "checkpoints", "Signed heads of the event chains; empty = none"),

    SOCKET("database", "socket", "mariadb.sock", "Unix socket of MariaDB"),
    TEXT("database", "name", "suda", 1, 64, "Name of the database"),
    TEXT("database", "citizen_user", "suda_citizen", 1, 80, "Account of the program citizen"),
    PATH("database", "citizen_password_file", "secrets/db-citizen", "Its password, first line of the file"),
    TEXT("database", "staff_user", "suda_staff", 1, 80, "Account of the program staff"),
    PATH("database", "staff_password_file", "secrets/db-staff", "Its password"),
    TEXT("database", "open_user", "suda_open", 1, 80, "Account of the program open: reads only"),
    PATH("database", "open_password_file", "secrets/db-open", "Its password"),
    TEXT("database", "worker_user", "suda_worker", 1, 80, "Account of the program worker"),
    PATH("database", "worker_password_file", "secrets/db-worker", "Its password"),
    TEXT("database", "ctl_user", "suda_ctl", 1, 80, "Account of sudactl"),
    PATH("database", "ctl_password_file", "secrets/db-ctl", "Its password"),
    TEXT("database", "owner_user", "suda_owner", 1, 80, "Account of sudactl for schema, grants, seeds, demo"),
    PATH("database", "owner_password_file", "secrets/db-owner", "Its password"),
    INT("database", "connect_timeout_ms", "2000", 100, 60000, "Connecting, in milliseconds"),
    INT("database", "read_timeout_ms", "10000", 100, 600000, "Waiting for an answer, in milliseconds; longer than max_statement_ms"),
    INT("database", "max_statement_ms", "5000", 50, 600000, "The server ends a statement after so many milliseconds; not for worker and sudactl"),
    BOOL("database", "durable", "yes", "Refuse a server that could lose a committed demand in a power cut"),

    {"server", "public_origin", CONFIG_ORIGIN, NULL, 1, 200, NULL,
     "What people type: scheme, host and port, for links in messages and for cookies, e.g. https://12345.example.gov.cn"},
    SOCKET("server", "citizen_fast_socket", "citizen-fast.sock", "Empty: descriptor 3 from systemd. Mode 0660: only nginx may reach it"),
    INT("server", "citizen_fast_workers", "12", 1, 32, "Processes; filings that wait for the disk at once share one flush: six a core"),
    INT("server", "citizen_fast_kept", "32", 0, 256, "Connections a process keeps open for nginx; keepalive x nginx workers must fit; 0 = none, and then no keepalive in nginx either"),
    INT("server", "citizen_fast_gatherers", "4", 0, 32, "So many of the processes hold the kept connections, the others take what is new, and all of them POST: two a core, more where the database is far; 0 = all"),
    SOCKET("server", "citizen_slow_socket", "citizen-slow.sock", "Uploads, sign-in, filing with files"),
    INT("server", "citizen_slow_workers", "4", 1, 32, "Processes"),
    INT("server", "citizen_slow_kept", "0", 0, 256, "Connections a process keeps open"),
    SOCKET("server", "open_fast_socket", "open.sock", "Statistics, knowledge base, published demands"),
    INT("server", "open_fast_workers", "2", 1, 32, "Processes"),
    INT("server", "open_fast_kept", "32", 0, 256, "Connections a process keeps open"),
    SOCKET("server", "staff_fast_socket", "staff-fast.sock", "Back office"),
    INT("server", "staff_fast_workers", "3", 1, 32, "Processes"),
    INT("server", "staff_fast_kept", "32", 0, 256, "Connections a process keeps open; 0 = none, and then no keepalive in nginx either"),
    SOCKET("server", "staff_slow_socket", "staff-slow.sock", "Signing in, people, files: what is costly by intention"),
    INT("server", "staff_slow_workers", "4", 1, 32, "Processes; so many passwords are computed at once, each taking staff.argon2_mib"),
    INT("server", "staff_slow_kept", "0", 0, 256, "Connections a process keeps open"),
    INT("server", "backlog", "128", 1, 65535, "Connections that may wait for a process; about one second of work"),
    INT("server", "request_deadline_ms", "10000", 100, 600000, "Fast pools: milliseconds for one request; a process is killed at half as long again"),
    INT("server", "slow_deadline_ms", "60000", 100, 3600000, "The same for slow pools"),
    INT("server", "requests_per_worker", "10000", 1, 100000000, "Then a process retires and a new one starts"),
    INT("server", "drain_ms", "15000", 10, 600000, "After SIGTERM: milliseconds for what is under way"),

    TEXT("security", "issuer", "suda", 1, 64, "iss of tokens; two installations differ"),
    INT("security", "access_token_s", "900", 60, 3600, "Life of an access token, in seconds"),
    INT("security", "refresh_days", "30", 1, 365, "Life of a refresh token, in days"),
    INT("security", "refresh_grace_s", "10", 0, 60, "A refresh token used twice within so many seconds is a parallel request, later it is theft"),
    INT("security", "ticket_token_hours", "72", 48, 720, "Life of the token a receipt is exchanged for, in hours"),
    INT("security", "session_days", "14", 1, 90, "A signed-in browser session ends after so many idle days"),
    INT("security", "session_max_days", "90", 1, 365, "and after so many days at all"),
    INT("security", "anonymous_session_days", "7", 1, 90, "A browser session without sign-in ends after so many idle days"),
    INT("security", "session_ticket_hours", "72", 1, 720, "How long a browser holds a demand it opened by number and code"),
    INT("security", "idempotency_hours", "24", 24, 720, "How long the key of a create is remembered"),

    INT("staff", "idle_minutes", "30", 1, 720, "A staff session ends after so many idle minutes"),
    INT("staff", "session_hours", "12", 1, 24, "and after so many hours at all"),
    INT("staff", "confirm_minutes", "10", 1, 60, "A password entered again for a sensitive act is good for so many minutes"),
    BOOL("staff", "totp_all", "no", "Everybody needs a second factor; administrators, auditors and exporters always do"),
    INT("staff", "lock_tries", "5", 2, 20, "Wrong sign-ins from one network before the first pause"),
    INT("staff", "argon2_mib", "64", 8, 1024, "Memory of one password computation, in MiB"),
    INT("staff", "argon2_passes", "3", 1, 20, "Passes over that memory"),
    INT("staff", "export_rows", "100000", 100, 500000, "Rows of one exported list; a file that was cut says so in its last line"),

    INT("limits", "urge_interval_hours", "24", 1, 720, "A citizen may urge once in so many hours"),
    INT("limits", "urge_max", "5", 1, 100, "and so many times"),
    INT("limits", "objection_days", "7", 1, 60, "Days after a reply or closing in which one objection is possible"),
    INT("limits", "rating_link_days", "30", 1, 180, "Life of a rating link"),
    INT("limits", "close_after_days", "7", 1, 60, "A demand whose rating was asked but not given closes; the link stays good"),
    INT("limits", "draft_days", "7", 1, 60, "A draft is kept so many days"),
    INT("limits", "loose_upload_hours", "24", 1, 168, "A file that no demand uses is removed"),
    INT("limits", "sms_code_s", "300", 60, 600, "An SMS code is good for so many seconds"),
    INT("limits", "sms_tries", "5", 1, 10, "and for so many tries"),
    INT("limits", "sms_resend_s", "60", 10, 600, "Seconds between two codes to one phone"),
    INT("limits", "sms_per_hour", "5", 1, 50, "Codes to one phone for one purpose (sign in, prove a phone) in an hour"),
    INT("limits", "sms_per_day", "10", 1, 200, "Codes to one phone in 24 hours, all purposes together: what a stranger can cost it"),
    INT("limits", "lookup_tries", "5", 1, 50, "Wrong query codes for one number from one network"),
    INT("limits", "lookup_window_s", "900", 60, 86400, "in so many seconds"),
    INT("limits", "suppression", "10", 1, 1000, "Published figures below this are withheld"),

    /* Behind a carrier's address translation one /24 is a whole district, so these only stop floods; secrets are guarded
     * by the limits for one phone and one demand (limits.sms_*, limits.lookup_*), which no crowd shares. */
    RATE("read", "1200", "300", "Pages and reads"),
    RATE("search", "240", "120", "Searches"),
    RATE("write", "240", "120", "Acts on a demand"),
    RATE("file", "60", "60", "Filing"),
    RATE("lookup", "60", "60", "Number and query code"),
    RATE("sms", "30", "30", "Asking for an SMS code"),
    RATE("login", "60", "60", "Signing in"),
    RATE("upload", "120", "60", "Files"),
    INT("rates", "slots", "65536", 1024, 16777216, "Networks remembered at once, per program"),

    WORD("sms", "driver", "file", "file http", "file: into paths.sms_dir, for development; http: a gateway"),
    {"sms", "http_url", CONFIG_URL, "", 0, 500, NULL, "Where the driver http posts each message"},
    PATH_OR_NONE("sms", "http_key_file", "", "Its bearer key, first line of the file"),
    INT("sms", "http_timeout_ms", "5000", 100, 60000, "Milliseconds for one message"),
    INT("sms", "outbox_tries", "12", 1, 100, "Then a message is dead and waits for a person"),
    INT("sms", "outbox_lease_s", "60", 10, 3600, "Seconds after which an unfinished delivery is tried by another process"),

    INT("clock", "level1_minutes", "120", 1, 525600, "Level I, emergencies: time to reply, in minutes"),
    INT("clock", "level2_minutes", "1440", 1, 525600, "Level II: 24 hours"),
    INT("clock", "level3_minutes", "10080", 1, 525600, "Level III: 7 days; working days where the rule of the category says so"),
    INT("clock", "level4_minutes", "21600", 1, 525600, "Level IV: 15 days"),
    INT("clock", "default_level", "3", 1, 4, "While the category is unknown, and where no rule fits"),
    INT("clock", "triage_minutes", "120", 1, 525600, "The hotline centre classes an unsure demand within so many minutes"),
    INT("clock", "warn_percent", "75", 1, 99, "The unit is warned when so much of the time is gone"),
    INT("clock", "remind_percent", "90", 0, 99, "It is reminded (0 = not)"),
    INT("clock", "supervise_unit_percent", "110", 0, 1000, "No answer when so much of the time is gone: the manager of the unit must account for it (0 = not)"),
    INT("clock", "supervise_district_percent", "150", 0, 1000, "then the district is told"),
    INT("clock", "supervise_city_percent", "200", 0, 1000, "then the city"),
    INT("clock", "supervise_bounces", "2", 0, 20, "Returned so often: supervised (0 = never)"),
    INT("clock", "supervise_reopens", "2", 0, 20, "Opened again so often: supervised (0 = never)"),
    INT("clock", "supervise_answer_hours", "24", 1, 720, "Hours to account for a case"),
    INT("clock", "sign_minutes", "120", 1, 525600, "To sign for a demand; later it stands on the wall"),
    INT("clock", "contact_minutes", "1440", 1, 525600, "To reach the citizen; later it stands on the wall"),
    INT("clock", "stuck_days", "5", 1, 365, "Nothing happened for so long: it stands on the wall"),
    TEXT("clock", "duty_unit", "", 0, 24, "Code of the unit that is told of possible emergencies; empty = hotline centre"),

    INT("visit", "call_hours", "48", 1, 720, "Asked by link and not answered for so long: a visitor calls"),
    INT("visit", "attempts", "2", 1, 9, "Calls not answered; then there is no valid visit"),
    INT("visit", "retry_hours", "4", 1, 168, "Hours between two calls"),
    INT("visit", "lease_minutes", "30", 5, 240, "A visitor holds a call so long"),
    INT("visit", "early_hours", "0", 0, 720, "Asked so long after the reply, if that is before the time limit; 0 = at the limit"),
    INT("visit", "period_day", "19", 1, 28, "Day of the month on which a period of assessment begins"),
    INT("visit", "reopen_max", "2", 0, 9, "Times that call-backs may open a demand again"),

    WORD("rating", "grades", "three", "three five", "Grades of satisfaction: Beijing's three or the national five"),

    TEXT("site", "city_zh", "北京市", 1, 60, "Name of the city"),
    TEXT("site", "city_en", "Beijing", 1, 60, "The same in English"),
    TEXT("site", "hotline", "12345", 1, 20, "Number of the hotline"),
    BOOL("site", "demo", "no", "Marks every page as a demonstration"),
    TEXT("site", "icp", "", 0, 100, "ICP licence shown at the foot; empty = none"),
    INT("site", "refdata_check_s", "30", 1, 3600, "Seconds until a changed area, category or unit is seen"),

    WORD("log", "level", "info", "debug info warn error", "Least level that is written"),
};
const size_t config_n_keys = sizeof config_keys / sizeof *config_keys;
