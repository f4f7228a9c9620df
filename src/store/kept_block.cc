// SPDX-License-Identifier: Apache-2.0
#include "store/kept_block.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "store/kept_facts.h"
#include "store/kept_line.h"

namespace simwarden {
namespace {

uint64_t count_at(const Statement& row, int column) {
  return static_cast<uint64_t>(std::max<int64_t>(row.integer(column), 0));
}

Error damaged(std::string_view what) {
  return {Trouble::input, std::string(what)};
}

}  // namespace

std::string KeptBlock::select(std::string_view clauses) {
  return fmt::format(
      "SELECT b.block_id, p.first_verdict, b.verdicts, k.records, k.bytes, "
      "k.sha256, k.facts FROM block b JOIN block_proof p USING (block_id) "
      "LEFT JOIN kept_facts k USING (block_id) {}",
      clauses);
}

void KeptBlock::take(const Statement& row) {
  id_ = row.integer(0);
  first_verdict_ = row.integer(1);
  verdicts_ = count_at(row, 2);
  records_ = count_at(row, 3);
  bytes_ = count_at(row, 4);
  sha256_ = row.text(5);
  is_kept_ = !row.is_null(6);
  sealed_ = row.blob(6);
  ends_.clear();
}

Status KeptBlock::open() {
  if (records_ != verdicts_) {
    return damaged("keeps facts of another number of records than it has");
  }
  if (!is_sealed(sealed_, sha256_)) {
    return damaged("its kept facts are not as they were written");
  }
  Status read = unseal_facts(sealed_, bytes_, KeptLine::kPadding, lines_);
  return read ? find_lines() : read;
}

Status KeptBlock::find_lines() {
  const char* const begin = lines_.data();
  const char* const end = begin + bytes_;
  const char* at = begin;
  while (ends_.size() < verdicts_) {
    const size_t rest = static_cast<size_t>(end - at);
    const auto* found = static_cast<const char*>(std::memchr(at, '\n', rest));
    if (found == nullptr) {
      ends_.clear();
      return damaged("has fewer kept records than verdicts");
    }
    ends_.push_back(static_cast<size_t>(found - begin));
    at = found + 1;
  }
  return Done{};
}

std::string_view KeptBlock::line(size_t at) const {
  const size_t begin = at == 0 ? 0 : ends_[at - 1] + 1;
  return std::string_view(lines_).substr(begin, ends_[at] - begin);
}

}  // namespace simwarden
