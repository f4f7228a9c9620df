// SPDX-License-Identifier: Apache-2.0
#include "policy/pattern_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "cel/value/regex.h"
#include "diag/ascii.h"
#include "diag/characters.h"
#include "policy/names.h"
#include "policy/seen_pattern.h"
#include "policy/side_by_side.h"

namespace simwarden {
namespace {

// A capital letter that must be matched as such: not part of an escape or a
// flag, not in a pattern that folds case.
size_t find_capital(std::string_view pattern) {
  if (std::none_of(pattern.begin(), pattern.end(), is_capital) ||
      pattern.find("(?i") != std::string_view::npos) {
    return std::string_view::npos;
  }
  bool in_class_name = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      const bool property =
          i + 2 < pattern.size() && (pattern[i + 1] | 0x20) == 'p';
      const bool hex = i + 2 < pattern.size() && pattern[i + 1] == 'x';
      ++i;
      if ((property || hex) && pattern[i + 1] == '{') {
        i = std::min(pattern.find('}', i), pattern.size());
      } else if (property) {
        ++i;
      } else if (hex) {
        i += 2;
      }
    } else if (pattern[i] == '[' && i + 1 < pattern.size() &&
               pattern[i + 1] == ':') {
      in_class_name = true;
    } else if (pattern[i] == ']') {
      in_class_name = false;
    } else if (pattern.substr(i).starts_with("(?P<")) {
      i = std::min(pattern.find('>', i), pattern.size());
    } else if (pattern.substr(i).starts_with("(?")) {
      i = std::min(pattern.find_first_of(":)", i), pattern.size());
    } else if (!in_class_name && is_capital(pattern[i])) {
      return i;
    }
  }
  return std::string_view::npos;
}

PatternView view_of(std::string_view word) {
  if (word == "raw") return PatternView::raw;
  return word == "squeezed" ? PatternView::squeezed : PatternView::plain;
}

// A class of capitals alone, likewise; how the small ones are written stands
// beside it.
struct CapitalClass {
  std::string_view written;
  std::string_view small;
};
constexpr CapitalClass kCapitalClasses[] = {{R"(\p{Lu})", R"(\p{Ll})"},
                                            {R"(\p{Lt})", R"(\p{Ll})"},
                                            {"[:upper:]", "[:lower:]"}};

class PatternReader {
 public:
  explicit PatternReader(YamlReader& reader) : reader_(reader) {}

  PatternDraft read(const YamlNode::Entry& entry) {
    PatternDraft draft;
    draft.place = entry.key.place;
    draft.set.name = entry.key.scalar;
    check_name(reader_, entry.key, '_');
    const YamlNode& node = entry.value;
    reader_.keys(node, {"view", "near_contact", "any", "lint"});
    if (node.type != YamlNode::Type::mapping) return draft;
    view_ = view_of(
        reader_.choice(node, "view", {"raw", "plain", "squeezed"}, "plain"));
    draft.set.view = view_;
    draft.set.near_contact = read_near(node);
    check_excuses(reader_, node);
    if (!reader_.require(node, "any")) return draft;
    const YamlNode& any = *node.find("any");
    reader_.optional_texts(node, "any");  // complains about what is no text
    for (const YamlNode& item : any.items) {
      if (!is_text(item) || !check_visible(reader_, item)) continue;
      Pattern pattern(item.scalar);
      if (!accept(item, pattern)) continue;
      std::string seen = as_seen(item);
      if (seen != item.scalar) pattern = Pattern(seen);
      draft.set.any.push_back(std::move(seen));
      draft.set.places.push_back(item.place);
      draft.read.push_back(std::move(pattern));
    }
    if (any.type == YamlNode::Type::sequence && any.items.empty()) {
      reader_.complain(any, "P124", "a pattern set needs a pattern");
    }
    return draft;
  }

 private:
  std::optional<uint32_t> read_near(const YamlNode& node) {
    const auto near = reader_.optional_number(node, "near_contact");
    if (!near) return std::nullopt;
    const auto whole = static_cast<uint32_t>(
        std::clamp(*near, 0.0, double{kNearContactMax} + 1));
    if (whole < 1 || whole > kNearContactMax ||
        static_cast<double>(whole) != *near) {
      reader_.complain(*node.find("near_contact"), "P143",
                       fmt::format("near_contact must be a whole number from "
                                   "1 to {}",
                                   kNearContactMax));
      return std::nullopt;
    }
    return whole;
  }

  std::string as_seen(const YamlNode& item) {
    if (view_ == PatternView::raw) return item.scalar;
    SeenPattern seen = see_pattern(item.scalar);
    if (seen.unseen) warn_of(item, *seen.unseen);
    return std::move(seen.text);
  }

  void warn_of(const YamlNode& item, const UnseenSign& unseen) {
    const std::string& shown = unseen.shown;
    const bool blank = shown.empty() || shown.find(' ') != std::string::npos;
    std::string help = "leave it out, or look for it with view: raw";
    if (unseen.range) {
      help = fmt::format("write {}", shown);
    } else if (!blank) {
      help = fmt::format("write (?:{}|…) instead of the class", shown);
    }
    warn(item, unseen.at,
         fmt::format("{} never matches here: the view has {} in its place",
                     unseen.sign, blank ? "a blank" : shown),
         std::move(help));
  }

  bool accept(const YamlNode& item, const Pattern& pattern) {
    if (!pattern.error().empty()) {
      refuse(item, pattern.error(), pattern.offending());
      return false;
    }
    if (pattern.matches_empty()) {
      reader_.complain(item, "P142",
                       "the pattern matches the empty text, so every message");
      return false;
    }
    warn_of_the_impossible(item);
    return true;
  }

  // The caret stands at the piece that RE2 names, if it is there once.
  void refuse(const YamlNode& item, const std::string& why,
              const std::string& piece) {
    Place place = item.place;
    const size_t at =
        piece.empty() ? std::string::npos : item.scalar.find(piece);
    if (at != std::string::npos && piece != item.scalar) {
      place = reader_.file().place_at(item.offsets[at],
                                      uint32_t(count_characters(piece)));
    }
    reader_.issues().add(reader_.file().issue(
        "P140", place, fmt::format("RE2 refuses the pattern: {}", why), {},
        help_for(why, item.scalar, piece)));
  }

  static std::string help_for(const std::string& why,
                              const std::string& pattern,
                              const std::string& piece) {
    if (!why.starts_with("missing )")) {
      return std::string(cel::help_with(pattern, piece));
    }
    return "close the bracket; one that is a sign of the text is \\(";
  }

  void warn_of_the_impossible(const YamlNode& item) {
    if (view_ == PatternView::raw) return;
    const size_t capital = find_capital(item.scalar);
    if (capital != std::string_view::npos) {
      warn(item, capital,
           "this capital letter never matches: the view is lower case",
           "write it in lower case");
    }
    for (const CapitalClass& row : kCapitalClasses) {
      const size_t at = item.scalar.find(row.written);
      const bool both = item.scalar.find("(?i") != std::string::npos;
      if (at == std::string::npos || both) continue;
      warn(item, at,
           fmt::format("{} never matches: the view is lower case", row.written),
           fmt::format("write {}", row.small));
    }
    const size_t space = item.scalar.find(' ');
    if (view_ == PatternView::squeezed && space != std::string::npos) {
      warn(item, space, "this space never matches: squeezed text has none",
           "leave it out");
    }
  }

  void warn(const YamlNode& item, size_t at, std::string message,
            std::string help) {
    Issue issue =
        reader_.file().issue("P145", reader_.file().place_at(item.offsets[at]),
                             std::move(message), {}, std::move(help));
    issue.severity = Severity::warning;
    reader_.issues().add(std::move(issue));
  }

  YamlReader& reader_;
  PatternView view_ = PatternView::plain;
};

}  // namespace

std::vector<PatternDraft> read_patterns(YamlReader& reader,
                                        const YamlNode& pack) {
  const YamlNode* node = pack.find("patterns");
  std::vector<PatternDraft> drafts;
  if (node == nullptr) return drafts;
  if (node->type != YamlNode::Type::mapping) {
    reader.complain(*node, "Y120", "patterns is not a mapping", {},
                    "name: {view: plain, any: [...]}");
    return drafts;
  }
  drafts.resize(node->entries.size());
  side_by_side(drafts.size(), reader.issues(), [&](size_t i, Issues& issues) {
    YamlReader own(reader.file(), issues);
    drafts[i] = PatternReader(own).read(node->entries[i]);
  });
  return drafts;
}

}  // namespace simwarden
