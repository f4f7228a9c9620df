// SPDX-License-Identifier: Apache-2.0
// How fast is a message read: views and everything that a reader could follow,
// beside the views alone and ICU's NFKC_Casefold alone over the same texts in
// the same run. bytes_per_second counts bytes of the original.
//
// The texts are made here, or, with SIMWARDEN_BENCH_TEXTS=FILE, the lines of a
// file; each is a message by itself, as the program sees them.
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "bench/chat.h"
#include "contact/contact.h"
#include "link/url.h"

using namespace simwarden;

namespace {

// A hot line of the registry in most of them.
const std::vector<std::string> kHotline = [] {
  std::vector<std::string> words = kChinese;
  words.push_back("10086");
  return words;
}();

const std::vector<std::string> kDisguised = {"ｔ．ｍｅ／ｄｅｍｏ",
                                             "加薇♥信",
                                             "✈️@demo_x",
                                             "Теlеgrаm",
                                             "扣扣①②③④⑤",
                                             "t\u200Be\u200Bl",
                                             "𝐓𝐆：𝐝𝐞𝐦𝐨",
                                             "補卡",
                                             "無需實名",
                                             "🅣🅖",
                                             "&#116;&#46;me",
                                             "💰💰",
                                             "全国",
                                             "代办",
                                             "hxxp://demo[.]test/a"};

const std::vector<std::string> kLinks = {"see",
                                         "https://www.demo.test/a/b?c=d",
                                         "demo-shop.com/x",
                                         "and",
                                         "mail",
                                         "demo@demo.test",
                                         "or",
                                         "the",
                                         "page",
                                         "http://192.0.2.7:8080/login",
                                         "[x](t.me/demo_x)"};

const Texts& texts(const char* name) {
  static const Texts kGiven = [] {
    const char* path = std::getenv("SIMWARDEN_BENCH_TEXTS");
    return path == nullptr ? Texts() : lines_of(path);
  }();
  static const Texts kMade[] = {
      made_of(kEnglish, " ", 18), made_of(kChinese, "", 22),
      made_of(kHotline, "", 22), made_of(kDisguised, " ", 12),
      made_of(kLinks, " ", 12)};
  if (!kGiven.empty()) return kGiven;
  const std::string_view wanted = name;
  if (wanted == "english") return kMade[0];
  if (wanted == "chinese") return kMade[1];
  if (wanted == "hotline") return kMade[2];
  return wanted == "disguised" ? kMade[3] : kMade[4];
}

Registry registry() {
  Registry r;
  r.official_domains = {"10086.cn", "demotel.example"};
  r.official_hotlines = {"10086"};
  r.shorteners = {"demo-short.test"};
  r.brands = {{"10086", "10086.cn"}, {"demotel", "demotel.example"}};
  prepare(r);
  return r;
}

template <typename Work>
void over(benchmark::State& state, const char* name, Work&& work) {
  const Texts& all = texts(name);
  size_t bytes = 0;
  for (const std::string& text : all) bytes += text.size();
  for (auto _ : state) {
    for (const std::string& text : all) work(text);
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes) * state.iterations());
}

void eye(benchmark::State& state, const char* name) {
  const Registry lists = registry();
  over(state, name, [&](const std::string& text) {
    const Views views = see(text);
    benchmark::DoNotOptimize(find_followable(views, lists, "CN"));
  });
}

void views_alone(benchmark::State& state, const char* name) {
  over(state, name,
       [](const std::string& text) { benchmark::DoNotOptimize(see(text)); });
}

void icu_alone(benchmark::State& state, const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string out;
  over(state, name, [&](const std::string& text) {
    out.clear();
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    fold->normalizeUTF8(0, text, sink, nullptr, status);
    benchmark::DoNotOptimize(out);
  });
}

void url(benchmark::State& state, const char* text) {
  const std::string_view input = text;
  for (auto _ : state) benchmark::DoNotOptimize(parse_url(input));
  state.SetBytesProcessed(static_cast<int64_t>(input.size()) *
                          state.iterations());
}

// Lists of a million: made ready once, asked for each host.
Registry large_registry(size_t names) {
  Registry r;
  std::mt19937 random(7);
  r.official_domains.reserve(names);
  while (r.official_domains.size() < names) {
    std::string name;
    const size_t size = 5 + random() % 12;
    for (size_t i = 0; i < size; ++i) {
      name += static_cast<char>('a' + random() % 26);
    }
    r.official_domains.insert(name + ".test");
  }
  return r;
}

void prepare_lists(benchmark::State& state) {
  Registry lists = large_registry(static_cast<size_t>(state.range(0)));
  for (auto _ : state) prepare(lists);
}

void one_host(benchmark::State& state) {
  Registry lists = large_registry(static_cast<size_t>(state.range(0)));
  prepare(lists);
  for (auto _ : state) {
    benchmark::DoNotOptimize(examine_host("www.demotel-sim.test", lists));
  }
}

}  // namespace

BENCHMARK(prepare_lists)
    ->Arg(1000)
    ->Arg(1000000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(one_host)->Arg(1000)->Arg(1000000);
BENCHMARK_CAPTURE(eye, english, "english");
BENCHMARK_CAPTURE(views_alone, english, "english");
BENCHMARK_CAPTURE(icu_alone, english, "english");
BENCHMARK_CAPTURE(eye, chinese, "chinese");
BENCHMARK_CAPTURE(views_alone, chinese, "chinese");
BENCHMARK_CAPTURE(icu_alone, chinese, "chinese");
BENCHMARK_CAPTURE(eye, hotline, "hotline");
BENCHMARK_CAPTURE(views_alone, hotline, "hotline");
BENCHMARK_CAPTURE(icu_alone, hotline, "hotline");
BENCHMARK_CAPTURE(eye, disguised, "disguised");
BENCHMARK_CAPTURE(views_alone, disguised, "disguised");
BENCHMARK_CAPTURE(icu_alone, disguised, "disguised");
BENCHMARK_CAPTURE(eye, links, "links");
BENCHMARK_CAPTURE(views_alone, links, "links");
BENCHMARK_CAPTURE(url, ascii, "https://www.demo.test:8080/a/b?c=d#e");
BENCHMARK_CAPTURE(url, idn, "https://www.bücher.test/a/b?c=d#e");
