// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "contact/ascii.h"
#include "contact/encoded_text.h"
#include "contact/leads.h"
#include "contact/letter_digits.h"
#include "contact/mail_words.h"
#include "contact/number_noise.h"
#include "contact/number_words.h"
#include "contact/scene.h"
#include "contact/spelled_signs.h"
#include "contact/told_signs.h"
#include "contact/turned.h"

// Parts of a text that are written anew before anything is looked for: signs
// and numbers in words, and hosts with their letters apart.
namespace simwarden {
namespace {

size_t skip_space(std::string_view t, size_t i) {
  return at(t, i) == ' ' ? i + 1 : i;
}

size_t skip_space_back(std::string_view t, size_t i) {
  return before(t, i) == ' ' ? i - 1 : i;
}

bool is_single(char c) {
  return is_alnum(c) || is_one_of(c, ".-_@");
}

// "d e m o _ x" behind a host: each character apart.
void add_singles(std::string_view t, Respelling& host) {
  constexpr size_t kSinglesMin = 4;
  constexpr size_t kSinglesMax = 40;
  std::string letters;
  size_t end = host.end;
  for (size_t i = end; letters.size() < kSinglesMax; i += 2) {
    const bool apart =
        is_single(at(t, i)) && (i + 1 >= t.size() || t[i + 1] == ' ');
    if (!apart) break;
    letters += t[i];
    end = i + 1;
  }
  if (letters.size() < kSinglesMin) return;
  host.with += letters;
  host.end = end;
}

// "t . me / x", "t.m e/x", "wa | me/1": `slash` stands on the "/".
bool spaced_host(std::string_view t, size_t slash, Respelling& out) {
  size_t i = skip_space_back(t, slash);
  if (before(t, i) != 'e') return false;
  i = skip_space_back(t, i - 1);
  if (before(t, i) != 'm') return false;
  i = skip_space_back(t, i - 1);
  const CodePoint dot = code_point_before(t, i);
  constexpr std::u32string_view kDots = U"./|·•。,*-_~";
  if (i == 0 || kDots.find(dot.c) == kDots.npos) return false;
  i = skip_space_back(t, i - dot.size);
  const bool apart = before(t, i) == 'a' && before(t, i - 1) == ' ';
  const std::string_view name = before(t, i) == 't' ? "t" : "wa";
  const std::string_view written = apart ? "w a" : name;
  if (i < written.size() || !starts_at(t, i - written.size(), written)) {
    return false;
  }
  i -= written.size();
  if (is_alnum(before(t, i))) return false;
  const size_t end = skip_space(t, slash + 1);
  std::string with(name);
  with += ".me/";
  out = {i, end, std::move(with), How::spaced};
  add_singles(t, out);
  return t.substr(i, out.end - i) != out.with;
}

// "w w w . d e m o . c o m": `dot` stands on a dot behind a space.
bool spaced_letters(std::string_view t, size_t dot, Respelling& out) {
  constexpr size_t kLettersMax = 80;
  constexpr size_t kLettersMin = 8;  // "t . m e" is another thing
  const auto is_apart = [&](size_t i) {
    return is_single(at(t, i)) && (i == 0 || t[i - 1] == ' ') &&
           (i + 1 >= t.size() || t[i + 1] == ' ');
  };
  size_t begin = dot;
  while (begin >= 2 && dot - begin < 2 * kLettersMax && is_apart(begin - 2)) {
    begin -= 2;
  }
  out = {begin, begin, {}, How::spaced};
  for (size_t i = begin; out.with.size() < kLettersMax && is_apart(i); i += 2) {
    out.with.push_back(t[i]);
    out.end = i + 1;
  }
  const size_t last = out.with.rfind('.');
  return out.with.size() >= kLettersMin && last != out.with.npos && last > 0 &&
         is_host_ending(std::string_view(out.with).substr(last + 1));
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
    is = read_apart_at(t, i, one);
  } else if (lead.kind == LeadKind::number) {
    is = read_number_words(t, i, done, end, one);
  } else if (lead.kind == LeadKind::digits) {
    is = read_base64(plain, raw, i, one) || read_parted_mobile(t, i, one) ||
         read_parted_number(t, i, one) || read_noisy_number(t, i, one) ||
         read_same_noise(t, i, one) || read_tagged_number(t, i, one) ||
         read_single_figures(t, i, one) ||
         (touches_letter_digit(t, i) &&
          read_letter_digits(t, i, done, end, one));
  } else if (t[i] == '/') {
    is = spaced_host(t, i, one);
  } else if (t[i] == '.') {
    // "t . me / x" is respelled at its "/", and begins before.
    is = spaced_letters(t, i, one);
  } else {
    is = may_be_turned(t, i) ? read_turned(t, i, done, one)
                             : read_told_sign(t, i, one);
  }
  if (is && one.begin >= done) found.push_back(one);
  if (!is && lead.kind == LeadKind::spell) read_spelled_sign(t, i, found);
  return std::max({done, end, found.empty() ? 0 : found.back().end});
}

}  // namespace

std::vector<Respelling> respellings(const View& plain, std::string_view raw,
                                    const std::vector<Lead>& leads) {
  std::vector<Respelling> found;
  size_t done = 0;
  for (const Lead& lead : leads) {
    const bool may = lead.kind == LeadKind::spell ||
                     lead.kind == LeadKind::number ||
                     lead.kind == LeadKind::digits || lead.kind == LeadKind::at;
    if (may && lead.at >= done) {
      done = respell(plain, raw, lead, done, found);
    }
  }
  return found;
}

}  // namespace simwarden
