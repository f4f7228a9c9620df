// SPDX-License-Identifier: Apache-2.0
#include "conformance/own.h"

#include <algorithm>
#include <fstream>
#include <memory>

#include <fmt/format.h>

#include "cel/library/library.h"
#include "cel/syntax/parser.h"
#include "conformance/codec.h"
#include "conformance/coverage.h"
#include "conformance/world.h"

namespace conformance {
namespace {

namespace fs = std::filesystem;
using simwarden::Error;
using simwarden::Result;
using simwarden::Trouble;

constexpr std::string_view kArrow = " => ";
constexpr std::string_view kOfType = " :: ";

struct Line {
  size_t number;
  std::string text;
};

// Comments and empty lines left out, continued lines joined.
std::vector<Line> read_lines(std::istream& in) {
  std::vector<Line> lines;
  std::string text;
  for (size_t number = 1; std::getline(in, text); ++number) {
    const bool group = text.starts_with("##");
    if (text.empty() || (text[0] == '#' && !group)) continue;
    if (text.starts_with("    ") && !lines.empty()) {
      lines.back().text += "\n" + text;
    } else {
      lines.push_back({number, text});
    }
  }
  return lines;
}

class Group {
 public:
  World& world() { return world_; }
  cel::CompileOptions& options() { return options_; }

  // "x: int = 3"; false when it cannot be read.
  bool variable(const std::string& text) {
    const size_t colon = text.find(": ");
    if (colon == std::string::npos) return false;
    const size_t equals = text.find(" = ", colon);
    const std::string name = text.substr(0, colon);
    const size_t begin = colon + 2;
    const auto type = cel::read_signature(fmt::format(
        "f({}) -> bool",
        text.substr(begin,
                    equals == std::string::npos ? equals : equals - begin)));
    if (!type || type->params.size() != 1) return false;
    world_.declare(name, type->params[0]);
    const uint32_t slot = world_.environment().find(name)->slot;
    if (equals == std::string::npos) {
      world_.bind(name, world_.keep().make_missing(slot, 0));
      return true;
    }
    simwarden::Issues issues;
    auto value = cel::compile(text.substr(equals + 3), {}, {}, issues, {});
    if (!value) return false;
    World nothing{Tree{true, {}, {}}};
    world_.bind(name, value->evaluate(nothing, world_.keep()));
    programs_.push_back(std::move(value));  // constants of the value
    return true;
  }

 private:
  World world_{Tree{true, {}, {}}};
  cel::CompileOptions options_;
  std::vector<std::unique_ptr<const cel::Program>> programs_;
};

// "!C113 1:3" of what does not compile.
std::string refusal(const simwarden::Issues& issues, bool with_place) {
  const simwarden::Issue first = issues.sorted()[0];
  if (!with_place) return "!" + first.code;
  return fmt::format("!{} {}:{}", first.code, first.place.line,
                     first.place.column);
}

std::string answer(Group& group, const std::string& source,
                   const std::string& expected, bool fold) {
  cel::CompileOptions options = group.options();
  options.fold = fold;
  simwarden::Issues issues;
  const auto program =
      cel::compile(source, group.world().environment(), {}, issues, options);
  if (!program) {
    return refusal(issues, expected.find(' ') != std::string::npos);
  }
  cel::Scratch scratch;
  std::string text = to_text(program->evaluate(group.world(), scratch));
  const std::string together = ask_suite(*program, group.world());
  if (together != text) return "in a suite " + together;
  if (expected.find(kOfType) == std::string::npos) return text;
  return fmt::format("{}{}{}", text, kOfType, type_text(program->type()));
}

class OwnFile {
 public:
  OwnFile(std::string name, Table& table, Coverage& coverage,
          std::vector<std::string>& failures)
      : name_(std::move(name)),
        table_(table),
        coverage_(coverage),
        failures_(failures) {}

  void run(std::istream& in) {
    for (const Line& line : read_lines(in)) {
      const bool read = line.text[0] == '@' || line.text[0] == '#'
                            ? directive(line.text)
                            : one(line);
      if (!read) fail(line, "this line cannot be read");
    }
  }

 private:
  bool directive(const std::string& text) {
    constexpr std::string_view kVar = "@var ";
    constexpr std::string_view kContainer = "@container ";
    if (text[0] == '#') {
      group_ = std::make_unique<Group>();
    } else if (text.starts_with(kVar)) {
      return group_->variable(text.substr(kVar.size()));
    } else if (text.starts_with(kContainer)) {
      group_->options().container = text.substr(kContainer.size());
    } else if (text == "@unchecked") {
      group_->options().checked = false;
    } else {
      return false;
    }
    return true;
  }

  bool one(const Line& line) {
    const size_t arrow = line.text.rfind(kArrow);
    if (arrow == std::string::npos) return false;
    const std::string source = line.text.substr(0, arrow);
    const std::string expected = line.text.substr(arrow + kArrow.size());
    const std::string folded = answer(*group_, source, expected, true);
    const std::string plain = answer(*group_, source, expected, false);
    if (folded == expected && plain == expected) {
      table_.passed(name_);
    } else {
      table_.failed(name_);
      fail(line, fmt::format("{} => {}", source,
                             folded == expected ? plain : folded));
    }
    cover(source);
    return true;
  }

  void cover(const std::string& source) {
    simwarden::Issues issues;
    const cel::Origin origin;
    cel::Complaints complaints(source, origin, issues);
    cel::Ast ast;
    if (!cel::parse(source, ast, complaints)) return;
    const cel::Notes notes = cel::check(ast, group_->world().environment(),
                                        group_->options(), complaints);
    coverage_.add(ast, notes);
  }

  void fail(const Line& line, const std::string& what) {
    failures_.push_back(fmt::format("{}:{}: {}", name_, line.number, what));
  }

  std::string name_;
  Table& table_;
  Coverage& coverage_;
  std::vector<std::string>& failures_;
  std::unique_ptr<Group> group_ = std::make_unique<Group>();
};

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (has_own_cases(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

bool has_own_cases(const fs::path& path) {
  if (!fs::is_directory(path)) return path.extension() == ".cases";
  return std::any_of(fs::directory_iterator(path), fs::directory_iterator(),
                     [](const fs::directory_entry& entry) {
                       return entry.path().extension() == ".cases";
                     });
}

Result<std::vector<std::string>> run_own(const fs::path& path, Table& table) {
  std::vector<std::string> failures;
  Coverage coverage;
  for (const fs::path& file : files_of(path)) {
    std::ifstream in(file);
    if (!in) return Error{Trouble::input, file.string() + ": cannot be read"};
    OwnFile(file.filename().string(), table, coverage, failures).run(in);
  }
  if (!fs::is_directory(path)) return failures;
  for (const std::string& name : coverage.unused()) {
    failures.push_back("no case uses the " + name);
  }
  return failures;
}

}  // namespace conformance
