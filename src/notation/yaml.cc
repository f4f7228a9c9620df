// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml.h"

#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <yaml.h>

#include "diag/characters.h"
#include "diag/check.h"
#include "notation/yaml_builder.h"
#include "notation/yaml_text.h"
#include "text/charset.h"

// text -> bytes that YAML allows -> libyaml's events -> YamlNode. libyaml
// stops at the first syntax error; that is where parsing cannot go on. What
// is odd in the bytes is replaced by something harmless of the same length,
// so that all offsets stay and the rest can be read.
namespace simwarden {
namespace {

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
    const std::string clean = clean_yaml_text(file_, base, issues_);
    Events events(std::string_view(clean).substr(base));
    Bytes bytes(clean, base);
    YamlBuilder builder(file_, clean, issues_);
    if (!parse(events, bytes, builder)) return std::nullopt;
    YamlNode root = builder.take();
    if (root.place.line == 0) root.place = {1, 1, 1};
    return root;
  }

 private:
  // The first document, and the beginning of a second one.
  bool parse(Events& events, Bytes& bytes, YamlBuilder& builder) {
    size_t documents = 0;
    do {
      if (!events.next()) return refuse(events.parser(), bytes);
      const yaml_event_t& event = events.event();
      if (event.type == YAML_DOCUMENT_START_EVENT && ++documents > 1) {
        complain("Y110", bytes(event.start_mark),
                 "a second document begins here", "one file is one document");
        return true;
      }
      build(event, bytes(event.start_mark), builder);
      if (builder.too_deep()) return false;
    } while (events.event().type != YAML_STREAM_END_EVENT);
    return true;
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

  bool refuse(const yaml_parser_t& parser, Bytes& bytes) {
    // What was being read, where its end is what is missing.
    const bool at_end = bytes(parser.problem_mark) >= file_.text().size();
    const bool opened = at_end && parser.context != nullptr;
    const yaml_mark_t& mark =
        opened ? parser.context_mark : parser.problem_mark;
    complain("Y103", bytes(mark), "not YAML: " + reason_of(parser));
    return false;
  }

  // In libyaml's words, but for the mistake that is made most.
  static std::string reason_of(const yaml_parser_t& parser) {
    const std::string problem = text_in(parser.problem);
    const std::string context = text_in(parser.context);
    if (problem == "found unexpected end of stream" &&
        context == "while scanning a quoted scalar") {
      return "this quote is never closed";
    }
    return context.empty() ? problem : problem + " " + context;
  }

  static std::string text_in(const char* text) {
    return text == nullptr ? "" : text;
  }

  void complain(std::string_view code, size_t at, std::string message,
                std::string label = {}) {
    issues_.add(file_.issue(std::string(code), file_.place_at(at),
                            std::move(message), std::move(label)));
  }

  const SourceText& file_;
  Issues& issues_;
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
