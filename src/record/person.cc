// SPDX-License-Identifier: Apache-2.0
#include "record/person.h"

#include <algorithm>
#include <set>
#include <utility>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "diag/ascii.h"
#include "text/views.h"

namespace simwarden {
namespace {

std::string as_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// What exports and clerks write where nobody was named, or only that somebody
// was. Compared without blanks and signs, so "n/a" is "N.A." too.
constexpr std::string_view kNobody[] = {
    // systems
    "n/a", "nan", "null", "nil", "undefined", "false", "true", "void",
    // English
    "none", "no", "no one", "nobody", "unknown", "unassigned", "unspecified",
    "tbd", "tba", "tbc", "to be confirmed", "pending", "empty", "missing",
    "self", "myself", "same", "same as above", "ditto", "yes", "approved",
    "no approver", "no second approver", "no second person", "system", "auto",
    "automatic",
    // Chinese; words that begin so are below
    "空", "空白", "否", "是", "同上", "本人", "自己", "待定", "待补", "暂缺",
    "系统", "自动", "零",
    // Malay, Indonesian, Tagalog
    "tiada", "tidak ada", "tak ada", "tiada siapa", "kosong", "nihil",
    "tidak diketahui", "tidak berkenaan", "belum ada", "wala", "walang tao",
    // Hindi, Bengali, Urdu
    "कोई नहीं", "नहीं", "अज्ञात", "शून्य", "লাগবে না", "নেই", "কেউ না", "কেউ নেই",
    "کوئی نہیں", "نہیں", "نامعلوم",
    // Vietnamese, Thai
    "không", "không có", "không ai", "không rõ", "khong", "khong co", "chưa có",
    "ไม่มี", "ไม่มีใคร", "ไม่ทราบ", "ว่าง",
    // Spanish, Portuguese, French, Italian, Romanian
    "ninguno", "ninguna", "nadie", "no hay", "no aplica", "desconocido",
    "vacío", "vacio", "pendiente", "nenhum", "nenhuma", "ninguém", "ninguem",
    "não", "não há", "não se aplica", "desconhecido", "vazio", "aucun",
    "aucune", "personne", "néant", "neant", "inconnu", "sans objet", "rien",
    "non", "vide", "nessuno", "nessuna", "niente", "sconosciuto",
    "non applicabile", "non disponibile", "nimeni", "niciunul", "necunoscut",
    // German, Dutch, Polish, Turkish
    "kein", "keine", "keiner", "niemand", "nein", "unbekannt", "entfällt",
    "nicht vorhanden", "geen", "niemand", "leeg", "onbekend", "n.v.t.", "brak",
    "nikt", "nieznany", "nie dotyczy", "yok", "kimse", "hiçbiri", "hayır",
    "bilinmiyor", "boş",
    // Russian, Ukrainian
    "нет", "никто", "никого", "неизвестно", "неизвестен", "отсутствует",
    "не указан", "не указано", "не требуется", "пусто", "прочерк", "немає",
    "ніхто", "невідомо", "відсутній",
    // Arabic, Persian, Swahili
    "لا", "لا أحد", "لا احد", "لا يوجد", "لا شيء", "غير معروف", "مجهول", "بدون",
    "فارغ", "هیچ", "هیچ کس", "هیچکس", "ندارد", "نامشخص", "hakuna", "hamna",
    "hakuna mtu", "haijulikani",
    // Japanese, Korean, Burmese, Khmer
    "なし", "無し", "該当なし", "不明", "未定", "空欄", "없음", "없다",
    "해당없음", "미정", "모름", "မရှိ", "မရှိပါ", "គ្មាន"};

// What says so whatever follows: "none (system slow)", 未审批, 无人复核.
constexpr std::string_view kNobodyFirst[] = {"none", "nobody", "not", "without",
                                             "unknown"};
constexpr std::string_view kNobodyBegins[] = {
    "无", "没", "未", "暂无", "不详", "不明", "不适用", "不需", "不用", "不知"};

bool belongs_to_word(UChar32 c) {
  constexpr uint32_t kWord = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return c > 0 && (U_GET_GC_MASK(c) & kWord) != 0;
}

// The words of a text as they are read (text/views.h), without signs.
std::vector<std::string> words_of(std::string_view text) {
  const std::string shown = see(text).plain.text;
  const auto* bytes = reinterpret_cast<const uint8_t*>(shown.data());
  const auto size = static_cast<int32_t>(shown.size());
  std::vector<std::string> words;
  bool inside = false;
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    const bool was_inside = std::exchange(inside, belongs_to_word(c));
    if (!inside) continue;
    if (!was_inside) words.emplace_back();
    words.back().append(shown, size_t(begin), size_t(at - begin));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word;
  return out;
}

bool is_nobody_s(const std::string& letters) {
  static const std::set<std::string> kKnown = [] {
    std::set<std::string> known;
    for (const std::string_view one : kNobody) {
      known.insert(joined(words_of(one)));
    }
    return known;
  }();
  return kKnown.contains(letters);
}

bool is_all(std::string_view text, char wanted) {
  return text.find_first_not_of(wanted) == text.npos;
}

}  // namespace

bool names_somebody(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  const std::string letters = joined(words);
  if (is_all(letters, '0') || is_all(letters, 'x')) return false;
  if (letters.size() == 1 && is_ascii_letter(letters[0])) return false;
  const auto begins = [&](std::string_view with) {
    return letters.starts_with(with);
  };
  return std::count(std::begin(kNobodyFirst), std::end(kNobodyFirst),
                    words.front()) == 0 &&
         std::none_of(std::begin(kNobodyBegins), std::end(kNobodyBegins),
                      begins) &&
         !is_nobody_s(letters);
}

std::string person_key(std::string_view name) {
  const std::string folded = fold_letters(name);
  std::string key;
  for (const char c : trimmed(folded)) {
    const bool blank_again = c == ' ' && key.ends_with(' ');
    if (!blank_again) key += c;
  }
  return key;
}

bool same_person(std::string_view a, std::string_view b) {
  return a == b || person_key(a) == person_key(b);
}

std::vector<std::string> spellings_of(std::string_view name) {
  const std::string key = person_key(name);
  const auto text = icu::UnicodeString::fromUTF8(key);
  icu::UnicodeString capital = text;
  icu::UnicodeString capitals = text;
  return {std::string(name), key,
          as_utf8(capital.toTitle(nullptr, icu::Locale::getRoot())),
          as_utf8(capitals.toUpper(icu::Locale::getRoot()))};
}

}  // namespace simwarden
