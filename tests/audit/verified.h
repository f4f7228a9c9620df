// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/evidence.h"
#include "audit/verify.h"

// What verifying a database finds.
namespace simwarden {

inline AuditReport verify(const std::string& path,
                          const std::optional<Checkpoint>& checkpoint = {}) {
  return must(verify_database(path, checkpoint, nullptr));
}

// A line a finding, with its place.
inline std::string shown(const AuditReport& report) {
  std::string text;
  for (const AuditFinding& finding : report.findings) {
    text += finding.part + ": link " + std::to_string(finding.link) +
            " block " + std::to_string(finding.block) + " row " +
            std::to_string(finding.row) + " " + finding.source + ":" +
            std::to_string(finding.line) + " " + finding.what + "\n";
  }
  return text;
}

inline std::vector<std::string> findings(
    const std::string& path, const std::optional<Checkpoint>& checkpoint = {}) {
  std::vector<std::string> found;
  for (const AuditFinding& finding : verify(path, checkpoint).findings) {
    found.push_back(finding.what);
  }
  return found;
}

struct Tampering {
  const char* sql;
  const char* expected;  // a part of what is shown
};

// Each is found and named, in a copy of its own.
inline void check_tamperings(const std::string& original,
                             std::span<const Tampering> tamperings) {
  for (const Tampering& tampering : tamperings) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original, folder.db());
    tamper(folder.db(),
           std::string("PRAGMA foreign_keys=OFF;") + tampering.sql);
    const AuditReport report = verify(folder.db());
    BOOST_TEST(report.findings_total > 0, tampering.sql);
    BOOST_TEST(shown(report).find(tampering.expected) != std::string::npos,
               tampering.sql << "\nexpected: " << tampering.expected
                             << "\nshown:\n"
                             << shown(report));
  }
}

}  // namespace simwarden
