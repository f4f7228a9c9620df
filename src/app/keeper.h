// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/judged.h"
#include "app/tally.h"
#include "app/window_stage.h"
#include "diag/result.h"
#include "house/house.h"
#include "store/case_texts.h"
#include "store/verdict_store.h"

// Puts judged chunks into the store: each once, whatever is run how often.
//   open (begin_source append* end_source)* end_run
namespace simwarden {

class Keeper {
 public:
  // What else the verdicts depend on besides the bytes and the ruleset.
  struct Reading {
    std::string records;  // how bytes become records: kind, format, mapping
    std::string profile;  // the default one
  };
  // Rows judged under another reading are other rows; records that were read
  // otherwise are counted as others.
  static Result<std::unique_ptr<Keeper>> open(const ScreenOptions& options,
                                              const House& house,
                                              const Reading& reading);

  // Makes the tokens and the seals of what is appended. Thread-safe.
  const SiteKey& site_key() const { return store_->site_key(); }

  // Puts back what earlier runs counted. Before the first source.
  Status restore(WindowStage& windows);
  // Fills in `known` and `identity` of a chunk: what of it was counted before.
  // Chunks of one source, in order; beside append() of earlier ones, on another
  // thread.
  Status know(CountedChunk& chunk);

  // `reader` cuts what is appended, and lives until the source ends; null:
  // nothing will be.
  Status begin_source(const std::string& name, const ChunkReader* reader);
  // Hashes the bytes of a chunk before it is appended. Chunks of one source, in
  // order; beside append() of earlier ones, on another thread.
  void identify(Judged& judged);
  // Chunks of one source or their portions, in order, in one transaction. Says
  // of each how many of its judged records were in the store already; they are
  // taken out of its block.
  Result<std::vector<uint64_t>> append(
      std::span<const std::shared_ptr<Judged>> chunks);
  Status end_source(const SourceTally& counts);
  Status end_run(RunStatus status);

  // What became of the texts of a case; "" when none was asked for.
  std::string case_sentence() const;
  // Texts were left out because a case has as many as it may.
  bool case_is_full() const { return case_ && case_->counts().beyond > 0; }

 private:
  Keeper() = default;
  // Where the bytes of a chunk are stored.
  struct Stretch {
    uint64_t end_byte;  // of the source
    std::string digest;
  };
  Result<uint64_t> append_one(Judged& judged);
  // Goes on to the end of what is stored of it.
  Result<std::vector<Stretch>> find_stored(const Judged& judged);
  void bring_counted(Judged& judged, bool is_new);
  // The longest known beginning of `rest` that ends where a row does.
  template <typename Known, typename Ask>
  Result<Known> known_rows(std::string_view rest, Ask ask) const;
  BlockIdentity identity_of(Judged& judged, std::string_view rest) const;
  Status open_case(const CaseFile& file);
  Status keep_texts(const Judged& judged, const std::vector<Stretch>& blocks);

  std::mutex mutex_;  // of the store, between append() and know()
  std::unique_ptr<VerdictStore> store_;
  Reading reading_;
  std::string ruleset_digest_;
  int64_t run_ = 0;
  int64_t source_ = 0;
  const ChunkReader* reader_ = nullptr;  // of the source
  CaseFile case_file_;
  std::optional<CaseKeeper> case_;
  std::string parent_;    // digest of the block before; "" before the first
  uint64_t reached_ = 0;  // where that block ends
  // Of the chunk that is being appended.
  std::optional<CountedBlock> counted_waits_;
  // The same for identify(), as long as nothing is found in the store.
  std::string parent_ahead_;
  std::atomic<bool> all_new_ = true;
  // The same of bytes whose records were counted, under whatever ruleset.
  std::string counted_parent_;
  bool all_counted_ = true;  // so far, of the source
};

}  // namespace simwarden
