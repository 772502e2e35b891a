// SPDX-License-Identifier: MIT
// free and realloc that wipe, for the whole process: libraries (Qt, D-Bus, the keychain's) copy secrets into
// ordinary memory and free it as it is. Defined in the program, these take the place of glibc's for every
// library in it, and hand on to glibc's own. Sanitizers bring their own allocator, so they are left alone.
#include <features.h> // says whether this is glibc

#if !defined(HATSTAND_SANITIZED) && defined(__GLIBC__)

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <malloc.h>

extern "C" {

void* __libc_malloc(size_t size);
void __libc_free(void* memory);

void free(void* memory) noexcept
{
    if (!memory)
        return;
    const int before = errno; // free keeps errno
    explicit_bzero(memory, malloc_usable_size(memory));
    __libc_free(memory);
    errno = before;
}

void* realloc(void* memory, size_t size) noexcept
{
    if (!memory)
        return __libc_malloc(size);
    if (size == 0) {
        free(memory);
        return nullptr;
    }
    // glibc's own may move the block and leave the old one readable, so moving is done here.
    const size_t usable = malloc_usable_size(memory);
    if (size <= usable && size >= usable / 2) {
        explicit_bzero(static_cast<char*>(memory) + size, usable - size);
        return memory;
    }
    void* moved = __libc_malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, memory, size < usable ? size : usable);
    free(memory);
    return moved;
}

} // extern "C"

#endif
