// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml.h"

#include <algorithm>
#include <exception>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "notation/yaml_builder.h"
#include "notation/yaml_text.h"

// text -> bytes that YAML allows -> yaml-cpp's events -> YamlNode. yaml-cpp
// throws at the first syntax error; that is where parsing cannot go on. What
// is odd in the bytes is replaced by something harmless of the same length,
// so that all offsets stay and the rest can be read.
namespace simwarden {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Events of a second document are only looked at for their beginning.
class SecondDocument final : public YAML::EventHandler {
 public:
  const YAML::Mark& begin() const { return begin_; }

  void OnDocumentStart(const YAML::Mark& mark) override { begin_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  YAML::Mark begin_;
};

class YamlRun {
 public:
  YamlRun(const SourceText& file, Issues& issues)
      : file_(file), issues_(issues) {}

  std::optional<YamlNode> run() {
    if (file_.text().size() > kYamlBytesMax) {
      issues_.add(file_.issue(
          "Y100", {}, fmt::format("bigger than {} bytes", kYamlBytesMax), {},
          "split the file"));
      return std::nullopt;
    }
    const std::string_view text = file_.text();
    base_ = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const std::string clean = clean_yaml_text(file_, base_, issues_);
    std::istringstream stream(clean.substr(base_));
    YamlBuilder builder(file_, {clean, base_}, issues_);
    if (!parse(stream, builder) || builder.broken()) return std::nullopt;
    YamlNode root = builder.take();
    if (root.place.line == 0) root.place = {1, 1, 1};
    return root;
  }

 private:
  bool parse(std::istream& stream, YamlBuilder& builder) {
    try {
      YAML::Parser parser(stream);
      parser.HandleNextDocument(builder);
      SecondDocument second;
      if (parser.HandleNextDocument(second)) {
        complain("Y110", second.begin(), "a second document begins here",
                 "one file is one document");
      }
      return true;
    } catch (const YAML::Exception& e) {
      complain("Y103", e.mark, fmt::format("not YAML: {}", e.msg));
    } catch (const std::exception& e) {
      complain("Y103", YAML::Mark::null_mark(),
               fmt::format("not YAML: {}", e.what()));
    }
    return false;
  }

  void complain(std::string_view code, const YAML::Mark& mark,
                std::string message, std::string label = {}) {
    Place place;
    if (!mark.is_null() && mark.pos >= 0) {
      place = file_.place_at(base_ + static_cast<size_t>(mark.pos));
    }
    issues_.add(file_.issue(std::string(code), place, std::move(message),
                            std::move(label)));
  }

  const SourceText& file_;
  Issues& issues_;
  size_t base_ = 0;
};

}  // namespace

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
