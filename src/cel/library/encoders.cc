// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>

#include "cel/library/library.h"
#include "cel/value/faults.h"

// base64 of RFC 4648; when reading, the padding may be left out.
namespace cel {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode(Arguments a, Scratch& scratch) {
  const std::string_view octets = a[0].as_bytes();
  std::string out;
  for (size_t at = 0; at < octets.size(); at += 3) {
    const std::string_view group = octets.substr(at, 3);
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; ++i) {
      const char c = i < group.size() ? group[i] : '\0';
      bits = bits << 8 | static_cast<unsigned char>(c);
    }
    for (size_t i = 0; i < 4; ++i) {
      out += i <= group.size() ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
  return scratch.make_string(out);
}

Value decode(Arguments a, Scratch& scratch) {
  std::string_view text = a[0].as_string();
  const bool padded = text.ends_with('=');
  if (padded && text.size() % 4 != 0) return fail(kConversion);
  if (text.ends_with('=')) text.remove_suffix(1);
  if (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return fail(kConversion);
  std::string out;
  uint32_t bits = 0;
  unsigned waiting = 0;
  for (const char c : text) {
    const size_t six = kAlphabet.find(c);
    if (six == std::string::npos) return fail(kConversion);
    bits = bits << 6 | static_cast<uint32_t>(six);
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    out += static_cast<char>(bits >> waiting & 0xFF);
  }
  return scratch.make_bytes(out);
}

constexpr FunctionRow kRows[] = {
    {"base64.encode(bytes) -> string", encode},
    {"base64.decode(string) -> bytes", decode},
};

constexpr FunctionDoc kDocs[] = {
    {"base64.encode", "The bytes in base64 (RFC 4648).",
     "base64.encode(b'hello')", "'aGVsbG8='"},
    {"base64.decode",
     "The bytes that a text in base64 stands for; the padding may be left out.",
     "base64.decode('aGVsbG8=')", "b'hello'"},
};

}  // namespace

Family encoder_functions() {
  return {"Encodings", kRows, kDocs};
}

}  // namespace cel
