// SPDX-License-Identifier: Apache-2.0
#include "lint/formats.h"

namespace simwarden {
namespace {

constexpr IssueFormat kFormats[] = {
    {"json", "an array of objects", issues_as_json},
    {"sarif", "SARIF 2.1.0, for code hosts and editors", issues_as_sarif},
    {"github", "annotations of GitHub Actions", issues_as_github},
};

}  // namespace

std::span<const IssueFormat> issue_formats() {
  return kFormats;
}

}  // namespace simwarden
