// SPDX-License-Identifier: Apache-2.0
#include "scan/shape.h"

#include <algorithm>
#include <iterator>

#include "scan/fold.h"
#include "scan/regex_reader.h"
#include "scan/shape_part.h"

// A pattern is read from the left, by descent; shape_part.h puts together what
// was read.

namespace simwarden {
namespace {

// Puts a pattern together while it is read.
class Builder {
 public:
  std::optional<Shape> build(std::string_view pattern) {
    RegexReader reader(pattern);
    if (!read_ways(reader) || !reader.at_end()) return std::nullopt;
    Shape shape = are_apart() ? shape_of_ways() : shape_of_all();
    shape.instructions_max = reader.sure() ? instructions_ + 16 : UINT64_MAX;
    return shape;
  }

 private:
  struct Way {
    std::string text;
    std::vector<ShapePart> parts;  // words in a row, or one
    bool folds = false;            // (?i) stands in it
    bool anchored = false;         // asks where the text begins or ends
    bool changed = false;          // a capital letter was folded
  };

  // Deeper nesting is left to RE2.
  static constexpr int kDepthMax = 40;

  // Calls read() for a row and those behind its bars.
  template <class Read>
  bool read_rows(RegexReader& reader, Read&& read) {
    uint64_t instructions = 2;
    uint32_t repeats = 1;
    do {
      if (!read()) return false;
      instructions += instructions_ + 2;
      repeats = std::max(repeats, repeats_);
    } while (reader.take('|'));
    instructions_ = instructions;
    repeats_ = repeats;
    return true;
  }

  bool read_either(RegexReader& reader, int depth, ShapePart& result) {
    if (depth > kDepthMax) return false;
    std::vector<ShapePart> parts;
    if (!read_rows(reader, [&] { return read_row(reader, depth, parts); })) {
      return false;
    }
    result = either(std::move(parts));
    return true;
  }

  bool read_ways(RegexReader& reader) {
    return read_rows(reader, [&] { return read_way(reader); });
  }

  // A row of the outermost level. Flags hold for all that follow: what stands
  // in front is said of each way again.
  bool read_way(RegexReader& reader) {
    const bool first = ways_.empty();
    if (!first && after_word_ && is_word(reader.row_ahead())) {
      ways_.back().text += '|';
    } else {
      ways_.emplace_back().text = flags_;
    }
    Way& way = ways_.back();
    now_ = &way;
    const size_t begin = reader.at();
    if (!read_row(reader, 0, way.parts)) return false;
    std::string_view row = reader.between(begin, reader.at());
    way.text += row;
    if (first) row.remove_prefix(flags_.size());
    together_ |= row.empty();
    after_word_ = is_word(row);
    return true;
  }

  static bool is_word(std::string_view row) {
    return row.find_first_of("\\[]().*+?{}^$") == row.npos;
  }

  static bool at_row_end(const RegexReader& reader) {
    return reader.at_end() || reader.peek() == '|' || reader.peek() == ')';
  }

  void add_letters(std::vector<ShapePart>& parts) const {
    if (parts.empty() || !parts.back().rows) {
      parts.emplace_back();
      parts.back().rows = true;
      parts.back().words.clear();
    }
    parts.back().words.push_back(letters_);
  }

  bool read_row(RegexReader& reader, int depth, std::vector<ShapePart>& parts) {
    uint64_t instructions = 0;
    uint32_t repeats = 1;
    const bool begins = read_letters(reader, instructions);
    if (begins && at_row_end(reader)) {  // as most rows do
      instructions_ = instructions;
      repeats_ = repeats;
      add_letters(parts);
      return true;
    }
    ShapeRow row;
    if (begins) row.add(letters_);
    while (!at_row_end(reader)) {
      if (read_letters(reader, instructions)) {
        row.add(letters_);
        continue;
      }
      ShapePart part;
      instructions_ = 0;
      repeats_ = 1;
      if (!read_part(reader, depth, part)) return false;
      if (!repeat(reader, part)) return false;
      instructions += instructions_;
      repeats = std::max(repeats, repeats_);
      if (instructions > kTooLong) return false;
      row.add(std::move(part));
    }
    instructions_ = instructions;
    repeats_ = repeats;
    parts.push_back(row.finish());
    return true;
  }

  // Letters that stand for themselves and are folded already, at once.
  bool read_letters(RegexReader& reader, uint64_t& instructions) {
    const std::string_view letters = reader.letters_ahead();
    if (letters.empty()) return false;
    folded_.fold(letters);
    if (!folded_.same()) return false;
    instructions += reader.skip(letters);
    letters_.bytes = letters;
    return true;
  }

  bool repeat(RegexReader& reader, ShapePart& part) {
    RegexCount count;
    if (!reader.read_count(count)) return false;
    if (!count.given) return true;
    const bool endless = count.most == kNoEnd;
    const uint32_t copies = endless ? count.least : count.most;
    // RE2 refuses counts within counts beyond this.
    repeats_ *= std::max(copies, 1u);
    if (repeats_ > kRegexCountMax) return false;
    instructions_ = (instructions_ + 3) * (uint64_t{copies} + 1);
    part = repeated(std::move(part), count);
    return true;
  }

  bool read_part(RegexReader& reader, int depth, ShapePart& part) {
    const size_t begin = reader.at();
    if (!reader.take('(')) return read_atom(reader, part);
    const RegexFlags before = reader.flags();
    switch (reader.read_group_head()) {
      case RegexGroup::unknown: return false;
      case RegexGroup::flags_only:
        if (begin == 0) flags_ = reader.between(0, reader.at());
        together_ |= depth == 0 && begin > 0;
        return !reader.at_count();
      case RegexGroup::opened: break;
    }
    if (!read_either(reader, depth + 1, part)) return false;
    instructions_ += 2;  // of a capture
    reader.set_flags(before);
    return reader.take(')');
  }

  bool read_atom(RegexReader& reader, ShapePart& part) {
    RegexAtom atom;
    if (!reader.read_atom(atom)) return false;
    now_->folds |= reader.flags().fold;
    instructions_ = atom.instructions;
    switch (atom.is) {
      case RegexAtom::Is::edge:
        part.words[0].before = part.words[0].after =
            atom.inside ? Edge::inside : Edge::boundary;
        return !reader.at_count();
      case RegexAtom::Is::anchor:
        now_->anchored = true;
        give_up_words(part);
        return !reader.at_count();
      case RegexAtom::Is::wide:
        part.exact = false;
        part.words.clear();
        part.branches.push_back({{},
                                 {atom.width_least, atom.width_most,
                                  atom.digit ? 1U : 0U, atom.stops}});
        return true;
      case RegexAtom::Is::characters: break;
    }
    part.words.clear();
    for (const std::string& character : atom.characters) {
      ShapeWord word;
      folded_.fold(character);
      word.bytes = folded_.folded();
      word.any_case = reader.flags().fold || word.bytes != character;
      now_->changed |= word.bytes != character;
      const bool known = std::any_of(
          part.words.begin(), part.words.end(),
          [&](const ShapeWord& one) { return one.bytes == word.bytes; });
      if (!known) part.words.push_back(std::move(word));
    }
    return true;
  }

  bool are_apart() const {
    return !together_ && ways_.size() > 1 && ways_.size() <= kWaysMax &&
           !std::all_of(ways_.begin(), ways_.end(), is_plain);
  }

  // Words are looked for without RE2.
  static bool is_plain(const Way& way) {
    const bool exact =
        std::all_of(way.parts.begin(), way.parts.end(),
                    [](const ShapePart& part) { return part.exact; });
    return exact && !way.folds && !way.anchored && !way.changed;
  }

  static Shape finish(Way way) {
    ShapePart part = either(std::move(way.parts));
    Shape shape;
    shape.only_words = part.exact && can_be_step(part.words) && !way.folds &&
                       !way.changed && !way.anchored;
    give_up_words(part);
    shape.branches = std::move(part.branches);
    shape.width = widest(shape.branches);
    return shape;
  }

  Shape shape_of_all() {
    Way all;
    for (Way& way : ways_) {
      std::move(way.parts.begin(), way.parts.end(),
                std::back_inserter(all.parts));
      all.folds |= way.folds;
      all.anchored |= way.anchored;
      all.changed |= way.changed;
    }
    return finish(std::move(all));
  }

  Shape shape_of_ways() {
    Shape shape;
    for (Way& way : ways_) {
      shape.ways.push_back(std::move(way.text));
      const Shape& one = shape.of_ways.emplace_back(finish(std::move(way)));
      shape.branches.insert(shape.branches.end(), one.branches.begin(),
                            one.branches.end());
    }
    shape.width = widest(shape.branches);
    return shape;
  }

  // Longer ones are RE2's to judge, and to refuse.
  static constexpr uint64_t kTooLong = 1'000'000;

  FoldedText folded_;
  ShapeWord letters_;
  uint64_t instructions_ = 0;  // of what was read last
  uint32_t repeats_ = 1;       // counts within counts, multiplied
  std::string flags_;          // that stand in front of all
  std::vector<Way> ways_;
  Way* now_ = nullptr;       // the last of them, while it is read
  bool after_word_ = false;  // the last way ends with one
  bool together_ = false;    // the ways cannot stand alone
};

}  // namespace

std::optional<Shape> shape_of(std::string_view pattern) {
  return Builder().build(pattern);
}

}  // namespace simwarden
