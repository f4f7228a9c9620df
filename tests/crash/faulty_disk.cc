// SPDX-License-Identifier: Apache-2.0
#include "crash/faulty_disk.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "files.h"

// SQLite's files are plain C: a struct that begins with a table of functions
// and lies in memory that SQLite gives. Ours carries the real file behind it.

namespace simwarden {
namespace {

constexpr size_t kSectorBytes = 512;

struct FaultyFile {
  sqlite3_file base;
  FaultyDisk* disk;
  const char* path;  // SQLite keeps it until the file is closed; may be null

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultyFile& ours(sqlite3_file* file) {
  return *reinterpret_cast<FaultyFile*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return ours(file).real();
}

const sqlite3_io_methods& methods(sqlite3_file* file) {
  return *real(file)->pMethods;
}

void write_all(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

int do_close(sqlite3_file* file) {
  return methods(file).xClose(real(file));
}

int do_read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
  const int code = ours(file).disk->on_read();
  if (code != SQLITE_OK) return code;
  return methods(file).xRead(real(file), to, bytes, at);
}

int do_write(sqlite3_file* file, const void* from, int bytes,
             sqlite3_int64 at) {
  int code = SQLITE_OK;
  const int arrive = ours(file).disk->on_write(bytes, code);
  if (arrive > 0) {
    const int done = methods(file).xWrite(real(file), from, arrive, at);
    if (done != SQLITE_OK) return done;
  }
  return code;
}

int do_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int code = ours(file).disk->on_truncate();
  if (code != SQLITE_OK) return code;
  return methods(file).xTruncate(real(file), size);
}

int do_sync(sqlite3_file* file, int) {
  const FaultyFile& f = ours(file);
  return f.disk->on_sync(f.path == nullptr ? "" : f.path);
}

int do_file_size(sqlite3_file* file, sqlite3_int64* size) {
  return methods(file).xFileSize(real(file), size);
}

int do_lock(sqlite3_file* file, int level) {
  return methods(file).xLock(real(file), level);
}

int do_unlock(sqlite3_file* file, int level) {
  return methods(file).xUnlock(real(file), level);
}

int do_check_lock(sqlite3_file* file, int* reserved) {
  return methods(file).xCheckReservedLock(real(file), reserved);
}

int do_control(sqlite3_file* file, int what, void* value) {
  return methods(file).xFileControl(real(file), what, value);
}

int do_sector_size(sqlite3_file*) {
  return int(kSectorBytes);
}

int do_characteristics(sqlite3_file* file) {
  return methods(file).xDeviceCharacteristics(real(file));
}

int do_shm_map(sqlite3_file* file, int page, int size, int extend,
               volatile void** to) {
  return methods(file).xShmMap(real(file), page, size, extend, to);
}

int do_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return methods(file).xShmLock(real(file), offset, count, flags);
}

void do_shm_barrier(sqlite3_file* file) {
  methods(file).xShmBarrier(real(file));
}

int do_shm_unmap(sqlite3_file* file, int remove) {
  return methods(file).xShmUnmap(real(file), remove);
}

// Version 2: no memory mapping, which would write past us.
constexpr sqlite3_io_methods kMethods = {2,
                                         do_close,
                                         do_read,
                                         do_write,
                                         do_truncate,
                                         do_sync,
                                         do_file_size,
                                         do_lock,
                                         do_unlock,
                                         do_check_lock,
                                         do_control,
                                         do_sector_size,
                                         do_characteristics,
                                         do_shm_map,
                                         do_shm_lock,
                                         do_shm_barrier,
                                         do_shm_unmap,
                                         nullptr,
                                         nullptr};

}  // namespace

FaultyDisk::FaultyDisk() {
  sqlite3_vfs* const below = sqlite3_vfs_find(nullptr);
  static_cast<sqlite3_vfs&>(vfs_) = *below;
  vfs_.disk = this;
  vfs_.below = below;
  vfs_.zName = "faulty";
  vfs_.pNext = nullptr;
  vfs_.szOsFile = int(sizeof(FaultyFile)) + below->szOsFile;
  vfs_.xOpen = [](sqlite3_vfs* vfs, const char* path, sqlite3_file* file,
                  int flags, int* flags_out) {
    const Vfs& v = *static_cast<Vfs*>(vfs);
    FaultyFile& f = ours(file);
    f.base.pMethods = nullptr;
    const int code = v.disk->on_open(path == nullptr ? "" : path, flags);
    if (code != SQLITE_OK) return code;
    const int opened =
        v.below->xOpen(v.below, path, f.real(), flags, flags_out);
    if (opened != SQLITE_OK) return opened;
    f.base.pMethods = &kMethods;
    f.disk = v.disk;
    f.path = path;
    return SQLITE_OK;
  };
  vfs_.xDelete = [](sqlite3_vfs* vfs, const char* path, int sync) {
    const Vfs& v = *static_cast<Vfs*>(vfs);
    const int code = v.disk->on_delete(path);
    if (code != SQLITE_OK) return code;
    return v.below->xDelete(v.below, path, sync);
  };
  sqlite3_vfs_register(&vfs_, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_register(vfs_.below, 1);
  sqlite3_vfs_unregister(&vfs_);
}

void FaultyDisk::plan(const DiskPlan& plan) {
  plan_ = plan;
  calls_ = {};
  struck_ = false;
  dead_ = false;
  chance_.seed(plan.seed);
  synced_.clear();
}

void FaultyDisk::settle() {
  if (dead_ && plan_.fault == Fault::power_cut) {
    for (const auto& [path, content] : synced_) draw_lots(path);
  }
  plan({});
}

// Each sector is the synced or the written one; where the file was longer or
// shorter, its end is one of the two.
void FaultyDisk::draw_lots(const std::string& path) {
  if (!std::filesystem::exists(path)) return;
  const std::string& old = synced_[path];
  const std::string now = read_all(path);
  std::string left = chance_() % 2 ? old : now;
  for (size_t at = 0; at < left.size(); at += kSectorBytes) {
    const std::string& from = chance_() % 2 ? old : now;
    if (at >= from.size()) continue;
    const size_t size =
        std::min({kSectorBytes, from.size() - at, left.size() - at});
    left.replace(at, size, from, at, size);
  }
  write_all(path, left);
}

bool FaultyDisk::stops_at(uint64_t number) {
  if (plan_.fault != Fault::killed && plan_.fault != Fault::power_cut) {
    return false;
  }
  if (!strikes(number)) return false;
  struck_ = true;
  dead_ = true;
  return true;
}

int FaultyDisk::on_open(const std::string& path, int flags) {
  if (dead_ && (flags & SQLITE_OPEN_CREATE) != 0) return SQLITE_CANTOPEN;
  if (!path.empty() && !synced_.contains(path)) {
    synced_[path] = read_all(path);
  }
  return SQLITE_OK;
}

int FaultyDisk::on_read() {
  ++calls_.reads;
  if (plan_.fault != Fault::read_error || !strikes(calls_.reads)) {
    return SQLITE_OK;
  }
  struck_ = true;
  return SQLITE_IOERR_READ;
}

int FaultyDisk::on_write(int bytes, int& code) {
  code = SQLITE_IOERR_WRITE;
  if (dead_) return 0;
  const uint64_t number = ++calls_.changes;
  if (stops_at(number)) return bytes / 2;
  const bool strike = strikes(number);
  switch (plan_.fault) {
    case Fault::io_error:
      if (!strike) break;
      struck_ = true;
      return 0;
    case Fault::short_write:
      if (!strike) break;
      struck_ = true;
      return bytes / 2;
    case Fault::disk_full:
      if (number < plan_.at) break;
      struck_ = true;
      code = SQLITE_FULL;
      return strike ? bytes / 2 : 0;
    default: break;
  }
  code = SQLITE_OK;
  return bytes;
}

int FaultyDisk::on_truncate() {
  if (dead_ || stops_at(++calls_.changes)) return SQLITE_IOERR_TRUNCATE;
  if (plan_.fault == Fault::io_error && strikes(calls_.changes)) {
    struck_ = true;
    return SQLITE_IOERR_TRUNCATE;
  }
  return SQLITE_OK;
}

int FaultyDisk::on_sync(const std::string& path) {
  if (dead_ || stops_at(++calls_.changes)) return SQLITE_IOERR_FSYNC;
  ++calls_.syncs;
  if (plan_.fault == Fault::sync_error && strikes(calls_.syncs)) {
    struck_ = true;
    if (!path.empty()) draw_lots(path);
    return SQLITE_IOERR_FSYNC;
  }
  if (!path.empty()) synced_[path] = read_all(path);
  return SQLITE_OK;
}

int FaultyDisk::on_delete(const std::string& path) {
  if (dead_ || stops_at(++calls_.changes)) return SQLITE_IOERR_DELETE;
  if (plan_.fault == Fault::io_error && strikes(calls_.changes)) {
    struck_ = true;
    return SQLITE_IOERR_DELETE;
  }
  synced_.erase(path);
  return SQLITE_OK;
}

}  // namespace simwarden
