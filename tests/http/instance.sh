# instance.sh: sourced by the suites that want a whole private instance. start_instance FOLDER PORT, and what is read on
# standard input is added to its configuration; the instance ends with the suite.
BIN=$(cd "${B:-build}/bin" && pwd -P) || exit 1
export BIN

start_instance() {
    local before
    VAR=$1 PORT=$2
    export VAR PORT DEMO=0
    trap 'VAR=$VAR scripts/stop >/dev/null 2>&1' EXIT
    scripts/run >"$VAR.log" 2>&1 || { sed 's/^/# /' "$VAR.log"; echo "not ok $SUITE an instance starts: see above"; exit 1; }
    cat >>"$VAR/suda.conf"
    before=$(ready_count)
    for s in citizen-fast citizen-slow staff-fast staff-slow open worker; do (cd "$VAR" && sv hup "./service/$s" >/dev/null); done
    for _ in $(seq 150); do
        [ "$(ready_count)" -ge $((before + 5)) ] && return
        sleep 0.1
    done
    echo "not ok $SUITE the programs take up a changed configuration: not within 15 s"
    exit 1
}
ready_count() { cat "$VAR"/log/{citizen-fast,citizen-slow,staff-fast,staff-slow,open}/current | grep -c '"event":"svc_ready"'; }
