// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judge/bench.h"
#include "kept/kept_tree.h"

// A record as far as it was kept (kept_writer.h), ready to be judged again:
//
//   KeptBinding binding(ruleset_of_then, plan);
//   KeptRecord kept;
//   kept.read(walk.line());
//   KeptView view(kept, binding, profile_of_then, profile_of_now);
//   judge.judge(kept.record(), {.kept = &view});
namespace simwarden {

// One record after the other, in the same memory. One thread.
class KeptRecord {
 public:
  KeptRecord();
  ~KeptRecord();
  KeptRecord(const KeptRecord&) = delete;
  KeptRecord& operator=(const KeptRecord&) = delete;

  // REQUIRES: KeptLine::kPadding bytes may be read behind the line, which
  // lives until the next read(). An Error of trouble `input` when it is no
  // line of ours.
  Status read(std::string_view line);

  // What was kept as it was; in the places of what was not stands nothing.
  const Record& record() const { return record_; }

 private:
  friend class KeptView;
  struct Json;
  // An element of a list, or a member of a group's item.
  struct Place {
    FieldId id;
    uint32_t item;
    cel::Withheld what;
    bool operator<(const Place& other) const {
      return std::pair(id, item) < std::pair(other.id, other.item);
    }
  };

  void read_object(const KeptNode& node, const Json& at);
  void read_node(const KeptNode& node, const Json& value);
  void read_field(FieldId id, const Json& value);
  void read_list(FieldId id, const Json& value);
  void read_group(const KeptNode& node, const Json& value);
  Slot read_scalar_of(const Field& row, const Json& value,
                      std::optional<cel::Withheld>& withheld);
  const cel::Withheld* find(FieldId id, uint32_t item) const;
  const cel::Withheld* whole(FieldId id) const;
  std::optional<int64_t> body_size() const;

  std::unique_ptr<Json> json_;  // the parser and what it has read
  Record record_;
  std::vector<std::pair<FieldId, cel::Withheld>> whole_;  // fields
  std::vector<Place> places_;                             // sorted
  std::vector<std::string_view> patterns_;
};

}  // namespace simwarden
