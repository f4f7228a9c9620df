// SPDX-License-Identifier: Apache-2.0
#include "lint/excuses.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

// Where the last thing of a node stands. Its depth is bounded by kYamlDepthMax.
void find_last(const SourceText& file, const YamlNode& node,
               std::pair<uint32_t, uint32_t>& last) {
  last = std::max(last, {node.place.line, node.place.column});
  if (!node.offsets.empty()) {
    const Place end = file.place_at(node.offsets.back());
    last = std::max(last, {end.line, end.column});
  }
  for (const YamlNode& item : node.items) find_last(file, item, last);
  for (const YamlNode::Entry& entry : node.entries) {
    find_last(file, entry.key, last);
    find_last(file, entry.value, last);
  }
}

}  // namespace

Excuses::Excuses(const Reading& reading) {
  for (const PolicySources::OfPack& source : reading.sources.packs) {
    read_pack(source);
  }
  for (const ListSite& list : reading.lists) {
    read(*list.file, list.root, {1, 1, 1});
  }
}

void Excuses::read_pack(const PolicySources::OfPack& source) {
  for (const char* section : {"parameters", "patterns"}) {
    const YamlNode* node = source.root.find(section);
    if (node == nullptr) continue;
    for (const YamlNode::Entry& entry : node->entries) {
      read(source.file, entry.value, entry.key.place);
    }
  }
  for (const YamlNode& rule : source.root.find("rules")->items) {
    read(source.file, rule, rule.place);
  }
}

void Excuses::read(const SourceText& file, const YamlNode& node, Place begin) {
  const YamlNode* written = node.find("lint");
  if (written == nullptr) return;
  Spot end{begin.line, begin.column};
  find_last(file, node, end);
  for (const YamlNode::Entry& entry : written->entries) {
    excuses_.push_back({&file, {begin.line, begin.column}, end, &entry});
  }
}

bool Excuses::excuse(const Issue& issue) {
  const Spot at{issue.place.line, issue.place.column};
  bool excused = false;
  for (Excuse& one : excuses_) {
    if (one.written->key.scalar != issue.code) continue;
    if (one.file->name() != issue.file || at < one.begin || one.end < at) {
      continue;
    }
    one.used = excused = true;
  }
  return excused;
}

void Excuses::complain_about_idle(Findings& findings) const {
  for (const Excuse& one : excuses_) {
    const std::string& code = one.written->key.scalar;
    Place place = one.written->key.place;
    place.width = uint32_t(code.size());
    if (!one.used) {
      findings.add(
          *one.file, place,
          fmt::format("{} does not occur here: nothing is excused", code));
    } else if (one.written->value.scalar.empty()) {
      findings.add(*one.file, place,
                   fmt::format("the excuse of {} has no reason", code), {},
                   "say why it is right here");
    }
  }
}

}  // namespace simwarden
