// SPDX-License-Identifier: Apache-2.0
#include "policy/list_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "likeness/phrases.h"
#include "notation/utf8.h"
#include "notation/yaml.h"
#include "policy/list_slips.h"
#include "policy/names.h"
#include "policy/unasked_lists.h"
#include "record/time.h"
#include "text/charset.h"

namespace simwarden {
namespace {

const std::vector<std::string>& kinds_of_lists() {
  static const std::vector<std::string> kKinds = {
      "domain",    "host",  "phone", "handle", "app_id",
      "sender_id", "brand", "text",  "phrase"};
  return kKinds;
}

// "180d"; 0 for what is no such number.
uint32_t days_of(std::string_view text) {
  constexpr uint32_t kLifeDaysMax = 3650;  // a list that lives longer has none
  if (!text.ends_with('d')) return 0;
  text.remove_suffix(1);
  uint32_t days = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, days);
  const bool whole = read.ec == std::errc() && read.ptr == end;
  return whole && days <= kLifeDaysMax ? days : 0;
}

void warn_of_slip(const SourceText& file, Place place, ListSlip slip,
                  Issues& issues) {
  Issue issue = file.issue("P196", place, std::move(slip.message), {},
                           std::move(slip.help));
  issue.severity = Severity::warning;
  issues.add(std::move(issue));
}

// A warning where nothing that is asked for can be `value`.
void look_for_slip(const SourceText& file, const NamedList& list, Place place,
                   std::string_view value, Issues& issues) {
  auto slip = slip_of(list, value);
  if (slip) warn_of_slip(file, place, std::move(*slip), issues);
}

class ListReader {
 public:
  ListReader(const SourceText& file, Issues& issues) : reader_(file, issues) {}

  ListFile read(const YamlNode& root) {
    if (root.type == YamlNode::Type::mapping) {
      reader_.keys(root, {"list", "title", "of", "status", "version", "checked",
                          "source", "note", "adds_to", "entries_from",
                          "entries", "review_every", "lint"});
      read_head(root);
      const bool plain = root.find("entries_from") != nullptr;
      const YamlNode* entries = root.find("entries");
      if (!plain) reader_.require(root, "entries");
      if (entries != nullptr) read_entries(*entries);
    } else {
      reader_.keys(root, {"list", "title", "of", "entries"});
    }
    return {std::make_shared<NamedList>(std::move(list_)), place_,
            adds_to_place_, entries_from_place_};
  }

 private:
  void read_head(const YamlNode& root) {
    list_.name = reader_.text(root, "list");
    if (const YamlNode* name = root.find("list")) {
      place_ = name->place;
      check_name(reader_, *name, '_');
      check_file_name(reader_, *name, "list");
    }
    list_.title = reader_.text(root, "title");
    list_.of = reader_.choice(root, "of", kinds_of_lists());
    list_.status = reader_.choice(root, "status", {"example", "reviewed"});
    list_.version = reader_.text(root, "version");
    check_version(root);
    list_.source = reader_.text(root, "source");
    list_.checked = reader_.text(root, "checked");
    if (!list_.checked.empty()) check_date(*root.find("checked"));
    read_life(root);
    check_excuses(reader_, root);
    check_kind(root);
    read_other_files(root);
    if (list_.of == "phrase") check_phrases(root);
  }

  // Weights stand in a plain file, which one run of `policy learn` wrote.
  void check_phrases(const YamlNode& root) {
    for (const std::string_view key : {"entries", "adds_to"}) {
      const YamlNode* node = root.find(key);
      if (node == nullptr) continue;
      reader_.complain(*node, "P168",
                       fmt::format("a list of phrases has no {}", key), {},
                       "entries_from: a file that `policy learn` wrote");
    }
  }

  void read_life(const YamlNode& root) {
    const YamlNode* every = root.find("review_every");
    if (every == nullptr) return;
    list_.review_every_days = days_of(every->scalar);
    if (list_.review_every_days > 0) return;
    reader_.complain(*every, "P169",
                     fmt::format("{} is not a number of days", every->scalar),
                     {}, "days from 1d to 3650d, such as 180d");
  }

  void read_other_files(const YamlNode& root) {
    if (const YamlNode* base = root.find("adds_to")) {
      list_.adds_to = reader_.text(root, "adds_to");
      adds_to_place_ = base->place;
      check_name(reader_, *base, '_');
    }
    const YamlNode* from = root.find("entries_from");
    if (from == nullptr) return;
    list_.entries_from = reader_.text(root, "entries_from");
    const std::string& name = list_.entries_from;
    const bool beside = name.ends_with(".txt") &&
                        name.find('/') == std::string::npos &&
                        !name.starts_with('.');
    entries_from_place_ = from->place;
    if (!beside || list_.of == "brand") {
      reader_.complain(*from, "P168",
                       beside ? "a brand stands for something, which a plain "
                                "file cannot say"
                              : fmt::format("{} is not a plain file beside "
                                            "this one",
                                            name),
                       {},
                       beside ? "write the brands under entries"
                              : "a name like hosts.txt, without a folder");
      list_.entries_from.clear();
    }
  }

  // Any text is one; what looks like a day is one.
  void check_version(const YamlNode& root) {
    const std::string& version = list_.version;
    constexpr std::string_view kDay = "0000-00-00";
    std::string shape(version);
    for (char& c : shape) c = is_digit(c) ? '0' : c;
    if (shape != kDay || parse_date(version)) return;
    reader_.complain(*root.find("version"), "P165",
                     fmt::format("{} is not a date", version), {},
                     "a date like 2026-11-24, or another name: v2");
  }

  void check_date(const YamlNode& checked) {
    if (checked.scalar == "never" || parse_date(checked.scalar)) return;
    reader_.complain(checked, "P165",
                     fmt::format("{} is not a date", checked.scalar), {},
                     "never, or a date like 2026-11-24");
  }

  void check_kind(const YamlNode& root) {
    const UnaskedListRow* wanted = unasked_list(list_.name);
    if (wanted == nullptr || list_.of.empty()) return;
    if (list_.of == wanted->of || list_.of == wanted->or_of) return;
    reader_.complain(
        *root.find("of"), "P162",
        fmt::format("the eye for contacts reads {} as a list of {}", list_.name,
                    wanted->of));
  }

  void read_entries(const YamlNode& entries) {
    if (entries.type != YamlNode::Type::sequence) {
      reader_.complain(entries, "Y126", "entries is not a list", {},
                       "- {value: …, source: …}");
      return;
    }
    list_.entries.reserve(entries.items.size());
    list_.keys.reserve(entries.items.size());
    for (const YamlNode& item : entries.items) read_entry(item);
    if (list_.of == "phone") look_for_national_numbers();
  }

  // Those that do not stand there in full as well.
  void look_for_national_numbers() {
    constexpr size_t kTail = 8;  // without the country code and the trunk's 0
    const auto tail_of = [kTail](const std::string& value) {
      const std::string digits = NamedList::canonical("phone", value);
      return digits.substr(digits.size() - std::min(digits.size(), kTail));
    };
    // A line to call may be written as it is dialled at home.
    const bool hotlines = list_.name == "official_hotlines" ||
                          list_.adds_to == "official_hotlines";
    std::set<std::string> in_full;
    for (const ListEntry& entry : list_.entries) {
      if (entry.value.starts_with('+')) in_full.insert(tail_of(entry.value));
    }
    for (size_t i = 0; i < list_.entries.size(); ++i) {
      const std::string& value = list_.entries[i].value;
      const bool slip =
          hotlines ? is_national_number(value) : lacks_country_code(value);
      if (!slip) continue;
      if (in_full.contains(tail_of(value))) continue;
      warn_of_slip(reader_.file(), places_[i],
                   {fmt::format("{} is found only where it is written so, "
                                "without its country code",
                                value),
                    "write it in full as well, such as '+447700900123'"},
                   reader_.issues());
    }
  }

  void read_entry(const YamlNode& item) {
    static const std::vector<std::string> kKeys = {
        "value",  "stands_for", "country", "operator", "confidence",
        "source", "checked",    "note",    "remove",   "suffix"};
    if (item.type == YamlNode::Type::scalar) {
      if (reader_.accept_text(item, "an entry")) {
        keep(item, {item.scalar, {}, {}, {}, {}, {}, {}}, false);
      }
      return;
    }
    if (!reader_.keys(item, kKeys) && item.type != YamlNode::Type::mapping) {
      return;
    }
    ListEntry entry;
    entry.value = reader_.text(item, "value");
    entry.stands_for = reader_.optional_text(item, "stands_for").value_or("");
    entry.country = reader_.optional_text(item, "country").value_or("");
    if (!entry.country.empty() && !is_country(entry.country)) {
      reader_.complain(*item.find("country"), "P157",
                       fmt::format("{} is not a country", entry.country), {},
                       "two capital letters (ISO 3166-1)");
    }
    entry.owner = reader_.optional_text(item, "operator").value_or("");
    if (item.find("confidence") != nullptr) {
      entry.confidence = reader_.choice(item, "confidence", confidences());
    }
    entry.source = reader_.optional_text(item, "source").value_or("");
    entry.checked = reader_.optional_text(item, "checked").value_or("");
    if (!entry.checked.empty()) check_date(*item.find("checked"));
    const bool remove = reads_remove(item);
    entry.suffix = reads_suffix(item);
    const YamlNode* value = item.find("value");
    if (value == nullptr || !is_text(*value)) return;
    keep(*value, std::move(entry), remove);
  }

  bool reads_remove(const YamlNode& item) {
    const YamlNode* remove = item.find("remove");
    if (remove == nullptr) return false;
    const bool yes = remove->scalar == "true" && !list_.adds_to.empty();
    if (!yes) {
      reader_.complain(*remove, "P168", "only an overlay takes entries away",
                       {}, "remove: true, in a list with adds_to");
    }
    return yes;
  }

  // The eye compares names with those of its lists one by one, and would not
  // know what such an entry's are.
  bool reads_suffix(const YamlNode& item) {
    const YamlNode* suffix = item.find("suffix");
    if (suffix == nullptr) return false;
    const std::string& laid_on =
        list_.adds_to.empty() ? list_.name : list_.adds_to;
    const bool yes = suffix->scalar == "true" && list_.of == "domain" &&
                     !is_read_unasked(laid_on);
    if (!yes) {
      reader_.complain(*suffix, "P168",
                       "only a list of domains that rules alone ask for has "
                       "suffixes",
                       {}, "suffix: true, in a list such as consumer_domains");
    }
    return yes;
  }

  void keep(const YamlNode& value, ListEntry entry, bool remove) {
    const std::string key = NamedList::canonical(list_.of, entry.value);
    if (remove && !list_.keys.contains(key) && list_.removed.insert(key)) {
      return;
    }
    const bool fresh =
        !remove && !list_.removed.contains(key) && list_.keys.insert(key);
    if (!fresh) {
      reader_.complain(value, "P160",
                       fmt::format("{} is in the list twice", entry.value));
    }
    look_for_slip(reader_.file(), list_, value.place, entry.value,
                  reader_.issues());
    check_brand(value, entry);
    if (entry.suffix) list_.suffixes.insert(key);
    list_.entries.push_back(std::move(entry));
    places_.push_back(value.place);
  }

  // Evidence names the domain that a brand stands for.
  void check_brand(const YamlNode& value, const ListEntry& brand) {
    const bool stands = list_.name == "brands" || list_.adds_to == "brands";
    if (!stands) return;
    if (brand.stands_for.empty()) {
      warn_of_slip(reader_.file(), value.place,
                   {fmt::format("{} stands for no domain", brand.value),
                    "{value: demotel, stands_for: demotel.example}"},
                   reader_.issues());
      return;
    }
    NamedList hosts;
    hosts.of = "domain";
    look_for_slip(reader_.file(), hosts, value.place, brand.stands_for,
                  reader_.issues());
  }

  YamlReader reader_;
  NamedList list_;
  std::vector<Place> places_;  // of the values of its entries
  Place place_{1, 1, 1};
  Place adds_to_place_{1, 1, 1};
  Place entries_from_place_{1, 1, 1};
};

// The canonical form of `value` in `into`; REQUIRES: room for all of it.
std::string_view canonical_into(std::string_view of, std::string_view value,
                                std::span<char> into) {
  const bool digits = of == "phone";
  const bool exact = of == "sender_id" || of == "text" || of == "phrase";
  size_t size = 0;
  for (const char c : value) {
    if (digits && (c < '0' || c > '9')) continue;
    const bool upper = c >= 'A' && c <= 'Z' && !exact;
    into[size++] = upper ? static_cast<char>(c | 0x20) : c;
  }
  return {into.data(), size};
}

std::string_view trimmed_line(std::string_view line) {
  const auto is_space = [](char c) {
    return c == ' ' || c == '\t' || c == '\r';
  };
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  return line;
}

// What is wrong with a value of a plain file; empty when nothing is.
std::string fault_of(std::string_view value) {
  if (value.size() > kListValueBytesMax) {
    return fmt::format("a value has at most {} bytes", kListValueBytesMax);
  }
  const bool words = std::any_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ';
  });
  return words ? "a line is one value, without blanks; a remark is a line of "
                 "its own that begins with #"
               : "";
}

}  // namespace

std::string NamedList::canonical(std::string_view of, std::string_view value) {
  std::string key(value.size(), '\0');
  key.resize(canonical_into(of, value, key).size());
  return key;
}

namespace {

// Longer ones are no names of hosts (RFC 1035, 2.3.4): a text of nothing but
// dots would be looked up from each of them.
constexpr size_t kHostNameMax = 253;

// "www.gov.example" for the suffix "gov.example", and not
// "www.gov.example.shop.example".
bool is_under_one(const WordSet& suffixes, std::string_view name) {
  if (name.size() > kHostNameMax) return false;
  for (size_t dot = name.find('.'); dot != name.npos && dot > 0;
       dot = name.find('.', dot + 1)) {
    if (suffixes.contains(name.substr(dot + 1))) return true;
  }
  return false;
}

bool holds(const NamedList& list, std::string_view key) {
  if (key.empty()) return false;
  if (list.keys.contains(key)) return true;
  return !list.suffixes.empty() && is_under_one(list.suffixes, key);
}

}  // namespace

bool NamedList::contains(std::string_view value) const {
  std::array<char, kListValueBytesMax> short_value;
  if (value.size() <= short_value.size()) {
    return holds(*this, canonical_into(of, value, short_value));
  }
  return holds(*this, canonical(of, value));
}

namespace {

// "1.53 verify your": a weight and what has it. What is wrong with it; empty
// when nothing is.
std::string add_phrase(std::string_view line, NamedList& list) {
  constexpr double kWeightMax = 100;
  const size_t space = std::min(line.find(' '), line.size());
  double weight = 0;
  const auto read = std::from_chars(line.data(), line.data() + space, weight);
  const bool whole = read.ec == std::errc() && read.ptr == line.data() + space;
  if (!whole || !(weight >= -kWeightMax && weight <= kWeightMax)) {
    return fmt::format("a line is a weight from -{0} to {0} and a phrase",
                       kWeightMax);
  }
  const std::string_view phrase = trimmed_line(line.substr(space));
  if (phrase.empty() || phrase.size() > kListValueBytesMax) {
    return fmt::format("a phrase has 1 to {} bytes", kListValueBytesMax);
  }
  const uint64_t key = phrase_key(phrase);
  if (key == 0) {
    return fmt::format(
        "{} is not one phrase: one or two words in small letters, every digit "
        "as 0, the first five letters of a word and *, or two or three "
        "characters of Han and the like",
        phrase);
  }
  if (list.keys.insert(phrase)) list.weights.push_back({key, weight});
  return "";
}

}  // namespace

void read_plain_list(const SourceText& file, NamedList& list, Issues& issues) {
  const std::string_view text = behind_utf8_mark(file.text());
  if (text.size() > kPlainListBytesMax) {
    issues.add(file.issue(
        "P161", {}, fmt::format("larger than {} MiB", kPlainListBytesMax >> 20),
        {}, "split the list: others may add to it (`adds_to`)"));
    return;
  }
  // Hosts have about 16 bytes; a guess, so that the set grows seldom.
  list.keys.reserve(text.size() / 16);
  std::array<char, kListValueBytesMax> key;
  size_t begin = 0;
  for (uint32_t line = 1; begin < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view value =
        trimmed_line(text.substr(begin, end - begin));
    begin = end + 1;
    if (value.empty() || value[0] == '#') continue;
    const bool phrases = list.of == "phrase";
    std::string fault = phrases ? "" : fault_of(value);
    if (utf8_prefix(value) < value.size()) fault = "a line is UTF-8";
    if (list.keys.size() >= kListLinesMax) {
      fault = fmt::format("a list has at most {} values", kListLinesMax);
    } else if (phrases && fault.empty()) {
      fault = add_phrase(value, list);
    }
    if (fault.empty()) {
      if (phrases) continue;
      list.keys.insert(canonical_into(list.of, value, key));
      look_for_slip(file, list, {line, 1, 1}, value, issues);
      continue;
    }
    issues.add(file.issue("P161", {line, 1, 1}, std::move(fault)));
    if (list.keys.size() >= kListLinesMax) return;
  }
}

void lay_over(const SourceText& file, const ListFile& over, NamedList& base,
              Issues& issues) {
  if (over.list->of != base.of) {
    issues.add(file.issue("P162", over.adds_to_place,
                          fmt::format("{} is a list of {}, this one of {}",
                                      base.name, base.of, over.list->of)));
    return;
  }
  for (const std::string& key : over.list->removed) {
    if (base.keys.contains(key)) continue;
    Issue issue = file.issue(
        "P167", over.adds_to_place,
        fmt::format("{} is not in {}, nothing was taken away", key, base.name));
    issue.severity = Severity::warning;
    issues.add(std::move(issue));
  }
  if (!over.list->removed.empty()) {
    base.keys.erase_all(over.list->removed);
    base.suffixes.erase_all(over.list->removed);
    std::erase_if(base.entries, [&](const ListEntry& entry) {
      return over.list->removed.contains(
          NamedList::canonical(base.of, entry.value));
    });
  }
  for (const std::string& key : over.list->keys) base.keys.insert(key);
  for (const std::string& key : over.list->suffixes) base.suffixes.insert(key);
  base.entries.insert(base.entries.end(), over.list->entries.begin(),
                      over.list->entries.end());
}

ListFile read_list(const SourceText& file, Issues& issues) {
  const auto root = salvage_yaml(file, issues);
  if (!root) {
    // Its name is known all the same: by the file.
    NamedList list;
    const size_t slash = file.name().rfind('/');
    list.name = file.name().substr(slash == std::string::npos ? 0 : slash + 1);
    if (list.name.ends_with(".yaml")) list.name.resize(list.name.size() - 5);
    return {std::make_shared<NamedList>(std::move(list)), {}, {}};
  }
  return ListReader(file, issues).read(*root);
}

std::vector<std::string_view> lists_of_the_eye() {
  std::vector<std::string_view> names;
  for (const UnaskedListRow& row : kUnaskedLists) {
    if (row.list != UnaskedList::scam_phrases) names.push_back(row.name);
  }
  return names;
}

bool is_read_unasked(std::string_view name) {
  return unasked_list(name) != nullptr;
}

}  // namespace simwarden
