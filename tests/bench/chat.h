// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <random>
#include <string>
#include <vector>

// Texts that benchmarks read: chat made of a few words, always the same, or the
// lines of a file.
namespace simwarden {

using Texts = std::vector<std::string>;

// `count` texts of `words_each` words with `space` between them.
inline Texts made_of(const std::vector<std::string>& words,
                     const std::string& space, size_t words_each,
                     size_t count = 2000) {
  std::mt19937 random(7);
  Texts texts(count);
  for (std::string& text : texts) {
    size_t last = words.size();
    for (size_t i = 0; i < words_each; ++i) {
      size_t next = random() % words.size();
      // Two hot lines in a row would be the number of somebody.
      if (next == last) next = (next + 1) % words.size();
      if (i != 0) text += space;
      text += words[next];
      last = next;
    }
  }
  return texts;
}

// Of the file that SIMWARDEN_BENCH_TEXTS names, each a message by itself.
inline Texts lines_of(const char* path) {
  Texts lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

inline const std::vector<std::string> kEnglish = {
    "ok",     "see",      "you",     "tonight", "I",     "will",   "bring",
    "the",    "Tickets,", "call",    "me",      "when",  "you're", "there.",
    "Thanks", "for",      "your",    "message", "about", "my",     "phone",
    "and",    "a",        "meeting", "at",      "10:30", "on",     "Monday!"};

inline const std::vector<std::string> kChinese = {
    "你好，", "今天",   "晚上",   "一起", "吃饭", "吗？", "我",    "在", "公司",
    "等你",   "手机",   "没电了", "，",   "回头", "再说", "。",    "OK", "好的",
    "谢谢",   "营业厅", "办理",   "补卡", "需要", "带",   "身份证"};

}  // namespace simwarden
