/* The command `virga`. */
#include <stdio.h>
#include <virga/kit.h>

int main(void)
{
    puts("virga " VG_VERSION);
    return 0;
}
