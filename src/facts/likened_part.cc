// SPDX-License-Identifier: Apache-2.0
#include "facts/likened_part.h"

#include <array>
#include <string_view>

namespace simwarden {
namespace {

// Posts and chats; lines of newsletters and of wrapped mails are more, and
// pieces of sentences (measured: docs/likeness.md).
constexpr size_t kShortPartsMax = 12;
// Of more, those only that name somebody's account or number, as the posts of
// a thread do, and newsletters seldom.
constexpr size_t kPartsMax = 64;
// Where a paragraph leads somewhere, no fewer than let a text read honest.
constexpr uint32_t kLeadingPhrasesMin = kHonestPhrasesMin;
// Where it leads nowhere, such as one in fifty honest chats has, too.
constexpr double kAloneShareMin = 0.95;
constexpr uint32_t kAlonePhrasesMin = 36;

using Leads = std::array<bool, kPartsMax>;

// Which paragraphs lead to something unofficial, or to somebody.
Leads leads_of(const Followable& found, bool to_somebody) {
  Leads leads{};
  const auto add = [&](bool official, uint32_t block) {
    if (!official && block < kPartsMax) leads[block] = true;
  };
  for (const Link& link : found.links) {
    add(link.official || to_somebody, link.block);
  }
  for (const Contact& one : found.contacts) {
    add(one.official || (to_somebody && one.kind == "email"), one.block);
  }
  return leads;
}

bool speaks_for_itself(const Likeness& part, bool leads) {
  if (leads && part.phrases >= kLeadingPhrasesMin) return true;
  return part.share >= kAloneShareMin && part.phrases >= kAlonePhrasesMin;
}

LikenedPart likened(const PhraseWeights& weights, const View& plain,
                    Span part) {
  const std::string_view text(plain.text);
  return {weights.likeness(text.substr(part.begin, part.size())), part.begin,
          part.end};
}

}  // namespace

LikenedPart likened_all(const PhraseWeights& weights, const View& plain) {
  return likened(weights, plain, {0, static_cast<uint32_t>(plain.text.size())});
}

LikenedPart likened_part(const PhraseWeights& weights, const View& plain,
                         const Followable& found, LikenedPart all) {
  const size_t parts = found.blocks.size();
  if (parts < 2 || parts > kPartsMax) return all;
  const bool many = parts > kShortPartsMax;
  const Leads leads = leads_of(found, many);
  LikenedPart most = all;
  for (size_t i = 0; i < parts; ++i) {
    if (many && !leads[i]) continue;
    const LikenedPart part =
        likened(weights, plain, plain.shown(found.blocks[i]));
    const bool more = part.likeness.share > most.likeness.share;
    if (more && speaks_for_itself(part.likeness, leads[i])) most = part;
  }
  return most;
}

}  // namespace simwarden
