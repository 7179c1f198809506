/*
 * The lens: a library that is preloaded into a service and counts its live heap to the byte.
 *
 * It wraps malloc and its kin, passes every call on to the allocator that the service would have used, and adds up
 * malloc_usable_size. The counters stand in a file of the folder PAGES that is mapped into the memory of the process,
 * so that a reader outside of it needs no answer from the service. src/lens/page.ts reads the file.
 *
 * It needs no library and asks for symbols by walking the loaded objects itself, so that one build works with glibc and
 * musl. It allocates nothing. On any problem it counts nothing, and the service goes on as without it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include "next-symbol.h"
#include "system-call.h"

#ifndef PAGES
#define PAGES "/slopegate/pages"
#endif
#define EXPORT __attribute__((visibility("default")))
#define MAGIC 0x314e454c47505331ull
#define PROCESSES 512
#define SHARDS 16

/*
 * Each thread counts in a shard of its own, without atomic operations, which are slow. Threads that come late share the
 * last one, with atomic operations. Only the sum of the shards means anything.
 */
struct shard {
  int64_t live;
  int64_t blocks;
  /* Least `live` since the reader asked for the `asked`-th time. */
  int64_t low;
  uint64_t asked;
  uint64_t unused[2];
  struct timespec touched;
};

/* One process: the one that was executed, or a fork of it, which counts only what it did since. */
struct process {
  uint32_t pid;
  uint32_t parent;
  uint32_t threads;
  uint32_t padding;
  struct timespec touched;
  uint64_t unused[4];
  struct shard shards[SHARDS];
};

/* One file for each executed program; its forks share it, because a fork may no longer reach the folder. */
struct file {
  uint64_t magic;
  struct timespec started;
  uint64_t asked;
  uint32_t missed;
  uint32_t counts;
  /* Places from the first on that were ever taken. */
  uint32_t used;
  uint32_t padding;
  char allocator[64];
  char unused[4096 - 112];
  struct process processes[PROCESSES];
};

/* The kernel empties this page in every fork, so a fork sees that it has no place of its own yet. */
struct own {
  struct process *process;
  uint32_t begun;
};

static struct file *file;
static struct own *own;
static uint32_t begun;
/* Of the process that this one was forked from; it survives the fork. */
static struct process *latest;

static void *(*real_malloc)(size_t);
static void (*real_free)(void *);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void *(*real_valloc)(size_t);
static void *(*real_pvalloc)(size_t);
/* Null where nothing is counted. */
static size_t (*usable)(void *);

/* More than 0 within a call: musl makes some of these functions of others. */
static __thread int depth;
static __thread struct shard *shard;

/* --- memory shared with the reader ------------------------------------------------------------------------------ */

static void *map(size_t size, int flags, int descriptor) {
  long at = call(SYS_mmap, 0, (long)size, PROT_READ | PROT_WRITE, flags, descriptor, 0);
  return at < 0 && at > -4096 ? NULL : (void *)at;
}

/* Writes the time; false where the memory is not to be had, which the process itself would only learn by SIGBUS. */
static int touch(struct timespec *at) { return call(SYS_clock_gettime, CLOCK_MONOTONIC, (long)at, 0, 0, 0, 0) == 0; }

/* --- the allocator behind --------------------------------------------------------------------------------------- */

static void resolve(void) {
  struct search allocator = find("malloc"), sizes = find("malloc_usable_size");
  real_free = find("free").found;
  real_calloc = find("calloc").found;
  real_realloc = find("realloc").found;
  real_memalign = find("memalign").found;
  real_aligned_alloc = find("aligned_alloc").found;
  real_posix_memalign = find("posix_memalign").found;
  real_valloc = find("valloc").found;
  real_pvalloc = find("pvalloc").found;
  /* Another allocator may hand out blocks by doors that are not watched here, so it is left alone. */
  if (find("__libc_start_main").base == allocator.base && sizes.base == allocator.base) usable = sizes.found;
  if (file && allocator.object) {
    const char *name = allocator.object;
    for (const char *c = name; *c; c += 1)
      if (*c == '/') name = c + 1;
    for (size_t i = 0; i < sizeof file->allocator - 1 && name[i]; i += 1) file->allocator[i] = name[i];
    file->counts = usable != NULL;
  }
  /* Last, because it says that the others are there. */
  real_malloc = allocator.found;
}

/* --- the counters --------------------------------------------------------------------------------------------- */

static char *digits(char *to, uint64_t value) {
  char reversed[20];
  int length = 0;
  do reversed[length++] = (char)('0' + value % 10);
  while (value /= 10);
  while (length) *to++ = reversed[--length];
  return to;
}

/* A longer file than is allowed ends the process by SIGXFSZ. */
static int is_allowed(uint64_t size) {
  struct rlimit limit;
  return call(SYS_prlimit64, 0, RLIMIT_FSIZE, 0, (long)&limit, 0, 0) == 0 && limit.rlim_cur >= size;
}

/* PAGES/pid-nanoseconds */
static void open_file(void) {
  struct timespec now;
  if (!is_allowed(sizeof *file) || !touch(&now)) return;
  char path[sizeof PAGES + 48] = PAGES "/";
  char *end = digits(path + sizeof PAGES, (uint64_t)call(SYS_getpid, 0, 0, 0, 0, 0, 0));
  *end++ = '-';
  *digits(end, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec) = 0;
  long descriptor = call(SYS_openat, AT_FDCWD, (long)path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666, 0, 0);
  if (descriptor < 0) return;
  struct file *mapped = NULL;
  if (call(SYS_ftruncate, descriptor, sizeof *file, 0, 0, 0, 0) == 0)
    mapped = map(sizeof *file, MAP_SHARED, (int)descriptor);
  call(SYS_close, descriptor, 0, 0, 0, 0, 0);
  struct own *page = mapped && touch(&mapped->started) ? map(4096, MAP_PRIVATE | MAP_ANONYMOUS, -1) : NULL;
  if (!page || call(SYS_madvise, (long)page, 4096, MADV_WIPEONFORK, 0, 0, 0) != 0) return;
  file = mapped;
  own = page;
}

/* A place among the processes of the file; null where none is free. */
static struct process *claim(void) {
  uint32_t pid = (uint32_t)call(SYS_getpid, 0, 0, 0, 0, 0, 0);
  for (uint32_t i = 0; i < PROCESSES; i += 1) {
    struct process *place = &file->processes[i];
    uint32_t nobody = 0;
    if (!touch(&place->touched) || !touch(&place->shards[SHARDS - 1].touched)) break;
    if (__atomic_load_n(&place->pid, __ATOMIC_RELAXED) != 0) continue;
    if (!__atomic_compare_exchange_n(&place->pid, &nobody, pid, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) continue;
    uint32_t used = __atomic_load_n(&file->used, __ATOMIC_RELAXED);
    while (used <= i && !__atomic_compare_exchange_n(&file->used, &used, i + 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
    }
    place->parent = latest ? (uint32_t)(latest - file->processes) : i;
    return latest = place;
  }
  __atomic_fetch_add(&file->missed, 1, __ATOMIC_RELAXED);
  return NULL;
}

/* The first call of a program comes before it has threads, the first call of a fork before that has any. */
static struct process *begin(void) {
  if (!begun) {
    begun = 1;
    open_file();
    resolve();
    if (file) __atomic_store_n(&file->magic, MAGIC, __ATOMIC_RELEASE);
  }
  if (!own || !usable || own->begun) return NULL;
  own->begun = 1;
  /* In a fork, this is still the one of the thread that forked. */
  shard = NULL;
  return own->process = claim();
}

static void take_shard(struct process *process) {
  uint32_t before = __atomic_fetch_add(&process->threads, 1, __ATOMIC_RELAXED);
  shard = &process->shards[before < SHARDS ? before : SHARDS - 1];
}

static inline int64_t add(int64_t *to, int64_t amount, int is_shared) {
  if (is_shared) return __atomic_add_fetch(to, amount, __ATOMIC_RELAXED);
  int64_t sum = *to + amount;
  __atomic_store_n(to, sum, __ATOMIC_RELAXED);
  return sum;
}

static inline void count(int64_t bytes, int64_t blocks) {
  struct process *process = own ? own->process : NULL;
  if (!process && !(process = begin())) return;
  if (!shard) take_shard(process);
  int is_shared = shard == &process->shards[SHARDS - 1];
  int64_t live = add(&shard->live, bytes, is_shared);
  add(&shard->blocks, blocks, is_shared);
  uint64_t asked = __atomic_load_n(&file->asked, __ATOMIC_RELAXED);
  int64_t least = bytes < 0 ? live : live - bytes;
  if (shard->asked == asked && least >= shard->low) return;
  shard->low = least;
  shard->asked = asked;
}

static inline int is_counted(void) { return usable && depth == 0; }

static inline void ready(void) {
  if (__builtin_expect(!real_malloc, 0)) begin();
}

__attribute__((constructor)) static void on_load(void) { count(0, 0); }

/* --- what the service calls; reallocarray, strdup and their like call these ------------------------------------ */

EXPORT void *malloc(size_t size) {
  ready();
  void *block = real_malloc(size);
  if (block && is_counted()) count((int64_t)usable(block), 1);
  return block;
}

EXPORT void free(void *block) {
  ready();
  /* Before it is given back: then another thread may have it. */
  if (block && is_counted()) count(-(int64_t)usable(block), -1);
  real_free(block);
}

EXPORT void *realloc(void *block, size_t size) {
  ready();
  int64_t before = block && is_counted() ? (int64_t)usable(block) : 0;
  depth += 1;
  void *after = real_realloc(block, size);
  depth -= 1;
  if (!is_counted()) return after;
  if (after) count((int64_t)usable(after) - before, block == NULL);
  else if (block && size == 0) count(-before, -1);
  return after;
}

/* Calls a function that returns a new block, and counts the block once. */
#define COUNTED(call)                                             \
  ready();                                                        \
  depth += 1;                                                     \
  void *block = call;                                             \
  depth -= 1;                                                     \
  if (block && is_counted()) count((int64_t)usable(block), 1);    \
  return block

EXPORT void *calloc(size_t number, size_t size) { COUNTED(real_calloc(number, size)); }
EXPORT void *aligned_alloc(size_t alignment, size_t size) { COUNTED(real_aligned_alloc(alignment, size)); }
EXPORT void *memalign(size_t alignment, size_t size) { COUNTED(real_memalign(alignment, size)); }
/* Not every C library has these two. */
EXPORT void *valloc(size_t size) { COUNTED(real_valloc ? real_valloc(size) : NULL); }
EXPORT void *pvalloc(size_t size) { COUNTED(real_pvalloc ? real_pvalloc(size) : NULL); }

EXPORT int posix_memalign(void **block, size_t alignment, size_t size) {
  ready();
  depth += 1;
  int failure = real_posix_memalign(block, alignment, size);
  depth -= 1;
  if (!failure && is_counted()) count((int64_t)usable(*block), 1);
  return failure;
}
