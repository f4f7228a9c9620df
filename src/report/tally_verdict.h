// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/numbers.h"

// Adds one stored verdict after the other to the numbers.
namespace simdjson::dom {
class array;
class element;
}  // namespace simdjson::dom

namespace simwarden {

// As it lies in the store. Valid while the row is.
struct StoredVerdict {
  int64_t verdict_id = 0;
  int64_t source = 0;   // index in Numbers::sources
  int64_t ruleset = 0;  // index in Numbers::rulesets
  uint64_t line = 0;
  std::string_view record_id;
  Kind kind = Kind::request;
  Action action = Action::pass;
  double score = 0;
  std::string_view profile;
  std::string_view subject;
  std::string_view event_time;    // as stored
  std::optional<Timestamp> when;  // the same
  std::string_view json;
  bool purged = false;  // its findings were deleted
};

struct FindingView;

//   (add)* finish
class VerdictTally {
 public:
  VerdictTally(Numbers& numbers, const Question& question);
  ~VerdictTally();
  VerdictTally(const VerdictTally&) = delete;
  VerdictTally& operator=(const VerdictTally&) = delete;

  // Whether the verdict is in the period, so that its hits that do not count
  // are wanted too.
  bool add(const StoredVerdict& verdict);
  // Of the verdict that was added last, which is in the period.
  void add_waived(const std::string& rule, Kind kind);
  // The same: what people found in the record.
  void add_found(const FoundNumbers& found);
  void finish();

 private:
  struct Parts;
  void add_inside(const StoredVerdict& v);
  void add_without_findings(const StoredVerdict& v);
  void add_time(const StoredVerdict& v);
  void add_findings(const StoredVerdict& v);
  void add_hit(const FindingView& finding, const StoredVerdict& v);
  void add_controls(const simdjson::dom::array& controls, Kind kind);
  void add_evidence(const simdjson::dom::element& piece, Kind kind);
  void add_previous(const StoredVerdict& v);
  void add_undetermined(const StoredVerdict& v);
  void offer_case(const StoredVerdict& v);
  void draw_lot(const StoredVerdict& v);

  Numbers& numbers_;
  const Question& question_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace simwarden
