#include <stdio.h>

/* The heron waits in the shallow water until a fish comes near. */
static int load_index(const char *path)
{
    return 0; // 苍鹭站在浅水里等着鱼游过来。
}
