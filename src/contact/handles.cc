// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "contact/account_keys.h"
#include "contact/account_names.h"
#include "contact/account_numbers.h"
#include "contact/account_words.h"
#include "contact/at_names.h"
#include "contact/bare_names.h"
#include "contact/cyrillic_names.h"
#include "contact/finders.h"
#include "contact/found_accounts.h"
#include "contact/label_gaps.h"
#include "contact/name_meaning.h"
#include "contact/told_pieces.h"
#include "spelling/account_rules.h"
#include "spelling/labels.h"
#include "spelling/parted_names.h"
#include "spelling/prefixes.h"
#include "spelling/spelled_names.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

// Accounts that stand beside a messenger's name: "TG💪+ @demo_x",
// "加微信: demo_x8", "WhatsApp +1 555 …", "13800138000 微信同号". A name alone
// is no contact, nor is what merely follows a name: "Telegram is down",
// "flight TG 402", "微信支付". How much must mark the account hangs on the
// messenger and on how ordinary its name is.
namespace simwarden {
namespace {

static_assert(kLabelsMax == 4 * kContactsMax);

// Auctioned Telegram names have four letters.
constexpr size_t kShortName = 4;
// From the messenger's name to one that is spelled letter by letter, and in
// how many places of a text such a one is looked for.
constexpr size_t kSpelledReach = 48;
constexpr size_t kSearchesMax = 32;

// What was written at `i` between two parts of a name, where the plain view
// has a space and nobody wrote one: emoji; or a 丨. Bytes of the original; ""
// when no part follows.
std::string_view dress_at(const Scene& scene, size_t i) {
  constexpr std::string_view kStroke = "丨";  // a "|" that parts no columns
  const std::string_view t = scene.text();
  if (!is_name_char(before(t, i))) return "";
  const bool stroke = starts_at(t, i, kStroke);
  const size_t next = i + (stroke ? kStroke.size() : 1);
  if ((!stroke && at(t, i) != ' ') || !is_name_char(at(t, next))) return "";
  const std::string_view dress = scene.raw({i, next});
  return std::any_of(dress.begin(), dress.end(), is_ascii) ? "" : dress;
}

// Of one who is found at a service.
const Words& answer_words() {
  constexpr std::array<std::string_view, 9> kAnswers = {
      "replies",   "answers",  "responds", "responde", "répond",
      "antwortet", "отвечает", "balas",    "回复"};
  static const Words kWords(kAnswers, Words::Ends::anywhere);
  return kWords;
}

class HandleFinder {
 public:
  HandleFinder(Scene& scene, Followable& found)
      : scene_(scene),
        t_(scene.text()),
        found_(found),
        accounts_(scene, found),
        numbers_(scene, accounts_) {}

  void run() {
    hits_ = find_labels(t_, scene_.leads());
    found_.cut = found_.cut || hits_.size() >= kLabelsMax;
    const auto unreadable = [this](const LabelHit& hit) {
      return scene_.is_claimed(hit.range) ||
             is_inside_encoded(scene_.written(), scene_.original(hit.range));
    };
    hits_.erase(std::remove_if(hits_.begin(), hits_.end(), unreadable),
                hits_.end());
    for (const LabelHit& hit : hits_) {
      const AccountRule* rule = account_rule_of(hit.label->kind);
      if (rule != nullptr && !scene_.is_claimed(hit.range)) look(hit, *rule);
    }
    for (size_t i = 0; i + 1 < hits_.size(); ++i) take_of_several(i);
    find_at_names(scene_, hits_, accounts_);
    take_keys();
    find_bare_names(scene_, hits_, found_);
  }

 private:
  void look(const LabelHit& hit, const AccountRule& rule) {
    const uint16_t flags = hit.label->flags;
    const bool single = (flags & (kColon | kOffered)) != 0;
    if (single && !hit.added && rule.kind == "qq") {
      return numbers_.take_behind_colon(hit);
    }
    const Gap gap = gap_after(t_, hit.range.end);
    if (rule.kind == "handle") {
      if (take_key(hit, gap)) return;
      if (!take_told_name(hit, rule, gap) &&
          !numbers_.take_of_service(hit, gap) &&
          !take_signed_name(hit, rule, gap)) {
        take_spelled_name(hit, rule, gap);
      }
      return;
    }
    if (!reaches(hit, gap)) return;
    if (take_dressed_name(hit, rule, gap)) return;
    if ((flags & kOnlyAt) != 0 && !gap.at_sign) {
      const bool offered = gap.colon && gap.words == 0 && is_offered(hit);
      if (offered || has_underscore(rule, gap)) take_name(hit, rule, gap);
      return;
    }
    if (take_pieced_name(hit, rule, gap)) return;
    if (take_name(hit, rule, gap) || numbers_.take(hit, rule, gap)) return;
    if (take_spaced_name(hit, rule, gap)) return;
    if (take_signed_name(hit, rule, gap)) return;
    if (take_cyrillic_name(hit, rule, gap)) return;
    if (take_name_before(hit, rule)) return;
    if ((flags & kOnlyAt) == 0) numbers_.take_before(hit, rule, gap);
    if (!scene_.is_claimed(hit.range)) take_spelled_name(hit, rule, gap);
    if (!scene_.is_claimed(hit.range)) take_told_pieces(hit, rule);
  }

  // "Telegram & WhatsApp: demo88", "wickr/signal: demo88": a name that the last
  // of them cannot have.
  void take_of_several(size_t first) {
    constexpr size_t kServicesMax = 4;
    size_t last = first;
    while (last + 1 < hits_.size() && last - first + 1 < kServicesMax &&
           joins_services(scene_.slice(
               {hits_[last].range.end, hits_[last + 1].range.begin}))) {
      ++last;
    }
    if (last == first || scene_.is_claimed(hits_[last].range)) return;
    LabelHit hit = hits_[first];
    hit.range.end = hits_[last].range.end;
    const AccountRule* rule = account_rule_of(hit.label->kind);
    const Gap gap = gap_after(t_, hits_[last].range.end);
    if (rule == nullptr || !gap.colon || gap.at_sign) return;
    const Range name = account_name_at(scene_, *rule, gap.end);
    if (prose_goes_on(scene_, name.end)) return;
    if (rule->kind == "handle") {
      take_told_name(hit, *rule, gap);
    } else {
      take_name(hit, *rule, gap);
    }
  }

  // Two letters at the end of a line name no messenger for what stands on the
  // next one, unless a sign says so.
  bool reaches(const LabelHit& hit, const Gap& gap) const {
    const std::string_view label = hit.label->text;
    const bool weak = !label.empty() && is_ascii(label[0]) &&
                      (label.size() <= 2 || is_weak(hit));
    if (!weak || gap.at_sign || gap.colon || gap.id_word) return true;
    return scene_.raw({hit.range.end, gap.end}).find('\n') ==
           std::string_view::npos;
  }

  // Cards or lines are offered near it.
  bool is_offered(const LabelHit& hit) const {
    return offers_wares(t_, hit.range.begin, hit.range.end);
  }

  // "tele: demo_x".
  bool has_underscore(const AccountRule& rule, const Gap& gap) const {
    const Range name = account_name_at(scene_, rule, gap.end);
    return scene_.slice(name).find('_') != std::string_view::npos;
  }

  bool take_name(const LabelHit& hit, const AccountRule& rule, const Gap& gap) {
    if (rule.name_min == 0) return false;
    const Range name = account_name_at(scene_, rule, gap.end);
    const bool short_one = gap.at_sign && rule.kind == "telegram";
    if (!is_account_name(scene_, rule, name,
                         short_one ? kShortName : rule.name_min)) {
      return false;
    }
    // "d-e-m-o_x": its characters stand apart.
    if (at(t_, name.begin + 1) == '-' && at(t_, name.begin + 3) == '-') {
      return false;
    }
    if (!is_name_meant(scene_, hit, gap, name)) return false;
    if (rule.kind == "signal" && !is_signal_name(scene_.slice(name))) {
      return false;
    }
    const Range whole{hit.range.begin, name.end};
    accounts_.add(hit, whole, name,
                  std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "demo\U0001F525_\U0001F525x": the same signs between the parts, which the
  // plain view has a space for.
  bool take_dressed_name(const LabelHit& hit, const AccountRule& rule,
                         const Gap& gap) {
    if (rule.name_min == 0 || (is_ordinary(hit) && !gap.id_word)) return false;
    size_t end = account_name_at(scene_, rule, gap.end).end;
    const std::string_view dress = dress_at(scene_, end);
    if (dress.empty()) return false;
    std::string name(scene_.slice({gap.end, end}));
    while (dress_at(scene_, end) == dress && name.size() <= rule.name_max) {
      const size_t sign = t_[end] == ' ' ? 1 : dress.size();
      const Range part = account_name_at(scene_, rule, end + sign);
      name += scene_.slice(part);
      end = part.end;
    }
    const bool telling = name.find('_') != name.npos || gap.marked();
    if (!telling || name.size() < rule.name_min ||
        name.size() > rule.name_max || !is_letter(name[0])) {
      return false;
    }
    accounts_.add(hit, {hit.range.begin, end}, {gap.end, end},
                  std::string(rule.prefix) + name);
    return true;
  }

  // "ID: demo_x", 账号:demo_x8. "@name" is looked for apart.
  bool take_told_name(const LabelHit& hit, const AccountRule& rule,
                      const Gap& gap) {
    const bool service = (hit.label->flags & kService) != 0;
    AccountRule own = rule;
    if (service) own.signs = has_hyphens(hit) ? "._-" : "._";
    const Range name = account_name_at(scene_, own, gap.end);
    // "用户名demo_x": Han parts no words.
    const bool touches =
        gap.end == hit.range.end && !is_ascii(hit.label->text.back());
    const bool marked = (gap.colon || gap.id_word || touches) && !gap.at_sign;
    const bool seller = is_account_of_service(scene_, hit.range, name) &&
                        is_id_of_seller(scene_, name);
    const bool offered = service && gap.words == 0 && is_offered(hit) &&
                         (gap.at_sign || seller || is_parted_of_seller(name) ||
                          is_of_person(scene_, name));
    const bool quoted = service && gap.words == 0 && is_quoted(hit, name);
    if (!is_account_name(scene_, rule, name, rule.name_min)) return false;
    if (!offered && !quoted && !(marked && is_told(hit, name))) {
      return false;
    }
    accounts_.add(hit, {hit.range.begin, name.end}, name,
                  std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "he answers on Wickr "demokai"": who writes or answers there, or sells.
  bool is_quoted(const LabelHit& hit, Range name) const {
    constexpr std::u32string_view kQuotes = U"\"\u201C\u201D\u00AB\u00BB";
    const CodePoint left = code_point_before(t_, name.begin);
    const CodePoint right = code_point_at(t_, name.end);
    if (is_ordinary(hit) || kQuotes.find(left.c) == kQuotes.npos ||
        kQuotes.find(right.c) == kQuotes.npos ||
        prose_goes_on(scene_, name.end + right.size)) {
      return false;
    }
    constexpr size_t kReach = 40;
    const size_t from = hit.range.begin - std::min(hit.range.begin, kReach);
    const std::string_view front = t_.substr(from, hit.range.begin - from);
    return is_offered(hit) || answer_words().found_in(front) ||
           told_words(Saying::write).found_in(front);
  }

  // Names at Snapchat may have hyphens; elsewhere they part words.
  static bool has_hyphens(const LabelHit& hit) {
    return hit.label->text.starts_with("snap");
  }

  // "no ID sims, snap demo.kai", "… snap demo-kai-sims".
  bool is_parted_of_seller(Range name) const {
    const std::string_view folded = scene_.slice(name);
    const bool hyphens = std::count(folded.begin(), folded.end(), '-') > 1;
    const bool dotted =
        is_dotted_name(folded) && is_account_of_service(scene_, name, name);
    return (hyphens || dotted) && !prose_goes_on(scene_, name.end);
  }

  // "Threema ID: DEMO0001".
  bool take_key(const LabelHit& hit, const Gap& gap) {
    const size_t size = service_key_at(scene_, hit.label->text, gap.end);
    const Range key{gap.end, gap.end + size};
    if (size == 0) return false;
    accounts_.add(hit, {hit.range.begin, key.end}, key,
                  "@" + std::string(scene_.slice(key)));
    return true;
  }

  bool is_told(const LabelHit& hit, Range name) const {
    const bool service = (hit.label->flags & kService) != 0;
    return is_account_told(scene_, hit.range, name) ||
           (service && is_account_of_service(scene_, hit.range, name));
  }

  // "demo_x (tg)", "demo_x on LINE", but not "demo_x on line 5".
  bool take_name_before(const LabelHit& hit, const AccountRule& rule) {
    const Range name = name_before(t_, hit.range.begin);
    const char first = scene_.raw(hit.range)[0];
    const bool word = is_ordinary(hit) && is_small(first);
    if (rule.name_min == 0 || word ||
        !is_account_name(scene_, rule, name, rule.name_min) ||
        !is_of_person(scene_, name)) {
      return false;
    }
    accounts_.add(hit, {name.begin, hit.range.end}, name,
                  std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "v x: d e m o _ x 9 9": every character alone, on one line.
  bool take_spaced_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    const bool ordinary = is_ordinary(hit);
    const bool marked = gap.at_sign || gap.id_word || (gap.colon && !ordinary);
    const bool added = !marked && hit.added && is_offered(hit);
    if (rule.name_min == 0 || !(marked || added)) return false;
    std::string name;
    const bool numbered = added || (gap.colon && is_offered(hit));
    const size_t end =
        read_spaced_name(t_, gap.end, rule.name_max, numbered, name);
    if (added && !has_telling_sign(name)) return false;
    const Range range{gap.end, end};
    if (name.size() < rule.name_min || name.size() > rule.name_max)
      return false;
    if (rule.letter_first && !is_letter(name[0])) return false;
    if (!scene_.same_block(hit.range, {end - 1, end})) return false;
    LabelHit spaced = hit;
    spaced.spaced = true;
    accounts_.add(spaced, {hit.range.begin, end}, range,
                  std::string(rule.prefix) + name);
    return true;
  }

  // "ig-nya demo titik kue titik kai", 抖音号demo点kai.
  bool take_signed_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    return rule.name_min != 0 &&
           take_told(hit, rule, read_signed_name(t_, gap.end));
  }

  // "тг демо_кай".
  bool take_cyrillic_name(const LabelHit& hit, const AccountRule& rule,
                          const Gap& gap) {
    const SpelledName name = read_cyrillic_name(t_, gap.end);
    const size_t end = name.range.end;
    const bool prose = at(t_, end) == ' ' &&
                       is_word(code_point_at(t_, end + 1).c) &&
                       !starts_at(t_, end + 1, "латин");  // "in Latin letters"
    return rule.name_min != 0 && (gap.marked() || !prose) &&
           take_told(hit, rule, name);
  }

  // 微信号是demo然后888.
  bool take_pieced_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    return rule.name_min != 0 && gap.marked() &&
           take_told(hit, rule, read_pieced_name(t_, gap.end));
  }

  bool take_told(const LabelHit& hit, const AccountRule& rule,
                 const SpelledName& name) {
    const bool fits =
        name.text.size() >= rule.name_min && name.text.size() <= rule.name_max;
    if (!fits || is_weak(hit)) return false;
    LabelHit spelled = hit;
    spelled.spaced = true;
    accounts_.add(spelled, {hit.range.begin, name.range.end}, name.range,
                  std::string(rule.prefix) + name.text);
    return true;
  }

  // "insta: dee ee em oh", "дэ е эм о в телеге".
  void take_spelled_name(const LabelHit& hit, const AccountRule& rule,
                         const Gap& gap) {
    if (rule.name_min == 0 || searches_ >= kSearchesMax) return;
    ++searches_;
    const size_t from =
        hit.range.begin - std::min(hit.range.begin, kSpelledReach);
    SpelledName name = find_spelled_name(t_, gap.end, kSpelledReach);
    if (name.text.empty()) {
      name = find_spelled_name(t_, from, hit.range.begin - from);
    }
    if (name.text.empty() || name.text.size() > rule.name_max) return;
    LabelHit spelled = hit;
    spelled.spaced = true;
    accounts_.add(spelled, name.range, name.range,
                  std::string(rule.prefix) + name.text);
  }

  // "It starts with demo_ and ends with kai, on Telegram".
  void take_told_pieces(const LabelHit& hit, const AccountRule& rule) {
    if (rule.name_min == 0 || searches_ >= kSearchesMax) return;
    const SpelledName name = read_told_pieces(t_, hit.range);
    if (name.text.empty() || scene_.is_claimed(name.range)) return;
    LabelHit spelled = hit;
    spelled.spaced = true;
    accounts_.add(spelled, name.range, name.range,
                  std::string(rule.prefix) + name.text);
  }

  // "Session: 05a1b2…".
  void take_keys() {
    for (const Lead& lead : scene_.leads()) {
      if (lead.kind != LeadKind::digits) continue;
      const Range key{lead.at, lead.at + account_key_at(t_, lead.at)};
      if (key.begin == key.end) continue;
      std::string value = "@" + std::string(scene_.slice(key));
      std::erase_if(value, [](char c) { return is_one_of(c, " -"); });
      accounts_.add(kNameless, key, key, std::move(value));
    }
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  FoundAccounts accounts_;
  AccountNumbers numbers_;
  std::vector<LabelHit> hits_;
  size_t searches_ = 0;
};

}  // namespace

void find_handles(Scene& scene, Followable& found) {
  HandleFinder(scene, found).run();
}

}  // namespace simwarden
