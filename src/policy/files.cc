// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "notation/yaml.h"
#include "policy/list_reader.h"
#include "policy/ruleset.h"

namespace simwarden {
namespace {

class DiskFiles final : public PolicyFiles {
 public:
  // One byte more than is allowed, so that the reader can say so.
  Result<std::string> read(const std::string& path) const override {
    return read_until(path, kYamlBytesMax + 1);
  }
  Result<std::string> read_plain(const std::string& path) const override {
    auto text = read_until(path, kPlainListBytesMax + 1);
    if (text && text->size() > kPlainListBytesMax) {
      return Error{Trouble::environment, fmt::format("{}: bigger than {} bytes",
                                                     path, kPlainListBytesMax)};
    }
    return text;
  }

  static Result<std::string> read_until(const std::string& path,
                                        size_t bytes_max) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
      return Error{
          Trouble::environment,
          fmt::format("{}: cannot be read: {}", path, std::strerror(errno))};
    }
    std::string text(kChunk, '\0');
    std::string all;
    while (all.size() < bytes_max) {
      in.read(text.data(), static_cast<std::streamsize>(text.size()));
      all.append(text, 0, static_cast<size_t>(in.gcount()));
      if (!in) break;
    }
    if (in.bad()) {
      return Error{Trouble::environment,
                   fmt::format("{}: cannot be read to its end", path)};
    }
    all.shrink_to_fit();  // kept as long as the ruleset
    return all;
  }

  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    std::error_code code;
    std::filesystem::directory_iterator at(folder, code);
    std::vector<std::string> names;
    const std::filesystem::directory_iterator end;
    while (!code && at != end) {
      names.push_back(at->path().filename().string());
      at.increment(code);
    }
    if (code) {
      return Error{Trouble::environment,
                   fmt::format("{}: {}", folder, code.message())};
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // A link that leads nowhere is there: who reads it says what is wrong.
  Result<bool> has(const std::string& path) const override {
    std::error_code code;
    const auto status = std::filesystem::symlink_status(path, code);
    if (status.type() == std::filesystem::file_type::not_found) return false;
    if (!code) return true;
    return Error{Trouble::environment,
                 fmt::format("{}: {}", path, code.message())};
  }

 private:
  static constexpr size_t kChunk = 64 << 10;
};

}  // namespace

std::unique_ptr<PolicyFiles> disk_files() {
  return std::make_unique<DiskFiles>();
}

}  // namespace simwarden
