// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "trial/case_run.h"

// Results of cases as CI systems read them: JUnit's XML, as written down by
// its readers (Jenkins' junit-10.xsd, GitLab, GitHub actions).
namespace simwarden {

// One testsuite a pack, one testcase a case with its file and line; what failed
// has the differences as its message and `explain(result)` as its text.
// Mistakes of the files are testcases with an error, in a suite of their own.
std::string junit_xml(
    const std::vector<CaseResult>& results, const Issues& issues,
    const std::function<std::string(const CaseResult&)>& explain);

}  // namespace simwarden
