// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "link/hosts.h"
#include "link/lookalike.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Labels shorter than this have too many honest neighbours (domain notes).
constexpr size_t kEditLabelMin = 5;

uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
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
  places_.reserve(registry.official_domains.size());
  for (const auto& domain : registry.official_domains) add(domain);
  for (Keys* keys : {&texts_, &skeletons_, &halves_}) {
    std::sort(keys->begin(), keys->end(), [](const Key& a, const Key& b) {
      return a.hash != b.hash ? a.hash < b.hash : a.place < b.place;
    });
  }
}

void LookalikeIndex::add(std::string_view domain) {
  const size_t size = std::min(domain.find('.'), domain.size());
  if (domain.size() > kHostMax || size == 0) return;
  const auto place = static_cast<uint32_t>(places_.size());
  places_.push_back({static_cast<uint32_t>(names_.size()),
                     static_cast<uint16_t>(size),
                     static_cast<uint16_t>(domain.size())});
  names_ += domain;
  const std::string_view text = domain.substr(0, size);
  texts_.push_back({hash_of(text), place});
  skeletons_.push_back({hash_of(skeleton_of(text)), place});
  if (size < kEditLabelMin || is_number(text)) return;
  // The two letters in the middle are in neither half: a swap may touch both.
  const size_t half = (size - 2) / 2;
  halves_.push_back(
      {half_hash(Half::beginning, size, text.substr(0, half)), place});
  halves_.push_back(
      {half_hash(Half::end, size, text.substr(size - half)), place});
}

uint64_t LookalikeIndex::half_hash(Half half, size_t size,
                                   std::string_view text) {
  constexpr uint64_t kSpread = 0x9E3779B97F4A7C15;
  return hash_of(text) ^ ((size * 2 + static_cast<uint64_t>(half)) * kSpread);
}

LookalikeIndex::Label LookalikeIndex::label_at(uint32_t place) const {
  const Place& p = places_[place];
  const std::string_view names = names_;
  return {names.substr(p.begin, p.label), names.substr(p.begin, p.domain)};
}

template <typename Take>
void LookalikeIndex::each(const Keys& keys, uint64_t hash, Take&& take) {
  auto key = std::lower_bound(
      keys.begin(), keys.end(), hash,
      [](const Key& k, uint64_t wanted) { return k.hash < wanted; });
  for (; key != keys.end() && key->hash == hash; ++key) take(key->place);
}

const std::vector<LookalikeIndex::Brand>* LookalikeIndex::brands(
    const std::string& skeleton) const {
  const auto found = brands_.find(skeleton);
  return found == brands_.end() ? nullptr : &found->second;
}

std::optional<LookalikeIndex::Label> LookalikeIndex::label(
    std::string_view text) const {
  std::optional<Label> found;
  each(texts_, hash_of(text), [&](uint32_t place) {
    const Label one = label_at(place);
    if (one.text != text) return;
    if (!found || one.domain < found->domain) found = one;
  });
  return found;
}

std::optional<LookalikeIndex::Label> LookalikeIndex::label_of_skeleton(
    std::string_view skeleton) const {
  std::optional<Label> found;
  each(skeletons_, hash_of(skeleton), [&](uint32_t place) {
    const Label one = label_at(place);
    if (skeleton_of(one.text) != skeleton) return;
    if (!found || one.domain < found->domain) found = one;
  });
  return found;
}

std::vector<LookalikeIndex::Label> LookalikeIndex::near(
    std::string_view label) const {
  std::vector<Label> found;
  if (label.size() + 1 < kEditLabelMin || label.size() > kHostMax) return found;
  const auto take = [&](uint32_t place) { found.push_back(label_at(place)); };
  for (size_t size = label.size() - 1; size <= label.size() + 1; ++size) {
    if (size < kEditLabelMin) continue;
    const size_t half = (size - 2) / 2;
    each(halves_, half_hash(Half::beginning, size, label.substr(0, half)),
         take);
    each(halves_, half_hash(Half::end, size, label.substr(label.size() - half)),
         take);
  }
  return found;
}

}  // namespace simwarden
