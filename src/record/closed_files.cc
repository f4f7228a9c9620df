// SPDX-License-Identifier: Apache-2.0
#include "record/closed_files.h"

#include <algorithm>
#include <utility>

namespace simwarden {
namespace {

// "" where the file was looked into, or nobody says.
std::string_view closed_by(const Record& record, uint32_t index) {
  static const FieldId kReading =
      *find_field(Kind::message, "attachments[].reading");
  const Slot& slot = record.member(kReading, index);
  if (slot.state != SlotState::given) return {};
  const auto word = field(kReading).choices[size_t(slot.integer)];
  return word == "read" || word == "partly" ? std::string_view() : word;
}

}  // namespace

std::vector<ClosedFile> closed_files(const Record& record) {
  static const GroupId kFiles = *find_group(Kind::message, "attachments");
  std::vector<ClosedFile> closed;
  if (record.kind() != Kind::message) return closed;
  const Slot& files = record.group_slot(kFiles);
  if (files.state != SlotState::given) return closed;
  for (uint32_t i = 0; i < files.list.count; ++i) {
    const std::string_view why = closed_by(record, i);
    if (!why.empty()) closed.push_back({i, why});
  }
  return closed;
}

std::string count_closed(const Record& record) {
  std::vector<std::pair<std::string_view, size_t>> counts;
  for (const ClosedFile& file : closed_files(record)) {
    const auto at = std::find_if(
        counts.begin(), counts.end(),
        [&](const auto& count) { return count.first == file.why; });
    if (at == counts.end()) {
      counts.emplace_back(file.why, 1);
    } else {
      ++at->second;
    }
  }
  std::string told;
  for (const auto& [why, count] : counts) {
    if (!told.empty()) told += ", ";
    told.append(why).append("=").append(std::to_string(count));
  }
  return told;
}

}  // namespace simwarden
