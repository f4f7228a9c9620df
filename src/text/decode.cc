// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include <unicode/utf8.h>

#include "text/pieces.h"

// Bytes to code points. A broken sequence gives one U+FFFD for its longest
// valid beginning (Unicode 15, 3.9), an entity gives one piece that spans
// "&" to ";".
namespace simwarden {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Entity {
  std::string_view name;
  char32_t c;
};

// The named references of HTML (html.spec.whatwg.org, 13.5) that can stand
// for a character of a contact, or that every mail has.
constexpr std::array kEntities = {
    Entity{"amp", '&'},    Entity{"apos", '\''},   Entity{"ast", '*'},
    Entity{"colon", ':'},  Entity{"commat", '@'},  Entity{"copy", 0xA9},
    Entity{"dollar", '$'}, Entity{"gt", '>'},      Entity{"hyphen", 0x2010},
    Entity{"lbrack", '['}, Entity{"lowbar", '_'},  Entity{"lpar", '('},
    Entity{"lt", '<'},     Entity{"nbsp", 0xA0},   Entity{"num", '#'},
    Entity{"period", '.'}, Entity{"plus", '+'},    Entity{"quot", '"'},
    Entity{"rbrack", ']'}, Entity{"reg", 0xAE},    Entity{"rpar", ')'},
    Entity{"shy", 0xAD},   Entity{"sol", '/'},     Entity{"thinsp", 0x2009},
    Entity{"zwj", 0x200D}, Entity{"zwnj", 0x200C},
};

// "#x10FFFF" and the longest name above are 8 characters at most.
constexpr size_t kEntityMax = 8;

struct Decoded {
  char32_t c;
  size_t size;  // bytes, with "&" and ";"
};

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

char32_t character_of(uint32_t number) {
  const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
  if (number == 0 || surrogate || number > 0x10FFFF) return kReplacement;
  return number;
}

// `rest` begins behind "&#". Browsers read a number without ";" too.
std::optional<Decoded> numeric_entity(std::string_view rest) {
  const bool hex = !rest.empty() && (rest[0] == 'x' || rest[0] == 'X');
  const int base = hex ? 16 : 10;
  size_t at = hex ? 1 : 0;
  const size_t first = at;
  uint32_t number = 0;
  while (at < rest.size() && at < kEntityMax && digit_of(rest[at]) < base) {
    number = number * static_cast<uint32_t>(base) +
             static_cast<uint32_t>(digit_of(rest[at]));
    ++at;
  }
  if (at == first) return std::nullopt;
  if (at < rest.size() && rest[at] == ';') ++at;
  return Decoded{character_of(number), at + 2};
}

// `rest` begins at "&".
std::optional<Decoded> entity(std::string_view rest) {
  rest.remove_prefix(1);
  if (!rest.empty() && rest[0] == '#') return numeric_entity(rest.substr(1));
  const size_t end = rest.substr(0, kEntityMax + 1).find(';');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view name = rest.substr(0, end);
  const auto* found =
      std::find_if(kEntities.begin(), kEntities.end(),
                   [&](const Entity& e) { return e.name == name; });
  if (found == kEntities.end()) return std::nullopt;
  return Decoded{found->c, end + 2};
}

}  // namespace

bool begins_entity(std::string_view rest) {
  return entity(rest).has_value();
}

Pieces decode(std::string_view text, Disguise& disguise) {
  Pieces pieces;
  pieces.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) {
      c = kReplacement;
      disguise.invalid_bytes += static_cast<uint32_t>(at - begin);
    }
    if (c == '&') {
      if (const auto e = entity(text.substr(static_cast<size_t>(begin)))) {
        c = static_cast<UChar32>(e->c);
        at = begin + static_cast<int32_t>(e->size);
      }
    }
    pieces.push_back({static_cast<char32_t>(c), static_cast<uint32_t>(begin),
                      static_cast<uint32_t>(at)});
  }
  return pieces;
}

}  // namespace simwarden
