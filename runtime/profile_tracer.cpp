// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/profile_tracer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "runtime/message.h"
#include "runtime/profile_area.h"
#include "runtime/system.h"
#include "runtime/thread_record.h"
#include "runtime/tracer.h"

namespace ftrace {
namespace {

// The modules of this process that are counted. Appended under the lock, read by the callback; an
// entry is complete before `span_count` covers it.
struct Span {
  std::atomic<uint64_t> begin;  // 0: the module is gone
  uint64_t end;
  uint32_t module;  // in the area
};

// A thread's tables: for each span, the first counter; null until the thread calls into it.
struct ThreadTables {
  std::atomic<uint64_t*> counters[kMaxProfileModules];
};

ProfileArea* area;
// constinit: a constructor of the library would run after StartProfile() and clear them.
constinit Span spans[kMaxProfileModules] = {};
std::atomic<uint32_t> span_count;
ftrace_ops profile_ops;

uint8_t* AreaBase() { return reinterpret_cast<uint8_t*>(area); }

// Takes `size` bytes of the area, zero as the file is; 0 where it is full.
uint64_t TakeBytes(uint64_t size) {
  const uint64_t offset = area->next_free.fetch_add(size, std::memory_order_relaxed);
  if (offset + size <= area->size) return offset;
  return 0;
}

uint64_t* MakeCounters(const Span& span) {
  const uint64_t slots = area->modules[span.module].slots;
  const uint64_t offset = TakeBytes(PageCeil(slots * sizeof(uint64_t)));
  if (offset == 0) return nullptr;
  const uint32_t index = area->table_count.fetch_add(1, std::memory_order_relaxed);
  if (index >= kMaxProfileTables) return nullptr;
  ProfileTable& table = area->tables[index];
  table.module = span.module;
  table.pid = static_cast<uint32_t>(Getpid());
  table.tid = static_cast<uint32_t>(Gettid());
  table.offset = offset;
  // release: the entry is complete. Pairs with the reader in the command.
  table.ready.store(1, std::memory_order_release);
  return reinterpret_cast<uint64_t*>(AreaBase() + offset);
}

// This thread's tables. A signal handler between the test and the store makes tables too; both are
// in the area, so nothing is lost.
ThreadTables* Tables(ThreadRecord* record) {
  if (record->profile == nullptr) {
    void* memory = MapMemory(PageCeil(sizeof(ThreadTables)), PROT_READ | PROT_WRITE);
    record->profile = memory;
  }
  return static_cast<ThreadTables*>(record->profile);
}

uint64_t* Counter(ThreadTables* tables, uint64_t ip) {
  // acquire: pairs with the release in ProfileModuleLoaded().
  const uint32_t count = span_count.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; ++i) {
    const uint64_t begin = spans[i].begin.load(std::memory_order_relaxed);
    if (begin == 0 || ip < begin || ip >= spans[i].end) continue;
    uint64_t* counters = tables->counters[i].load(std::memory_order_relaxed);
    if (counters == nullptr) {
      counters = MakeCounters(spans[i]);
      if (counters == nullptr) return nullptr;
      tables->counters[i].store(counters, std::memory_order_relaxed);
    }
    return counters + (ip - begin) / kProfileSlotBytes;
  }
  return nullptr;
}

void CountCall(unsigned long ip, unsigned long /*parent_ip*/, ftrace_ops* /*ops*/,
               ftrace_regs* /*fregs*/) {
  ThreadTables* tables = Tables(ftrace_thread_record);
  uint64_t* counter = tables != nullptr ? Counter(tables, ip) : nullptr;
  if (counter == nullptr) {
    area->lost.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  arch::IncrementCounter(counter);
}

// Null, or what is wrong with the descriptor.
const char* MapArea(int fd) {
  if (fd < 0) return "has no fd=; run it under `ftrace stat`";
  struct stat status = {};
  const int saved = errno;
  const int result = fstat(fd, &status);
  errno = saved;
  if (result != 0)
    return "names a closed descriptor; the program (or a parent of it) has closed it";
  if (static_cast<uint64_t>(status.st_size) < sizeof(ProfileArea)) return "names a foreign file";
  void* memory = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_NORESERVE, fd, 0);
  errno = saved;
  if (memory == MAP_FAILED) return "cannot be mapped; there may be too little address space";
  auto* mapped = static_cast<ProfileArea*>(memory);
  if (memcmp(mapped->magic, kProfileMagic, sizeof(kProfileMagic)) != 0 ||
      mapped->version != kProfileVersion || mapped->header_size != sizeof(ProfileArea) ||
      mapped->size != static_cast<uint64_t>(status.st_size)) {
    munmap(memory, static_cast<size_t>(status.st_size));
    return "names a file of another version; use the `ftrace` command of this runtime";
  }
  area = mapped;
  return nullptr;
}

uint64_t EnabledSites(const Module& module) {
  uint64_t enabled = 0;
  for (size_t i = 0; i < module.site_count; ++i) {
    const SiteState* state = module.State(i);
    if (state != nullptr && (state->flags & FTRACE_SITE_ENABLED) != 0) ++enabled;
  }
  return enabled;
}

uint64_t TextStart(const Module& module) { return module.text.begin & ~(kProfileSlotBytes - 1); }

// A library that was closed and is opened again where it was goes on with its counters.
bool ProfileModuleReturned(const Module& module) {
  const uint32_t count = span_count.load(std::memory_order_relaxed);
  for (uint32_t i = 0; i < count; ++i) {
    const ProfileModule& entry = area->modules[spans[i].module];
    if (spans[i].begin.load(std::memory_order_relaxed) == 0 && entry.load_bias == module.bias &&
        entry.text_start == TextStart(module) && strcmp(entry.path, module.path) == 0) {
      spans[i].begin.store(entry.text_start, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

}  // namespace

void StartProfile(int fd, Vector<KeptGlob>* globs, Demangler demangler) {
  if (const char* fault = MapArea(fd)) {
    Message("FTRACE: fd=%d %s; nothing is counted", fd, fault);
    return;
  }
  area->processes.fetch_add(1, std::memory_order_relaxed);
  profile_ops.func = CountCall;
  profile_ops.flags = FTRACE_OPS_FL_GPREGS_ONLY;
  Tracer* tracer = GetTracer(&profile_ops);
  if (tracer == nullptr) return;
  tracer->filter.kept.Swap(*globs);
  for (const KeptGlob& glob : tracer->filter.kept) {
    SiteList* list = glob.notrace ? &tracer->filter.notrace : &tracer->filter.filter;
    list->active = true;  // also if nothing matches yet: a library may bring it
    if (ResolveGlob(glob.text, glob.size, nullptr, demangler, list) < 0) return;
  }
  // Without a line of its own: what denies it has said so.
  if (StartTracer(tracer) != 0) return;
  const ModuleTable* modules = Modules();
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    ProfileModuleLoaded(modules->modules[i]);
  }
}

void ProfileModuleLoaded(const Module* module) {
  if (area == nullptr || ProfileModuleReturned(*module)) return;
  const uint32_t local = span_count.load(std::memory_order_relaxed);
  const uint32_t index = area->module_count.fetch_add(1, std::memory_order_relaxed);
  if (local >= kMaxProfileModules || index >= kMaxProfileModules) {
    Message("%s: more than %u modules; its calls are counted as lost", module->path,
            kMaxProfileModules);
    return;
  }
  ProfileModule& entry = area->modules[index];
  entry.pid = static_cast<uint32_t>(Getpid());
  entry.load_bias = module->bias;
  entry.text_start = TextStart(*module);
  entry.slots = (module->text.end - entry.text_start + kProfileSlotBytes - 1) / kProfileSlotBytes;
  entry.sites = module->site_count;
  memcpy(entry.path, module->path, sizeof(entry.path));
  // release: the entry is complete. Pairs with the reader in the command.
  entry.ready.store(1, std::memory_order_release);
  area->enabled.fetch_add(EnabledSites(*module), std::memory_order_relaxed);
  spans[local].end = module->text.end;
  spans[local].module = index;
  spans[local].begin.store(entry.text_start, std::memory_order_relaxed);
  span_count.store(local + 1, std::memory_order_release);  // pairs with the acquire in Counter()
}

void ProfileModuleUnloaded(const Module* module) {
  if (area == nullptr) return;
  const uint32_t count = span_count.load(std::memory_order_relaxed);
  for (uint32_t i = 0; i < count; ++i) {
    if (spans[i].begin.load(std::memory_order_relaxed) == TextStart(*module)) {
      spans[i].begin.store(0, std::memory_order_relaxed);
    }
  }
}

void ProfileForked() {
  if (area == nullptr) return;
  area->processes.fetch_add(1, std::memory_order_relaxed);
  for (ThreadRecord* record = FirstThread(); record != nullptr; record = record->next) {
    if (record->profile != nullptr) memset(record->profile, 0, sizeof(ThreadTables));
  }
}

}  // namespace ftrace
