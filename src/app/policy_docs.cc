// SPDX-License-Identifier: Apache-2.0
#include "app/options.h"
namespace simwarden { int run_policy_docs(const DocsOptions&) { return 3; } }
