/* Identifiers that programs make up: UUIDs and cuid2, from the system's random bytes. */
#include <virga/types.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#if defined(__APPLE__)
#    include <sys/random.h>
#endif

/* Sixteen random bytes. Where getentropy is missing or forbidden the device serves; with
 * neither there is no identifier to be had, and a guessable one would be worse. */
static void random_bytes(uint8_t out[16])
{
    if (getentropy(out, 16) == 0)
        return;
    int device = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (device < 0 || read(device, out, 16) != 16)
        abort();
    close(device);
}

/* RFC 9562, 4: four bits say how it was made, two that the rest follows that RFC. */
static void stamp(vg_uuid *u, int version)
{
    u->bytes[6] = (uint8_t)((u->bytes[6] & 0x0f) | version << 4);
    u->bytes[8] = (uint8_t)((u->bytes[8] & 0x3f) | 0x80);
}

vg_uuid vg_uuid_v4(void)
{
    vg_uuid u;
    random_bytes(u.bytes);
    stamp(&u, 4);
    return u;
}

/* RFC 9562, 5.7: 48 bits of Unix milliseconds, then the version, then random bits. */
vg_uuid vg_uuid_v7(void)
{
    vg_uuid u;
    random_bytes(u.bytes);
    uint64_t ms = (uint64_t)(vg_now().us / 1000);
    for (int i = 0; i < 6; i++)
        u.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    stamp(&u, 7);
    return u;
}

/* The form of cuid2: a letter, then 23 of base 36. Bytes from 252 up are drawn again, so
 * that each of the 36 is as likely; 23 characters carry 118 bits. */
char *vg_cuid2(char out[25])
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    int n = 0;
    while (n < 24) {
        uint8_t random[16];
        random_bytes(random);
        for (int i = 0; i < 16 && n < 24; i++) {
            int letters = n ? 36 : 26;
            if (random[i] < 256 - 256 % letters)
                out[n++] = alphabet[random[i] % letters];
        }
    }
    out[24] = 0;
    return out;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool vg_uuid_parse(const char *text, size_t len, vg_uuid *out)
{
    vg_uuid u;
    bool hyphens = len == 36;
    if (len != 32 && !hyphens)
        return false;
    size_t at = 0;
    for (int i = 0; i < 16; i++) {
        if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
            return false;
        int high = hex(text[at]), low = hex(text[at + 1]);
        if (high < 0 || low < 0)
            return false;
        u.bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    *out = u;
    return true;
}

char *vg_uuid_format(const vg_uuid *uuid, char out[37])
{
    static const char digits[] = "0123456789abcdef";
    char *at = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[uuid->bytes[i] >> 4];
        *at++ = digits[uuid->bytes[i] & 15];
    }
    *at = 0;
    return out;
}
