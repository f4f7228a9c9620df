// SPDX-License-Identifier: Apache-2.0
#include "contact/name_meaning.h"

#include <algorithm>
#include <array>

#include "contact/account_words.h"
#include "spelling/account_rules.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Of other things that stand beside a messenger's name.
bool is_of_another(std::string_view name) {
  constexpr std::array<std::string_view, 8> kOther = {
      "telegram", "whatsapp", "wechat",  "weixin",
      "discord",  "iphone",   "android", "windows"};
  return is_one_of(name, kOther);
}

// "iphone14pro" is what one sells, too.
bool is_device(std::string_view name) {
  constexpr std::array<std::string_view, 9> kDevices = {
      "iphone", "ipad",   "macbook", "redmi",  "xiaomi",
      "huawei", "galaxy", "android", "windows"};
  return std::any_of(kDevices.begin(), kDevices.end(),
                     [&](auto device) { return name.starts_with(device); });
}

bool ends_line(const Scene& scene, size_t end) {
  const std::string_view space = scene.raw({end, end + 1});
  return space.find('\n') != space.npos;
}

// Nothing of a sentence follows: the end, a bracket, another script, be it
// behind a comma or on the next line ("微信：demokai，全国").
bool is_last(const Scene& scene, Range name) {
  const std::string_view t = scene.text();
  const char c = at(t, name.end);
  if (c == '\0' || !is_ascii(c) || is_one_of(c, ")]}>|;/")) return true;
  if (name.end + 1 >= t.size()) return true;
  const bool comma = is_one_of(c, ",.!?");
  if (!comma && !(c == ' ' && ends_line(scene, name.end))) return false;
  const size_t next = name.end + (starts_at(t, name.end + 1, " ") ? 2 : 1);
  return !is_ascii(at(t, next)) && !is_of_another(scene.slice(name));
}

// "收卡 加V demoshop", "卡商 VX demoshop 秒回": letters alone, where cards are
// offered and no sentence goes on. Without a sign only behind what hides the
// name.
bool is_word_of_seller(const Scene& scene, const LabelHit& hit, const Gap& gap,
                       Range name) {
  constexpr std::array<std::string_view, 3> kShort = {"vx", "wx", "v信"};
  const std::string_view label = hit.label->text;
  const bool marked = gap.colon || gap.id_word || hit.added;
  const bool hides = is_disguised(hit) || is_one_of(label, kShort);
  const bool english = !label.empty() && is_ascii(label[0]);
  if (english && is_ordinary(hit)) return false;
  const bool clause =
      gap.colon && is_last(scene, name) && !is_device(scene.slice(name));
  if (label == "v" && !hit.added && !clause) return false;
  const std::string_view kind = hit.label->kind;
  const bool named =
      kind == "wechat" ? marked || hides : kind == "telegram" && gap.colon;
  return named && !is_of_another(scene.slice(name)) &&
         !prose_goes_on(scene, name.end) &&
         offers_wares(scene.text(), hit.range.begin, name.end);
}

// "demo.88", and no version of a program.
constexpr size_t kLettersBeforeDot = 3;

// "insta: demo.x", "ig ku demo_x", "my insta is demo.x".
bool is_instagram(const Gap& gap, std::string_view name) {
  const size_t dot = std::min(name.find('.'), name.size());
  return gap.colon || (gap.words > 0 && is_letter(at(name, dot + 1))) ||
         name.find('_') != name.npos;
}

// "LINE demo_x": the messenger's own spelling, and no word of prose behind;
// "Ⓛⓘⓝⓔ: demo_x"; "LINE: demokai" at the end of a clause where cards are
// offered.
bool is_line_name(const Scene& scene, const LabelHit& hit, const Gap& gap,
                  Range name) {
  const std::string_view written = scene.raw(name);
  const std::string_view label = scene.raw(hit.range);
  const bool own = label == "LINE" || !is_ascii(label[0]);
  if (own && gap.colon && is_last(scene, name) &&
      offers_wares(scene.text(), hit.range.begin, name.end)) {
    return true;
  }
  return own && gap.words == 0 && written.find('_') != written.npos &&
         std::any_of(written.begin(), written.end(), [](char c) {
           return is_small(c) || !is_ascii(c);  // "Ⓓⓔⓜⓞ_ⓧ"
         });
}

// "Signal: demo.42", "signal demo.42" where cards are offered; not "signal:
// approx.42 dBm".
bool is_of_signal(const Scene& scene, const Gap& gap, Range name) {
  const bool told = gap.colon || gap.id_word ||
                    offers_wares(scene.text(), name.begin, name.end);
  return told && gap.words == 0 && is_letter(scene.slice(name)[0]) &&
         !prose_goes_on(scene, name.end) && at(scene.text(), name.end) != '%';
}

}  // namespace

bool is_id_of_seller(const Scene& scene, Range name) {
  constexpr size_t kLeast = 8;
  constexpr size_t kLettersMin = 3;
  const std::string_view id = scene.slice(name);
  const auto letters = std::count_if(id.begin(), id.end(), is_letter);
  const bool figures = std::any_of(id.begin(), id.end(), is_digit);
  return id.size() >= kLeast && figures && !is_device(id) &&
         letters >= static_cast<long>(kLettersMin) &&
         offers_wares(scene.text(), name.begin, name.end);
}

bool is_name_meant(const Scene& scene, const LabelHit& hit, const Gap& gap,
                   Range range) {
  const std::string_view name = scene.slice(range);
  const std::string_view kind = hit.label->kind;
  const bool ordinary = is_ordinary(hit);
  const bool english = ordinary && is_ascii(hit.label->text[0]);
  const bool dressed = is_name_in_dress(scene, range);
  const bool telling = dressed || (has_telling_sign(name) && !is_flight(name));
  if (gap.at_sign) {
    return !english || gap.marked() || telling;
  }
  if (kind == "line" && english && !gap.id_word) {
    return is_line_name(scene, hit, gap, range);
  }
  if (kind == "discord") {
    const bool worded = gap.words > 0 && is_dotted_name(name);
    return telling && (gap.colon || worded || is_tagged(name));
  }
  if (kind == "signal" && is_signal_name(name)) {
    return name.find('_') != name.npos || is_of_signal(scene, gap, range);
  }
  if (kind == "instagram") {
    const size_t dot = name.find('.');
    const bool sells = dot != name.npos && dot >= kLettersBeforeDot &&
                       offers_wares(scene.text(), hit.range.begin, range.end);
    return sells || (telling && is_instagram(gap, name));
  }
  if (kind == "skype" && starts_at(name, 0, "live:")) return true;
  if (!telling && is_word_of_seller(scene, hit, gap, range)) return true;
  const bool offered = (hit.label->flags & kOffered) != 0 && !hit.added;
  if (offered && !telling) return false;
  const bool marked = gap.marked() || hit.added;
  if (marked && telling) return true;
  if (dressed && !ordinary) return true;
  // "LINE ID: demo", ไลน์ไอดี demo, ライン→demo.
  const bool told = !english && (gap.id_word || (kind == "line" && gap.colon));
  const bool english_id = gap.id_word && gap.colon;
  if ((told || english_id) && is_last(scene, range)) return true;
  if (marked && !ordinary && !is_weak(hit) && is_last(scene, range))
    return true;
  const bool underscore = name.find('_') != name.npos;
  // "t*g demo_x", "v.x.demo88", where cards are offered.
  if (is_weak(hit)) {
    const bool meant = underscore || (telling && kind == "wechat");
    return meant && gap.words == 0 &&
           offers_wares(scene.text(), hit.range.begin, range.end);
  }
  // "\U0001D5E7\U0001D5DA demokai8": the service in letters of another dress.
  const bool styled =
      is_ascii(hit.label->text.empty() ? '\x80' : hit.label->text[0]) &&
      !is_ascii(scene.raw(hit.range)[0]);
  if (styled && gap.words == 0 && is_id_of_seller(scene, range)) return true;
  // Nobody writes "avioncito demo_x" of a plane.
  if (ordinary) {
    const bool bare = !english && is_id_of_seller(scene, range);
    return (underscore || bare) && kind == "telegram" && gap.words == 0;
  }
  constexpr size_t kFew = 2;  // "telegram pe demo_x"
  if (gap.words > (underscore ? kFew : 0) && !is_disguised(hit)) return false;
  const std::string_view label = hit.label->text;  // 薇信 has none
  const bool foreign = label.empty() || !is_ascii(label[0]);
  if (underscore) return true;
  return telling && (foreign || kind == "wechat" ||
                     (kind == "telegram" && is_id_of_seller(scene, range) &&
                      offers_goods(scene.text(), hit.range.begin, range.end)));
}

}  // namespace simwarden
