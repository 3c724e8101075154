/*
 * hello_fcgi.c - the calibration: what FastCGI costs when nothing of ours takes part.
 *
 * A fixed number of processes, each with the plain accept loop of libfcgi's manual, answering one constant. Figures of
 * the benchmark are printed as shares of this one, so it is kept as it is. usage: hello_fcgi SOCKET PROCESSES
 */
#include <fcgiapp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

static const char answer[] = "Status: 200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\n";

static void serve(int listener)
{
    FCGX_Request rq;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (FCGX_InitRequest(&rq, listener, 0) != 0)
        _exit(1);
    while (FCGX_Accept_r(&rq) == 0) {
        FCGX_PutStr(answer, (int)sizeof answer - 1, rq.out);
        FCGX_Finish_r(&rq);
    }
    _exit(1);
}

int main(int argc, char **argv)
{
    uint64_t processes;
    if (argc != 3 || !parse_u64(str_from_c(argv[2]), 1, 64, &processes)) {
        fprintf(stderr, "usage: hello_fcgi SOCKET PROCESSES\n");
        return 2;
    }
    int listener = FCGX_Init() == 0 ? FCGX_OpenSocket(argv[1], 1024) : -1;
    if (listener < 0 || chmod(argv[1], 0666) != 0) {
        perror(argv[1]);
        return 1;
    }
    for (uint64_t i = 0; i < processes; i++) {
        pid_t pid = fork();
        if (pid < 0)
            return 1;
        if (pid == 0)
            serve(listener);
    }
    while (wait(NULL) > 0)
        ;
    return 1; /* the workers end only when something is wrong */
}
