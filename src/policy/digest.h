// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace simwarden {

// A file that took part in a ruleset, named relative to its root.
struct DigestedFile {
  std::string path;
  std::string text;
};

// Path, size and bytes: what of a file takes part in a digest.
std::string canonical(const DigestedFile& file);

// In the order in which they take part.
void sort_for_digest(std::vector<DigestedFile>& files);

// "sha256:…" over path, size and bytes of each file in order of path, then of
// text: the same whatever the order and wherever the files lie.
std::string digest_of(std::vector<DigestedFile> files);

}  // namespace simwarden
