// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/explain_stored.h"
#include "app/options.h"
#include "app/reading.h"
#include "app/summary.h"
#include "diag/printable.h"
#include "house/explained.h"
#include "house/house.h"
#include "intake/drawn_codes.h"
#include "intake/json_fault.h"
#include "judge/judge.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

// explain: one record, for a person.

namespace simwarden {
namespace {

Result<Record> message_of(const std::string& text) {
  if (const auto bad = find_bad_utf8(text)) {
    return Error{Trouble::usage, "--text: " + describe_bad_utf8(text[*bad])};
  }
  Record record(Kind::message);
  record.set(*find_field(Kind::message, "text"), record.make_text(text));
  add_drawn_codes(record);
  return record;
}

bool is_wanted(const Item& item, const ExplainOptions& options) {
  if (options.line > 0) {
    const Position at = item.bad ? item.bad->position : item.record.position;
    return at.line == options.line;
  }
  if (options.id.empty()) return true;
  return !item.bad && item.record.id() == options.id;
}

std::string nothing_found(const ExplainOptions& options) {
  if (options.line > 0) {
    return fmt::format("{}: no record begins on line {}", options.input,
                       options.line);
  }
  if (!options.id.empty()) {
    return fmt::format("{}: no record has the id {}", options.input,
                       options.id);
  }
  return fmt::format("{}: holds no record", options.input);
}

Result<Record> find_in(ChunkReader& source, const ExplainOptions& options,
                       const IntakeOptions& intake) {
  Chunk chunk;
  std::vector<Item> items;
  while (true) {
    const auto more = source.next(chunk);
    if (!more) return more.error();
    if (!*more) break;
    items.clear();
    parse_chunk(chunk, source.format(), intake, items);
    for (Item& item : items) {
      if (!is_wanted(item, options)) continue;
      if (!item.bad) return std::move(item.record);
      return Error{
          Trouble::input,
          fmt::format("{}:{}: {} {}", options.input, item.bad->position.line,
                      item.bad->code, printable_text(with_advice(*item.bad)))};
    }
  }
  return Error{Trouble::input, nothing_found(options)};
}

Result<Record> find_record(const ExplainOptions& options,
                           const Ruleset& ruleset) {
  if (options.has_text) return message_of(options.text);
  auto intake = intake_of(options.reading, ruleset);
  if (!intake) return intake.error();
  intake->prompt = true;
  auto source = open_source(options.input, *intake);
  if (!source) return source.error();
  auto record = find_in(**source, options, *intake);
  const auto note = decoding_line(options.input, (*source)->decoding());
  if (!note.empty()) say("{}\n", note);
  return record;
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  if (!options.db.empty()) return explain_stored(options);
  auto house = House::open(options.policy);
  if (!house) return complain(house.error());
  auto record = find_record(options, (*house)->ruleset());
  if (!record) return complain(record.error());
  Judge judge((*house)->plan(), {.profile = (*house)->profile(),
                                 .language = options.policy.language});
  const std::string out =
      explained(*record, judge, Paint{wants_colour(stdout)});
  fmt::print("{}", out);
  return kExitDone;
}

}  // namespace simwarden
