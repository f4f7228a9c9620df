// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_text.h"

#include <fmt/format.h>

#include "notation/utf8.h"

// One pass. A file full of the same mistake is one issue a line.
namespace simwarden {
namespace {

class Cleaner {
 public:
  Cleaner(const SourceText& file, size_t base, Issues& issues)
      : file_(file), at_(base), issues_(issues) {}

  std::string run() {
    clean_ = file_.text();
    while (at_ < file_.text().size()) step();
    return std::move(clean_);
  }

 private:
  void step() {
    const std::string& text = file_.text();
    const auto c = static_cast<unsigned char>(text[at_]);
    if (c >= 0x80) {
      const size_t size = utf8_size_at(text, at_);
      if (size == 0) replace("Y101", '_', "this byte is not UTF-8");
      at_ += size == 0 ? 1 : size;
      return;
    }
    if (c == '\n') shown_ = false;
    if (c == '\t') {
      replace("Y102", ' ', "a tab",
              "write spaces; in a regular expression \\t");
    } else if (is_control(c)) {
      replace("Y101", '_', fmt::format("the control character {:#04x}", c));
    }
    ++at_;
  }

  bool is_control(unsigned char c) const {
    if (c == '\n') return false;
    if (c == '\r') {
      return at_ + 1 >= file_.text().size() || file_.text()[at_ + 1] != '\n';
    }
    return c < 0x20 || c == 0x7F;
  }

  void replace(std::string code, char by, std::string message,
               std::string help = {}) {
    clean_[at_] = by;
    if (shown_) return;
    shown_ = true;
    issues_.add(file_.issue(std::move(code), file_.place_at(at_),
                            std::move(message), "not allowed",
                            std::move(help)));
  }

  const SourceText& file_;
  size_t at_;
  Issues& issues_;
  std::string clean_;
  bool shown_ = false;  // an issue was shown on this line
};

}  // namespace

std::string clean_yaml_text(const SourceText& file, size_t base,
                            Issues& issues) {
  return Cleaner(file, base, issues).run();
}

}  // namespace simwarden
