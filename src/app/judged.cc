// SPDX-License-Identifier: Apache-2.0
#include "app/judged.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/case_text.h"
#include "app/output.h"
#include "diag/check.h"
#include "house/verdict_row.h"
#include "intake/each_item.h"
#include "judge/invalid_fields.h"
#include "kept/kept_writer.h"

namespace simwarden {
namespace {

// Of the texts of a first block; they grow.
constexpr size_t kTextBytesMin = 1 << 16;

void add_error(Block& block, const BadRow& bad) {
  block.errors.push_back(
      {bad.position.line, bad.position.byte, bad.code, bad.message});
}

void count_invalid(Judged& judged) {
  judged.block.invalid.clear();
  for (const InvalidAt& field : judged.invalid) {
    ++judged.block.invalid[field.fact];
  }
}

// The block is that of the whole chunk, `kept` the facts of its rows.
void finish_block(Judged& judged, std::string_view kept, const SiteKey& key) {
  Block& block = judged.block;
  block.first_line = judged.chunk.first_line;
  block.begin_byte = judged.chunk.first_byte;
  block.end_byte = block.begin_byte + judged.chunk.bytes.size();
  for (const BadRow& bad : judged.bad_rows) add_error(block, bad);
  count_invalid(judged);
  block.kept = seal_facts(kept, kept.empty() ? 0 : block.verdicts.size());
  block.seal = seal(block, key);
}

// Takes out what is kept of the first `rows` rows.
void keep_rest(KeptFacts& kept, size_t rows) {
  if (kept.records == 0) return;
  std::string lines;
  const Status read = unseal_facts(kept.facts, kept.bytes, 0, lines);
  CHECK(read.ok(), "it was sealed a moment ago");
  size_t at = 0;
  for (size_t i = 0; i < rows; ++i) at = lines.find('\n', at) + 1;
  kept = seal_facts(std::string_view(lines).substr(at), kept.records - rows);
}

// What the last chunk of a thread took: room that grows is copied once more,
// and in fresh pages the facts of a record would take a tenth longer.
struct UsualRoom {
  size_t text_bytes = 0;
  size_t rows = 0;
  std::string kept;
};

// What becomes of the records of one chunk.
//   (take)* finish
class ChunkJudging {
 public:
  // Keeps all but the pool by reference.
  ChunkJudging(const ChunkTask& task, Pool<Judge>& pool,
               const AnswersOf& windows, UsualRoom& usual)
      : task_(task), windows_(windows), usual_(usual), judge_(pool.borrow()) {
    usual.kept.clear();
    judged_.text.reserve(usual.text_bytes);
    judged_.block.verdicts.reserve(usual.rows);
    if (!task.site_key) return;
    tokens_.emplace(*task.site_key);
    if (task.keep_facts) writer_.emplace(*task.site_key);
    judged_.texts = std::make_unique<std::pmr::monotonic_buffer_resource>(
        std::max(usual.text_bytes, kTextBytesMin));
  }

  void take(Item& item) {
    ++judged_.seen;
    if (item.bad) return take_unreadable(*item.bad);
    judged_.unknown_keys.add(item.unknown_keys);
    Verdict verdict;
    if (auto failed = judge(item.record, verdict)) {
      return take_unreadable(*failed);
    }
    const VerdictOrigin origin{
        .source = task_.source,
        .policy = task_.house->policy_of(judge_->profile()),
        .profile = judge_->profile().name};
    keys_.clear();
    if (task_.site_key || task_.output_format == OutputFormat::ndjson) {
      append_verdict_keys(keys_, verdict);
    }
    append_verdict(judged_.text, {task_.output_format, judge_->language()},
                   verdict, keys_, origin);
    judged_.tally.add(verdict, task_.source);
    judged_.not_recorded.add(verdict.not_recorded);
    for (const InvalidField& field : verdict.invalid) {
      judged_.invalid_facts.add(field.fact, 1, field.value);
      judged_.rounded |= field.expected.ends_with(kRoundedBySpreadsheet);
    }
    judged_.unseen_fields.add(item.record);
    judged_.other_countries.add(item.record, judge_->profile());
    judged_.utc_times.add(item.record);
    if (task_.site_key) add_row(item.record, verdict, origin);
  }

  Judged finish(Chunk chunk) {
    const auto and_an_eighth = [](size_t size) { return size + size / 8; };
    usual_.text_bytes = and_an_eighth(judged_.text.size());
    usual_.rows = and_an_eighth(judged_.block.verdicts.size());
    judged_.chunk = std::move(chunk);
    if (task_.site_key) finish_block(judged_, usual_.kept, *task_.site_key);
    return std::move(judged_);
  }

 private:
  void take_unreadable(BadRow& bad) {
    bad.message = with_advice(bad);
    append_unreadable(judged_.text, {task_.output_format, judge_->language()},
                      bad, task_.source);
    judged_.bad_rows.push_back(std::move(bad));
  }

  // What a library throws there (out of memory, mostly) costs this record its
  // verdict, not the run.
  std::optional<BadRow> judge(const Record& record, Verdict& verdict) {
    const size_t number = readable_++;
    try {
      WindowAnswers counted;
      if (windows_) counted = windows_(number);
      verdict = judge_->judge(record, {}, windows_ ? &counted : nullptr);
      return std::nullopt;
    } catch (const std::exception& e) {
      return BadRow{
          .code = "R101",
          .message = fmt::format("it could not be judged: {}", e.what()),
          .position = record.position};
    }
  }

  // REQUIRES: a store wants the rows.
  void add_row(const Record& record, const Verdict& verdict,
               const VerdictOrigin& origin) {
    const uint64_t byte = record.position.byte;
    for (const InvalidField& field : verdict.invalid) {
      judged_.invalid.push_back({byte, field.fact});
    }
    if (task_.for_case && verdict.action != Action::pass) {
      judged_.case_texts.push_back({byte, case_text(judge_->bench().facts())});
    }
    judged_.block.verdicts.push_back(verdict_row(
        record, verdict, keys_, origin, {*tokens_, judged_.texts.get()}));
    if (writer_) writer_->append(usual_.kept, judge_->bench());
  }

  const ChunkTask& task_;
  const AnswersOf& windows_;  // empty: nothing was counted
  UsualRoom& usual_;
  Pool<Judge>::Lent judge_;
  TextPen keys_;
  std::optional<TokenMaker> tokens_;  // of a store
  std::optional<KeptWriter> writer_;  // of a store that keeps facts
  size_t readable_ = 0;
  Judged judged_;
};

}  // namespace

Pool<Judge>::Make judges_of(const House& house, const std::string& language) {
  return [&house, language] {
    return std::make_unique<Judge>(
        house.plan(),
        JudgeOptions{.profile = house.profile(), .language = language});
  };
}

Judged judge_chunk(Chunk chunk, const ChunkTask& task, Pool<Judge>& pool,
                   const AnswersOf& windows, std::vector<Item> items) {
  thread_local UsualRoom usual;
  ChunkJudging judging(task, pool, windows, usual);
  for (Item& item : items) judging.take(item);
  if (items.empty()) {
    for_each_item(chunk, task.format, task.intake,
                  [&](Item& item) { judging.take(item); });
  }
  return judging.finish(std::move(chunk));
}

std::string_view bytes_from(const Judged& judged) {
  if (!judged.whole) return judged.chunk.bytes;
  const uint64_t before = judged.chunk.first_byte - judged.whole->first_byte;
  return std::string_view(judged.whole->bytes).substr(before);
}

size_t room_of(const Judged& judged) {
  size_t bytes = judged.chunk.bytes.capacity() + judged.text.capacity() +
                 judged.block.kept.facts.capacity();
  for (const VerdictRow& row : judged.block.verdicts) {
    bytes += sizeof(row) + row.json.capacity();
  }
  return bytes;
}

void keep_rest(Judged& judged, size_t bytes, const SiteKey& key) {
  Block& block = judged.block;
  const uint64_t begin = block.end_byte - bytes;
  const auto is_before = [begin](const auto& row) { return row.byte < begin; };
  const auto rest =
      std::find_if_not(block.verdicts.begin(), block.verdicts.end(), is_before);
  if (rest != block.verdicts.begin()) {
    block.first_line = std::prev(rest)->line + 1;
  }
  keep_rest(block.kept, size_t(rest - block.verdicts.begin()));
  block.verdicts.erase(block.verdicts.begin(), rest);
  std::erase_if(block.errors, is_before);
  std::erase_if(judged.invalid, is_before);
  block.begin_byte = begin;
  count_invalid(judged);
  block.seal = seal(block, key);
}

}  // namespace simwarden
