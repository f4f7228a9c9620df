// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/issue.h"

// Issues for programs. Each format is a function of the issues alone: the same
// issues are the same bytes. Text for people is render() of diag/issue.h.
//
// A new format is a file with its function, and a line in the table.
namespace simwarden {

struct IssueFormat {
  std::string_view name;
  std::string_view doc;
  // Ends in a line break. `version` is the program's.
  std::string (*write)(const Issues& issues, std::string_view version);
};
std::span<const IssueFormat> issue_formats();

// An array of objects, one issue a line.
std::string issues_as_json(const Issues& issues, std::string_view version);
// SARIF 2.1.0 (OASIS, with errata 01): what code hosts and editors import.
std::string issues_as_sarif(const Issues& issues, std::string_view version);
// Workflow commands of GitHub Actions, which become annotations of the change.
std::string issues_as_github(const Issues& issues, std::string_view version);

// A program reads more than a person does; what is beyond is counted.
inline constexpr size_t kIssuesForProgramsMax = 20'000;

}  // namespace simwarden
