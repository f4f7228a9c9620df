// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "diag/trouble.h"
#include "notation/yaml.h"
#include "policy/list_reader.h"
#include "policy/ruleset.h"

namespace simwarden {
namespace {

// What lies in a folder of policies must not keep us waiting, as a pipe that
// nobody writes to does, nor go on for ever. Below /dev nobody keeps policies:
// such a name was given on the command line.
Status check_plain(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;  // who opens it says what is wrong
  const fs::file_status is = fs::status(path, none);
  if (!fs::is_other(is) || path.starts_with("/dev/")) return Done{};
  return trouble_with(path,
                      "a pipe or a device; policies are files and folders");
}

class DiskFiles final : public PolicyFiles {
 public:
  // One byte more than is allowed, so that the reader can say so.
  Result<std::string> read(const std::string& path) const override {
    return read(path, kYamlBytesMax + 1);
  }
  Result<std::string> read_plain(const std::string& path) const override {
    return read(path, kPlainListBytesMax + 1);
  }

  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    if (Status plain = check_plain(folder); !plain) return plain.error();
    std::error_code code;
    std::filesystem::directory_iterator at(folder, code);
    std::vector<std::string> names;
    const std::filesystem::directory_iterator end;
    while (!code && at != end) {
      names.push_back(at->path().filename().string());
      at.increment(code);
    }
    if (code) return trouble_with(folder, code.message());
    std::sort(names.begin(), names.end());
    return names;
  }

  // A link that leads nowhere is there: who reads it says what is wrong.
  Result<bool> has(const std::string& path) const override {
    std::error_code code;
    const auto status = std::filesystem::symlink_status(path, code);
    if (status.type() == std::filesystem::file_type::not_found) return false;
    if (!code) return true;
    return trouble_with(path, code.message());
  }

 private:
  static Result<std::string> read(const std::string& path, size_t bytes_max) {
    if (Status plain = check_plain(path); !plain) return plain.error();
    return read_first_bytes(path, bytes_max);
  }
};

}  // namespace

Result<std::string> read_first_bytes(const std::string& path,
                                     size_t bytes_max) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return system_trouble(path, "cannot be read");
  return read_first_bytes(in, path, bytes_max);
}

Result<std::string> read_first_bytes(std::istream& in, const std::string& name,
                                     size_t bytes_max) {
  constexpr size_t kChunk = 64 << 10;
  std::string text(kChunk, '\0');
  std::string all;
  while (all.size() < bytes_max) {
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    all.append(text, 0, static_cast<size_t>(in.gcount()));
    if (!in) break;
  }
  if (in.bad()) return trouble_with(name, "cannot be read to its end");
  all.shrink_to_fit();  // kept as long as the ruleset
  return all;
}

std::unique_ptr<PolicyFiles> disk_files() {
  return std::make_unique<DiskFiles>();
}

}  // namespace simwarden
