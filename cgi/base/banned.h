/* banned.h - included by the compiler before every file (-include). Calls that have bitten others do not compile. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#undef alloca
#undef sprintf
#undef vsprintf
#pragma GCC poison alloca strcpy strcat strncpy strncat sprintf vsprintf strtok atoi atol atoll atof gmtime localtime rand srand gets system popen
#endif
