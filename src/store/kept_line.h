// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/fields.h"

// One record's kept facts, read from their line (docs/store.md, "Kept facts").
//
//   KeptLine line({"channel.type", "auth.factors[].type"});
//   if (!line.read(text)) …                       // it is no JSON
//   if (line.fact(0).is_text()) …line.fact(0).text…
//   for (const KeptFact& type : line.items(1)) …
//
// Only the facts that were asked for are read. One thread.
namespace simwarden {

enum class KeptState : uint8_t {
  absent,   // not recorded
  null,     // recorded as null
  invalid,  // recorded with a value that is none
  masked,   // recorded; nothing of the value is kept
  token,    // recorded; a pseudonym is kept (privacy/tokens.h)
  text,
  number,
  boolean,
};

struct KeptFact {
  KeptState state = KeptState::absent;
  // Of `text` the value, times in RFC 3339 as recorded; of `token` the
  // pseudonym, "t1:…". Lives until the next next().
  std::string_view text;
  std::string_view excerpt;  // of a text that is kept by one, masked
  double number = 0;
  bool boolean = false;

  bool is_text() const { return state == KeptState::text; }
  bool is_true() const { return state == KeptState::boolean && boolean; }
  // Whether the record had a value, kept or not.
  bool is_recorded() const { return state >= KeptState::masked; }
};

class KeptLine {
 public:
  // `facts`: names as in the input, without the kind ("channel.type",
  // "auth.factors[].type", "links[].host"; of a list of texts "recipients[]").
  // The same name means the fact of either kind. Names that no record has are
  // absent everywhere.
  explicit KeptLine(std::vector<std::string> facts);
  ~KeptLine();
  KeptLine(const KeptLine&) = delete;
  KeptLine& operator=(const KeptLine&) = delete;

  // False when it is no JSON object; then nothing below is to be asked. What
  // was read lives until the next read(), and as long as `line`.
  // REQUIRES: kPadding bytes may be read behind the line.
  bool read(std::string_view line);

  Kind kind() const { return kind_; }
  // By its place in `facts`; of a list by its bare name only whether it was
  // recorded. REQUIRES: it is no name with [].
  const KeptFact& fact(size_t index) const { return facts_[index]; }
  // Of a name with []: one of each item, in order; members of one list have as
  // many. Empty when the list is, or was not recorded.
  std::span<const KeptFact> items(size_t index) const { return items_[index]; }

  // What simdjson may read past the end of a text.
  static constexpr size_t kPadding = 64;

 private:
  struct Reader;

  std::unique_ptr<Reader> reader_;
  Kind kind_ = Kind::request;
  std::vector<KeptFact> facts_;
  std::vector<std::vector<KeptFact>> items_;
};

}  // namespace simwarden
