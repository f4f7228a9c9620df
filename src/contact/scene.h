// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contact/contact.h"
#include "spelling/respelling.h"

// One text as the finders of this room see it. They work on text(): the plain
// view with spelled dots ("t 点 me", "a[.]b") and number words written out.
// Positions are bytes of text(); original() leads back.
//
// Keeps the Views and the Registry by reference.
namespace simwarden {

class Scene {
 public:
  Scene(const Views& views, const Registry& registry, std::string_view region);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
  ~Scene() = default;

  std::string_view text() const { return text_->text; }
  // Where something may begin in text().
  const std::vector<Lead>& leads() const { return leads_; }
  const Registry& registry() const { return registry_; }
  std::string_view region() const { return region_; }

  Span original(Range range) const {
    return text_->original(range.begin, range.end);
  }
  std::string_view raw(Range range) const;
  // All of the original.
  std::string_view written() const { return views_.raw; }
  std::string_view slice(Range range) const {
    return text().substr(range.begin, range.end - range.begin);
  }
  // How the first respelled part inside the range was written.
  How how(Range range) const;

  // Which of Contact.disguise hid the range; "" when nothing did.
  std::string disguise(Range range, bool is_number) const;
  // In brackets or bold, or glued to emoji, in the original.
  bool is_wrapped(Range range) const;

  uint32_t block_of(Span span) const;
  bool same_block(Range a, Range b) const;
  // Where the blocks stand in the original; they leave no byte out but white
  // space.
  std::vector<Span> blocks() const;

  // Ranges that a finder took; later finders keep off.
  void claim(Range range);
  bool is_claimed(Range range) const;

 private:
  void find_blocks();
  bool is_escaped(Range range) const;
  void write_anew(std::vector<Respelling> changes);

  const Views& views_;
  const Registry& registry_;
  std::string_view region_;
  const View* text_;
  View respelled_;  // text() when anything was respelled
  std::vector<Lead> leads_;
  std::vector<Respelling> spelled_;  // with positions in text()
  std::vector<uint32_t> blocks_;     // where blocks begin in the original
  std::vector<Range> claimed_;       // sorted, apart
};

}  // namespace simwarden
