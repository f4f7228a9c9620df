// SPDX-License-Identifier: Apache-2.0
#include "contact/conformance/report.h"
namespace simwarden::conformance {
void run_idna(const std::filesystem::path&, Report&) {}
void run_psl(const std::filesystem::path&, Report&) {}
void run_text_extraction(const std::filesystem::path&, Report&) {}
}  // namespace simwarden::conformance
