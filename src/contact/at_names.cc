// SPDX-License-Identifier: Apache-2.0
#include "contact/at_names.h"

#include <algorithm>

#include "contact/account_names.h"
#include "contact/pointers.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// From "@name" back to the messenger's name, and forward: one clause.
constexpr size_t kReachBack = 40;
constexpr size_t kReachOn = 14;

class AtNames {
 public:
  AtNames(const Scene& scene, const std::vector<LabelHit>& labels)
      : scene_(scene), t_(scene.text()), labels_(labels) {}

  void find(FoundAccounts& accounts) const {
    const AccountRule& rule = *account_rule_of("telegram");
    for (const Lead& lead : scene_.leads()) {
      if (lead.kind != LeadKind::at) continue;
      const size_t i = lead.at;
      const char left = before(t_, i);
      if (is_alnum(left) || is_one_of(left, "._-/@")) continue;
      const size_t begin = at(t_, i + 1) == ' ' ? i + 2 : i + 1;
      const Range name = account_name_at(scene_, rule, begin);
      if (!is_account_name(scene_, rule, name, rule.name_min)) continue;
      // "@ demo_x", but not "2 @ three".
      const bool apart = begin != i + 1;
      if (apart && scene_.slice(name).find('_') == std::string_view::npos) {
        continue;
      }
      if (scene_.is_claimed({i, name.end})) continue;
      const LabelHit* label = near_label({i, name.end});
      if (label == nullptr && !is_meant({i, name.end})) continue;
      accounts.add(label == nullptr ? kNameless : *label, {i, name.end}, name,
                   "@" + std::string(scene_.slice(name)));
    }
  }

 private:
  // Where the service goes without saying.
  bool is_meant(Range name) const {
    const bool spelled =
        scene_.how({name.begin, name.begin + 1}) == How::spelled_dot;
    return spelled || is_asked_for(name.begin) || is_pointed_at(name.begin) ||
           is_owned(name);
  }

  // "пишите @name", "DM @name", "私聊 @name": somebody wants to be written to.
  bool is_asked_for(size_t at_sign) const {
    constexpr size_t kReach = 28;
    const size_t from = at_sign > kReach ? at_sign - kReach : 0;
    const std::string_view window = t_.substr(from, at_sign - from);
    const size_t word =
        std::min(told_words(Saying::write).last_in(window), window.size());
    if (word == window.size()) return false;
    return scene_.same_block({from + word, from + word + 1},
                             {at_sign, at_sign + 1});
  }

  // "sims, owner @name", "手机卡 @name 秒回".
  bool is_owned(Range name) const {
    constexpr size_t kReach = 28;
    constexpr size_t kReachBehind = 16;
    const size_t from = name.begin - std::min(name.begin, kReach);
    const Words& words = told_words(Saying::offer);
    const bool told = words.found_in(t_.substr(from, name.begin - from)) ||
                      words.found_in(t_.substr(name.end, kReachBehind));
    return told && offers_goods(t_, name.begin, name.end);
  }

  // "👉 @name", "📩 @name": a sign that asks as plainly as a word.
  bool is_pointed_at(size_t at_sign) const {
    return is_behind_pointer(scene_.written(),
                             scene_.original({at_sign, at_sign + 1}).begin);
  }

  // The nearest label that is no ordinary word and whose accounts have an @.
  const LabelHit* near_label(Range name) const {
    const auto after = std::lower_bound(
        labels_.begin(), labels_.end(), name.begin,
        [](const LabelHit& h, size_t i) { return h.range.begin < i; });
    for (auto hit = after; hit != labels_.begin();) {
      --hit;
      if (hit->range.end + kReachBack < name.begin) break;
      if (has_at_names(*hit) && scene_.same_block(hit->range, name))
        return &*hit;
    }
    if (after == labels_.end() || after->range.begin > name.end + kReachOn) {
      return nullptr;
    }
    const bool ok = (has_at_names(*after) || is_drawn(*after, name)) &&
                    scene_.same_block(after->range, name);
    return ok ? &*after : nullptr;
  }

  // "sims by @demo_x on the blue app with the paper plane": of its sign, in
  // several words, where cards are offered.
  bool is_drawn(const LabelHit& hit, Range name) const {
    const bool words = hit.label->text.find(' ') != std::string_view::npos;
    return words && hit.label->kind == "telegram" &&
           scene_.slice(name).find('_') != std::string_view::npos &&
           offers_wares(t_, name.begin, hit.range.end);
  }

  static bool has_at_names(const LabelHit& hit) {
    if ((hit.label->flags & (kOrdinary | kOnlyAt)) != 0) return false;
    if (is_weak(hit)) return false;
    return hit.label->kind == "telegram" || hit.label->kind == "instagram";
  }

  const Scene& scene_;
  std::string_view t_;
  const std::vector<LabelHit>& labels_;
};

}  // namespace

void find_at_names(const Scene& scene, const std::vector<LabelHit>& labels,
                   FoundAccounts& accounts) {
  AtNames(scene, labels).find(accounts);
}

}  // namespace simwarden
