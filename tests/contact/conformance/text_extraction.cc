// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "contact/conformance/report.h"
#include "contact/conformance/shipped.h"
#include "files.h"
#include "link/url.h"
#include "notation/yaml.h"

// twitter-text's extract.yml (urls) and linkify-it's links.txt and
// not_links.txt: which links stand in a text. Both sides are compared as
// browsers would open them; "http" and "https" are one when none was written.
namespace simwarden::conformance {
namespace {

std::string normal(std::string_view written) {
  std::string text(written);
  // A mail address is one, with its scheme or without.
  if (text.rfind("mailto:", 0) == 0 || text.rfind("MAILTO:", 0) == 0) {
    text.erase(0, 7);
  }
  const size_t colon = text.find(':');
  const bool schemed = text.find("://") != text.npos;
  if (!schemed || colon == text.npos) {
    text = (text.rfind("//", 0) == 0 ? "https:" : "https://") + text;
  }
  const auto url = parse_url(text);
  return url ? url->href() : text;
}

struct Score {
  size_t right = 0;
  size_t missed = 0;
  size_t invented = 0;

  void tell(std::string_view set, Report& report) const {
    const auto share = [](size_t part, size_t other) {
      return part + other == 0 ? 1.0
                               : static_cast<double>(part) /
                                     static_cast<double>(part + other);
    };
    report.figure(fmt::format("{}: precision {:.3f}, recall {:.3f}", set,
                              share(right, invented), share(right, missed)));
  }
};

std::set<std::string> found_in(const std::string& text, const Registry& lists,
                               bool with_mail) {
  std::set<std::string> out;
  const Followable found = find_followable(see(text), lists, "");
  for (const Link& link : found.links) {
    if (!link.host.empty() || with_mail) out.insert(normal(link.url));
  }
  if (!with_mail) return out;
  for (const Contact& contact : found.contacts) {
    if (contact.kind == "email") out.insert(normal(contact.value));
  }
  return out;
}

// A written scheme and host, which the set does not want because the name is
// not a registered one.
std::string_view why_ours(const std::string& url, const std::string& text) {
  const size_t host = url.find("://") + 3;
  const size_t end = std::min(url.find('/', host), url.size());
  const bool written =
      text.find("://" + url.substr(host, end - host)) != text.npos;
  return written ? "ours alone: a browser opens it" : "ours alone";
}

void compare(std::string_view set, const std::string& text,
             const std::set<std::string>& wanted,
             const std::set<std::string>& got, Report& report, Score& score) {
  for (const std::string& one : wanted) {
    if (got.count(one) != 0) {
      ++score.right;
      report.pass(set);
    } else {
      ++score.missed;
      report.differ(set, "missed", one + "   IN   " + text);
    }
  }
  for (const std::string& one : got) {
    if (wanted.count(one) != 0) continue;
    ++score.invented;
    report.differ(set, why_ours(one, text), one + "   IN   " + text);
  }
}

void run_twitter(const std::filesystem::path& file, const Registry& lists,
                 Report& report) {
  Score score;
  Issues unheard;  // its authors were not held to our strictness
  const auto root =
      salvage_yaml(SourceText(file.string(), read_all(file)), unheard);
  const YamlNode* tests = root ? root->find("tests") : nullptr;
  const YamlNode* urls = tests ? tests->find("urls") : nullptr;
  if (!urls) return report.figure("twitter-text urls: not to be read");
  for (const YamlNode& row : urls->items) {
    std::set<std::string> wanted;
    for (const YamlNode& url : row.find("expected")->items) {
      wanted.insert(normal(url.scalar));
    }
    const std::string& text = row.find("text")->scalar;
    compare("twitter-text urls", text, wanted, found_in(text, lists, false),
            report, score);
  }
  score.tell("twitter-text urls", report);
}

// Rows: a text, and on the next line what is linked in it when that is less
// than all. "%" begins a remark.
std::vector<std::vector<std::string>> rows_of(const std::string& file) {
  std::vector<std::vector<std::string>> rows(1);
  std::istringstream in(file);
  for (std::string line; std::getline(in, line);) {
    const bool remark = !line.empty() && line[0] == '%';
    for (const char* mark : {" % ", "  %", "  //", " // "}) {
      line = line.substr(0, line.find(mark));
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (line.empty() || remark) {
      if (!rows.back().empty()) rows.emplace_back();
    } else {
      rows.back().push_back(line);
    }
  }
  if (rows.back().empty()) rows.pop_back();
  return rows;
}

void run_linkify(const std::filesystem::path& folder, const Registry& lists,
                 Report& report) {
  Score score;
  for (const auto& row : rows_of(read_all(folder / "links.txt"))) {
    compare("linkify-it links", row.front(), {normal(row.back())},
            found_in(row.front(), lists, true), report, score);
  }
  for (const auto& row : rows_of(read_all(folder / "not_links.txt"))) {
    for (const std::string& text : row) {
      const auto got = found_in(text, lists, true);
      if (got.empty()) report.pass("linkify-it not links");
      for (const std::string& one : got) {
        ++score.invented;
        report.differ("linkify-it not links", "ours alone",
                      one + "   IN   " + text);
      }
    }
  }
  score.tell("linkify-it", report);
}

}  // namespace

void run_text_extraction(const std::filesystem::path& folder, Report& report) {
  const Registry lists = shipped_registry();
  run_twitter(folder / "twitter-text/extract.yml", lists, report);
  run_linkify(folder / "linkify-it", lists, report);
}

}  // namespace simwarden::conformance
