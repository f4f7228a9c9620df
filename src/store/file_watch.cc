// SPDX-License-Identifier: Apache-2.0
#include "store/file_watch.h"

#include <sys/stat.h>

namespace simwarden {
namespace {

// Another program may bring the log into the file (a checkpoint), never behind
// what is in it, nor beyond what is in both.
bool is_later(const DatabaseHeader& before, const DatabaseHeader& now,
              uint64_t pages_known) {
  return now.page_bytes == before.page_bytes && now.schema == before.schema &&
         now.application == before.application &&
         now.changes >= before.changes && now.pages >= before.pages &&
         now.pages <= pages_known;
}

}  // namespace

FilePlace place_of(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  return {about.st_dev, about.st_ino};
}

FileWatch::Seen FileWatch::see(const std::string& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return {};
  constexpr int64_t kNanos = 1'000'000'000;
  return {.place = {about.st_dev, about.st_ino},
          .bytes = uint64_t(about.st_size),
          .changed = about.st_mtim.tv_sec * kNanos + about.st_mtim.tv_nsec};
}

void FileWatch::begin(const std::string& file, Database& database) {
  file_ = file;
  database_ = &database;
  seen_ = see(file_);
  header_ = database_->header();
}

FileFound FileWatch::look() {
  const Seen now = see(file_);
  const FilePlace log = place_of(file_ + "-wal");
  if (log_ == FilePlace{}) log_ = log;
  if (now.place != seen_.place || log != log_) return FileFound::moved;
  if (now == seen_) return FileFound::same;
  if (!is_as_written(now)) return FileFound::overwritten;
  seen_ = now;
  return FileFound::same;
}

// A file that was only touched is. What cannot be read says nothing.
bool FileWatch::is_as_written(const Seen& now) {
  if (now.bytes < seen_.bytes) return false;
  const auto header = database_->header();
  if (!header || !header_ || *header == *header_) return true;
  const auto pages = database_->integer("PRAGMA page_count");
  if (!pages || !is_later(*header_, *header, uint64_t(*pages))) return false;
  header_ = header;
  return true;
}

void FileWatch::wrote() {
  const Seen now = see(file_);
  // What happened to the file meanwhile is told by the next look.
  if (now.place != seen_.place || now.bytes < seen_.bytes) return;
  if (now == seen_) return;
  seen_ = now;
  header_ = database_->header();
}

}  // namespace simwarden
