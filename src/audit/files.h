// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "diag/result.h"

// Small files of evidence: read whole, written once.
namespace simwarden {

// An Error when there are more bytes than `bytes_max`: whose trouble that is
// says `too_large`.
Result<std::string> read_file(const std::string& path, size_t bytes_max,
                              Trouble too_large = Trouble::environment);

// Synced when it returns. A file that is there is an Error and stays as it is.
Status write_new_file(const std::string& path, std::string_view bytes,
                      mode_t mode);

}  // namespace simwarden
