// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml.h"

#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <yaml.h>

#include "diag/characters.h"
#include "diag/check.h"
#include "notation/yaml_builder.h"
#include "notation/yaml_repair.h"
#include "notation/yaml_text.h"
#include "text/charset.h"

// text -> bytes that YAML allows -> libyaml's events -> YamlNode. libyaml
// stops at the first syntax error. What is odd in the bytes, and an error that
// can be guessed, is replaced by something harmless of the same length, so that
// all offsets stay and the rest can be read; any other error is where parsing
// cannot go on.
namespace simwarden {
namespace {

// What a person writes is smaller, and is not wrong in more places.
constexpr size_t kRepairedBytesMax = size_t{1} << 20;
constexpr size_t kRepairsMax = 128;

// libyaml's words for a line without a colon.
constexpr char kNoColon[] = "could not find expected ':'";

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view()
                         : reinterpret_cast<const char*>(text);
}

// libyaml counts characters, we count bytes. Its marks come nearly in order.
class Bytes {
 public:
  Bytes(std::string_view text, size_t base)
      : text_(text), base_(base), at_(base) {}

  size_t operator()(const yaml_mark_t& mark) {
    for (; characters_ > mark.index && at_ > base_; --characters_) {
      --at_;
      while (at_ > base_ && is_continuation(text_[at_])) --at_;
    }
    for (; characters_ < mark.index && at_ < text_.size(); ++characters_) {
      ++at_;
      while (at_ < text_.size() && is_continuation(text_[at_])) ++at_;
    }
    return at_;
  }

 private:
  std::string_view text_;
  size_t base_;
  size_t at_;
  size_t characters_ = 0;  // before at_
};

// libyaml's parser and its event at hand.
class Events {
 public:
  explicit Events(std::string_view text) {
    CHECK(yaml_parser_initialize(&parser_) == 1, "memory for a parser");
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parser_, reinterpret_cast<const unsigned char*>(text.data()),
        text.size());
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }

  // False: the text is not YAML; parser() knows why.
  bool next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) == 1;
  }
  const yaml_event_t& event() const { return event_; }
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

bool is_null(std::string_view plain) {
  return plain.empty() || plain == "~" || plain == "null" || plain == "Null" ||
         plain == "NULL";
}

class YamlRun {
 public:
  YamlRun(const SourceText& file, Issues& issues)
      : file_(file), issues_(issues) {}

  std::optional<YamlNode> run() {
    if (file_.text().size() > kYamlBytesMax) {
      issues_.add(file_.issue(
          "Y100", {}, fmt::format("larger than {} MiB", kYamlBytesMax >> 20),
          {}, "split the file"));
      return std::nullopt;
    }
    const std::string_view text = file_.text();
    // Else each of its characters would be a mistake.
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      issues_.add(file_.issue("Y101", {}, "this is UTF-16", {},
                              "save the file as UTF-8"));
      return std::nullopt;
    }
    const size_t base = text.size() - behind_utf8_mark(text).size();
    std::optional<std::string> clean = clean_yaml_text(file_, base, issues_);
    if (!clean) return std::nullopt;
    Attempt best = attempt(*clean, base);
    if (best.refusal || !best.odd_signs.empty()) {
      best = repair(std::move(*clean), base, std::move(best));
    }
    issues_.add_all(best.issues);
    return std::move(best.root);
  }

 private:
  // One parser's way through the text, told apart: another may get further.
  struct Attempt {
    explicit Attempt(Issues empty) : issues(std::move(empty)) {}

    bool further_than(const Attempt& other) const {
      if (root) return true;
      return refusal && other.refusal && refusal->at > other.refusal->at;
    }

    Issues issues;
    std::optional<YamlNode> root;
    std::optional<YamlRefusal> refusal;
    std::vector<size_t> odd_signs;
    // Of the last text in quotes, where it goes on behind its line.
    std::optional<size_t> long_quote;
  };

  Attempt attempt(const std::string& clean, size_t base) const {
    Attempt made(issues_.another());
    Events events(std::string_view(clean).substr(base));
    Bytes bytes(clean, base);
    YamlBuilder builder(file_, clean, made.issues);
    if (!parse(events, bytes, builder, made)) return made;
    made.root = builder.take();
    made.odd_signs = builder.odd_signs();
    if (made.root->place.line == 0) made.root->place = {1, 1, 1};
    return made;
  }

  // What is wrong with the syntax and can be guessed is told and set right, so
  // that the rest is read in the same run.
  Attempt repair(std::string clean, size_t base, Attempt best) {
    if (clean.size() > kRepairedBytesMax) return best;
    size_t tries = 0;
    while (repair_once(clean, base, best, tries)) {
    }
    return best;
  }

  // False when no repair helps.
  bool repair_once(std::string& clean, size_t base, Attempt& best,
                   size_t& tries) {
    for (const YamlRepairs& repairs : likely_repairs(clean, best)) {
      if (++tries > kRepairsMax) return false;
      std::string changed = repaired(clean, repairs);
      Attempt next = attempt(changed, base);
      if (!next.further_than(best)) continue;
      tell(repairs);
      clean = std::move(changed);
      best = std::move(next);
      return true;
    }
    return false;
  }

  static std::vector<YamlRepairs> likely_repairs(std::string_view clean,
                                                 const Attempt& best) {
    if (best.refusal) return repairs_of(clean, *best.refusal);
    if (best.odd_signs.empty()) return {};
    YamlRepairs repairs;
    for (const size_t at : best.odd_signs) {
      repairs.push_back(repair_of_sign(clean, at));
    }
    return {repairs};
  }

  // Of a line that is wrong in several ways the first is told.
  void tell(const YamlRepairs& repairs) {
    for (const YamlRepair& repair : repairs) {
      if (repair.message.empty()) continue;
      const Place place = file_.place_at(repair.at);
      const bool again = repair.code == "Y103" && place.line == told_line_;
      told_line_ = place.line;
      if (again) continue;
      issues_.add(
          file_.issue(repair.code, place, repair.message, {}, repair.help));
    }
  }

  // The first document, and the beginning of a second one.
  bool parse(Events& events, Bytes& bytes, YamlBuilder& builder,
             Attempt& made) const {
    size_t documents = 0;
    do {
      if (!events.next()) {
        refuse(events.parser(), bytes, made);
        return false;
      }
      const yaml_event_t& event = events.event();
      if (event.type == YAML_DOCUMENT_START_EVENT && ++documents > 1) {
        made.issues.add(file_.issue(
            "Y110", file_.place_at(bytes(event.start_mark)),
            "a second document begins here", "one file is one document"));
        return true;
      }
      const size_t at = bytes(event.start_mark);
      note_long_quote(event, at, made);
      build(event, at, builder);
      if (builder.too_deep()) return false;
    } while (events.event().type != YAML_STREAM_END_EVENT);
    return true;
  }

  // A quote that is not closed swallows lines up to the next one like it.
  static void note_long_quote(const yaml_event_t& event, size_t at,
                              Attempt& made) {
    made.long_quote.reset();
    if (event.type != YAML_SCALAR_EVENT) return;
    const yaml_scalar_style_t style = event.data.scalar.style;
    const bool quoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                        style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (quoted && event.start_mark.line < event.end_mark.line) {
      made.long_quote = at;
    }
  }

  static void build(const yaml_event_t& event, size_t at,
                    YamlBuilder& builder) {
    const auto name = [&](const yaml_char_t* anchor) {
      if (anchor != nullptr) builder.anchor(at, text_of(anchor));
    };
    switch (event.type) {
      case YAML_ALIAS_EVENT: return builder.alias(at);
      case YAML_SCALAR_EVENT:
        name(event.data.scalar.anchor);
        return build_scalar(event, at, builder);
      case YAML_SEQUENCE_START_EVENT:
        name(event.data.sequence_start.anchor);
        return builder.open(YamlNode::Type::sequence, at,
                            text_of(event.data.sequence_start.tag));
      case YAML_MAPPING_START_EVENT:
        name(event.data.mapping_start.anchor);
        return builder.open(YamlNode::Type::mapping, at,
                            text_of(event.data.mapping_start.tag));
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: return builder.close();
      default: return;
    }
  }

  static void build_scalar(const yaml_event_t& event, size_t at,
                           YamlBuilder& builder) {
    const auto& scalar = event.data.scalar;
    const std::string_view value(reinterpret_cast<const char*>(scalar.value),
                                 scalar.length);
    const bool quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!quoted && scalar.tag == nullptr && is_null(value)) {
      return builder.null(at, !value.empty());
    }
    builder.scalar(at, text_of(scalar.tag), quoted, value);
  }

  void refuse(const yaml_parser_t& parser, Bytes& bytes, Attempt& made) const {
    const std::string problem = text_in(parser.problem);
    // What was being read, where its end is what is missing.
    const bool at_end = bytes(parser.problem_mark) >= file_.text().size();
    const bool unfinished = at_end || problem == kNoColon;
    const yaml_mark_t& mark = unfinished && parser.context != nullptr
                                  ? parser.context_mark
                                  : parser.problem_mark;
    made.refusal =
        YamlRefusal{bytes(mark), problem, made.long_quote.has_value()};
    if (made.long_quote && !unfinished) {
      made.issues.add(file_.issue(
          "Y103", file_.place_at(*made.long_quote),
          fmt::format("not YAML: the text in quotes that begins here ends in "
                      "line {}, and more follows",
                      file_.place_at(made.refusal->at).line),
          "nothing else in this file was checked",
          "close the quote in its own line; a quote inside the text is doubled "
          "in single quotes, and \\\" in double ones"));
      return;
    }
    made.issues.add(file_.issue(
        "Y103", file_.place_at(made.refusal->at),
        "not YAML: " + reason_of(problem, text_in(parser.context)),
        "nothing else in this file was checked", help_for(*made.refusal)));
  }

  // In libyaml's words, but for the mistakes that are made most.
  static std::string reason_of(const std::string& problem,
                               const std::string& context) {
    if (problem == kNoColon) return "a key without its colon";
    if (problem == "found unexpected end of stream" &&
        context == "while scanning a quoted scalar") {
      return "this quote is never closed";
    }
    return context.empty() ? problem : problem + " " + context;
  }

  static std::string text_in(const char* text) {
    return text == nullptr ? "" : text;
  }

  const SourceText& file_;
  Issues& issues_;
  uint32_t told_line_ = 0;  // of the last repair
};

}  // namespace

std::vector<size_t> YamlOffsets::all() const {
  if (!each_.empty()) return each_;
  std::vector<size_t> each(size_);
  std::iota(each.begin(), each.end(), first_);
  return each;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.scalar == key) return &entry.value;
  }
  return nullptr;
}

std::optional<YamlNode> salvage_yaml(const SourceText& file, Issues& issues) {
  return YamlRun(file, issues).run();
}

std::optional<YamlNode> parse_yaml(const SourceText& file, Issues& issues) {
  const size_t before = issues.error_count();
  std::optional<YamlNode> root = salvage_yaml(file, issues);
  if (issues.error_count() > before) return std::nullopt;
  return root;
}

}  // namespace simwarden
