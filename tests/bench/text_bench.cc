// SPDX-License-Identifier: Apache-2.0
// How fast is a text seen, beside ICU's NFKC_Casefold alone and beside ICU's
// skeletons of confusable characters (UTS 39) over the same texts in the same
// run? bytes_per_second counts bytes of the original.
//
// The texts are made here, or, with SIMWARDEN_BENCH_TEXTS=FILE, the lines of a
// file; each is a message by itself, as the program sees them.
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uspoof.h>

#include "bench/chat.h"
#include "text/views.h"

using namespace simwarden;

namespace {

const std::vector<std::string> kTraditional = {
    "您好，", "今晚", "一起",   "吃飯",   "嗎？",   "我",   "還在",
    "公司",   "等你", "手機",   "沒電了", "，",     "回頭", "再說",
    "。",     "謝謝", "營業廳", "補辦",   "身分證", "帶著"};

const std::vector<std::string> kRussian = {
    "Привет,", "увидимся", "вечером", "в",       "10:30", "у",
    "салона",  "связи.",   "Возьми",  "паспорт", "и",     "старую",
    "карту!",  "Номер",    "потом",   "скажу"};

const std::vector<std::string> kDisguised = {
    "ｔ．ｍｅ／ｄｅｍｏ", "加薇♥信",  "✈️@demo_x", "Теlеgrаm", "扣扣①②③④⑤",
    "t\u200Be\u200Bl",    "𝐓𝐆：𝐝𝐞𝐦𝐨", "補卡",          "無需實名", "🅣🅖",
    "&#116;&#46;me",      "💰💰",       "全国",          "代办"};

void measure(benchmark::State& state, const Texts& texts,
             void (*one)(const std::string&)) {
  int64_t bytes = 0;
  for (const std::string& text : texts) {
    bytes += static_cast<int64_t>(text.size());
  }
  for (auto _ : state) {
    for (const std::string& text : texts) one(text);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["bytes_a_text"] =
      static_cast<double>(bytes) / static_cast<double>(texts.size());
}

// As the program does it: each text in the memory of the one before (a rule's
// facts, facts/facts.h). What others write into is used again, too.
void plain(const std::string& text) {
  static Views views;
  see(text, views);
  benchmark::DoNotOptimize(views.plain.text.data());
}

void icu(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  static std::string folded;
  folded.clear();
  icu::StringByteSink<std::string> sink(&folded);
  nfkc->normalizeUTF8(0, text, sink, nullptr, error);
  benchmark::DoNotOptimize(folded.data());
}

// With what changed and where: what a view needs to lead back.
void icu_edits(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  static std::string folded;
  folded.clear();
  icu::StringByteSink<std::string> sink(&folded);
  static icu::Edits edits;
  edits.reset();
  nfkc->normalizeUTF8(0, text, sink, &edits, error);
  benchmark::DoNotOptimize(folded.data());
}

void icu_skeleton(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  static const USpoofChecker* checker = uspoof_open(&error);
  static std::vector<char> skeleton(1 << 16);  // longer than any of a text here
  const int32_t size =
      uspoof_getSkeletonUTF8(checker, 0, text.data(), int32_t(text.size()),
                             skeleton.data(), int32_t(skeleton.size()), &error);
  if (U_FAILURE(error)) std::abort();
  benchmark::DoNotOptimize(size);
}

void squeezed(const std::string& text) {
  const View view = squeeze(see(text).plain);
  benchmark::DoNotOptimize(view.text.data());
}

void add(const std::string& name, Texts texts) {
  benchmark::RegisterBenchmark(
      ("see/" + name).c_str(),
      [texts](benchmark::State& state) { measure(state, texts, plain); });
  benchmark::RegisterBenchmark(
      ("icu_nfkc_casefold/" + name).c_str(),
      [texts](benchmark::State& state) { measure(state, texts, icu); });
  benchmark::RegisterBenchmark(
      ("icu_nfkc_casefold_with_edits/" + name).c_str(),
      [texts](benchmark::State& state) { measure(state, texts, icu_edits); });
  benchmark::RegisterBenchmark(("icu_skeleton/" + name).c_str(),
                               [texts](benchmark::State& state) {
                                 measure(state, texts, icu_skeleton);
                               });
  benchmark::RegisterBenchmark(
      ("see_and_squeeze/" + name).c_str(),
      [texts](benchmark::State& state) { measure(state, texts, squeezed); });
}

// Twice the bytes must take twice the time: see the ratio of each pair.
const std::vector<std::pair<std::string, std::string>> kHostile = {
    {"combining_marks", "\u0301"},
    {"rtl_overrides", "\u202E"},
    {"entities", "&#46;"},
    {"zwj_sequences", "👨\u200D"},
    {"hangul_jamo", "\u1100\u1161"},
    {"vowel_jamo", "\u1161"},
    {"fdfa", "\uFDFA"},
    {"percent", "%25"},
    {"equals", "=E5"},
    {"mixed_word", "Теа"},
    {"broken_utf8", "\xE5"}};

void add_hostile(const std::string& name, const std::string& unit) {
  for (const size_t kibibytes : {512U, 1024U}) {
    std::string text;
    while (text.size() + unit.size() <= kibibytes << 10) text += unit;
    const std::string label =
        "hostile/" + name + "/" + std::to_string(kibibytes) + "KiB";
    benchmark::RegisterBenchmark(
        label.c_str(),
        [text](benchmark::State& state) { measure(state, {text}, plain); });
  }
}

const bool kRegistered = [] {
  // Megabytes are kept and not handed back to the system after every text, or
  // its page faults are what is measured.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  if (const char* path = std::getenv("SIMWARDEN_BENCH_TEXTS")) {
    add("file", lines_of(path));
    return true;
  }
  add("ascii_chat", made_of(kEnglish, " ", 20, 2000));
  add("ascii_page", made_of(kEnglish, " ", 800, 50));
  add("ascii_double_spaces", made_of(kEnglish, "  ", 20, 2000));
  add("chinese_chat", made_of(kChinese, "", 15, 2000));
  add("traditional_chinese_chat", made_of(kTraditional, "", 15, 2000));
  add("russian_chat", made_of(kRussian, " ", 12, 2000));
  add("disguised_spam", made_of(kDisguised, " ", 12, 2000));
  for (const auto& [name, unit] : kHostile) add_hostile(name, unit);
  return true;
}();

}  // namespace
