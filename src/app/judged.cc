// SPDX-License-Identifier: Apache-2.0
#include "app/judged.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/case_text.h"
#include "app/output.h"
#include "diag/check.h"
#include "house/verdict_row.h"
#include "intake/each_item.h"
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
  // What the chunk before took, of this thread: a text and rows that grow are
  // copied once more.
  thread_local size_t usual_text = 0;
  thread_local size_t usual_rows = 0;
  size_t readable = 0;
  Judged judged;
  judged.text.reserve(usual_text);
  judged.block.verdicts.reserve(usual_rows);
  TextPen keys;
  // As long as the chunk: in fresh pages a record would take a tenth longer.
  thread_local std::string kept;
  kept.clear();
  const bool wants_keys =
      task.site_key || task.output_format == OutputFormat::ndjson;
  const auto judge = pool.borrow();
  std::optional<TokenMaker> tokens;
  std::optional<KeptWriter> writer;
  if (task.site_key) tokens.emplace(*task.site_key);
  if (task.site_key && task.keep_facts) writer.emplace(*task.site_key);
  if (task.site_key) {
    judged.texts = std::make_unique<std::pmr::monotonic_buffer_resource>(
        std::max(usual_text, kTextBytesMin));
  }
  const auto take = [&](Item& item) {
    ++judged.seen;
    if (item.bad) {
      append_unreadable(judged.text, task.output_format, *item.bad,
                        task.source);
      judged.bad_rows.push_back(std::move(*item.bad));
      return;
    }
    judged.unknown_keys.add(item.unknown_keys);
    const WindowAnswers counted =
        windows ? windows(readable++) : WindowAnswers{};
    const Verdict verdict =
        judge->judge(item.record, {}, windows ? &counted : nullptr);
    const VerdictOrigin origin{
        .source = task.source,
        .policy = task.house->policy_of(judge->profile()),
        .profile = judge->profile().name};
    keys.clear();
    if (wants_keys) append_verdict_keys(keys, verdict);
    append_verdict(judged.text, task.output_format, verdict, keys, origin);
    judged.tally.add(verdict, task.source);
    for (const InvalidField& field : verdict.invalid) {
      judged.invalid_facts.add(field.fact);
    }
    if (!task.site_key) return;
    for (const InvalidField& field : verdict.invalid) {
      judged.invalid.push_back({item.record.position.byte, field.fact});
    }
    if (task.for_case && verdict.action != Action::pass) {
      judged.case_texts.push_back(
          {item.record.position.byte, case_text(item.record)});
    }
    judged.block.verdicts.push_back(verdict_row(
        item.record, verdict, keys, origin, {*tokens, judged.texts.get()}));
    if (writer) writer->append(kept, judge->bench());
  };
  if (items.empty()) {
    for_each_item(chunk, task.format, task.intake, take);
  } else {
    for (Item& item : items) take(item);
  }
  usual_text = judged.text.size() + judged.text.size() / 8;
  usual_rows = judged.block.verdicts.size() + judged.block.verdicts.size() / 8;
  judged.chunk = std::move(chunk);
  if (task.site_key) finish_block(judged, kept, *task.site_key);
  return judged;
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
