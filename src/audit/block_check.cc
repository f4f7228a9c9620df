// SPDX-License-Identifier: Apache-2.0
#include "audit/block_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/counted.h"
#include "privacy/sha256.h"

namespace simwarden {
namespace {

std::string_view digest_at(std::string_view digests, int64_t at) {
  return digests.substr(size_t(at) * sizeof(Digest), sizeof(Digest));
}

AuditFinding at_row(const ProvenBlock& block, int64_t row, int64_t line) {
  return {.block = block.id, .row = row, .source = block.source, .line = line};
}

}  // namespace

Digest subject_digest(RowHasher& hasher, std::string_view salt,
                      const VerdictFields& row) {
  hasher.field(salt);
  hasher.field(row.record_id);
  hasher.field(row.subject);
  return hasher.finish();
}

bool has_all_digests(const ProvenBlock& block) {
  if (block.verdicts < 0 || block.errors < 0) return false;
  const size_t bytes = size_t(block.verdicts + block.errors) * sizeof(Digest);
  const size_t subjects = size_t(block.verdicts) * sizeof(Digest);
  const bool personal_gone =
      (block.purges.personal != 0 || block.purges.excerpts != 0) &&
      block.purges.verdicts == 0;
  return block.digests.size() == bytes + sizeof(Digest) &&
         block.personal.size() == (personal_gone ? bytes : 0) &&
         block.subjects.size() == (block.keeps_subjects() ? subjects : 0);
}

Result<std::unique_ptr<ProvenBlocks>> ProvenBlocks::open(Database& database) {
  auto made = std::make_unique<ProvenBlocks>();
  auto find = database.prepare(
      "SELECT coalesce(s.name, ''), b.verdicts, b.errors, p.first_verdict, "
      "p.first_error, coalesce(p.salt, ''), p.row_digests, "
      "p.personal_digests, p.subject_digests, p.excerpt_purge, "
      "p.personal_purge, p.verdict_purge, coalesce(p.subject_proof, ''), "
      "p.part_id "
      "FROM block b JOIN block_proof p USING (block_id) "
      "LEFT JOIN source s USING (source_id) WHERE block_id = ?");
  if (!find) return find.error();
  made->find_ = std::move(*find);
  return made;
}

Result<bool> ProvenBlocks::find(int64_t id, ProvenBlock& block) {
  find_->bind(1, id);
  const Result<bool> row = find_->step();
  if (!row || !*row) return row;
  const Statement& at = *find_;
  block = {.id = id,
           .part = at.integer(13),
           .source = std::string(at.text(0)),
           .verdicts = at.integer(1),
           .errors = at.integer(2),
           .first_verdict = at.integer(3),
           .first_error = at.integer(4),
           .salt = std::string(at.text(5)),
           .digests = std::string(at.blob(6)),
           .personal = std::string(at.blob(7)),
           .subjects = std::string(at.blob(8)),
           .purges = {at.integer(9), at.integer(10), at.integer(11),
                      std::string(at.text(12))}};
  find_->reset();
  return true;
}

Result<std::unique_ptr<BlockCheck>> BlockCheck::open(Database& database,
                                                     Say say) {
  auto made = std::make_unique<BlockCheck>();
  made->say_ = std::move(say);
  auto verdicts = StoredVerdicts::open(database);
  if (!verdicts) return verdicts.error();
  made->verdicts_.rows = std::move(*verdicts);
  auto errors = StoredErrors::open(database);
  if (!errors) return errors.error();
  made->errors_.rows = std::move(*errors);
  auto invalid = InvalidCounts::open(database);
  if (!invalid) return invalid.error();
  made->invalid_ = std::move(*invalid);
  Status stepped = made->verdicts_.next();
  if (stepped) stepped = made->errors_.next();
  if (!stepped) return stepped.error();
  return made;
}

Status BlockCheck::check(const ProvenBlock& block) {
  if (!has_all_digests(block)) {
    say_({.block = block.id,
          .source = block.source,
          .what = fmt::format(
              "it has not the digests of {}",
              how_many(uint64_t(block.verdicts + block.errors), "row"))});
    return Done{};
  }
  Status checked =
      check_rows(verdicts_, block, block.first_verdict, block.verdicts, 0);
  if (checked) {
    checked = check_rows(errors_, block, block.first_error, block.errors,
                         block.verdicts);
  }
  if (checked && block.keeps_subjects()) {
    if (sha256_hex(block.subjects) != block.purges.subject_proof) {
      say_({.block = block.id,
            .source = block.source,
            .what = "the digests of what its purge left are not as they were "
                    "written"});
    }
  }
  return checked ? check_invalid(block) : checked;
}

template <typename Cursor>
Status BlockCheck::check_rows(Lane<Cursor>& lane, const ProvenBlock& block,
                              int64_t first, int64_t count,
                              int64_t digest_from) {
  for (int64_t i = 0; i < count && block.purges.verdicts == 0; ++i) {
    Status passed = pass_strangers(lane, first + i);
    if (!passed) return passed;
    const bool there = lane.there && lane.rows->id() == first + i;
    if (!there) {
      AuditFinding finding = at_row(block, first + i, 0);
      finding.what = fmt::format("this {} is missing", lane.name);
      say_(finding);
      continue;
    }
    check_row(lane, block, digest_from + i);
    Status next = lane.next();
    if (!next) return next;
  }
  return pass_strangers(lane, first + count);
}

// Rows below `id` that no block of the chain has.
template <typename Cursor>
Status BlockCheck::pass_strangers(Lane<Cursor>& lane, int64_t id) {
  while (lane.there && lane.rows->id() < id) {
    Status passed = pass_stranger(lane);
    if (!passed) return passed;
  }
  return Done{};
}

template <typename Cursor>
Status BlockCheck::pass_stranger(Lane<Cursor>& lane) {
  say_({.block = lane.rows->block(),
        .row = lane.rows->id(),
        .line = lane.rows->line(),
        .what = fmt::format("this {} was put in: no block has it", lane.name)});
  return lane.next();
}

template <typename Cursor>
void BlockCheck::check_row(Lane<Cursor>& lane, const ProvenBlock& block,
                           int64_t at) {
  Cursor& row = *lane.rows;
  AuditFinding finding = at_row(block, row.id(), row.line());
  if (row.block() != block.id) {
    finding.what =
        fmt::format("this {} was moved to block {}", lane.name, row.block());
    return say_(finding);
  }
  Digest personal{};
  if (block.personal.empty()) {
    personal = row.personal(block.salt);
  } else {
    const std::string_view kept = digest_at(block.personal, at);
    std::copy(kept.begin(), kept.end(), personal.begin());
  }
  if (bytes_of(row.digest(personal)) != digest_at(block.digests, at)) {
    finding.what = fmt::format("this {} is not as it was written", lane.name);
    return say_(finding);
  }
  if (block.personal.empty()) return;
  finding.what = purged_yet_there(row, block, at);
  if (!finding.what.empty()) say_(finding);
}

std::string BlockCheck::purged_yet_there(const StoredVerdicts& row,
                                         const ProvenBlock& block, int64_t at) {
  if (!block.keeps_subjects()) {
    return row.has_personal()
               ? "this verdict has personal details, which were purged"
               : "";
  }
  if (row.fields().json) {
    return "this verdict has its evidence, which was purged";
  }
  const Digest left = subject_digest(hasher_, block.salt, row.fields());
  return bytes_of(left) == digest_at(block.subjects, at)
             ? ""
             : "this verdict is not as it was written";
}

std::string BlockCheck::purged_yet_there(const StoredErrors& row,
                                         const ProvenBlock&, int64_t) {
  return row.has_personal()
             ? "this error has personal details, which were purged"
             : "";
}

Status BlockCheck::check_invalid(const ProvenBlock& block) {
  const Result<Digest> digest = invalid_->digest(block.id);
  if (!digest) return digest.error();
  if (bytes_of(*digest) ==
      digest_at(block.digests, block.verdicts + block.errors)) {
    return Done{};
  }
  say_({.block = block.id,
        .source = block.source,
        .what = "its counts of invalid fields are not as they were written"});
  return Done{};
}

Status BlockCheck::finish() {
  while (verdicts_.there) {
    if (Status passed = pass_stranger(verdicts_); !passed) return passed;
  }
  while (errors_.there) {
    if (Status passed = pass_stranger(errors_); !passed) return passed;
  }
  if (verdicts_.rows->strays() > 0) {
    say_({.what = fmt::format("{} shadow or waived rows belong to no verdict",
                              verdicts_.rows->strays())});
  }
  return Done{};
}

}  // namespace simwarden
