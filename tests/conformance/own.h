// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "conformance/table.h"
#include "diag/result.h"

// Our own cases: *.cases, one a line, made to be read by a person.
//
//   # a comment                        ## a new group: forgets the @ lines
//   1 + 2 => 3                         what to_text() says of the value
//   [1] + [2] => [1, 2] :: list(int)   and the type that the checker finds
//   1 + 'a' => !C113                   refused, with this code
//   1 + 'a' => !C113 1:3               and at this line and column
//   @var x: int = 3                    a variable and its value
//   @var y: string                     one whose value was not recorded
//   @container a.b                     where names are looked for first
//   @unchecked                         type mistakes are left to evaluation
//
// A line that begins with four blanks goes on with the line above.
namespace conformance {

bool has_own_cases(const std::filesystem::path& path);

// What failed, one text each. Of a folder also the rows of cel::library() and
// cel::macros() that no case uses.
simwarden::Result<std::vector<std::string>> run_own(
    const std::filesystem::path& path, Table& table);

}  // namespace conformance
