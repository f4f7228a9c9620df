// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "app/line_hint.h"
#include "app/options.h"
#include "audit/files.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "diag/trouble.h"
#include "house/house.h"
#include "notation/yaml.h"
#include "policy/ruleset.h"
#include "policy/style.h"
#include "terminal/terminal.h"

// policy format. A file is replaced as a whole or not at all: the new text is
// written beside it, to the disk, and renamed.
namespace simwarden {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.size() > 1 && name[0] == '.' && name != "..";
}

// All .yaml files below a folder, sorted.
Result<std::vector<std::string>> files_below(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code why;
  fs::recursive_directory_iterator at(folder, why);
  const fs::recursive_directory_iterator end;
  while (!why && at != end) {
    if (is_hidden(at->path())) {
      at.disable_recursion_pending();
    } else if (at->path().extension() == ".yaml" && at->is_regular_file(why)) {
      found.push_back(at->path().string());
    }
    at.increment(why);
  }
  if (why) return trouble_with(folder, why.message());
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::vector<std::string>> find_files(
    const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    std::vector<std::string> found{path};
    if (fs::is_directory(path)) {
      auto below = files_below(path);
      if (!below) return below.error();
      found = std::move(*below);
    }
    for (std::string& file : found) {
      if (seen.insert(file).second) all.push_back(std::move(file));
    }
  }
  if (!all.empty()) return all;
  return Error{Trouble::usage, "no .yaml file was found"};
}

Result<std::string> read_input(const std::string& path) {
  if (path != "-") return read_text_file(path);
  // One byte more than is allowed, so that the reader can say so.
  return read_first_bytes(std::cin, "standard input", kYamlBytesMax + 1);
}

Error as_it_was(const std::string& path, std::string_view why) {
  return trouble_with(path, fmt::format("is as it was: {}", why));
}

// Through a link to the file that it names; the permissions stay.
Status replace_file(const std::string& path, const std::string& text) {
  std::error_code why;
  fs::path target = fs::canonical(path, why);
  if (why) target = path;
  const std::string beside =
      fmt::format("{}.formatted.{}", target.string(), getpid());
  fs::remove(beside, why);  // of a process that had our number and died
  if (Status written = write_new_file(beside, text, 0600); !written) {
    return as_it_was(path, written.error().what);
  }
  fs::permissions(beside, fs::status(target).permissions(), why);
  fs::rename(beside, target, why);
  if (!why) return Done{};
  const Error error = as_it_was(path, why.message());
  fs::remove(beside, why);
  return error;
}

class FormatRun {
 public:
  explicit FormatRun(const FormatOptions& options) : options_(options) {}

  int run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      const int code = one(path);
      exit_code_ = std::max(exit_code_, code);
    }
    const bool printed = options_.to_stdout || paths[0] == "-";
    if (printed || exit_code_ > kExitPolicy) return exit_code_;
    say("{}: {} {}, {} with mistakes\n", how_many(paths.size(), "file"),
        changed_, options_.check ? "would change" : "changed", wrong_);
    return exit_code_;
  }

 private:
  int one(const std::string& path) {
    auto text = read_input(path);
    if (!text) return complain(text.error());
    const SourceText file(path, std::move(*text));
    Issues issues;
    const FormattedYaml made = format_yaml(file, policy_key_orders(), issues);
    if (issues.has_errors()) {
      ++wrong_;
      say_text(render(issues, wants_colour(stderr)));
      return kExitPolicy;
    }
    if (!made.text) {
      return complain({Trouble::environment,
                       fmt::format("{}: left as it is, for {}. This is a fault "
                                   "of simwarden; please report it",
                                   path, made.failed)});
    }
    if (options_.to_stdout || path == "-") {
      fmt::print("{}", *made.text);
      return kExitDone;
    }
    if (*made.text == file.text()) return kExitDone;
    ++changed_;
    return options_.check ? show(file, *made.text) : write(path, *made.text);
  }

  static int show(const SourceText& file, const std::string& text) {
    const Paint paint{wants_colour(stdout)};
    fmt::print("{}\n{}", paint.bold(escaped_text(file.name())),
               first_differences(file.text(), text, paint));
    return kExitPolicy;
  }

  static int write(const std::string& path, const std::string& text) {
    const Status written = replace_file(path, text);
    if (!written) return complain(written.error());
    fmt::print("{}\n", path);
    return kExitDone;
  }

  const FormatOptions& options_;
  int exit_code_ = kExitDone;
  size_t changed_ = 0;
  size_t wrong_ = 0;
};

}  // namespace

int run_policy_format(const FormatOptions& options) {
  const auto files = find_files(options.paths);
  if (!files) return complain(files.error());
  if (options.to_stdout && files->size() > 1) {
    return complain({Trouble::usage, "--stdout takes one file"});
  }
  return FormatRun(options).run(*files);
}

}  // namespace simwarden
