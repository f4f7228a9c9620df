// SPDX-License-Identifier: Apache-2.0
#include "policy/profile_reader.h"

#include <fmt/format.h>

#include "policy/names.h"
#include "policy/parameters.h"

namespace simwarden {
namespace {

constexpr double kScoreMax = 100;

class ProfileReader {
 public:
  ProfileReader(const SourceText& file, const ProfileContext& context,
                Issues& issues)
      : reader_(file, issues), context_(context) {}

  ProfileFile read(const YamlNode& root) {
    reader_.keys(root, {"profile", "title", "status", "country", "note",
                        "thresholds", "parameters"});
    if (root.type == YamlNode::Type::mapping) {
      read_head(root);
      read_thresholds(root);
      read_values(root);
    }
    for (auto& entry : values_) {
      profile_.parameters.push_back(std::move(entry.second));
    }
    return {std::move(profile_), place_, std::move(places_)};
  }

 private:
  void read_head(const YamlNode& root) {
    profile_.name = reader_.text(root, "profile");
    if (const YamlNode* name = root.find("profile")) {
      place_ = name->place;
      check_name(reader_, *name, '-');
      if (context_.named_by_file) check_file_name(reader_, *name, "profile");
    }
    profile_.title = reader_.text(root, "title");
    profile_.status = reader_.choice(root, "status", {"example", "reviewed"});
    profile_.note = reader_.optional_text(root, "note").value_or("");
    profile_.country = reader_.text(root, "country");
    check_country(reader_, root);
  }

  void read_thresholds(const YamlNode& root) {
    const YamlNode* node = root.find("thresholds");
    if (node == nullptr) return;
    reader_.keys(*node, {"review", "hold", "refuse"});
    Thresholds& t = profile_.thresholds;
    t.review = reader_.optional_number(*node, "review").value_or(t.review);
    t.hold = reader_.optional_number(*node, "hold").value_or(t.hold);
    t.refuse = reader_.optional_number(*node, "refuse").value_or(t.refuse);
    const bool rising = 0 < t.review && t.review <= t.hold &&
                        t.hold <= t.refuse && t.refuse <= kScoreMax;
    if (rising) return;
    reader_.complain(*node, "P156",
                     fmt::format("thresholds must rise: review {} hold {} "
                                 "refuse {}",
                                 t.review, t.hold, t.refuse),
                     {}, "0 < review <= hold <= refuse <= 100");
  }

  void read_values(const YamlNode& root) {
    values_ = *context_.declared;
    const YamlNode* node = root.find("parameters");
    if (node == nullptr) return;
    if (node->type != YamlNode::Type::mapping) {
      reader_.complain(*node, "Y120", "parameters is not a mapping", {},
                       "name: {value: …, source: …}");
      return;
    }
    for (const YamlNode::Entry& entry : node->entries) read_value(entry);
  }

  void read_value(const YamlNode::Entry& entry) {
    reader_.keys(entry.value, {"value", "source", "confidence"});
    const auto found = values_.find(entry.key.scalar);
    if (found == values_.end()) return unknown(entry.key);
    if (entry.value.type != YamlNode::Type::mapping) return;
    Parameter& parameter = found->second;
    parameter.source = reader_.text(entry.value, "source");
    parameter.confidence =
        reader_.choice(entry.value, "confidence", confidences(), "default");
    if (!reader_.require(entry.value, "value")) return;
    auto value = read_value_of(reader_, *entry.value.find("value"), parameter);
    if (!value) return;
    parameter.value = std::move(*value);
    places_[parameter.name] = entry.value.find("value")->place;
  }

  void unknown(const YamlNode& key) {
    if (context_.declared_elsewhere(key.scalar)) return;
    std::vector<std::string> names;
    for (const auto& entry : values_) names.push_back(entry.first);
    std::string help = did_you_mean(key.scalar, names, reader_.issues());
    if (help.empty()) {
      help =
          "name the folder of the pack that declares it as well: "
          "policy check policies ours";
    }
    reader_.complain(
        key, "P153",
        fmt::format("no pack declares the parameter {}", key.scalar), {},
        std::move(help));
  }

  YamlReader reader_;
  const ProfileContext& context_;
  Profile profile_;
  Place place_{1, 1, 1};
  std::map<std::string, Parameter> values_;
  std::map<std::string, Place> places_;
};

}  // namespace

ProfileFile read_profile(const SourceText& file, const ProfileContext& context,
                         Issues& issues) {
  const auto root = salvage_yaml(file, issues);
  if (!root) return {};
  return ProfileReader(file, context, issues).read(*root);
}

Profile profile_of_defaults(const std::map<std::string, Parameter>& declared) {
  Profile profile;
  profile.name = "generic";
  profile.title = "Defaults of the packs";
  profile.status = "example";
  for (const auto& entry : declared) profile.parameters.push_back(entry.second);
  return profile;
}

}  // namespace simwarden
