// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cel/value/environment.h"
#include "policy/ruleset.h"

// A file system that is a map, and a handful of facts: policy/ is handed its
// schema and does not know the real one.
namespace simwarden::sample {

class MapFiles final : public PolicyFiles {
 public:
  void put(const std::string& path, std::string text) {
    files_[path] = std::move(text);
  }
  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) {
      return Error{Trouble::environment, path + ": no such file"};
    }
    return found->second;
  }
  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    std::set<std::string> names;
    const std::string prefix = folder + "/";
    for (const auto& entry : files_) {
      if (!entry.first.starts_with(prefix)) continue;
      const std::string rest = entry.first.substr(prefix.size());
      names.insert(rest.substr(0, rest.find('/')));
    }
    if (names.empty()) {
      return Error{Trouble::environment, folder + ": no such folder"};
    }
    return std::vector<std::string>(names.begin(), names.end());
  }
  Result<bool> has(const std::string& path) const override {
    return files_.contains(path) || list(path).ok();
  }

 private:
  std::map<std::string, std::string> files_;
};

inline constexpr uint32_t kSchemaSlots = 100;

inline cel::Environment request_facts() {
  cel::Environment made;
  uint32_t slot = 0;
  const auto add = [&](const char* name, const cel::Type* type,
                       std::vector<std::string> choices = {}) {
    made.add(cel::Variable{name, type, slot++, std::move(choices)});
  };
  add("request.reason", cel::string_type(), {"lost", "stolen", "upgrade"});
  add("request.channel.type", cel::string_type(),
      {"store_own", "dealer", "call_centre"});
  add("request.channel.id", cel::string_type());
  add("request.channel.domain", cel::string_type());
  add("request.fee.amount", cel::double_type());
  add("request.fee.tariff_amount", cel::double_type());
  add("request.created_at", cel::timestamp_type());
  add("request.recent.sim_swap_at", cel::timestamp_type());
  add("request.identity.document.presented_as", cel::string_type());
  add("request.tags", cel::list_type(cel::string_type()));
  add("request.counter.swaps", cel::int_type());
  add("request.verified", cel::bool_type());
  return made;
}

inline cel::Environment message_facts() {
  cel::Environment made;
  static const cel::Type* const kLink =
      cel::object_type("sample_link", {{"host", cel::string_type(), {}, ""},
                                       {"kind", cel::string_type(), {}, ""}});
  uint32_t slot = 50;
  const auto add = [&](const char* name, const cel::Type* type) {
    made.add(cel::Variable{name, type, slot++, {}});
  };
  add("message.text", cel::string_type());
  add("message.sender", cel::string_type());
  add("message.links", cel::list_type(kLink));
  return made;
}

// A pack of one family and these rules; `before` stands before them.
inline std::string pack(std::string_view asks, const std::string& rules,
                        const std::string& before = "") {
  return "pack: demo\nversion: 1.0.0\nasks: " + std::string(asks) +
         "\ntitle: Demo\nfamilies: {a: A}\n" + before + "rules:\n" + rules;
}

// A rule of it; `more` and `body` are lines of it.
inline std::string rule(std::string_view id, std::string_view body,
                        std::string_view more = "") {
  return std::string("  - id: ") + std::string(id) +
         "\n    title: T\n    family: a\n    severity: high\n    score: 40\n"
         "    reason: R.\n    remedy: Do.\n" +
         std::string(more) + "    " + std::string(body) + "\n";
}

// Loads with the facts above.
struct Loaded {
  std::shared_ptr<const Ruleset> ruleset;  // null: see issues or error
  Issues issues;
  std::string error;
};
inline Loaded load(const PolicyFiles& files, std::vector<std::string> paths,
                   const std::string& extra_profile = {},
                   std::vector<std::string> extra_lists = {}) {
  static const cel::Environment kRequest = request_facts();
  static const cel::Environment kMessage = message_facts();
  LoadOptions options;
  options.paths = std::move(paths);
  options.request_facts = &kRequest;
  options.message_facts = &kMessage;
  options.schema_slots = kSchemaSlots;
  options.extra_profile = extra_profile;
  options.extra_lists = std::move(extra_lists);
  Loaded loaded;
  auto made = load_ruleset(files, options, loaded.issues);
  if (made) {
    loaded.ruleset = *made;
  } else {
    loaded.error = made.error().what;
  }
  return loaded;
}

}  // namespace simwarden::sample
