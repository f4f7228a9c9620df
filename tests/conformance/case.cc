// SPDX-License-Identifier: Apache-2.0
#include "conformance/case.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace conformance {
namespace {

namespace fs = std::filesystem;
using simwarden::Error;
using simwarden::Result;
using simwarden::Status;
using simwarden::Trouble;

bool is_simple(const std::string& file) {
  return file.ends_with(".textproto") || file == "cases.jsonl";
}

bool is_printed(const std::string& file) {
  return file == "parsing.jsonl" || file == "checking.jsonl" ||
         file == "comprehension.jsonl";
}

std::string data_of(const Tree& tree) {
  Tree rest{true, {}, {}};
  for (const auto& field : tree.fields) {
    const bool named = field.name == "name" || field.name == "expr" ||
                       field.name == "description" || field.name == "file" ||
                       field.name == "section" || field.name == "scope";
    if (!named) rest.fields.push_back(field);
  }
  return rest.one_line();
}

Case simple_case(const std::string& file, const std::string& section,
                 Tree tree) {
  Case made;
  made.file = file;
  made.name = section + "/" + tree.text_of("name");
  made.scope = tree.text_of("scope");
  made.expr = tree.text_of("expr");
  made.data = data_of(tree);
  made.tree = std::move(tree);
  return made;
}

void add_textproto(const std::string& file, const Tree& whole,
                   std::vector<Case>& cases) {
  for (const Tree* section : whole.all("section")) {
    for (const Tree* test : section->all("test")) {
      cases.push_back(simple_case(file, section->text_of("name"), *test));
    }
  }
}

Case printed_case(const std::string& file, size_t line, Tree tree) {
  Case made;
  made.kind = Kind::printed;
  made.file = file;
  made.name = fmt::format("line {}", line);
  const Tree* original = tree.find("original");
  if (original) made.expr = original->text_of("expr");
  made.data = data_of(tree);
  made.tree = std::move(tree);
  return made;
}

Status add_json_lines(const std::string& file, std::istream& in,
                      std::vector<Case>& cases) {
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    Result<Tree> tree = read_json(line);
    if (!tree) {
      return Error{Trouble::input,
                   fmt::format("{}:{}: {}", file, number, tree.error().what)};
    }
    if (is_printed(file)) {
      cases.push_back(printed_case(file, number, *std::move(tree)));
      continue;
    }
    const std::string group = file + ":" + tree->text_of("file");
    const std::string section = tree->text_of("section");
    cases.push_back(simple_case(group, section, *std::move(tree)));
  }
  return simwarden::Done{};
}

Status add_file(const fs::path& path, std::vector<Case>& cases) {
  const std::string file = path.filename().string();
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return Error{Trouble::input,
                 fmt::format("{}: cannot be read", path.string())};
  }
  if (!file.ends_with(".textproto")) return add_json_lines(file, in, cases);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const Result<Tree> whole = read_textproto(text);
  if (!whole) {
    return Error{Trouble::input,
                 fmt::format("{}: {}", file, whole.error().what)};
  }
  add_textproto(file, *whole, cases);
  return simwarden::Done{};
}

}  // namespace

Result<std::vector<Case>> read_cases(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      const std::string name = entry.path().filename().string();
      if (is_simple(name) || is_printed(name)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::vector<Case> cases;
  for (const fs::path& file : files) {
    const Status read = add_file(file, cases);
    if (!read) return read.error();
  }
  return cases;
}

}  // namespace conformance
