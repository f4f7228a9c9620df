// SPDX-License-Identifier: Apache-2.0
// Of simdjson this is the first of its two steps: the places of all tokens.
// Its second writes them out as a tree of its own, which takes four times as
// long, only to be walked again. No part of simdjson that is meant for others
// has the first step with a choice of instructions at run time: "on demand"
// makes that choice when it is compiled.
#include "intake/json_cursor.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include <simdjson.h>

#include "diag/ascii.h"

namespace simwarden {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A row with what most rows have.
constexpr size_t kUsualText = size_t{16} << 10;

// Digits behind each other, and how many.
size_t read_digits(const char*& at, uint64_t& value) {
  const char* begin = at;
  for (; is_digit(*at); ++at) value = value * 10 + uint64_t(*at - '0');
  return size_t(at - begin);
}

// "e+12". False when it is broken.
bool read_exponent(const char*& at, int64_t& exponent) {
  constexpr int64_t kFar = 100'000;  // beyond all doubles
  ++at;
  const bool minus = *at == '-';
  if (minus || *at == '+') ++at;
  if (!is_digit(*at)) return false;
  int64_t value = 0;
  for (; is_digit(*at); ++at) value = std::min(kFar, value * 10 + (*at - '0'));
  exponent += minus ? -value : value;
  return true;
}

// Eight digits, 0 to 9 a byte, the first one lowest.
uint64_t eight_digits(uint64_t digits) {
  const uint64_t pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  const uint64_t fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffff;
  return uint32_t(fours * 10'000 + (fours >> 32));
}

// What two doubles make without rounding: the usual case (Clinger).
bool exact(uint64_t mantissa, int64_t exponent, double& out) {
  static constexpr double kPowers[] = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr int64_t kPowerMax = 22;
  if (mantissa > uint64_t{1} << 53) return false;
  if (exponent < -kPowerMax || exponent > kPowerMax) return false;
  const double power = kPowers[exponent < 0 ? -exponent : exponent];
  out = exponent < 0 ? double(mantissa) / power : double(mantissa) * power;
  return true;
}

// False beyond all doubles; what is nearer to zero than any of them is zero.
bool nearest(std::string_view text, double& out) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), out);
  if (error == std::errc()) return true;
  simdjson::dom::parser parser;
  return parser.parse(text.data(), text.size()).get(out) == simdjson::SUCCESS;
}

// Reads the number that begins there; where it ends, or null when it is none.
// REQUIRES: something else than a digit follows somewhere.
const char* read_json_number(const char* const begin, JsonNumber& out) {
  const char* at = begin;
  const bool minus = *at == '-';
  if (minus) ++at;
  uint64_t mantissa = 0;
  int64_t exponent = 0;
  const bool zero = *at == '0';
  size_t digits = read_digits(at, mantissa);
  if (digits == 0 || (zero && digits > 1)) return nullptr;
  out.whole = *at != '.' && *at != 'e' && *at != 'E';
  if (*at == '.') {
    const size_t fraction = read_digits(++at, mantissa);
    if (fraction == 0) return nullptr;
    exponent -= int64_t(fraction);
    digits += fraction;
  }
  if ((*at == 'e' || *at == 'E') && !read_exponent(at, exponent)) {
    return nullptr;
  }
  out.text = {begin, size_t(at - begin)};
  constexpr size_t kDigitsMax = 19;  // that always fit into a mantissa
  if (out.whole) {
    const uint64_t limit = uint64_t(INT64_MAX) + (minus ? 1 : 0);
    const bool fits = digits <= kDigitsMax && mantissa <= limit;
    out.type = fits ? JsonNumber::Type::integer : JsonNumber::Type::big;
    out.integer = int64_t(minus ? 0 - mantissa : mantissa);
    return at;
  }
  out.type = JsonNumber::Type::number;
  if (digits <= kDigitsMax && exact(mantissa, exponent, out.number)) {
    if (minus) out.number = -out.number;
  } else if (!nearest(out.text, out.number)) {
    out.type = JsonNumber::Type::big;
  }
  return at;
}

}  // namespace

bool read_short_json_number(std::string_view text, JsonNumber& out) {
  if constexpr (std::endian::native != std::endian::little) return false;
  size_t digits = text.size();
  if (digits - 1 >= 8) return false;
  uint64_t word = 0;
  std::memcpy(&word, text.data(), sizeof word);
  word ^= 0x3030303030303030;
  const uint64_t beyond = (word + 0x7676767676767676) | word;
  const uint64_t odd =
      beyond & 0x8080808080808080 & ~uint64_t{0} >> (64 - 8 * digits);
  size_t whole = digits;
  if (odd != 0) {
    whole = size_t(std::countr_zero(odd)) / 8;
    const uint64_t before = (uint64_t{1} << 8 * whole) - 1;
    if ((odd & (odd - 1)) != 0 || text[whole] != '.' || --digits == whole) {
      return false;
    }
    word = (word & before) | (word >> 8 & ~before);
  }
  if (whole == 0 || (whole > 1 && text[0] == '0')) return false;
  const uint64_t value = eight_digits(word << (64 - 8 * digits));
  out.whole = odd == 0;
  out.integer = int64_t(value);
  out.type = JsonNumber::Type::integer;
  if (out.whole) return true;
  out.type = JsonNumber::Type::number;
  return exact(value, -int64_t(digits - whole), out.number);
}

struct JsonCursor::Tokens {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> of;
  // False: out of memory.
  bool reserve(size_t bytes) {
    if (!of || of->capacity() < bytes) {
      of.reset();
      const size_t capacity = std::max(bytes, kUsualText);
      if (simdjson::get_active_implementation()
              ->create_dom_parser_implementation(capacity, kJsonDepthMax, of) !=
          simdjson::SUCCESS) {
        of.reset();
      }
    }
    return of != nullptr;
  }
};

JsonCursor::JsonCursor() : tokens_(std::make_unique<Tokens>()) {}
JsonCursor::~JsonCursor() = default;

size_t JsonCursor::capacity() const {
  return tokens_->of ? tokens_->of->capacity() : 0;
}

bool JsonCursor::open(std::string_view json, size_t padded) {
  if (json.empty() || !tokens_->reserve(json.size())) return false;
  if (padded < simdjson::SIMDJSON_PADDING) {
    copy_.assign(json).append(simdjson::SIMDJSON_PADDING, ' ');
    json = std::string_view(copy_).substr(0, json.size());
  }
  auto& found = *tokens_->of;
  if (found.stage1(reinterpret_cast<const uint8_t*>(json.data()), json.size(),
                   simdjson::stage1_mode::regular) != simdjson::SUCCESS) {
    return false;
  }
  text_ = json.data();
  size_ = json.size();
  next_ = found.structural_indexes.get();
  end_ = next_ + found.n_structural_indexes;
  depth_ = 0;
  unescaped_ = 0;
  escapes_ = json.find('\\') != std::string_view::npos;
  const size_t room = json.size() + simdjson::SIMDJSON_PADDING;
  if (escapes_ && plain_.size() < room) plain_.resize(room);
  const char open = text_[next_[0]];
  const char close = text_[end_[-1]];
  // There is room for these: simdjson keeps marks of its own there.
  found.structural_indexes[found.n_structural_indexes] = next_[0];
  found.structural_indexes[found.n_structural_indexes + 1] = next_[0];
  return (open == '{' && close == '}') || (open == '[' && close == ']');
}

// REQUIRES: the token begins before `at`.
bool JsonCursor::ends(const char* at) {
  const char* limit = text_ + next_[1];
  while (at < limit && is_blank(*at)) ++at;
  ++next_;
  return at == limit;
}

bool JsonCursor::unescape(std::string_view raw, std::string_view& out) {
  char* begin = plain_.data() + unescaped_;
  const uint8_t* end =
      tokens_->of->parse_string(reinterpret_cast<const uint8_t*>(raw.data()),
                                reinterpret_cast<uint8_t*>(begin));
  if (end == nullptr) return false;
  out = {begin, size_t(reinterpret_cast<const char*>(end) - begin)};
  unescaped_ += out.size();
  return true;
}

bool JsonCursor::word(std::string_view known) {
  const char* begin = text_ + *next_;
  return std::memcmp(begin, known.data(), known.size()) == 0 &&
         ends(begin + known.size());
}

bool JsonCursor::number(JsonNumber& out) {
  const char* end = read_json_number(text_ + *next_, out);
  return end != nullptr && ends(end);
}

bool JsonCursor::skip_key() {
  std::string_view key;
  return this->key(key);
}

bool JsonCursor::skip_scalar() {
  JsonNumber ignored;
  std::string_view text;
  switch (peek()) {
    case '"':
      text = raw_string();
      return !is_escaped(text) || unescape(text, text);
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default: return number(ignored);
  }
}

// No recursion: of what is open, a bit each says whether it is an object.
bool JsonCursor::skip() {
  static_assert(kJsonDepthMax <= 64);
  const size_t outside = depth_;
  uint64_t objects = 0;
  do {
    const bool object = peek() == '{';
    if (!object && peek() != '[') {
      if (!skip_scalar()) return false;
    } else {
      if (!enter()) return false;
      objects = objects << 1 | uint64_t{object};
      if (peek() != (object ? '}' : ']')) {
        if (object && !skip_key()) return false;
        continue;
      }
    }
    while (depth_ > outside && !take(',')) {
      if (!leave((objects & 1) != 0 ? '}' : ']')) return false;
      objects >>= 1;
    }
    if (depth_ > outside && (objects & 1) != 0 && !skip_key()) return false;
  } while (depth_ > outside);
  return true;
}

void JsonCursor::hurry() {
  size_t depth = 0;
  for (; next_ != end_; ++next_) {
    const char c = peek();
    if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return;
      --depth;
    } else if (c == ',' && depth == 0) {
      return;
    }
  }
}

}  // namespace simwarden
