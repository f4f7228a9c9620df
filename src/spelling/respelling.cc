// SPDX-License-Identifier: Apache-2.0
#include "spelling/respelling.h"

#include <algorithm>

#include "spelling/broken_hosts.h"
#include "spelling/dress_tags.h"
#include "spelling/encoded_text.h"
#include "spelling/host_endings.h"
#include "spelling/key_letters.h"
#include "spelling/leads.h"
#include "spelling/letter_digits.h"
#include "spelling/mail_words.h"
#include "spelling/mixed_words.h"
#include "spelling/number_noise.h"
#include "spelling/number_words.h"
#include "spelling/overridden.h"
#include "spelling/pictured.h"
#include "spelling/reversed_links.h"
#include "spelling/spelled_signs.h"
#include "spelling/told_signs.h"
#include "spelling/turned.h"
#include "spelling/typed_hosts.h"
#include "text/look_around.h"

// Parts of a text that are written anew before anything is looked for: signs
// and numbers in words, and hosts with their letters apart.
namespace simwarden {
namespace {

bool is_single(char c) {
  return is_alnum(c) || is_one_of(c, ".-_@");
}

// False for no host. "… . c o m I like": a letter that stands alone behind the
// host, too, is left out.
bool end_at_host(Respelling& spaced) {
  const size_t last = spaced.with.rfind('.');
  if (last == spaced.with.npos || last == 0) return false;
  const auto ends = [&] {
    return is_host_ending(std::string_view(spaced.with).substr(last + 1));
  };
  if (ends()) return true;
  if (last + 1 == spaced.with.size()) return false;
  spaced.with.pop_back();
  spaced.end -= 2;
  return ends();
}

// The part of `range` that stands on the line of `place`.
Range on_line(const View& plain, std::string_view raw, Range range,
              size_t place) {
  const Span span = plain.original(range.begin, range.end);
  const std::string_view written = raw.substr(span.begin, span.size());
  if (written.find('\n') == written.npos) return range;
  const size_t at = plain.original(place, place + 1).begin - span.begin;
  const size_t before = written.substr(0, at).rfind('\n');
  const size_t behind = std::min(written.find('\n', at), written.size());
  const size_t first = before == written.npos ? 0 : before + 1;
  const Span line = plain.shown({span.begin + static_cast<uint32_t>(first),
                                 span.begin + static_cast<uint32_t>(behind)});
  return {std::max<size_t>(range.begin, line.begin),
          std::min<size_t>(range.end, line.end)};
}

// "w w w . d e m o . c o m": `dot` stands on a dot behind a space.
bool spaced_letters(const View& plain, std::string_view raw, size_t dot,
                    Respelling& out) {
  constexpr size_t kLettersMax = 80;
  constexpr size_t kLettersMin = 8;  // "t . m e" is another thing
  const std::string_view t = plain.text;
  const auto is_apart = [&](size_t i) {
    return is_single(at(t, i)) && (i == 0 || t[i - 1] == ' ') &&
           (i + 1 >= t.size() || t[i + 1] == ' ');
  };
  if (!is_apart(dot)) return false;
  Range range{dot, dot + 1};
  while (range.begin >= 2 && dot - range.begin < 2 * kLettersMax &&
         is_apart(range.begin - 2)) {
    range.begin -= 2;
  }
  while (range.end - range.begin < 2 * kLettersMax - 1 &&
         is_apart(range.end + 1)) {
    range.end += 2;
  }
  if (range.end - range.begin < 2 * kLettersMin - 1) return false;
  range = on_line(plain, raw, range, dot);
  out = {range.begin, range.begin, {}, How::spaced};
  for (size_t i = range.begin; i < range.end; i += 2) {
    out.with.push_back(t[i]);
    out.end = i + 1;
  }
  return end_at_host(out) && out.with.size() >= kLettersMin;
}

// What `lead`, a spelling or a number, is written anew as is appended. Gives
// where nothing more begins.
size_t respell(const View& plain, std::string_view raw, Lead lead, size_t done,
               std::vector<Respelling>& found) {
  const std::string_view t = plain.text;
  const size_t i = lead.at;
  size_t end = 0;
  Respelling one;
  bool is = false;
  if (lead.kind == LeadKind::at) {
    is = read_apart_at(t, i, one) || read_gapped_mail(t, i, one) ||
         read_foreign_mail(t, i, one);
  } else if (lead.kind == LeadKind::number) {
    is = read_number_words(t, i, done, end, one);
  } else if (lead.kind == LeadKind::digits) {
    is = read_base64(plain, raw, i, one) ||
         read_key_letters(plain, raw, i, one) ||
         read_parted_mobile(t, i, one) || read_parted_number(t, i, one) ||
         read_noisy_number(t, i, one) || read_same_noise(t, i, one) ||
         read_lettered_number(t, i, one) || read_tagged_number(t, i, one) ||
         read_single_figures(t, i, one) ||
         (touches_letter_digit(t, i) &&
          read_letter_digits(t, i, done, end, one));
  } else if (t[i] == '/') {
    is = read_broken_host(t, {i, i + 1}, one) || read_gapped_host(t, i, one) ||
         read_comma_host(t, i, one);
  } else if (t[i] == '.') {
    // "t . me / x" is respelled at its "/", and begins before.
    is = spaced_letters(plain, raw, i, one) || read_typed_ending(t, i, one) ||
         (may_be_reversed(t, i) && read_reversed_link(t, i, one));
  } else if (may_be_mixed(t, i)) {
    is = read_mixed_word(t, i, one);
  } else if (may_be_typed_www(t, i)) {
    is = read_typed_www(t, i, one);
  } else {
    is = may_be_turned(t, i) ? read_turned(t, i, done, one)
                             : read_told_sign(t, i, one);
  }
  if (is && one.begin >= done) found.push_back(one);
  if (!is && lead.kind == LeadKind::spell) read_spelled_sign(t, i, found);
  return std::max({done, end, found.empty() ? 0 : found.back().end});
}

// What only the original tells.
std::vector<Respelling> shown_otherwise(const View& plain,
                                        std::string_view raw) {
  // Of U+202E and of circled letters; of pictures and squared letters.
  constexpr char kLead = '\xE2';
  constexpr char kWideLead = '\xF0';
  std::vector<Respelling> shown = undressed_words(plain, raw);
  if (raw.find(kLead) == raw.npos && raw.find(kWideLead) == raw.npos) {
    return shown;
  }
  for (const auto& more :
       {respelled_overridden(plain, raw), circled_ats(plain, raw),
        respelled_pictures(plain, raw), circled_services(plain, raw)}) {
    shown.insert(shown.end(), more.begin(), more.end());
  }
  std::sort(shown.begin(), shown.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return shown;
}

}  // namespace

std::vector<Respelling> respellings(const View& plain, std::string_view raw,
                                    const std::vector<Lead>& leads) {
  const std::vector<Respelling> shown = shown_otherwise(plain, raw);
  std::vector<Respelling> found;
  size_t next = 0;
  size_t done = 0;
  const auto take_shown = [&](size_t until) {
    for (; next < shown.size() && shown[next].begin <= until; ++next) {
      if (shown[next].begin < done) continue;
      found.push_back(shown[next]);
      done = shown[next].end;
    }
  };
  for (const Lead& lead : leads) {
    const bool may = lead.kind == LeadKind::spell ||
                     lead.kind == LeadKind::number ||
                     lead.kind == LeadKind::digits || lead.kind == LeadKind::at;
    take_shown(lead.at);
    if (may && lead.at >= done) {
      done = respell(plain, raw, lead, done, found);
    }
  }
  take_shown(plain.text.size());
  return found;
}

}  // namespace simwarden
