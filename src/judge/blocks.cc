// SPDX-License-Identifier: Apache-2.0
#include "judge/blocks.h"

#include <algorithm>
#include <numeric>

namespace simwarden {
namespace {

// Which paragraphs get a verdict of their own: those that have evidence or lead
// to something unofficial before all others, which may say the same once more
// in other words: of a rule that hits, evidence shows some places.
class Chosen {
 public:
  Chosen(const Followable& found, uint32_t text_begin)
      : blocks_(found.blocks),
        text_begin_(text_begin),
        chosen_(found.blocks.size(), false) {
    for (const Link& link : found.links) {
      if (!link.official) choose(link.block);
    }
    for (const Contact& contact : found.contacts) {
      if (!contact.official) choose(contact.block);
    }
  }

  void add(const Evidence& evidence) {
    if (evidence.end <= evidence.begin) return;
    if (evidence.fact != "message.text" && evidence.fact != "message.subject") {
      return;
    }
    const uint32_t shift = evidence.fact == "message.text" ? text_begin_ : 0;
    const Span span{evidence.begin + shift, evidence.end + shift};
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].begin < span.end && span.begin < blocks_[i].end) {
        choose(static_cast<uint32_t>(i));
      }
    }
  }

  // So many of them at most, in the order of the text.
  std::vector<size_t> first(size_t most) const {
    std::vector<size_t> blocks(chosen_.size());
    std::iota(blocks.begin(), blocks.end(), size_t{0});
    std::stable_partition(blocks.begin(), blocks.end(),
                          [this](size_t i) { return chosen_[i]; });
    blocks.resize(std::min(most, blocks.size()));
    std::sort(blocks.begin(), blocks.end());
    return blocks;
  }

 private:
  // A mail of pictures has links and no block.
  void choose(uint32_t block) {
    if (block < chosen_.size()) chosen_[block] = true;
  }

  const std::vector<Span>& blocks_;
  uint32_t text_begin_;
  std::vector<bool> chosen_;
};

// Of a mail's links those whose text stands in the block. Where it stands in
// the new text is not said: no evidence is asked for.
void keep_links(const Record& whole, Span block, uint32_t text_begin,
                Record& part) {
  static const GroupId kLinks = *find_group(Kind::message, "html_links");
  static const FieldId kBegin =
      *find_field(Kind::message, "html_links[].begin");
  static const FieldId kEnd = *find_field(Kind::message, "html_links[].end");
  const Slot& links = whole.group_slot(kLinks);
  if (links.state != SlotState::given) return;
  // As the message counts, which may name any byte: nothing is added to that.
  const int64_t first = int64_t{block.begin} - text_begin;
  const int64_t after = int64_t{block.end} - text_begin;
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < links.list.count; ++i) {
    const Slot& begin = whole.member(kBegin, i);
    if (begin.state != SlotState::given) continue;
    if (begin.integer >= first && begin.integer < after) kept.push_back(i);
  }
  part.set_group(kLinks, static_cast<uint32_t>(kept.size()));
  for (uint32_t i = 0; i < kept.size(); ++i) {
    for (uint8_t m = 0; m < group(kLinks).size; ++m) {
      const auto id = static_cast<FieldId>(group(kLinks).first + m);
      if (id == kBegin || id == kEnd) continue;
      part.set_member(id, i, whole.member(id, kept[i]));
    }
  }
}

// The message, as if it had said only this.
Record saying(const Record& whole, std::string_view text) {
  static const FieldId kSubject = *find_field(Kind::message, "subject");
  static const FieldId kText = *find_field(Kind::message, "text");
  Record part = whole;
  part.set(kSubject, Slot{});
  part.set(kText, part.make_text(text));
  // What belongs to the mail and to no paragraph of it.
  for (const std::string_view name :
       {"hidden_text", "alternative_text", "mail_faults"}) {
    part.set(*find_field(Kind::message, name), Slot{});
  }
  for (const std::string_view name :
       {"attachments", "images", "qr_codes", "file_links"}) {
    part.set_group_slot(*find_group(Kind::message, name), Slot{});
  }
  return part;
}

BlockVerdict summary_of(const Verdict& verdict) {
  BlockVerdict block;
  block.action = verdict.action;
  block.score = verdict.score;
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) block.rules.push_back(finding.rule);
  }
  return block;
}

// What a block says by itself. The two halves of a wrapper are one advert: each
// is read with the other.
std::string text_of(size_t block, Facts& facts) {
  const Followable& found = facts.followable();
  const auto words = [&](size_t i) {
    const Span span = found.blocks[i];
    return std::string(facts.body().substr(span.begin, span.size()));
  };
  const auto wrapper = find_wrapper(found, facts.text_begin());
  const bool half =
      wrapper && (block == wrapper->first || block == wrapper->last);
  return half ? words(wrapper->first) + "\n" + words(wrapper->last)
              : words(block);
}

BlockVerdict judge_block(size_t index, Facts& facts, Judge& judge) {
  const Span span = facts.followable().blocks[index];
  Record part = saying(facts.record(), text_of(index, facts));
  keep_links(facts.record(), span, facts.text_begin(), part);
  BlockVerdict block = summary_of(judge.judge(part));
  const bool in_text = span.begin >= facts.text_begin();
  const uint32_t shift = in_text ? facts.text_begin() : 0;
  block.block = static_cast<uint32_t>(index);
  block.fact = in_text ? "message.text" : "message.subject";
  block.begin = span.begin - shift;
  block.end = span.end - shift;
  return block;
}

}  // namespace

void judge_blocks(Verdict& verdict, Bench& bench, Judge& judge) {
  Facts& facts = bench.facts();
  const Followable& found = facts.followable();
  const size_t size = found.blocks.size();
  if (size < 2) return;
  Chosen chosen(found, facts.text_begin());
  for (const Finding& finding : verdict.findings) {
    for (const Evidence& evidence : finding.evidence) chosen.add(evidence);
  }
  for (const size_t i : chosen.first(kBlocksJudgedMax)) {
    BlockVerdict block = judge_block(i, facts, judge);
    if (block.action != Action::pass)
      verdict.blocks.push_back(std::move(block));
  }
  if (size > kBlocksJudgedMax) {
    verdict.blocks_left = static_cast<uint32_t>(size - kBlocksJudgedMax);
  }
}

}  // namespace simwarden
