// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <unordered_set>

#include <fmt/format.h>

#include "contact/conformance/report.h"
#include "contact/conformance/shipped.h"
#include "contact/contact.h"
#include "files.h"

// Every word of a file that is a host or a URL, once, against the shipped
// lists: how many are said to imitate whom, by reason. Over benign names each
// is false.
namespace simwarden::conformance {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n\",;'";
  std::vector<std::string_view> words;
  for (size_t i = text.find_first_not_of(kBetween); i < text.size();) {
    const size_t end = std::min(text.find_first_of(kBetween, i), text.size());
    words.push_back(text.substr(i, end - i));
    i = text.find_first_not_of(kBetween, end);
  }
  return words;
}

std::optional<Link> link_of(std::string_view word, const Registry& registry) {
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  if (word.find("://") == word.npos) {
    Link link = examine_host(word, registry);
    if (link.registrable.empty()) return std::nullopt;
    return link;
  }
  Followable found = find_followable(see(word), registry, "");
  if (found.links.empty()) return std::nullopt;
  return std::move(found.links.front());
}

}  // namespace

void run_lookalikes(const std::filesystem::path& file, Report& report) {
  const Registry registry = shipped_registry();
  const std::string text = read_all(file);
  std::unordered_set<std::string> seen;
  std::map<std::string, size_t> counts;
  size_t hosts = 0;
  for (const std::string_view word : words_of(text)) {
    if (word.find('.') == word.npos) continue;
    const auto link = link_of(word, registry);
    if (!link || !seen.insert(link->url).second) continue;
    ++hosts;
    ++counts[link->official ? "official" : link->lookalike_reason];
    if (link->lookalike_of.empty()) {
      report.pass("imitates nobody");
    } else {
      report.differ("imitates nobody", link->lookalike_reason,
                    link->url + " of " + link->lookalike_of);
    }
  }
  const size_t said = hosts - counts[""] - counts["official"];
  report.figure(fmt::format(
      "{} of {} imitate somebody: {:.2f} in 10,000", said, hosts,
      hosts == 0
          ? 0.0
          : 10000.0 * static_cast<double>(said) / static_cast<double>(hosts)));
  report.figure(fmt::format("{} are official", counts["official"]));
}

}  // namespace simwarden::conformance
