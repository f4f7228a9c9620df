// SPDX-License-Identifier: Apache-2.0
#include "cel/regex.h"

namespace cel {

Regex make_regex(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kRegexMemoryMax);
  Regex made;
  auto compiled = std::make_unique<const re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled->ok()) {
    made.compiled = std::move(compiled);
    return made;
  }
  made.problem = compiled->error();
  made.piece = compiled->error_arg();
  return made;
}

}  // namespace cel
