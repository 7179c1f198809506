/*
 * A leak of a known size inside a real WAF: preloaded into nginx, it keeps LEAK_BYTES of heap at every
 * LEAK_EVERY-th transaction that libmodsecurity begins, and does nothing else.
 * The bytes are those that glibc's malloc takes, its own eight included: a multiple of 16, at least 32.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>

static size_t leak_bytes;
static unsigned long leak_every = 1, transactions;

/* Read before nginx clears its environment; workers are forks and inherit the values. */
__attribute__((constructor)) static void configure(void) {
  const char *bytes = getenv("LEAK_BYTES"), *every = getenv("LEAK_EVERY");
  if (bytes) leak_bytes = strtoul(bytes, NULL, 10);
  if (every && strtoul(every, NULL, 10) > 0) leak_every = strtoul(every, NULL, 10);
}

static void leak(void) {
  transactions += 1;
  if (leak_bytes < 32 || transactions % leak_every != 0) return;
  /* Volatile, or the compiler leaves out an allocation that nobody reads. */
  volatile char *kept = malloc(leak_bytes - 8);
  for (size_t i = 0; kept && i < leak_bytes - 8; i += 1) kept[i] = 1;
}

void *msc_new_transaction(void *engine, void *rules, void *log) {
  static void *(*real)(void *, void *, void *);
  if (!real) real = dlsym(RTLD_NEXT, "msc_new_transaction");
  leak();
  return real(engine, rules, log);
}

void *msc_new_transaction_with_id(void *engine, void *rules, char *id, void *log) {
  static void *(*real)(void *, void *, char *, void *);
  if (!real) real = dlsym(RTLD_NEXT, "msc_new_transaction_with_id");
  leak();
  return real(engine, rules, id, log);
}
