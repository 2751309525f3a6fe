/* One object for each table, alias and projection, whichever file includes the schema:
 * compiled twice, with and without OTHER, linked together and run.
 *
 * SPDX-License-Identifier: MIT */
#include "one_object.h"

#ifdef OTHER
const void *const *objects(void)
{
    static const void *const list[] = {&users,       &boss,       &card, &cards,
                                       &other_cards, &user_added, &names};
    return list;
}
#else
#    include <stdio.h>

int main(void)
{
    const void *const here[] = {&users,       &boss,       &card, &cards,
                                &other_cards, &user_added, &names};
    for (int i = 0; i < 7; i++)
        if (here[i] != objects()[i])
            return 1;
    return 0;
}
#endif
