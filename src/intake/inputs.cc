// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <dirent.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/formats.h"
#include "intake/intake.h"

namespace simwarden {
namespace {

// Deeper than any archive; with links that lead upwards, folders have no end.
constexpr int kFolderDepthMax = 64;
// More files than one run can report on.
constexpr size_t kFilesMax = 1000000;

Error unreadable(const std::string& path, std::string_view why) {
  return {Trouble::input, fmt::format("{}: cannot be read: {}", path, why)};
}
Error unreadable(const std::string& path, int code) {
  return unreadable(path, std::generic_category().message(code));
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// `inside`: the folder with its slash.
bool is_maildir(const std::string& inside) {
  return is_folder(inside + "cur") && is_folder(inside + "new");
}

class FolderWalk {
 public:
  explicit FolderWalk(Inputs& inputs) : inputs_(inputs) {}

  // Whether mails are delivered here: it may be empty, and often is.
  bool met_a_maildir() const { return met_a_maildir_; }

  void folder(const std::string& path, int depth) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return collect(path, errno);
    // A folder that links lead to twice is read once.
    if (!seen_.insert({status.st_dev, status.st_ino}).second) return;
    if (depth > kFolderDepthMax) return collect(path, ELOOP);
    const std::string inside = path + (path.ends_with('/') ? "" : "/");
    const bool maildir = is_maildir(inside);
    met_a_maildir_ |= maildir;
    std::vector<std::string> names;
    if (!list(path, maildir, names)) return;
    for (const std::string& name : names) {
      if (maildir && !is_part_of_maildir(inside, name)) continue;
      entry(inside + name, depth);
    }
  }

 private:
  // Mails lie in cur/ and new/, what is being delivered in tmp/; the folders
  // of Maildir++ are Maildirs beside them, ".Sent". All else belongs to mail
  // programs.
  static bool is_part_of_maildir(const std::string& inside,
                                 const std::string& name) {
    if (name == "cur" || name == "new") return true;
    return name != "." && name != ".." && name[0] == '.' &&
           is_maildir(inside + name + "/");
  }

  bool list(const std::string& path, bool with_hidden,
            std::vector<std::string>& names) {
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(path.c_str()),
                                                     ::closedir);
    if (!stream) {
      collect(path, errno);
      return false;
    }
    while (const dirent* found = ::readdir(stream.get())) {
      if (with_hidden || found->d_name[0] != '.') {
        names.emplace_back(found->d_name);
      }
    }
    std::sort(names.begin(), names.end());
    return true;
  }

  void entry(const std::string& path, int depth) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return collect(path, errno);
    if (S_ISDIR(status.st_mode)) return folder(path, depth + 1);
    if (!S_ISREG(status.st_mode)) return collect_no_file(path);
    if (::access(path.c_str(), R_OK) != 0) return collect(path, errno);
    if (inputs_.paths.size() >= kFilesMax) return collect(path, E2BIG);
    inputs_.paths.push_back(path);
  }

  void collect(const std::string& path, int code) {
    inputs_.unreadable.push_back({path, unreadable(path, code)});
  }

  // Reading from a pipe or device would wait for ever.
  void collect_no_file(const std::string& path) {
    inputs_.unreadable.push_back(
        {path, unreadable(path,
                          "it is no file but a pipe, a socket or a device, "
                          "which may have no end; name it by itself")});
  }

  Inputs& inputs_;
  bool met_a_maildir_ = false;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

// glob(3) tells what it cannot look into to a function that is given nothing
// else. Null while none runs.
thread_local Inputs* matched = nullptr;

int told_by_glob(const char* path, int code) {
  matched->unreadable.push_back({path, unreadable(path, code)});
  return 0;  // the others are looked into
}

// Sorted; empty when nothing matches or the text is no pattern. Folders on the
// way that cannot be looked into are collected.
std::vector<std::string> matches(const std::string& pattern, Inputs& inputs) {
  std::vector<std::string> out;
  if (pattern.find_first_of("*?[") == std::string::npos) return out;
  glob_t found{};
  matched = &inputs;
  if (::glob(pattern.c_str(), 0, told_by_glob, &found) == 0) {
    out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  matched = nullptr;
  ::globfree(&found);
  return out;
}

// Nothing there is seldom what was meant: the wrong folder, or nobody
// delivered.
Status add_folder(const std::string& path, Inputs& inputs) {
  const size_t before = inputs.paths.size() + inputs.unreadable.size();
  FolderWalk walk(inputs);
  walk.folder(path, 0);
  const size_t after = inputs.paths.size() + inputs.unreadable.size();
  if (after > before || walk.met_a_maildir()) return Done{};
  return Error{Trouble::input,
               fmt::format("{}: no file is in this folder (hidden ones are "
                           "left out); nothing of it was judged",
                           path)};
}

// A path that exists.
Status add(const std::string& path, Inputs& inputs) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return unreadable(path, errno);
  if (S_ISDIR(status.st_mode)) {
    if (::access(path.c_str(), R_OK | X_OK) != 0) {
      return unreadable(path, errno);
    }
    return add_folder(path, inputs);
  }
  if (::access(path.c_str(), R_OK) != 0) return unreadable(path, errno);
  inputs.paths.push_back(path);
  return Done{};
}

}  // namespace

bool lies_in_maildir(const std::string& path) {
  const size_t name = path.rfind('/');
  if (name == path.npos) return false;
  const std::string folder = path.substr(0, name);
  if (!folder.ends_with("/cur") && !folder.ends_with("/new")) return false;
  constexpr size_t kCur = 3;
  return is_maildir(folder.substr(0, folder.size() - kCur));
}

Result<Inputs> expand_inputs(const std::vector<std::string>& arguments) {
  Inputs inputs;
  for (const std::string& argument : arguments) {
    if (argument == "-") {
      inputs.paths.push_back(argument);
      continue;
    }
    std::vector<std::string> found;
    const size_t unread = inputs.unreadable.size();
    if (::access(argument.c_str(), F_OK) != 0) {
      found = matches(argument, inputs);
    }
    for (const std::string& path : found) {
      const auto done = add(path, inputs);
      if (!done) inputs.unreadable.push_back({path, done.error()});
    }
    if (!found.empty() || inputs.unreadable.size() > unread) continue;
    const auto done = add(argument, inputs);
    if (!done) return done.error();
  }
  return inputs;
}

}  // namespace simwarden
