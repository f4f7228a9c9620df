// SPDX-License-Identifier: Apache-2.0
#include "store/proof.h"

#include <bit>
#include <charconv>

namespace simwarden {

void RowHasher::field(std::string_view text) {
  constexpr size_t kSizeDigitsMax = 20;
  char* const begin = bytes_.room(kSizeDigitsMax + text.size() + 2);
  char* at = std::to_chars(begin, begin + kSizeDigitsMax, text.size()).ptr;
  *at++ = ':';
  TextPen::put(at, text);
  at += text.size();
  *at++ = ',';
  bytes_.wrote(size_t(at - begin));
}

void RowHasher::field(int64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  field(std::string_view(digits, size_t(end.ptr - digits)));
}

void RowHasher::field(double number) {
  // SQLite keeps no sign of zero.
  const auto bits = std::bit_cast<uint64_t>(number + 0.0);
  constexpr char kDigits[] = "0123456789abcdef";
  char text[16];
  for (int i = 0; i < 16; ++i) text[i] = kDigits[bits >> (60 - 4 * i) & 15];
  field(std::string_view(text, sizeof text));
}

Digest RowHasher::finish() {
  hash_.add(bytes_.text());
  bytes_.clear();
  return hash_.finish();
}

Digest RowHasher::personal(std::string_view salt, const VerdictFields& row) {
  field(salt);
  field(row.record_id);
  field(row.subject);
  if (row.json) field(*row.json);
  return finish();
}

Digest RowHasher::personal(std::string_view salt, const ErrorFields& row) {
  field(salt);
  field(row.message);
  return finish();
}

Digest RowHasher::verdict(const VerdictFields& row,
                          const std::vector<ShadowFields>& shadow,
                          const std::vector<WaivedFields>& waived,
                          const Digest& personal) {
  for (const int64_t number : {row.line, row.byte, row.kind, row.action}) {
    field(number);
  }
  field(row.score);
  field(row.profile);
  field(row.event_time);
  field(row.top_rule);
  for (const ShadowFields& hit : shadow) {
    field("shadow");
    field(hit.rule);
    field(hit.score);
  }
  for (const WaivedFields& hit : waived) {
    field("waived");
    field(hit.rule);
    field(hit.score);
    for (const std::string_view text :
         {hit.waiver, hit.asked_by, hit.approved_by, hit.why, hit.until}) {
      field(text);
    }
  }
  field(bytes_of(personal));
  return finish();
}

Digest RowHasher::error(const ErrorFields& row, const Digest& personal) {
  field(row.line);
  field(row.byte);
  field(row.code);
  field(bytes_of(personal));
  return finish();
}

}  // namespace simwarden
