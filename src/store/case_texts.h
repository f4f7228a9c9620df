// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/additions.h"

// Texts in clear, kept under a case number until a day: the one exception from
// masking (docs/privacy.md). Who reads them is logged before they are shown,
// `audit purge` takes them when their day is over.
namespace simwarden {

inline constexpr size_t kCaseNumberBytesMax = 64;
inline constexpr size_t kWhyBytesMax = 500;
// A deletion date further away is none. As long as the tally itself is
// customarily kept: three years.
inline constexpr int64_t kCaseDaysMax = int64_t{3} * 366;
// An investigation that has more records is none of single cases.
inline constexpr uint64_t kCaseTextsMax = 10'000;

struct CaseFile {
  std::string number;
  std::string until;  // its last day, YYYY-MM-DD
  std::string opened_by;
};

// An Error of trouble `usage` says what is missing or wrong. `today` as
// "2026-03-31".
Status check_case_file(const CaseFile& file, std::string_view today);

struct CaseText {
  std::string block_digest;  // of the block that its verdict is in
  uint64_t byte = 0;         // of the record, in its source
  std::string text;          // without one-time and activation codes
};

struct CaseTextCounts {
  uint64_t kept = 0;
  uint64_t known = 0;   // under this case already
  uint64_t beyond = 0;  // left out: the case is full
  uint64_t gone = 0;    // left out: the verdict was purged
};

// Keeps texts under one case; parts of transactions of the store.
//   open (keep)*
class CaseKeeper {
 public:
  // Makes the case, or finds one with this number and day. An Error of trouble
  // `usage` when the number is there with other days only. REQUIRES: checked.
  static Result<CaseKeeper> open(Database& database, Chain& chain,
                                 const CaseFile& file);
  // The verdicts are those under the ruleset.
  Status keep(Database& database, Chain& chain, std::string_view ruleset_digest,
              std::span<const CaseText> texts);
  const CaseTextCounts& counts() const { return counts_; }

 private:
  int64_t case_id_ = 0;
  uint64_t texts_ = 0;
  CaseTextCounts counts_;
};

struct OpenedText {
  int64_t verdict_id = 0;
  std::string source;
  int64_t line = 0;
  std::string record_id;
  std::string action;
  std::string text;
};

// Writes who opens the case and why into the store and its chain, once for each
// case of the number (of merged databases); only when that is on the disk hands
// the texts to `take`, in order. Returns how many.
// An Error of trouble `usage` when there is no such case.
Result<uint64_t> open_case_texts(
    const std::string& path, const std::string& number, const std::string& who,
    const std::string& why,
    const std::function<Status(const OpenedText&)>& take);

}  // namespace simwarden
