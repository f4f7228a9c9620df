// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "files.h"

// Golden pairs: NAME.yaml and what the program says about it, NAME.out.
// UPDATE_GOLDEN=1 rewrites; the reviewer reads the difference.
namespace simwarden::golden {

inline std::vector<std::filesystem::path> inputs(const std::string& folder,
                                                 const std::string& ending) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ending) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline void compare(std::filesystem::path input, const std::string& actual) {
  const std::filesystem::path expected = input.replace_extension(".out");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
    return;
  }
  BOOST_TEST_CONTEXT(expected.string()) {
    BOOST_TEST(read_all(expected) == actual);
  }
}

}  // namespace simwarden::golden
