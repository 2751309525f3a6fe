#include "base/utf8.h"

int vg__utf8_len(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    int len = *s < 0xc2 ? 0 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : *s < 0xf5 ? 4 : 0;
    for (int i = 1; i < len; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if (len == 3 && ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)))
        return 0;
    if (len == 4 && ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)))
        return 0;
    return len;
}

bool vg__is_utf8(const char *s)
{
    while (*s) {
        int len = *s & 0x80 ? vg__utf8_len(s) : 1;
        if (!len)
            return false;
        s += len;
    }
    return true;
}

int vg__utf8_next(const char *s, size_t len)
{
    char room[5] = {0};
    if (!(*s & 0x80))
        return 1;
    for (size_t i = 0; i < 4 && i < len; i++)
        room[i] = s[i];
    return vg__utf8_len(room);
}
