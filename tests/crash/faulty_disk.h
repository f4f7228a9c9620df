// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>

#include <sqlite3.h>

// A disk that fails when it is told to: an SQLite VFS over the real one, and
// SQLite's default while it lives. It counts what SQLite asks of it, so that a
// test can strike at every single call of a run:
//
//   FaultyDisk disk;
//   disk.plan({Fault::power_cut, 117, seed});
//   … use SQLite, close everything …
//   disk.settle();          // what is left after the cut; works again
//
// Nothing is really synced: what a power cut leaves is worked out here, so a
// run costs no waiting for the disk. One connection at a time, one thread.
namespace simwarden {

enum class Fault : uint8_t {
  none,
  // At change number `at` half of a write arrives, nothing after it: kill -9.
  killed,
  // The same, and every sector written since the last sync of its file is
  // the old or the new one by chance; so is the end of the file.
  power_cut,
  io_error,     // change `at` fails, nothing of it arrives
  short_write,  // change `at` fails, half of it arrives
  disk_full,    // from change `at` on nothing more fits
  // Sync `at` fails, and what it should have saved is gone by chance: what
  // Linux does with pages that it could not write.
  sync_error,
  read_error,  // read `at` fails
};

struct DiskPlan {
  Fault fault = Fault::none;
  uint64_t at = 0;  // from 1
  uint64_t seed = 0;
};

struct DiskCalls {
  uint64_t changes = 0;  // writes, truncations, syncs and removals
  uint64_t syncs = 0;
  uint64_t reads = 0;
};

class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Counts anew. What is in files now counts as synced.
  // REQUIRES: no file is open.
  void plan(const DiskPlan& plan);
  const DiskCalls& calls() const { return calls_; }
  bool struck() const { return struck_; }
  // REQUIRES: no file is open.
  void settle();

  // What the files ask (faulty_disk.cc).
  int on_open(const std::string& path, int flags);
  int on_read();
  // How many of `bytes` arrive; `code` is what SQLite hears.
  int on_write(int bytes, int& code);
  int on_truncate();
  int on_sync(const std::string& path);
  int on_delete(const std::string& path);

 private:
  struct Vfs : sqlite3_vfs {
    FaultyDisk* disk;
    sqlite3_vfs* below;
  };

  bool strikes(uint64_t number) const { return number == plan_.at; }
  bool stops_at(uint64_t number);
  void draw_lots(const std::string& path);

  Vfs vfs_{};
  DiskPlan plan_;
  DiskCalls calls_;
  bool struck_ = false;
  bool dead_ = false;
  std::mt19937_64 chance_;
  std::map<std::string, std::string> synced_;  // path -> content
};

}  // namespace simwarden
