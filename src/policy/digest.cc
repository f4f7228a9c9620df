// SPDX-License-Identifier: Apache-2.0
#include "policy/digest.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "privacy/sha256.h"

namespace simwarden {

std::string canonical(const DigestedFile& file) {
  std::string bytes = file.path;
  bytes += '\0';
  bytes += fmt::format("{}", file.text.size());
  bytes += '\0';
  bytes += file.text;
  return bytes;
}

void sort_for_digest(std::vector<DigestedFile>& files) {
  std::sort(files.begin(), files.end(),
            [](const DigestedFile& a, const DigestedFile& b) {
              return std::tie(a.path, a.text) < std::tie(b.path, b.text);
            });
}

std::string digest_of(std::vector<DigestedFile> files) {
  sort_for_digest(files);
  Sha256 hash;
  for (const DigestedFile& file : files) hash.add(canonical(file));
  return "sha256:" + hex_of(hash.finish());
}

}  // namespace simwarden
