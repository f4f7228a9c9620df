// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

#include "store/database.h"

// Whether the file of a database is the one that its only writer opened, and
// as that writer left it. Whoever syncs what nobody will find has stored
// nothing.
//
//   watch.begin(file, database);   // opened and made ready
//   if (watch.look() == FileFound::same) …   // before each commit
//   watch.wrote();                 // behind it
//
// A copy that is laid over the file in place is not told by SQLite, which goes
// on with its own memory of pages and log. It is told by the file: that it
// shrank, or that its header is not what the writer's was, nor a later one.
namespace simwarden {

// Which file stands at a path.
struct FilePlace {
  dev_t device = 0;
  ino_t number = 0;  // 0: none
  bool operator==(const FilePlace&) const = default;
};
FilePlace place_of(const std::string& path);

enum class FileFound : uint8_t {
  same,
  moved,        // it or its log is not there, or is another file
  overwritten,  // its bytes are not those that were written
};

// Of the database's own thread.
class FileWatch {
 public:
  // `file` behind all links. Keeps `database`, which outlives it.
  void begin(const std::string& file, Database& database);
  // Two looks at the folder cost some microseconds, a sync a hundred times as
  // much.
  FileFound look();
  void wrote();

 private:
  struct Seen {
    FilePlace place;
    uint64_t bytes = 0;
    int64_t changed = 0;  // nanoseconds since 1970
    bool operator==(const Seen&) const = default;
  };
  static Seen see(const std::string& file);
  bool is_as_written(const Seen& now);

  std::string file_;
  Database* database_ = nullptr;
  Seen seen_;
  FilePlace log_;  // none until the first write makes it
  std::optional<DatabaseHeader> header_;
};

}  // namespace simwarden
