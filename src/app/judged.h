// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "app/options.h"
#include "app/reading.h"
#include "app/tally.h"
#include "house/house.h"
#include "house/pool.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "store/verdict_store.h"

// One chunk of input or a portion of it, read, judged and spelt: the part of
// the work that runs on many threads. Nothing here depends on another chunk.
namespace simwarden {

// A field of a record whose value its type does not allow.
struct InvalidAt {
  uint64_t byte = 0;  // where the record begins
  std::string fact;
};

// A record in clear, since a case asks for it.
struct ClearText {
  uint64_t byte = 0;  // where the record begins
  std::string text;
};

struct Judged {
  Chunk chunk;  // or a portion of one
  // Then: the one that it is of.
  std::shared_ptr<const Chunk> whole;
  std::string text;              // verdicts and bad rows in the output format
  std::vector<BadRow> bad_rows;  // in order
  // Where the texts of the block's verdicts are.
  std::unique_ptr<std::pmr::monotonic_buffer_resource> texts;
  // All rows of the chunk as the store takes them, sealed, without source and
  // identity. Only when a store wants them; so are the invalid fields.
  Block block;
  std::vector<InvalidAt> invalid;     // in order
  std::vector<ClearText> case_texts;  // in order
  // What a store has of the chunk cannot be used: the run ends here.
  std::optional<Error> broken;
  // What the store knows all its bytes by, if what comes before them is what it
  // seemed to be (Keeper::identify).
  std::optional<BlockIdentity> identity;
  LeftOut unknown_keys;
  LeftOut invalid_facts;
  bool rounded = false;  // some of them by a spreadsheet
  LeftOut not_recorded;  // though a duty asked for it
  UnseenFields unseen_fields;
  OtherCountries other_countries;
  UtcTimes utc_times;
  bool newest_first = false;  // its records run back in time
  uint64_t seen = 0;
  Tally tally;
};

// Judges of a house, which has to live as long as they.
Pool<Judge>::Make judges_of(const House& house, const std::string& language);

struct ChunkTask {
  const House* house;
  IntakeOptions intake;
  Format format;  // what the source turned out to be
  OutputFormat output_format;
  // Of the store that wants the rows: numbers and senders leave a chunk only as
  // its tokens. Null: none wants them.
  const SiteKey* site_key;
  bool for_case;       // keeps the text of records that do not pass
  bool keep_facts;     // with each row; only of a store
  std::string source;  // its name
};

// What was counted over other records for each record of a chunk that can be
// read, in their order.
using AnswersOf = std::function<WindowAnswers(size_t record)>;

// Reads and judges `chunk`. `windows` may be empty; so may `items`: all of the
// chunk when it was read before. Thread-safe.
Judged judge_chunk(Chunk chunk, const ChunkTask& task, Pool<Judge>& pool,
                   const AnswersOf& windows = {}, std::vector<Item> items = {});

// The bytes of its texts: of small records, many times those of the chunk.
size_t room_of(const Judged& judged);
// The bytes of its chunk from where it begins itself: its own, and of a portion
// those of the next ones.
std::string_view bytes_from(const Judged& judged);

// Leaves only the last `bytes` of the chunk in its block, sealed anew: what
// comes before them is stored already.
void keep_rest(Judged& judged, size_t bytes, const SiteKey& key);

}  // namespace simwarden
