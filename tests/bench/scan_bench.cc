// SPDX-License-Identifier: Apache-2.0
// N patterns over texts: the scanner beside RE2 one by one, RE2::Set and
// FilteredRE2, batch by batch in one run, so that the ratios hold on a busy
// machine too.
//
//   bench_scan                          the project's corpus
//   SIMWARDEN_BENCH_TEXTS=FILE bench_scan     a text a line
//
// Counters: ours_ns a text, MB_per_s, and how many times slower the others are
// (by_one, by_set, by_filter). A set that does not compile or runs out of
// memory has by_set 0.
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>

#include <benchmark/benchmark.h>
#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include "scan/scanner.h"

using namespace simwarden;

namespace {

constexpr size_t kBatch = 100;
constexpr size_t kTextsMax = 2'000;
constexpr size_t kLongBytes = 6'600;

double cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e9 + double(now.tv_nsec);
}

std::string lower(std::string text) {
  for (char& c : text) c = char(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return text;
}

// The value of "text" in a line of JSON, escapes left as they are; the line
// itself when it is none.
std::string text_of(const std::string& line) {
  const size_t key = line.find("\"text\":\"");
  if (key == std::string::npos) return lower(line);
  const size_t begin = key + 8;
  size_t end = begin;
  while (end < line.size() && line[end] != '"')
    end += line[end] == '\\' ? 2 : 1;
  return lower(line.substr(begin, end - begin));
}

const std::vector<std::string>& ordinary() {
  static const std::vector<std::string> texts = [] {
    const char* path = std::getenv("SIMWARDEN_BENCH_TEXTS");
    std::ifstream file(path ? path : CORPUS "/messages.jsonl");
    std::vector<std::string> read;
    for (std::string line;
         std::getline(file, line) && read.size() < kTextsMax;) {
      read.push_back(text_of(line));
    }
    return read;
  }();
  return texts;
}

// Words of the texts, from rare to common.
std::vector<std::string> words() {
  std::vector<std::string> all;
  for (const std::string& text : ordinary()) {
    const re2::RE2 word("([a-z]{4,12}|[\\p{Han}]{2,4})");
    re2::StringPiece rest(text);
    re2::StringPiece found;
    while (re2::RE2::FindAndConsume(&rest, word, &found)) {
      all.push_back(found.as_string());
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Like those of the policies: lists, windows, sentences, numbers.
std::vector<std::string> patterns(size_t count) {
  const std::vector<std::string> known = words();
  std::mt19937 random(1);
  const auto word = [&] { return known[random() % known.size()]; };
  const auto list = [&](size_t size) {
    std::string out = "(?:" + word();
    while (--size > 0) out += "|" + word();
    return out + ")";
  };
  std::vector<std::string> made;
  while (made.size() < count) {
    switch (random() % 6) {
      case 0: made.push_back(list(6)); break;
      case 1: made.push_back(list(4) + ".{0,40}" + list(4)); break;
      case 2: made.push_back("\\b" + list(3) + "\\b[^.!?]*\\b" + word()); break;
      case 3: made.push_back(list(3) + " ?[0-9]{4,8}\\b"); break;
      case 4:
        made.push_back(word() + "[^.!?]{0,24}" + list(5) + ".{0,12}" + word());
        break;
      default:
        made.push_back(word() + " " + word() + "|" + word() + "s?\\b");
        break;
    }
  }
  return made;
}

// 0 ordinary, 1 heavy with what the patterns look for, 2 long.
std::vector<std::string> texts_of(int kind) {
  std::vector<std::string> texts = ordinary();
  if (kind == 0) return texts;
  const std::vector<std::string> known = words();
  std::mt19937 random(2);
  if (kind == 1) {
    for (std::string& text : texts) {
      for (int i = 0; i < 8; ++i) text += " " + known[random() % known.size()];
    }
    return texts;
  }
  std::vector<std::string> joined(1);
  for (const std::string& text : texts) {
    if (joined.back().size() > kLongBytes) joined.emplace_back();
    joined.back() += text + " ";
  }
  return joined;
}

class Rivals {
 public:
  explicit Rivals(const std::vector<std::string>& patterns)
      : ours_(build_scanner(patterns)),
        scratch_(ours_->make_scratch()),
        set_(options(int64_t{512} << 20), re2::RE2::UNANCHORED),
        filter_(3) {
    for (const std::string& pattern : patterns) {
      one_by_one_.push_back(
          std::make_unique<re2::RE2>(pattern, options(1 << 20)));
      set_.Add(pattern, nullptr);
      int id = 0;
      filter_.Add(pattern, options(1 << 20), &id);
    }
    has_set_ = set_.Compile();
    std::vector<std::string> atoms;
    filter_.Compile(&atoms);
    for (std::string& atom : atoms) atom = re2::RE2::QuoteMeta(atom);
    atom_scanner_ = build_scanner(atoms);
    atom_scratch_ = atom_scanner_->make_scratch();
  }

  void ours(std::string_view text) { ours_->scan(text, *scratch_, hits_); }
  void by_one(std::string_view text) {
    for (const auto& one : one_by_one_) {
      benchmark::DoNotOptimize(re2::RE2::PartialMatch(text, *one));
    }
  }
  void by_set(std::string_view text) {
    if (!has_set_) return;
    re2::RE2::Set::ErrorInfo error{};
    set_.Match(text, &found_, &error);
    has_set_ = error.kind == re2::RE2::Set::kNoError;
  }
  // The atoms are searched for by a scanner of their own: a user of FilteredRE2
  // brings one.
  void by_filter(std::string_view text) {
    atom_scanner_->scan(text, *atom_scratch_, hits_);
    hit_atoms_.clear();
    for (const Hit& hit : hits_) hit_atoms_.push_back(int(hit.pattern));
    filter_.AllMatches(text, hit_atoms_, &found_);
  }
  bool has_set() const { return has_set_; }

 private:
  static re2::RE2::Options options(int64_t memory) {
    re2::RE2::Options made;
    made.set_log_errors(false);
    made.set_max_mem(memory);
    return made;
  }
  using Scratch =
      std::unique_ptr<Scanner::Scratch, void (*)(Scanner::Scratch*)>;
  std::unique_ptr<const Scanner> ours_;
  Scratch scratch_;
  std::vector<std::unique_ptr<re2::RE2>> one_by_one_;
  re2::RE2::Set set_;
  re2::FilteredRE2 filter_;
  std::unique_ptr<const Scanner> atom_scanner_;
  Scratch atom_scratch_{nullptr, [](Scanner::Scratch*) {}};
  std::vector<int> hit_atoms_;
  std::vector<Hit> hits_;
  std::vector<int> found_;
  bool has_set_ = false;
};

void scan(benchmark::State& state) {
  Rivals rivals(patterns(size_t(state.range(0))));
  const std::vector<std::string> texts = texts_of(int(state.range(1)));
  double spent[4] = {};
  double bytes = 0;
  size_t count = 0;
  for (const std::string& text : texts) rivals.ours(text);  // compiles
  for (auto _ : state) {
    std::vector<std::string_view> batch;
    for (size_t i = 0; i < kBatch; ++i) {
      batch.push_back(texts[count++ % texts.size()]);
      bytes += double(batch.back().size());
    }
    const auto timed = [&](auto&& work) {
      const double begin = cpu_ns();
      for (const std::string_view text : batch) work(text);
      return cpu_ns() - begin;
    };
    spent[0] += timed([&](std::string_view text) { rivals.ours(text); });
    spent[1] += timed([&](std::string_view text) { rivals.by_one(text); });
    spent[2] += timed([&](std::string_view text) { rivals.by_set(text); });
    spent[3] += timed([&](std::string_view text) { rivals.by_filter(text); });
  }
  state.counters["ours_ns"] = spent[0] / double(count);
  state.counters["MB_per_s"] = bytes / spent[0] * 1e3;
  state.counters["by_one"] = spent[1] / spent[0];
  state.counters["by_set"] = rivals.has_set() ? spent[2] / spent[0] : 0;
  state.counters["by_filter"] = spent[3] / spent[0];
}

BENCHMARK(scan)
    ->ArgNames({"patterns", "kind"})
    ->ArgsProduct({{60, 100, 300, 1000, 3000}, {0, 1, 2}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
