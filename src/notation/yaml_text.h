// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "diag/issue.h"

namespace simwarden {

// The whole file with the same size. Bytes after `base` that YAML does not
// allow (not UTF-8, control characters, a lone CR) and tabs are issues, and
// replaced one by one by '_' or a space: every offset stays. Nothing where
// several lines are not UTF-8: the file is in another encoding, of which any
// byte may be taken for a sign of YAML; one issue says so.
std::optional<std::string> clean_yaml_text(const SourceText& file, size_t base,
                                           Issues& issues);

}  // namespace simwarden
