// SPDX-License-Identifier: Apache-2.0
#include "desk/files_watch.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace simwarden {
namespace {

namespace fs = std::filesystem;

// Far more files than policies have.
constexpr size_t kFilesMax = 100'000;
// policies/PACK/lists/FILE; a link may lead in a circle.
constexpr int kDepthMax = 4;

void add_file(const fs::path& path, std::vector<std::string>& lines) {
  std::error_code ignored;
  const auto time = fs::last_write_time(path, ignored).time_since_epoch();
  lines.push_back(fmt::format("{} {} {}\n", path.string(),
                              fs::file_size(path, ignored), time.count()));
}

}  // namespace

FilesWatch::FilesWatch(std::vector<std::string> paths)
    : paths_(std::move(paths)), known_(look()), seen_(known_) {}

std::string FilesWatch::look() const {
  std::vector<std::string> lines;
  for (const std::string& path : paths_) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      add_file(path, lines);
      continue;
    }
    fs::recursive_directory_iterator it(
        path,
        fs::directory_options::skip_permission_denied |
            fs::directory_options::follow_directory_symlink,
        failed);
    for (; !failed && it != fs::recursive_directory_iterator() &&
           lines.size() < kFilesMax;
         it.increment(failed)) {
      std::error_code ignored;
      if (it->is_regular_file(ignored)) add_file(it->path(), lines);
      if (it.depth() >= kDepthMax) it.disable_recursion_pending();
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

bool FilesWatch::has_changed() {
  std::string now = look();
  const bool is_settled = now == seen_;
  seen_ = std::move(now);
  if (!is_settled || seen_ == known_) return false;
  known_ = seen_;
  return true;
}

}  // namespace simwarden
