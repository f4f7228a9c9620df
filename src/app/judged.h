// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/house.h"
#include "app/options.h"
#include "app/reading.h"
#include "app/tally.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "store/verdict_store.h"

// One chunk of input, read, judged and spelt: the part of the work that runs
// on many threads. Nothing here depends on another chunk.
namespace simwarden {

// A row as the store wants it; `subject` and `event_time` are in clear and
// leave the program only as a token.
struct StoreRow {
  Position position;
  std::string id;
  Kind kind = Kind::request;
  Action action = Action::pass;
  double score = 0;
  std::string profile;
  std::string subject;
  std::string event_time;
  std::string json;  // the verdict without its source
  std::string top_rule;
  std::vector<ShadowHit> shadow;
  std::vector<WaivedHit> waived;
  std::vector<std::string> invalid;  // facts whose value is none
};

struct Judged {
  Chunk chunk;
  std::string text;              // verdicts and bad rows in the output format
  std::vector<StoreRow> rows;    // only when a store wants them
  std::vector<BadRow> bad_rows;  // in order
  UnknownKeys unknown_keys;
  uint64_t seen = 0;
  Tally tally;
};

// Judges for threads to borrow: making one is dear, so they are kept.
class JudgePool {
 public:
  JudgePool(const Plan& plan, JudgeOptions options)
      : plan_(plan), options_(std::move(options)) {}
  std::unique_ptr<Judge> borrow();
  void give_back(std::unique_ptr<Judge> judge);

 private:
  const Plan& plan_;
  JudgeOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Judge>> idle_;
};

struct ChunkTask {
  const House* house;
  IntakeOptions intake;
  Format format;  // what the source turned out to be
  OutputFormat output_format;
  bool for_store;
  std::string source;  // its name
};

// What was counted over other records for each record of a chunk that can be
// read, in their order.
using AnswersOf = std::function<WindowAnswers(size_t record)>;

// Reads and judges `chunk`. `windows` may be empty. Thread-safe.
Judged judge_chunk(Chunk chunk, const ChunkTask& task, JudgePool& pool,
                   const AnswersOf& windows = {});

}  // namespace simwarden
