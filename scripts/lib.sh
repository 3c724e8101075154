# Shared by the scripts of this folder; sourced, never run. It finds the folders of one instance, speaks to the person at
# the terminal, and knows which processes belong to the instance. Nothing here needs more than bash and coreutils.
#
# An instance is one VAR folder: configuration, database, uploads, logs, secrets, and `service`, the supervised services.

set -euo pipefail
export LC_ALL=C.UTF-8

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
SOCKET_PATH_MAX=107 # bytes; sun_path of unix(7) less its NUL
SERVICES=(mariadb citizen-fast citizen-slow staff-fast staff-slow open worker nginx)
# mariadb-install-db and mariadbd live in sbin, which an ordinary user's PATH may lack.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# step "what is done" command...   One line on the terminal, with the seconds it took; the command's words are kept in a
# log and shown when it fails. A long step says every 10 s that it is still at work.
step() {
    local what=$1 log start pid told=10 rc=0
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/suda-step.XXXXXX")
    start=$SECONDS
    printf '  %-34s ' "$what ..."
    "$@" >"$log" 2>&1 9>&- &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.1
        if [ $((SECONDS - start)) -ge "$told" ]; then
            printf '%ss ' "$told"
            told=$((told + 10))
        fi
    done
    wait "$pid" || rc=$?
    if [ "$rc" -ne 0 ]; then
        printf 'failed\n'
        tail -n 40 "$log" >&2
        rm -f "$log"
        return "$rc"
    fi
    printf 'ok (%ss)\n' $((SECONDS - start))
    rm -f "$log"
}

# Makes $VAR absolute and sets RUN, the folder of the sockets. With `create`, makes the folders.
instance_paths() {
    local how=${1:-create}
    VAR=${VAR:-var}
    [[ $VAR == "~/"* ]] && VAR=$HOME/${VAR#"~/"}
    [[ $VAR == /* ]] || VAR=$TOP/$VAR
    # nginx, MariaDB and the INI file each read some of these characters as their own.
    [[ $VAR =~ [\"\'\\\$\;\#\{\}[:cntrl:]] ]] && die "VAR=$VAR holds a character that the configuration files cannot carry" \
        "choose a path without quotes, backslash, \$ ; # { } and control characters"
    if [ "$how" = create ]; then
        (umask 077 && mkdir -p "$VAR") 2>/dev/null || die "the folder $VAR cannot be made" "choose another with VAR=/path"
    fi
    [ -d "$VAR" ] && VAR=$(cd "$VAR" && pwd -P)
    [ "$how" = create ] && [ ! -w "$VAR" ] && die "the folder $VAR is not writable" "choose another with VAR=/path"
    run_folder "$how"
    export VAR RUN
}

byte_length() { local LC_ALL=C; printf '%s' "${#1}"; }

# Sockets stand in $VAR/run, or, when that path is too long for a socket, in a short folder whose name is kept in
# $VAR/run.path. Such a folder is used only when it is ours alone: others may write in /tmp.
run_folder() {
    local short
    RUN=$VAR/run
    if [ "$(byte_length "$RUN/citizen-fast.sock.tmp")" -gt "$SOCKET_PATH_MAX" ]; then
        short=$(cat "$VAR/run.path" 2>/dev/null || :)
        if [ "$1" = create ] && ! private_folder "$short"; then
            short=$(mktemp -d "/tmp/suda-$(id -u)-XXXXXX")
            printf '%s\n' "$short" >"$VAR/run.path"
        fi
        [ -n "$short" ] && RUN=$short
    elif [ "$1" = create ]; then
        (umask 077 && mkdir -p "$RUN")
    fi
    return 0
}
private_folder() { [ -n "$1" ] && [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] && [ "$(stat -c %a "$1")" = 700 ]; }

# ---- processes ------------------------------------------------------------------------------------------------------
# Each service starts as the leader of its own process group and first writes `pid start-time boot program` to
# $VAR/pid/<name>. A pid alone may have been given to somebody else since, so every look compares the rest too.

boot_id() { cat /proc/sys/kernel/random/boot_id; }
# Puts into F the fields of /proc/<pid>/stat after the program name, which may hold blanks and brackets itself:
# F[0] state, F[2] process group, F[19] start time (fields 3, 5 and 22 of proc(5)). No fork: it is called for every process.
stat_fields() {
    local line=
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    F=(${line##*) })
}

record_self() { # name program
    (umask 077 && mkdir -p "$VAR/pid")
    stat_fields $$
    printf '%s %s %s %s\n' "$$" "${F[19]}" "$(boot_id)" "$2" >"$VAR/pid/$1.new"
    mv "$VAR/pid/$1.new" "$VAR/pid/$1"
}

# Prints the live processes of a recorded service: its leader, and what the leader left behind in its group.
recorded_pids() {
    local pid start boot program p
    { read -r pid start boot program <"$VAR/pid/$1"; } 2>/dev/null || return 0
    [ "$boot" = "$(boot_id)" ] || return 0
    # The number was given to another process: then no member of the old group can be left.
    if stat_fields "$pid" && [ "${F[19]}" != "$start" ]; then return 0; fi
    for p in /proc/[0-9]*; do
        p=${p#/proc/}
        stat_fields "$p" || continue
        [ "${F[0]}" != Z ] && [ "${F[2]}" = "$pid" ] && [ "${F[19]}" -ge "$start" ] || continue
        [ "$p" = "$pid" ] || ours "$p" "$program" || continue
        printf '%s\n' "$p"
    done
}
# A process of a group whose leader is gone is ours when it runs the recorded program or works inside VAR.
ours() {
    local exe cwd
    exe=$(readlink "/proc/$1/exe" 2>/dev/null || :)
    cwd=$(readlink "/proc/$1/cwd" 2>/dev/null || :)
    [ "${exe% (deleted)}" = "$2" ] || [[ $cwd == "$VAR"/* ]]
}

# end_recorded name seconds: TERM, then KILL, to what recorded_pids shows.
end_recorded() {
    local pids deadline=$((SECONDS + $2))
    pids=$(recorded_pids "$1")
    [ -n "$pids" ] || return 0
    kill -TERM $pids 2>/dev/null || :
    kill -CONT $pids 2>/dev/null || :
    while pids=$(recorded_pids "$1") && [ -n "$pids" ]; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            kill -KILL $pids 2>/dev/null || :
            deadline=$((SECONDS + 5))
        fi
        sleep 0.1
    done
}

supervised() { [ -n "$(recorded_pids runsvdir)" ]; }

# Is the leader itself alive? (recorded_pids also shows what a dead one left behind.)
leader_alive() {
    local pid start boot rest
    { read -r pid start boot rest <"$VAR/pid/$1"; } 2>/dev/null || return 1
    [ "$boot" = "$(boot_id)" ] && stat_fields "$pid" && [ "${F[19]}" = "$start" ] && [ "${F[0]}" != Z ]
}

# ---- network --------------------------------------------------------------------------------------------------------
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Prints the status of GET path, or 000.
http_status() { # port path
    local line
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || { printf 000; return 0; }
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
    read -r -t 10 line <&3 || line=
    exec 3>&- 3<&-
    line=${line#* }
    printf '%s' "${line:0:3}"
}

# with_lock command...: one `make run` or `make stop` at a time for an instance. The lock is held by an open file, so a
# killed holder leaves none behind; the command's own children must close descriptor 9.
with_lock() {
    exec 9>"$VAR/lock"
    if ! flock -n 9; then
        say "another make run or make stop is at work on $VAR; waiting"
        flock -w 900 9 || die "it did not end within 15 minutes"
    fi
    "$@"
}
