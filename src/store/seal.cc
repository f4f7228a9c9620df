// SPDX-License-Identifier: Apache-2.0
#include "store/seal.h"

#include <algorithm>

#include "privacy/tokens.h"
#include "store/proof.h"
#include "store/verdict_store.h"

namespace simwarden {
namespace {

VerdictFields fields_of(const VerdictRow& row) {
  VerdictFields fields{
      int64_t(row.line),   int64_t(row.byte), int64_t(row.kind),
      int64_t(row.action), row.score,         row.profile,
      row.event_time,      row.top_rule,      row.record_id,
      row.subject,         std::nullopt};
  if (!row.json.empty()) fields.json = row.json;
  return fields;
}

ErrorFields fields_of(const ErrorRow& row) {
  return {int64_t(row.line), int64_t(row.byte), row.code, row.message};
}

template <typename Hit>
void sort_by_rule(std::vector<Hit>& hits) {
  std::sort(hits.begin(), hits.end(),
            [](const Hit& a, const Hit& b) { return a.rule < b.rule; });
}

class Sealing {
 public:
  Sealing(const Block& block, const SiteKey& key)
      : block_(block), salt_(salt(key)) {}

  BlockSeal run() {
    std::string digests;
    digests.reserve((block_.verdicts.size() + block_.errors.size() + 1) *
                    sizeof(Digest));
    for (const VerdictRow& row : block_.verdicts) {
      digests += bytes_of(digest_of(row));
    }
    for (const ErrorRow& row : block_.errors) {
      const ErrorFields fields = fields_of(row);
      digests +=
          bytes_of(hasher_.error(fields, hasher_.personal(salt_, fields)));
    }
    for (const auto& [fact, records] : block_.invalid) {
      hasher_.field(fact);
      hasher_.field(int64_t(records));
    }
    digests += bytes_of(hasher_.finish());
    return {salt_, std::move(digests)};
  }

 private:
  // Hangs on where the block lies and what it begins and ends with: other
  // blocks have others, and a repeated run has the same.
  std::string salt(const SiteKey& key) {
    Digest ends{};
    if (!block_.verdicts.empty()) {
      ends = add(ends, fields_of(block_.verdicts.front()));
      ends = add(ends, fields_of(block_.verdicts.back()));
    }
    if (!block_.errors.empty()) ends = add(ends, fields_of(block_.errors[0]));
    hasher_.field(bytes_of(ends));
    for (const uint64_t number :
         {block_.begin_byte, block_.end_byte, block_.verdicts.size(),
          block_.errors.size()}) {
      hasher_.field(int64_t(number));
    }
    return token(key, "rows " + hex_of(hasher_.finish()));
  }

  template <typename Fields>
  Digest add(const Digest& before, const Fields& row) {
    return hasher_.personal(bytes_of(before), row);
  }

  Digest digest_of(const VerdictRow& row) {
    shadow_.clear();
    waived_.clear();
    for (const ShadowHit& hit : row.shadow) {
      shadow_.push_back({hit.rule, hit.score});
    }
    for (const WaivedHit& hit : row.waived) {
      waived_.push_back({hit.rule, hit.score, hit.waiver.id,
                         hit.waiver.asked_by, hit.waiver.approved_by,
                         hit.waiver.why, hit.waiver.until});
    }
    sort_by_rule(shadow_);
    sort_by_rule(waived_);
    const VerdictFields fields = fields_of(row);
    return hasher_.verdict(fields, shadow_, waived_,
                           hasher_.personal(salt_, fields));
  }

  RowHasher hasher_;
  const Block& block_;
  const std::string salt_;
  std::vector<ShadowFields> shadow_;
  std::vector<WaivedFields> waived_;
};

}  // namespace

BlockSeal seal(const Block& block, const SiteKey& key) {
  return Sealing(block, key).run();
}

bool fits(const BlockSeal& seal, const Block& block) {
  const size_t digests = block.verdicts.size() + block.errors.size() + 1;
  return !seal.salt.empty() &&
         seal.row_digests.size() == digests * sizeof(Digest);
}

}  // namespace simwarden
