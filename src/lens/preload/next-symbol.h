/*
 * Finds a function in the objects that were loaded after this one, as dlsym(RTLD_NEXT) does: that one allocates memory
 * itself, and older systems have it in a library of its own.
 */
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>

/* Lies within this object. */
static const char self;

/* What is wanted of the objects that were loaded after this one. */
struct search {
  const char *name;
  void *found;
  const char *object;
  uintptr_t base;
  int passed_self;
};

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a += 1, b += 1;
  return *a == *b;
}

/* What one loaded object says of its symbols. */
struct names {
  const ElfW(Sym) *symbols;
  const char *texts;
  const uint32_t *gnu, *old;
};

static const ElfW(Sym) *matching(const struct names *in, uint32_t index, const char *name) {
  const ElfW(Sym) *symbol = &in->symbols[index];
  if (symbol->st_shndx == SHN_UNDEF || ELF64_ST_TYPE(symbol->st_info) != STT_FUNC) return NULL;
  return same(in->texts + symbol->st_name, name) ? symbol : NULL;
}

/* By the table of hashes that GNU ld writes. */
static const ElfW(Sym) *by_gnu_hash(const struct names *in, const char *name) {
  uint32_t hash = 5381;
  for (const char *c = name; *c; c += 1) hash = hash * 33 + (unsigned char)*c;
  uint32_t buckets = in->gnu[0], first = in->gnu[1];
  const uint32_t *bucket = in->gnu + 4 + in->gnu[2] * (sizeof(ElfW(Addr)) / 4), *chain = bucket + buckets;
  uint32_t index = buckets ? bucket[hash % buckets] : 0;
  if (index < first) return NULL;
  for (;; index += 1) {
    uint32_t found = chain[index - first];
    const ElfW(Sym) *symbol = (found | 1) == (hash | 1) ? matching(in, index, name) : NULL;
    if (symbol || (found & 1)) return symbol;
  }
}

/* By the table of hashes that every ELF file once had. */
static const ElfW(Sym) *by_old_hash(const struct names *in, const char *name) {
  uint32_t hash = 0;
  for (const char *c = name; *c; c += 1) {
    hash = (hash << 4) + (unsigned char)*c;
    hash = (hash ^ (hash >> 24 & 0xf0)) & 0x0fffffff;
  }
  const uint32_t *bucket = in->old + 2, *chain = bucket + in->old[0];
  for (uint32_t index = in->old[0] ? bucket[hash % in->old[0]] : 0; index; index = chain[index]) {
    const ElfW(Sym) *symbol = matching(in, index, name);
    if (symbol) return symbol;
  }
  return NULL;
}

/* Some loaders have made the addresses absolute, others have not. */
static const void *at(ElfW(Addr) base, ElfW(Addr) address) {
  return (const void *)(address < base ? base + address : address);
}

static int look(struct dl_phdr_info *info, size_t size, void *wanted) {
  (void)size;
  struct search *search = wanted;
  const ElfW(Dyn) *dynamic = NULL;
  int is_self = 0;
  for (int i = 0; i < info->dlpi_phnum; i += 1) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    uintptr_t from = info->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_DYNAMIC) dynamic = (const void *)from;
    if (part->p_type == PT_LOAD && (uintptr_t)&self >= from && (uintptr_t)&self < from + part->p_memsz) is_self = 1;
  }
  if (is_self) return search->passed_self = 1, 0;
  if (!search->passed_self || !dynamic) return 0;
  struct names names = {0};
  for (; dynamic->d_tag != DT_NULL; dynamic += 1) {
    const void *value = at(info->dlpi_addr, dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_SYMTAB) names.symbols = value;
    if (dynamic->d_tag == DT_STRTAB) names.texts = value;
    if (dynamic->d_tag == DT_HASH) names.old = value;
    if (dynamic->d_tag == DT_GNU_HASH) names.gnu = value;
  }
  if (!names.symbols || !names.texts || (!names.gnu && !names.old)) return 0;
  const ElfW(Sym) *symbol = names.gnu ? by_gnu_hash(&names, search->name) : by_old_hash(&names, search->name);
  if (!symbol) return 0;
  search->found = (void *)(info->dlpi_addr + symbol->st_value);
  search->object = info->dlpi_name;
  search->base = info->dlpi_addr;
  return 1;
}

static struct search find(const char *name) {
  struct search search = {.name = name};
  dl_iterate_phdr(look, &search);
  return search;
}
