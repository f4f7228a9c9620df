// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "contact/ascii.h"
#include "contact/lookalike.h"

namespace simwarden {
namespace {

// Labels shorter than this have too many honest neighbours (domain notes).
constexpr size_t kEditLabelMin = 5;

std::string half_key(char side, size_t size, std::string_view half) {
  std::string key(1, side);
  key += std::to_string(size);
  key += ' ';
  key += half;
  return key;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string skeleton_of(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const char next = at(name, i + 1);
    if (c == 'r' && next == 'n') {
      out += 'm';
      ++i;
    } else if (c == 'v' && next == 'v') {
      out += 'w';
      ++i;
    } else if (c == '1' || c == 'i') {
      out += 'l';
    } else {
      out += c == '0' ? 'o' : c;
    }
  }
  return out;
}

int edit_distance(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return 2;
  size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() != b.size()) return a.substr(i) == b.substr(i + 1) ? 1 : 2;
  if (a.substr(i + 1) == b.substr(i + 1)) return 1;
  const bool swapped = i + 1 < a.size() && a[i] == b[i + 1] &&
                       a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
  return swapped ? 1 : 2;
}

LookalikeIndex::LookalikeIndex(const Registry& registry) {
  for (const auto& [brand, domain] : registry.brands) {
    const std::string skeleton = skeleton_of(brand);
    if (skeleton.empty()) continue;
    auto& row = brands_[skeleton];
    row.push_back({brand, domain, registry.short_brands.count(brand) != 0,
                   is_number(brand)});
    // So that the answer does not hang on the order of a hash table.
    std::sort(row.begin(), row.end(), [](const Brand& a, const Brand& b) {
      return a.written < b.written;
    });
    lengths_.push_back(skeleton.size());
  }
  std::sort(lengths_.begin(), lengths_.end());
  lengths_.erase(std::unique(lengths_.begin(), lengths_.end()), lengths_.end());
  labels_.reserve(registry.official_domains.size());
  for (const std::string& domain : registry.official_domains) {
    add_label(domain);
  }
  for (const auto& row : labels_) {
    const Label& label = row.second;
    const Label*& place = skeletons_[skeleton_of(label.text)];
    if (place == nullptr || label.domain < place->domain) place = &label;
    if (label.text.size() < kEditLabelMin || is_number(label.text)) continue;
    const std::string_view text = label.text;
    const size_t half = (text.size() - 2) / 2;
    halves_[half_key('<', text.size(), text.substr(0, half))].push_back(&label);
    halves_[half_key('>', text.size(), text.substr(text.size() - half))]
        .push_back(&label);
  }
}

void LookalikeIndex::add_label(const std::string& domain) {
  std::string text = domain.substr(0, domain.find('.'));
  Label& label = labels_[text];
  if (label.domain.empty() || domain < label.domain) label.domain = domain;
  label.text = std::move(text);
}

const std::vector<LookalikeIndex::Brand>* LookalikeIndex::brands(
    const std::string& skeleton) const {
  const auto found = brands_.find(skeleton);
  return found == brands_.end() ? nullptr : &found->second;
}

const LookalikeIndex::Label* LookalikeIndex::label(
    const std::string& text) const {
  const auto found = labels_.find(text);
  return found == labels_.end() ? nullptr : &found->second;
}

const LookalikeIndex::Label* LookalikeIndex::label_of_skeleton(
    const std::string& skeleton) const {
  const auto found = skeletons_.find(skeleton);
  return found == skeletons_.end() ? nullptr : found->second;
}

std::vector<const LookalikeIndex::Label*> LookalikeIndex::near(
    std::string_view label) const {
  std::vector<const Label*> found;
  if (label.size() + 1 < kEditLabelMin) return found;
  const auto take = [&](const std::string& key) {
    const auto row = halves_.find(key);
    if (row == halves_.end()) return;
    found.insert(found.end(), row->second.begin(), row->second.end());
  };
  for (size_t size = label.size() - 1; size <= label.size() + 1; ++size) {
    if (size < kEditLabelMin) continue;
    const size_t half = (size - 2) / 2;
    if (half > label.size()) continue;
    take(half_key('<', size, label.substr(0, half)));
    take(half_key('>', size, label.substr(label.size() - half)));
  }
  return found;
}

}  // namespace simwarden
