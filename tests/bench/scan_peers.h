// SPDX-License-Identifier: Apache-2.0
// Scanners that bench_scan compares with, where their Debian packages are
// installed: libhyperscan-dev, libyara-dev. Each is made of patterns and says
// how many of them a text has.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#ifdef SIMWARDEN_HYPERSCAN
#include <hs/hs.h>
#endif
#ifdef SIMWARDEN_YARA
#include <yara.h>
#endif

namespace simwarden::bench {

inline double cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e9 + double(now.tv_nsec);
}

#ifdef SIMWARDEN_HYPERSCAN
// In UTF-8 mode, which means the same as RE2; the first match of each pattern.
class Hyperscan {
 public:
  explicit Hyperscan(const std::vector<std::string>& patterns) {
    const double begin = cpu_ns();
    std::vector<const char*> texts;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    for (const std::string& pattern : patterns) {
      if (!takes(pattern)) {
        ++refused_;
        continue;
      }
      texts.push_back(pattern.c_str());
      flags.push_back(kFlags);
      ids.push_back(unsigned(ids.size()));
    }
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(texts.data(), flags.data(), ids.data(),
                         unsigned(texts.size()), HS_MODE_BLOCK, nullptr,
                         &database_, &error) == HS_SUCCESS) {
      hs_alloc_scratch(database_, &scratch_);
    }
    hs_free_compile_error(error);
    load_ns_ = cpu_ns() - begin;
  }
  Hyperscan(const Hyperscan&) = delete;
  Hyperscan& operator=(const Hyperscan&) = delete;
  ~Hyperscan() {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  bool there() const { return scratch_ != nullptr; }
  size_t refused() const { return refused_; }
  double load_ns() const { return load_ns_; }
  double memory_mib() const {
    size_t database = 0;
    size_t scratch = 0;
    hs_database_size(database_, &database);
    hs_scratch_size(scratch_, &scratch);
    return double(database + scratch) / double(1 << 20);
  }
  size_t scan(std::string_view text) {
    size_t hits = 0;
    const auto count = [](unsigned, unsigned long long, unsigned long long,
                          unsigned, void* to) {
      ++*static_cast<size_t*>(to);
      return 0;
    };
    hs_scan(database_, text.data(), unsigned(text.size()), 0, scratch_, count,
            &hits);
    return hits;
  }

 private:
  static constexpr unsigned kFlags = HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH;
  static bool takes(const std::string& pattern) {
    hs_expr_info_t* info = nullptr;
    hs_compile_error_t* error = nullptr;
    const bool taken = hs_expression_info(pattern.c_str(), kFlags, &info,
                                          &error) == HS_SUCCESS;
    std::free(info);
    hs_free_compile_error(error);
    return taken;
  }
  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
  size_t refused_ = 0;
  double load_ns_ = 0;
};
#else
class Hyperscan {
 public:
  explicit Hyperscan(const std::vector<std::string>&) {}
  bool there() const { return false; }
  size_t refused() const { return 0; }
  double load_ns() const { return 0; }
  double memory_mib() const { return 0; }
  size_t scan(std::string_view) { return 0; }
};
#endif

#ifdef SIMWARDEN_YARA
// A rule for each pattern, by libyara's scanner. It reads bytes: `.{0,40}` is
// forty bytes, so that it finds a little less in Chinese texts.
class Yara {
 public:
  explicit Yara(const std::vector<std::string>& patterns) {
    const double begin = cpu_ns();
    yr_initialize();
    YR_COMPILER* compiler = nullptr;
    if (yr_compiler_create(&compiler) != ERROR_SUCCESS) return;
    if (yr_compiler_add_string(compiler, rules_of(patterns).c_str(), nullptr) ==
            0 &&
        yr_compiler_get_rules(compiler, &rules_) == ERROR_SUCCESS &&
        yr_scanner_create(rules_, &scanner_) == ERROR_SUCCESS) {
      yr_scanner_set_callback(scanner_, count, &hits_);
      yr_scanner_set_flags(scanner_, SCAN_FLAGS_FAST_MODE |
                                         SCAN_FLAGS_NO_TRYCATCH |
                                         SCAN_FLAGS_REPORT_RULES_MATCHING);
    }
    yr_compiler_destroy(compiler);
    load_ns_ = cpu_ns() - begin;
  }
  Yara(const Yara&) = delete;
  Yara& operator=(const Yara&) = delete;
  ~Yara() {
    if (scanner_) yr_scanner_destroy(scanner_);
    if (rules_) yr_rules_destroy(rules_);
    yr_finalize();
  }

  bool there() const { return scanner_ != nullptr; }
  double load_ns() const { return load_ns_; }
  size_t scan(std::string_view text) {
    hits_ = 0;
    yr_scanner_scan_mem(scanner_, reinterpret_cast<const uint8_t*>(text.data()),
                        text.size());
    return hits_;
  }

 private:
  static int count(YR_SCAN_CONTEXT*, int message, void*, void* to) {
    if (message == CALLBACK_MSG_RULE_MATCHING) ++*static_cast<size_t*>(to);
    return CALLBACK_CONTINUE;
  }
  // Its language has no groups that are not kept, and only ASCII.
  static std::string expression(const std::string& pattern) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (size_t i = 0; i < pattern.size(); ++i) {
      const auto byte = static_cast<unsigned char>(pattern[i]);
      if (pattern.compare(i, 3, "(?:") == 0) {
        out += '(';
        i += 2;
      } else if (byte >= 0x80) {
        out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
      } else {
        out += pattern[i];
      }
    }
    return out;
  }
  static std::string rules_of(const std::vector<std::string>& patterns) {
    std::string out;
    for (size_t i = 0; i < patterns.size(); ++i) {
      out += "rule r" + std::to_string(i) + " { strings: $a = /" +
             expression(patterns[i]) + "/ condition: $a }\n";
    }
    return out;
  }
  YR_RULES* rules_ = nullptr;
  YR_SCANNER* scanner_ = nullptr;
  size_t hits_ = 0;
  double load_ns_ = 0;
};
#else
class Yara {
 public:
  explicit Yara(const std::vector<std::string>&) {}
  bool there() const { return false; }
  double load_ns() const { return 0; }
  size_t scan(std::string_view) { return 0; }
};
#endif

}  // namespace simwarden::bench
