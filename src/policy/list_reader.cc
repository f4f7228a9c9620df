// SPDX-License-Identifier: Apache-2.0
#include "policy/list_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "notation/yaml.h"
#include "policy/names.h"

namespace simwarden {
namespace {

const std::vector<std::string>& kinds_of_lists() {
  static const std::vector<std::string> kKinds = {
      "domain", "host",      "phone", "handle",
      "app_id", "sender_id", "brand", "text"};
  return kKinds;
}

// What the eye expects of its lists (docs/packs.md).
struct EyeList {
  std::string_view name;
  std::string_view of;
  std::string_view or_of;
};
constexpr std::array<EyeList, 10> kEyeLists = {{
    {"official_domains", "domain", "domain"},
    {"official_hosts", "host", "host"},
    {"official_hotlines", "phone", "phone"},
    {"official_handles", "handle", "handle"},
    {"shorteners", "domain", "host"},
    {"free_hosting", "domain", "host"},
    {"image_hosts", "domain", "host"},
    {"brands", "brand", "brand"},
    {"short_brands", "brand", "text"},
    {"disposable_mail", "domain", "host"},
}};

const EyeList* eye_list(std::string_view name) {
  const auto* found =
      std::find_if(kEyeLists.begin(), kEyeLists.end(),
                   [&](const EyeList& row) { return row.name == name; });
  return found == kEyeLists.end() ? nullptr : found;
}

class ListReader {
 public:
  ListReader(const SourceText& file, Issues& issues) : reader_(file, issues) {}

  ListFile read(const YamlNode& root) {
    if (root.type == YamlNode::Type::mapping) {
      reader_.keys(root, {"list", "title", "of", "status", "version", "checked",
                          "source", "note", "entries"});
      read_head(root);
      if (reader_.require(root, "entries")) read_entries(*root.find("entries"));
    } else {
      reader_.keys(root, {"list", "title", "of", "entries"});
    }
    return {std::make_shared<const NamedList>(std::move(list_)), place_};
  }

 private:
  void read_head(const YamlNode& root) {
    list_.name = reader_.text(root, "list");
    if (const YamlNode* name = root.find("list")) {
      place_ = name->place;
      check_name(reader_, *name, '_');
      check_file_name(*name);
    }
    list_.title = reader_.text(root, "title");
    list_.of = reader_.choice(root, "of", kinds_of_lists());
    list_.status = reader_.choice(root, "status", {"example", "reviewed"});
    list_.version = reader_.text(root, "version");
    list_.source = reader_.text(root, "source");
    list_.checked = reader_.text(root, "checked");
    if (!list_.checked.empty() && list_.checked != "never" &&
        !is_date(list_.checked)) {
      reader_.complain(*root.find("checked"), "P165",
                       fmt::format("{} is not a date", list_.checked), {},
                       "never, or a date like 2026-11-24");
    }
    check_kind(root);
  }

  void check_file_name(const YamlNode& name) {
    const std::string& path = reader_.file().name();
    const std::string base = path.substr(path.rfind('/') + 1);
    if (base == name.scalar + ".yaml" || name.scalar.empty()) return;
    reader_.complain(name, "P102",
                     fmt::format("the list {} stands in {}", name.scalar, base),
                     {}, fmt::format("name the file {}.yaml", name.scalar));
  }

  void check_kind(const YamlNode& root) {
    const EyeList* wanted = eye_list(list_.name);
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
  }

  void read_entry(const YamlNode& item) {
    static const std::vector<std::string> kKeys = {
        "value",      "stands_for", "country", "operator",
        "confidence", "source",     "note"};
    if (item.type == YamlNode::Type::scalar) {
      if (reader_.accept_text(item, "an entry")) {
        keep(item, {item.scalar, {}, {}, {}, {}, {}});
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
    const YamlNode* value = item.find("value");
    if (value != nullptr && is_text(*value)) keep(*value, std::move(entry));
  }

  void keep(const YamlNode& value, ListEntry entry) {
    const bool fresh =
        list_.keys.insert(NamedList::canonical(list_.of, entry.value)).second;
    if (!fresh) {
      reader_.complain(value, "P160",
                       fmt::format("{} is in the list twice", entry.value));
    }
    list_.entries.push_back(std::move(entry));
  }

  YamlReader reader_;
  NamedList list_;
  Place place_{1, 1, 1};
};

}  // namespace

std::string NamedList::canonical(std::string_view of, std::string_view value) {
  std::string key;
  key.reserve(value.size());
  if (of == "phone") {
    for (const char c : value) {
      if (c >= '0' && c <= '9') key.push_back(c);
    }
    return key;
  }
  const bool exact = of == "sender_id" || of == "text";
  for (const char c : value) {
    const bool upper = c >= 'A' && c <= 'Z' && !exact;
    key.push_back(upper ? static_cast<char>(c | 0x20) : c);
  }
  return key;
}

bool NamedList::contains(std::string_view value) const {
  const std::string key = canonical(of, value);
  return !key.empty() && keys.contains(key);
}

ListFile read_list(const SourceText& file, Issues& issues) {
  const auto root = salvage_yaml(file, issues);
  if (!root) {
    // Its name is known all the same: by the file.
    NamedList list;
    const size_t slash = file.name().rfind('/');
    list.name = file.name().substr(slash == std::string::npos ? 0 : slash + 1);
    if (list.name.ends_with(".yaml")) list.name.resize(list.name.size() - 5);
    return {std::make_shared<const NamedList>(std::move(list)), {}};
  }
  return ListReader(file, issues).read(*root);
}

bool is_list_of_the_eye(std::string_view name) {
  return eye_list(name) != nullptr;
}

}  // namespace simwarden
