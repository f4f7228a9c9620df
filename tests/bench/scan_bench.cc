// SPDX-License-Identifier: Apache-2.0
// N patterns over texts: the scanner beside RE2 one by one, RE2::Set,
// FilteredRE2 and, where libhyperscan-dev and libyara-dev are installed,
// Hyperscan and YARA; batch by batch in one run, so that the ratios hold on a
// busy machine too.
//
//   bench_scan                          the project's corpus
//   SIMWARDEN_BENCH_TEXTS=FILE bench_scan     a text a line
//
// Counters: ours_ns a text, MB_per_s, and how many times slower the others are
// (by_one, by_set, by_filter with the automaton of the textbook, by_filter_ours
// with our scanner for its atoms, by_hyperscan, by_yara), each the median of
// the batches. 0: not installed, or a set that does not compile or runs out of
// memory. load_ms is ours, hyperscan_load_ms and yara_load_ms theirs.
// memory_mib is ours when all texts have been searched, hyperscan_memory_mib
// its database with one scratch. hyperscan_refuses says how many patterns it
// did not take, yara_finds how much of what we find YARA does.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/aho_corasick.h"
#include "bench/scan_peers.h"
#include "scan/scanner.h"

using namespace simwarden;
using bench::cpu_ns;
using bench::Hyperscan;
using bench::Yara;

namespace {

// Long enough that each finds its own memory in the caches again.
constexpr size_t kBatch = 500;
constexpr size_t kTextsMax = 2'000;
// Each text is met more than once, whatever a batch takes.
constexpr size_t kBatches = 8;
constexpr size_t kLongBytes = 6'600;

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

double load_ms(const std::vector<std::string>& patterns) {
  const double begin = cpu_ns();
  benchmark::DoNotOptimize(build_scanner(patterns));
  return (cpu_ns() - begin) / 1e6;
}

double allocated_mib() {
  const struct mallinfo2 now = mallinfo2();
  return double(now.uordblks + now.hblkhd) / double(1 << 20);
}

void search_all(const Scanner& scanner, const std::vector<std::string>& texts) {
  const auto scratch = scanner.make_scratch();
  for (const std::string& text : texts) {
    for (const uint32_t pattern : scanner.look(text, *scratch)) {
      benchmark::DoNotOptimize(scanner.matches(pattern, *scratch));
    }
  }
}

// Of a scanner that has searched all texts.
double memory_mib(const std::vector<std::string>& patterns,
                  const std::vector<std::string>& texts) {
  const double before = allocated_mib();
  const auto scanner = build_scanner(patterns);
  search_all(*scanner, texts);
  return allocated_mib() - before;
}

// Of /proc/self/status.
double resident_mib(std::string_view key) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(key)) return std::stod(line.substr(key.size())) / 1024;
  }
  return 0;
}

// By how much a process grows while it does that: a child's own, because what
// another has freed would be taken again.
template <class Work>
double peak_mib(Work&& work) {
  malloc_trim(0);
  int ends[2];
  if (::pipe(ends) != 0) return 0;
  const pid_t child = ::fork();
  if (child == 0) {
    const double before = resident_mib("VmRSS:");
    work();
    const double grown = resident_mib("VmHWM:") - before;
    ::_exit(::write(ends[1], &grown, sizeof grown) == sizeof grown ? 0 : 1);
  }
  double grown = 0;
  if (::read(ends[0], &grown, sizeof grown) != sizeof grown) grown = 0;
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  return grown;
}

class Rivals {
 public:
  explicit Rivals(const std::vector<std::string>& patterns)
      : ours_(build_scanner(patterns)),
        scratch_(ours_->make_scratch()),
        set_(options(int64_t{512} << 20), re2::RE2::UNANCHORED),
        filter_(3),
        hyperscan_(patterns),
        yara_(patterns) {
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
    automaton_.emplace(atoms);
    for (std::string& atom : atoms) atom = re2::RE2::QuoteMeta(atom);
    atom_scanner_ = build_scanner(atoms);
    atom_scratch_ = atom_scanner_->make_scratch();
  }

  // Whether each matches, as the others are asked.
  size_t ours(std::string_view text) {
    size_t found = 0;
    for (const uint32_t pattern : ours_->look(text, *scratch_)) {
      found += ours_->matches(pattern, *scratch_);
    }
    return found;
  }
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
  // A user of FilteredRE2 brings along what searches for its atoms: the
  // automaton of the textbook.
  void by_filter(std::string_view text) {
    hit_atoms_.clear();
    automaton_->find(text, hit_atoms_);
    filter_.AllMatches(text, hit_atoms_, &found_);
  }
  // Or what we have for it.
  void by_filter_ours(std::string_view text) {
    atom_scanner_->scan(text, *atom_scratch_, hits_);
    hit_atoms_.clear();
    for (const Hit& hit : hits_) hit_atoms_.push_back(int(hit.pattern));
    filter_.AllMatches(text, hit_atoms_, &found_);
  }
  void by_hyperscan(std::string_view text) {
    if (!hyperscan_.there()) return;
    benchmark::DoNotOptimize(hyperscan_.scan(text));
  }
  void by_yara(std::string_view text) {
    if (yara_.there()) benchmark::DoNotOptimize(yara_.scan(text));
  }
  // Patterns in texts that YARA finds, for each that we do.
  double yara_finds(const std::vector<std::string>& texts) {
    size_t by_us = 0;
    size_t by_them = 0;
    for (const std::string& text : texts) {
      by_us += ours(text);
      if (yara_.there()) by_them += yara_.scan(text);
    }
    return by_us == 0 ? 0 : double(by_them) / double(by_us);
  }
  bool has_set() const { return has_set_; }
  const Hyperscan& hyperscan() const { return hyperscan_; }
  const Yara& yara() const { return yara_; }

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
  Hyperscan hyperscan_;
  Yara yara_;
  std::optional<AhoCorasick> automaton_;
  std::unique_ptr<const Scanner> atom_scanner_;
  Scratch atom_scratch_{nullptr, [](Scanner::Scratch*) {}};
  std::vector<int> hit_atoms_;
  std::vector<Hit> hits_;
  std::vector<int> found_;
  bool has_set_ = false;
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <class Work>
double walk(const std::vector<std::string_view>& batch, Work&& work) {
  const double begin = cpu_ns();
  for (const std::string_view text : batch) work(text);
  return cpu_ns() - begin;
}

// Nanoseconds of a batch. A walk before it brings what is asked back into the
// caches, which the rival before has filled.
template <class Work>
double timed(const std::vector<std::string_view>& batch, Work&& work) {
  walk(batch, work);
  return walk(batch, work);
}

void scan(benchmark::State& state) {
  const std::vector<std::string> made = patterns(size_t(state.range(0)));
  const std::vector<std::string> texts = texts_of(int(state.range(1)));
  if (state.range(1) == 0) {  // the same for all kinds of texts
    state.counters["peak_mib"] =
        peak_mib([&] { search_all(*build_scanner(made), texts); });
    state.counters["hyperscan_peak_mib"] =
        peak_mib([&] { benchmark::DoNotOptimize(Hyperscan(made).there()); });
  }
  Rivals rivals(made);
  for (const std::string& text : texts) rivals.ours(text);  // compiles
  std::vector<double> ns;
  std::vector<double> megabytes;
  std::vector<double> ratios[6];
  size_t count = 0;
  for (auto _ : state) {
    std::vector<std::string_view> batch;
    double bytes = 0;
    for (size_t i = 0; i < std::min(kBatch, texts.size()); ++i) {
      batch.push_back(texts[count++ % texts.size()]);
      bytes += double(batch.back().size());
    }
    const double ours = timed(
        batch, [&](auto text) { benchmark::DoNotOptimize(rivals.ours(text)); });
    ns.push_back(ours / double(batch.size()));
    megabytes.push_back(bytes / ours * 1e3);
    const auto beside = [&](size_t rival, auto&& work) {
      ratios[rival].push_back(timed(batch, work) / ours);
    };
    beside(0, [&](auto text) { rivals.by_one(text); });
    beside(1, [&](auto text) { rivals.by_set(text); });
    beside(2, [&](auto text) { rivals.by_filter(text); });
    beside(3, [&](auto text) { rivals.by_hyperscan(text); });
    beside(4, [&](auto text) { rivals.by_yara(text); });
    beside(5, [&](auto text) { rivals.by_filter_ours(text); });
  }
  const Hyperscan& hyperscan = rivals.hyperscan();
  const Yara& yara = rivals.yara();
  state.counters["ours_ns"] = median(ns);
  state.counters["MB_per_s"] = median(megabytes);
  state.counters["by_one"] = median(ratios[0]);
  state.counters["by_set"] = rivals.has_set() ? median(ratios[1]) : 0;
  state.counters["by_filter"] = median(ratios[2]);
  state.counters["by_filter_ours"] = median(ratios[5]);
  state.counters["by_hyperscan"] = hyperscan.there() ? median(ratios[3]) : 0;
  state.counters["by_yara"] = yara.there() ? median(ratios[4]) : 0;
  state.counters["yara_finds"] = rivals.yara_finds(texts);
  state.counters["yara_load_ms"] = yara.load_ns() / 1e6;
  state.counters["load_ms"] = load_ms(made);
  state.counters["hyperscan_load_ms"] = hyperscan.load_ns() / 1e6;
  state.counters["memory_mib"] = memory_mib(made, texts);
  state.counters["hyperscan_memory_mib"] = hyperscan.memory_mib();
  state.counters["hyperscan_refuses"] = double(hyperscan.refused());
}

BENCHMARK(scan)
    ->ArgNames({"patterns", "kind"})
    ->ArgsProduct({{60, 100, 300, 1000, 3000}, {0, 1, 2}})
    ->Iterations(kBatches)
    ->Unit(benchmark::kMillisecond);

}  // namespace
