/* For a file of unit tests: a kit that is open while a group of them runs. */
#pragma once
#include "check.h"
#include <virga/kit.h>

static vg_kit *kit;

static int setup(void **state)
{
    (void)state;
    return vg_kit_open(&kit, NULL);
}

static int teardown(void **state)
{
    (void)state;
    vg_kit_close(kit);
    return 0;
}
