// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cel/library/library.h"
#include "cel/value/code_points.h"
#include "cel/value/environment.h"
#include "cel/value/faults.h"
#include "cel/value/times.h"
#include "cel/value/value_text.h"

// '%s of %d'.format([a, b]). Clauses, each with an optional precision .N:
//
//   %s any value   %d integers   %f %e numbers   %b %o %x %X bits   %% itself
//
// A clause that the value does not fit is an error, and so is one without a
// value; values too many are left over in silence, as CEL has it.
namespace cel {
namespace {

constexpr Fault kClause{"no such formatting clause"};
constexpr Fault kTooFew{"fewer values than formatting clauses"};
constexpr Fault kUnfit{"the value does not fit the formatting clause"};

// More digits than a double holds are only zeros.
constexpr int kPrecisionMax = 100;
constexpr int kUsualPrecision = 6;
// All digits of 1e300 take about as long as so many steps of a loop.
constexpr uint64_t kDigitsSteps = 2;
// Lists in lists are as deep as expressions and records.
constexpr int kPlainDepthMax = 64;

// A text is always UTF-8: octets that are none, however many in a row, become
// one U+FFFD.
void append_as_text(std::string_view octets, std::string& out) {
  bool replaced = false;
  for (size_t at = 0; at < octets.size();) {
    const size_t size = code_point_bytes(octets, at);
    const bool good = decode_code_point(octets, at).has_value();
    if (good) out += octets.substr(at, size);
    if (!good && !replaced) out += "\xEF\xBF\xBD";
    replaced = !good;
    at += size;
  }
}

bool plain(const Value& value, int depth, std::string& out);

bool plain_list(std::span<const Value> items, int depth, std::string& out) {
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    if (!plain(items[i], depth, out)) return false;
  }
  out += ']';
  return true;
}

// Entries by the text of their keys, so that equal maps look the same.
bool plain_map(const Map& map, int depth, std::string& out) {
  std::vector<std::pair<std::string, std::string>> entries(map.size);
  for (uint32_t i = 0; i < map.size; ++i) {
    if (!plain(map.keys[i], depth, entries[i].first)) return false;
    if (!plain(map.values[i], depth, entries[i].second)) return false;
  }
  std::sort(entries.begin(), entries.end());
  out += '{';
  for (size_t i = 0; i < entries.size(); ++i) {
    out += fmt::format("{}{}: {}", i > 0 ? ", " : "", entries[i].first,
                       entries[i].second);
  }
  out += '}';
  return true;
}

// False for values that have no plain text: objects, errors.
bool plain(const Value& value, int depth, std::string& out) {
  if (depth > kPlainDepthMax) return false;
  switch (value.tag()) {
    case Tag::null: out += "null"; return true;
    case Tag::boolean: out += value.as_bool() ? "true" : "false"; return true;
    case Tag::integer: out += std::to_string(value.as_int()); return true;
    case Tag::uinteger: out += std::to_string(value.as_uint()); return true;
    case Tag::number: out += number_text(value.as_number()); return true;
    case Tag::string: out += value.as_string(); return true;
    case Tag::bytes: append_as_text(value.as_bytes(), out); return true;
    case Tag::timestamp: out += write_timestamp(value); return true;
    case Tag::duration: out += write_duration(value); return true;
    case Tag::type: out += value.as_type()->name; return true;
    case Tag::list: return plain_list(value.as_list(), depth + 1, out);
    case Tag::map: return plain_map(value.as_map(), depth + 1, out);
    default: return false;
  }
}

bool decimal(const Value& value, std::string& out) {
  return (value.is(Tag::integer) || value.is(Tag::uinteger) ||
          value.is(Tag::number)) &&
         plain(value, 0, out);
}

bool real(const Value& value, bool scientific, int precision,
          std::string& out) {
  double number = 0;
  if (value.is(Tag::number)) {
    number = value.as_number();
  } else if (value.is(Tag::integer)) {
    number = static_cast<double>(value.as_int());
  } else if (value.is(Tag::uinteger)) {
    number = static_cast<double>(value.as_uint());
  } else {
    return false;
  }
  if (!std::isfinite(number)) {
    out += number_text(number);
  } else if (scientific) {
    out += fmt::format("{:.{}e}", number, precision);
  } else {
    out += fmt::format("{:.{}f}", number, precision);
  }
  return true;
}

std::string in_radix(uint64_t bits, char clause) {
  switch (clause) {
    case 'b': return fmt::format("{:b}", bits);
    case 'o': return fmt::format("{:o}", bits);
    case 'X': return fmt::format("{:X}", bits);
    default: return fmt::format("{:x}", bits);
  }
}

bool radix(const Value& value, char clause, std::string& out) {
  const bool hex = clause == 'x' || clause == 'X';
  if (value.is(Tag::integer)) {
    const int64_t i = value.as_int();
    const auto bits = static_cast<uint64_t>(i);
    if (i < 0) out += '-';
    out += in_radix(i < 0 ? 0 - bits : bits, clause);
  } else if (value.is(Tag::uinteger)) {
    out += in_radix(value.as_uint(), clause);
  } else if (value.is(Tag::boolean) && clause == 'b') {
    out += value.as_bool() ? '1' : '0';
  } else if (hex && (value.is(Tag::string) || value.is(Tag::bytes))) {
    for (const char c : value.as_bytes()) {
      const unsigned octet = static_cast<unsigned char>(c);
      out += clause == 'x' ? fmt::format("{:02x}", octet)
                           : fmt::format("{:02X}", octet);
    }
  } else {
    return false;
  }
  return true;
}

// Walks the text clause by clause.
class Formatter {
 public:
  Formatter(std::string_view text, std::span<const Value> values,
            Scratch& scratch)
      : text_(text), values_(values), scratch_(scratch) {}

  Value run() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '%') {
        out_ += c;
      } else if (const Fault* fault = clause()) {
        return fail(*fault);
      }
      if (out_.size() > kGrowthBytesMax) return fail(kTooBig);
    }
    return scratch_.make_string(out_);
  }

 private:
  // Null when it went well.
  const Fault* clause() {
    int precision = kUsualPrecision;
    if (at_ < text_.size() && text_[at_] == '%') {
      out_ += text_[at_++];
      return nullptr;
    }
    if (!read_precision(precision) || at_ == text_.size()) return &kClause;
    const char name = text_[at_++];
    if (std::string_view("sdfeboxX").find(name) == std::string::npos) {
      return &kClause;
    }
    if (next_ == values_.size()) return &kTooFew;
    const bool digits = name == 'f' || name == 'e';
    if (digits && !scratch_.charge(kDigitsSteps)) return &kTooManySteps;
    return write(name, precision, values_[next_++]) ? nullptr : &kUnfit;
  }

  bool read_precision(int& precision) {
    if (at_ == text_.size() || text_[at_] != '.') return true;
    precision = 0;
    const size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      precision = precision * 10 + (text_[at_++] - '0');
      if (precision > kPrecisionMax) return false;
    }
    return at_ > begin;
  }

  bool write(char name, int precision, const Value& value) {
    switch (name) {
      case 's': return plain(value, 0, out_);
      case 'd': return decimal(value, out_);
      case 'f': return real(value, false, precision, out_);
      case 'e': return real(value, true, precision, out_);
      default: return radix(value, name, out_);
    }
  }

  std::string_view text_;
  std::span<const Value> values_;
  Scratch& scratch_;
  size_t at_ = 0;
  size_t next_ = 0;
  std::string out_;
};

Value format(Arguments a, Scratch& scratch) {
  return Formatter(a[0].as_string(), a[1].as_list(), scratch).run();
}

constexpr FunctionRow kRows[] = {
    {"string.format(list(dyn)) -> string", format},
};

constexpr FunctionDoc kDocs[] = {
    {"format",
     "Writes values into a text: %s any, %d whole, %f and %e numbers (%.2f: "
     "two digits), %b %o %x %X in base 2, 8, 16, %% the sign itself.",
     "'%s: %d of %.1f %%'.format(['demo', 3, 2.5])", "'demo: 3 of 2.5 %'"},
};

}  // namespace

Family format_functions() {
  return {"Formatting", kRows, kDocs};
}

}  // namespace cel
