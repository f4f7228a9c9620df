// SPDX-License-Identifier: Apache-2.0
// Texts to slots and back. What a type does not allow becomes an invalid slot
// that keeps the original, because "written wrongly" and "not written" are
// different findings.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/check.h"
#include "diag/hex.h"
#include "record/open_hours.h"
#include "record/record.h"
#include "record/time.h"

namespace simwarden {
namespace {

template <typename Test>
bool all(std::string_view text, Test test) {
  for (const char c : text) {
    if (!test(c)) return false;
  }
  return true;
}

bool is_e164(std::string_view text) {
  return text.size() >= 6 && text.size() <= 16 && text[0] == '+' &&
         text[1] != '0' && all(text.substr(1), is_digit);
}

bool is_correlation(std::string_view text) {
  static constexpr std::string_view kOthers = "-_:;./<>{}";
  return text.size() <= 256 && all(text, [](char c) {
           return is_ascii_letter(c) || is_digit(c) ||
                  kOthers.find(c) != kOthers.npos;
         });
}

// MAJOR.MINOR.PATCH without leading zeros, then -pre and +build loosely.
bool is_semver(std::string_view text) {
  for (int part = 0; part < 3; ++part) {
    size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
    text.remove_prefix(digits);
    if (part == 2) break;
    if (text.empty() || text[0] != '.') return false;
    text.remove_prefix(1);
  }
  if (text.empty()) return true;
  return (text[0] == '-' || text[0] == '+') && text.size() > 1 &&
         all(text.substr(1), [](char c) {
           return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '.' ||
                  c == '+';
         });
}

// Exports often have the page's address where a host belongs. What a browser
// could read as another host than the eye does ("a@b", "a\b") is none.
std::optional<std::string_view> host_in(std::string_view text) {
  if (text.empty()) return text;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!same_letters(text.substr(0, scheme.size()), scheme)) continue;
    text.remove_prefix(scheme.size());
    break;
  }
  std::string_view host = text.substr(0, text.find_first_of("/?#"));
  const size_t colon = std::min(host.find(':'), host.size());
  const std::string_view port = host.substr(colon);
  host = host.substr(0, colon);
  constexpr size_t kPortMax = std::string_view(":65535").size();
  if (port.size() > kPortMax || !all(port.substr(!port.empty()), is_digit) ||
      port == ":") {
    return std::nullopt;
  }
  const auto is_of_host = [](char c) {
    constexpr std::string_view kNever = " \x7F@\\:<>[]^|%";
    return static_cast<unsigned char>(c) >= ' ' &&
           kNever.find(c) == kNever.npos;
  };
  const bool whole = !host.empty() && all(host, is_of_host);
  return whole ? std::optional(host) : std::nullopt;
}

bool fits(FieldFormat format, std::string_view text) {
  switch (format) {
    case FieldFormat::e164: return is_e164(text);
    case FieldFormat::country: return text.size() == 2 && all(text, is_capital);
    case FieldFormat::currency:
      return text.size() == 3 && all(text, is_capital);
    case FieldFormat::sha256:
      return text.size() == 64 && all(text, is_hex_digit);
    case FieldFormat::correlation: return is_correlation(text);
    case FieldFormat::semver: return is_semver(text);
    case FieldFormat::hours: return is_open_hours(text);
    case FieldFormat::prose: return text.size() <= kProseBytesMax;
    case FieldFormat::serial:
      return text.size() <= kShortTextBytesMax && !is_rounded(text);
    default: return text.size() <= kShortTextBytesMax;
  }
}

// What is kept of a text: of some formats a part.
std::optional<std::string_view> read_text(FieldFormat format,
                                          std::string_view text) {
  if (!fits(format, text)) return std::nullopt;
  return format == FieldFormat::host ? host_in(text) : text;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  // from_chars knows "inf" and "nan", which are no numbers of a record.
  if (error != std::errc() || stop != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<int64_t> parse_integer(std::string_view text) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc() && stop == end) return value;
  // Spreadsheets write whole numbers as 3.0.
  constexpr double kExactMax = 9007199254740992.0;  // 2^53
  const std::optional<double> number = parse_number(text);
  if (!number || std::trunc(*number) != *number) return std::nullopt;
  if (std::fabs(*number) > kExactMax) return std::nullopt;
  return int64_t(*number);
}

// Names of SIM forms in older logs. Cut sizes of a plastic card are one form
// here, for no rule asks for the size.
struct Alias {
  std::string_view theirs;
  std::string_view ours;
};
constexpr Alias kFormAliases[] = {{"tm", "physical"},  {"plastic", "physical"},
                                  {"2ff", "physical"}, {"3ff", "physical"},
                                  {"4ff", "physical"}, {"euicc", "eSIM"}};

WordTable<uint16_t> make_choice_words() {
  WordTable<uint16_t> words;
  for (const Field& row : fields()) {
    for (size_t i = 0; i < row.choices.size(); ++i) {
      words.add(row.id, row.choices[i], uint16_t(i));
    }
  }
  return words;
}

// Spreadsheets write what is true in capitals.
std::string_view as_no_spreadsheet(std::string_view text) {
  if (text == "TRUE") return "true";
  if (text == "FALSE") return "false";
  return text;
}

std::string_view without_alias(std::string_view text) {
  for (const Alias& alias : kFormAliases) {
    if (same_letters(alias.theirs, text)) return alias.ours;
  }
  return text;
}

std::optional<int64_t> parse_choice(const Field& field, std::string_view text) {
  const auto& words = choice_words();
  auto number = words.find(field.id, as_no_spreadsheet(text));
  if (number == 0 && field.name.ends_with(".form")) {
    number = words.find(field.id, without_alias(text));
  }
  if (number == 0) return std::nullopt;
  return words.entries()[number].meaning;
}

// Everything but texts; false when the type does not allow it.
bool read_value(const Field& field, std::string_view text, Slot& slot) {
  switch (field.type) {
    case FieldType::boolean:
      text = as_no_spreadsheet(text);
      slot = Slot::of_boolean(text == "true");
      return slot.boolean || text == "false";
    case FieldType::integer: {
      const auto value = parse_integer(text);
      if (value) slot = Slot::of_integer(*value);
      return value && in_range(field.format, double(*value));
    }
    case FieldType::number: {
      const auto value = parse_number(text);
      if (value) slot = Slot::of_number(*value);
      return value && in_range(field.format, *value);
    }
    case FieldType::choice: {
      const auto value = parse_choice(field, text);
      if (value) slot = Slot::of_integer(*value);
      return value.has_value();
    }
    case FieldType::timestamp: {
      const auto value = parse_timestamp(text);
      if (value) slot = Slot::of_time(*value);
      return value.has_value();
    }
    case FieldType::date: {
      const auto value = parse_date(text);
      if (value) slot = Slot::of_integer(*value);
      return value.has_value();
    }
    case FieldType::text: break;
  }
  return false;
}

std::string scalar_text(const Record& record, const Field& field,
                        const Slot& slot) {
  if (slot.state == SlotState::invalid) return std::string(record.text(slot));
  if (slot.state == SlotState::null) return "null";
  CHECK(slot.state == SlotState::given, "absent slots have no text");
  switch (field.type) {
    case FieldType::boolean: return slot.boolean ? "true" : "false";
    case FieldType::integer: return fmt::to_string(slot.integer);
    case FieldType::number: return fmt::format("{}", slot.number);
    case FieldType::text: return std::string(record.text(slot));
    case FieldType::choice:
      return std::string(field.choices[size_t(slot.integer)]);
    case FieldType::timestamp:
      return to_text(Timestamp{slot.integer, slot.nanos, slot.zone_minutes});
    case FieldType::date: return date_text(slot.integer);
  }
  return {};
}

// Takes the digits off the front; how many there were.
size_t take_digits(std::string_view& rest) {
  const size_t digits =
      std::min(rest.find_first_not_of("0123456789"), rest.size());
  rest.remove_prefix(digits);
  return digits;
}

}  // namespace

bool is_rounded(std::string_view text) {
  // Most texts begin with a letter or with more than a digit.
  constexpr size_t kShortest = std::string_view("8E+18").size();
  const bool one_digit =
      text.size() >= kShortest && is_digit(text[0]) && !is_digit(text[1]);
  if (!one_digit) return false;
  text.remove_prefix(1);
  if (text.starts_with('.') || text.starts_with(',')) {
    text.remove_prefix(1);
    if (take_digits(text) == 0) return false;
  }
  if (!text.starts_with("E+") && !text.starts_with("e+")) return false;
  text.remove_prefix(2);
  return take_digits(text) >= 2 && text.empty();
}

std::string to_text(const Record& record, const Field& field,
                    const Slot& slot) {
  if (!field.list || slot.state != SlotState::given) {
    return scalar_text(record, field, slot);
  }
  const auto id = find_field(field.kind, field.name);
  CHECK(id, "the field is of the table");
  std::string out = "[";
  for (uint32_t i = 0; i < slot.list.count; ++i) {
    if (i > 0) out += ", ";
    out += scalar_text(record, field, record.element(*id, i));
  }
  return out + "]";
}

Slot read_scalar(const Field& field, std::string_view text, Slot kept) {
  Slot slot;
  if (field.type == FieldType::text) {
    if (const auto read = read_text(field.format, text)) {
      const auto skipped = static_cast<uint32_t>(read->data() - text.data());
      return Record::held_text(kept.text.begin + skipped, read->size());
    }
  } else if (read_value(field, text, slot)) {
    return slot;
  }
  kept.state = SlotState::invalid;
  return kept;
}

Slot read_scalar(Record& record, const Field& field, std::string_view text) {
  Slot slot;
  if (field.type == FieldType::text) {
    if (const auto read = read_text(field.format, text)) {
      return record.make_text(*read);
    }
  } else if (read_value(field, text, slot)) {
    return slot;
  }
  return record.make_invalid(text);
}

const WordTable<uint16_t>& choice_words() {
  static const WordTable<uint16_t> kWords = make_choice_words();
  return kWords;
}

std::optional<Slot> read_number(const Field& field, int64_t value) {
  if (field.type == FieldType::number) {
    return read_number(field, static_cast<double>(value));
  }
  if (field.type != FieldType::integer) return std::nullopt;
  if (!in_range(field.format, static_cast<double>(value))) return std::nullopt;
  return Slot::of_integer(value);
}

std::optional<Slot> read_number(const Field& field, double value) {
  if (field.type != FieldType::number || !std::isfinite(value) ||
      !in_range(field.format, value)) {
    return std::nullopt;
  }
  return Slot::of_number(value);
}

}  // namespace simwarden
