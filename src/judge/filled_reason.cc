// SPDX-License-Identifier: Apache-2.0
#include "judge/filled_reason.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "cel/value/times.h"
#include "cel/value/value_text.h"
#include "diag/characters.h"
#include "judge/masked.h"
#include "judge/value_words.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

constexpr size_t kSummaryBytesMax = 240;

// "33h20m5s", as people say it and duration() reads it; "-0.5s" of less than a
// second.
std::string in_hours(const cel::Value& duration) {
  constexpr int64_t kNanosASecond = 1'000'000'000;
  const int64_t nanos = duration.duration_nanos();
  const int64_t seconds = std::abs(nanos / kNanosASecond);
  if (seconds == 0) return cel::write_duration(duration);
  std::string text = nanos < 0 ? "-" : "";
  if (seconds >= 3600) text += fmt::format("{}h", seconds / 3600);
  if (seconds / 60 % 60 > 0) text += fmt::format("{}m", seconds / 60 % 60);
  const bool ends = seconds < 60 || seconds % 60 > 0;
  return ends ? text + fmt::format("{}s", seconds % 60) : text;
}

// 0.07692… as "7.7 %".
std::string in_percent(double share, std::string_view language) {
  return fmt::format("{}{}", std::round(share * 1000) / 10,
                     language.starts_with("zh") ? "%" : " %");
}

// More decimals than a reader asks for say less. What a record gives stands
// as it was given; large numbers lose nothing.
double rounded(double number) {
  constexpr double kDecimals = 1e4;
  constexpr double kRoundedMax = 1e9;
  return std::abs(number) < kRoundedMax
             ? std::round(number * kDecimals) / kDecimals
             : number;
}

// What a record says, in the language of a reason.
std::string given_text(Bench& bench, const Field& row, const Slot& given,
                       std::string_view language) {
  std::string text = masked_in(bench, row, given);
  const bool one = !row.list;
  if (one && row.type == FieldType::choice) {
    return std::string(said_choice(row.name, text, language));
  }
  if (one && row.type == FieldType::boolean) {
    return std::string(said_boolean(text == "true", language));
  }
  return text;
}

std::string fact_text(uint32_t slot, Bench& bench, cel::Scratch& scratch,
                      std::string_view language) {
  const FactSchema& schema = bench.plan().schema();
  const Record& record = bench.facts().record();
  if (bench.kept()) {
    const cel::Value value = bench.fact(slot, scratch);
    if (value.is(cel::Tag::missing) && !value.is_absent()) {
      return fmt::format("({})", said("masked", language));
    }
  }
  if (slot < bench.plan().ruleset().schema_slots) {
    if (const Field* row = schema.field_of(slot)) {
      const Slot& given = record.slot(static_cast<FieldId>(slot));
      if (given.state == SlotState::given) {
        return given_text(bench, *row, given, language);
      }
      if (given.state == SlotState::invalid) {
        return fmt::format("{} ({})", masked(record, *row, given),
                           said("not valid", language));
      }
    }
  }
  const cel::Value value = bench.fact(slot, scratch);
  if (value.is(cel::Tag::missing)) {
    return std::string(said("not recorded", language));
  }
  if (value.is(cel::Tag::error)) {
    return std::string(said("not counted", language));
  }
  if (value.is(cel::Tag::number) && bench.is_share(slot)) {
    return in_percent(value.as_number(), language);
  }
  return shown_at(slot, value, bench, language);
}

}  // namespace

std::string shown_at(uint32_t slot, const cel::Value& value, const Bench& bench,
                     std::string_view language) {
  std::string text = shown(value);
  if (!bench.is_window_end(slot, value)) return text;
  return fmt::format(fmt::runtime(said("none known within {}", language)),
                     text);
}

std::string shown(const cel::Value& value) {
  if (value.is(cel::Tag::string)) {
    return mask_value(value.as_string(), Mask::free_text);
  }
  if (value.is(cel::Tag::duration)) return in_hours(value);
  std::string text =
      value.is(cel::Tag::number)
          ? cel::to_text(cel::Value::of_number(rounded(value.as_number())))
          : cel::to_text(value);
  const bool holds_texts = value.is(cel::Tag::list) ||
                           value.is(cel::Tag::map) ||
                           value.is(cel::Tag::object);
  if (holds_texts) text = mask_value(text, Mask::free_text);
  if (text.size() <= kSummaryBytesMax) return text;
  return fmt::format("{}…", cut(text, kSummaryBytesMax));
}

std::string fill_in(const Template& parts, Bench& bench, cel::Scratch& scratch,
                    std::string_view language) {
  constexpr size_t kFactBytes = 24;  // of most facts
  size_t bytes = 0;
  for (const TemplatePart& part : parts) {
    bytes += part.slot ? kFactBytes : part.text.size();
  }
  std::string text;
  text.reserve(bytes);
  for (const TemplatePart& part : parts) {
    text +=
        part.slot ? fact_text(*part.slot, bench, scratch, language) : part.text;
  }
  return text;
}

}  // namespace simwarden
