/*
 * The profiler: a library that is preloaded into a service for a diagnosis, instead of the lens. It samples allocations
 * by their bytes, keeps the call stacks of those samples that are still in use, and shows them in a file of the folder
 * PAGES. src/lens/samples.ts reads the file. It is never in a service that is judged.
 *
 * A byte is sampled with the probability 1 / PERIOD, so a block of n bytes stands for n / (1 - exp(-n / PERIOD)).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unwind.h>
#include "next-symbol.h"
#include "system-call.h"

#define PAGES "/slopegate/pages"
#define EXPORT __attribute__((visibility("default")))
#define MAGIC 0x31464f5250475053ull
#define PERIOD 4096
#define PROCESSES 8
#define SLOTS 2048
/* A table that is fuller makes every call slow. What does not fit is counted as lost. */
#define MOST_USED (SLOTS / 4 * 3)
#define FRAMES 28
/* Of this library: they are the first ones of every stack. */
#define OWN_FRAMES 3

/* A sampled block that is in use. `block` is 0 for a free slot. */
struct sample {
  uint64_t block, size;
  uint32_t frames, padding;
  uint64_t stack[FRAMES];
  uint64_t unused;
};

struct process {
  uint32_t pid, lost, lock, used;
  struct sample samples[SLOTS];
};

struct file {
  uint64_t magic;
  uint32_t period, can_unwind;
  char unused[4096 - 16];
  struct process processes[PROCESSES];
};

/* The kernel empties this page in every fork, so a fork sees that it has no place of its own yet. */
struct own {
  struct process *process;
  uint32_t begun;
};

static struct file *file;
static struct own *own;
static int begun;
static void *(*real_malloc)(size_t);
static void (*real_free)(void *);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);

/* More than 0 within a call of this library: what it allocates itself is not sampled. */
static __thread int depth;
static __thread int64_t left;
static __thread uint64_t state;

static void *map(size_t size, int flags, int descriptor) {
  long at = call(SYS_mmap, 0, (long)size, PROT_READ | PROT_WRITE, flags, descriptor, 0);
  return at < 0 && at > -4096 ? NULL : (void *)at;
}

static void open_file(void) {
  char path[64] = PAGES "/", *at = path + sizeof PAGES;
  char reversed[20];
  int length = 0;
  for (uint64_t pid = (uint64_t)call(SYS_getpid, 0, 0, 0, 0, 0, 0); pid; pid /= 10)
    reversed[length++] = (char)('0' + pid % 10);
  while (length) *at++ = reversed[--length];
  *at++ = '-', *at++ = '0', *at = 0;
  /* The program that a process executes later has the same number: it begins anew. */
  long descriptor = call(SYS_openat, AT_FDCWD, (long)path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666, 0, 0);
  if (descriptor < 0) return;
  struct file *mapped = NULL;
  if (call(SYS_fallocate, descriptor, 0, 0, sizeof *file, 0, 0) == 0)
    mapped = map(sizeof *file, MAP_SHARED, (int)descriptor);
  call(SYS_close, descriptor, 0, 0, 0, 0, 0);
  struct own *page = map(4096, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (!mapped || !page || call(SYS_madvise, (long)page, 4096, MADV_WIPEONFORK, 0, 0, 0) != 0) return;
  mapped->period = PERIOD;
  /* The unwinder that is linked in asks the C library where code lies. Older ones, and musl, cannot tell. */
  mapped->can_unwind = find("_dl_find_object").found != NULL;
  mapped->magic = MAGIC;
  own = page;
  file = mapped;
}

static void begin(void) {
  begun = 1;
  real_free = find("free").found;
  real_calloc = find("calloc").found;
  real_realloc = find("realloc").found;
  real_memalign = find("memalign").found;
  real_aligned_alloc = find("aligned_alloc").found;
  real_posix_memalign = find("posix_memalign").found;
  open_file();
  /* Last, because it says that the others are there. */
  real_malloc = find("malloc").found;
}

static inline void ready(void) {
  if (__builtin_expect(!begun, 0)) begin();
}

/* A place for this process; null where none is free. */
static struct process *place(void) {
  if (own->begun) return own->process;
  own->begun = 1;
  uint32_t pid = (uint32_t)call(SYS_getpid, 0, 0, 0, 0, 0, 0);
  for (int i = 0; i < PROCESSES; i += 1) {
    uint32_t nobody = 0;
    struct process *one = &file->processes[i];
    if (__atomic_compare_exchange_n(&one->pid, &nobody, pid, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
      return own->process = one;
  }
  return NULL;
}

/* So that a process is known that never allocates. */
__attribute__((constructor)) static void on_load(void) {
  ready();
  if (file) place();
}

static void lock(struct process *process) {
  while (__atomic_exchange_n(&process->lock, 1, __ATOMIC_ACQUIRE)) call(SYS_sched_yield, 0, 0, 0, 0, 0, 0);
}

static void unlock(struct process *process) { __atomic_store_n(&process->lock, 0, __ATOMIC_RELEASE); }

static uint32_t slot_of(uint64_t block) { return (uint32_t)((block >> 4) * 0x9e3779b97f4a7c15ull >> 40) % SLOTS; }

/* Bytes until the next sample: exponential with the mean PERIOD, by a series for the logarithm of a number in 1…2. */
static int64_t gap(void) {
  if (!state) state = (uint64_t)(uintptr_t)&state * 0x9e3779b97f4a7c15ull | 1;
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  uint64_t bits = state | 1;
  int zeros = __builtin_clzll(bits);
  double x = (double)(bits << zeros) / 18446744073709551616.0 * 2, y = (x - 1) / (x + 1), y2 = y * y;
  double logarithm = 2 * y * (1 + y2 * (1.0 / 3 + y2 * (1.0 / 5 + y2 * (1.0 / 7 + y2 / 9))));
  return (int64_t)(PERIOD * ((zeros + 1) * 0.69314718055994531 - logarithm)) + 1;
}

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *wanted) {
  struct sample *sample = wanted;
  uint32_t number = sample->padding++;
  if (number < OWN_FRAMES) return _URC_NO_REASON;
  if (sample->frames >= FRAMES) return _URC_END_OF_STACK;
  sample->stack[sample->frames++] = _Unwind_GetIP(context);
  return _URC_NO_REASON;
}

__attribute__((noinline)) static void keep(void *block, size_t size) {
  struct process *process = place();
  if (!process) return;
  struct sample sample = {.block = (uint64_t)(uintptr_t)block, .size = size};
  if (file->can_unwind) _Unwind_Backtrace(step, &sample);
  lock(process);
  uint32_t at = slot_of(sample.block);
  /* There are always free slots. */
  while (process->samples[at].block) at = (at + 1) % SLOTS;
  if (process->used >= MOST_USED) process->lost += 1;
  else process->used += 1, process->samples[at] = sample;
  unlock(process);
}

__attribute__((noinline)) static void allocated(void *block, size_t size) {
  if (!block || depth || !file || (left -= (int64_t)size) > 0) return;
  depth += 1;
  /* The first allocation of a thread only begins the count. */
  int is_first = state == 0;
  left = gap();
  if (!is_first) keep(block, size);
  depth -= 1;
}

/* Frees a slot, and moves those behind it forward that could not be found any more behind a free one. */
static void take_out(struct process *process, uint32_t free_slot) {
  for (uint32_t at = (free_slot + 1) % SLOTS; process->samples[at].block; at = (at + 1) % SLOTS) {
    uint32_t from_home = (at - slot_of(process->samples[at].block)) % SLOTS;
    if (from_home < (at - free_slot) % SLOTS) continue;
    process->samples[free_slot] = process->samples[at];
    free_slot = at;
  }
  process->samples[free_slot].block = 0;
  process->used -= 1;
}

static void freed(void *block) {
  if (!block || depth || !file || !own->begun || !own->process) return;
  struct process *process = own->process;
  uint32_t at = slot_of((uint64_t)(uintptr_t)block);
  if (__atomic_load_n(&process->samples[at].block, __ATOMIC_RELAXED) == 0) return;
  lock(process);
  while (process->samples[at].block && process->samples[at].block != (uint64_t)(uintptr_t)block) at = (at + 1) % SLOTS;
  if (process->samples[at].block) take_out(process, at);
  unlock(process);
}

/* Within a call of the allocator, its other functions are not watched: they may be made of one another. */
#define WATCHED(call)        \
  ready();                   \
  depth += 1;                \
  void *block = call;        \
  depth -= 1;                \
  allocated(block, size);    \
  return block

EXPORT void *malloc(size_t size) { WATCHED(real_malloc(size)); }
EXPORT void *memalign(size_t alignment, size_t size) { WATCHED(real_memalign(alignment, size)); }
EXPORT void *aligned_alloc(size_t alignment, size_t size) { WATCHED(real_aligned_alloc(alignment, size)); }

EXPORT void *calloc(size_t number, size_t each) {
  size_t size = number * each;
  WATCHED(real_calloc(number, each));
}

EXPORT void free(void *block) {
  ready();
  freed(block);
  real_free(block);
}

EXPORT void *realloc(void *former, size_t size) {
  ready();
  freed(former);
  WATCHED(real_realloc(former, size));
}

EXPORT int posix_memalign(void **block, size_t alignment, size_t size) {
  ready();
  depth += 1;
  int failure = real_posix_memalign(block, alignment, size);
  depth -= 1;
  if (!failure) allocated(*block, size);
  return failure;
}
