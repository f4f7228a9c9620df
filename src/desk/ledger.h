// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "desk/live_counts.h"
#include "door/service.h"
#include "store/file_watch.h"
#include "store/verdict_store.h"

// The daemon's pen: many threads hand in what they judged, one writes it to the
// store in blocks, and who waits for a ticket is told when its row is synced.
// What comes in while the disk syncs makes the next block.
//
//   auto book = ledger->open_book(run);              // once a ruleset
//   Entered e = ledger->enter(book, door, entry);    // any thread
//   ledger->settle(e.ticket, [](Kept kept) {…});     // any thread
//
// A store that fails (disk full) loses no verdict silently: the rows at hand
// come out as Kept::failed, so do new ones until the store has been opened
// again and has room for a block, which is tried every kRetry. So it is at a
// start on a full disk. What was stored before stays proven; the sources of the
// failed run are never ended, for all to see. A file that was moved or
// overwritten is noticed within kRetry, also when nothing comes in; one that
// was overwritten is not opened again.
namespace simwarden {

// Of one record that came in.
struct LedgerEntry {
  // Token of the record's bytes as they came. A door's source is the lines of
  // these marks: what its digest is over and its bytes are counted in. Nobody
  // can try out numbers by them.
  std::string mark;
  std::optional<VerdictRow> verdict;  // or
  std::optional<ErrorRow> error;      // line and byte are filled in
  std::string kept;                   // line of facts; may be empty
  std::vector<std::string> invalid;   // facts
  std::optional<LiveEvent> counted;   // stored in the same transaction
};

struct Entered {
  Ticket ticket;
  std::string id;  // "SOURCE-LINE", by which it is found; empty: not taken
};

struct LedgerCounts {
  bool well = false;     // the store takes rows
  uint64_t rows = 0;     // stored
  uint64_t blocks = 0;   // stored
  uint64_t failed = 0;   // rows that could not be
  uint64_t busy = 0;     // rows that found the queue full
  uint64_t waiting = 0;  // rows in the queue
  std::string trouble;   // what the store said last; empty when it is well
};

class Ledger {
 public:
  struct Settings {
    std::string db;
    std::string site_key;                     // path
    OtherKey key_change = OtherKey::refused;  // when it is opened first
    // Told when the store fails and when it is well again. On its own thread.
    std::function<void(const std::string& what, bool well)> on_change;
    // Told when another file is opened in the place of the one that failed:
    // who knows that it has what was stored? Before it takes rows.
    std::function<void()> on_other_file;
    // Told when a schema of before was brought up to date.
    std::function<void(int64_t from)> on_brought_up;
  };
  static Result<std::unique_ptr<Ledger>> open(Settings settings);
  // Stores what it has taken and tells everybody who waits. The last that is
  // asked of it.
  void end();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger();

  // One ruleset's run: its sources are the doors. Ended when nobody holds it
  // any more and all its rows are stored.
  class Book;
  // What the records of a run count into; null: nothing is counted. `before`:
  // of the rules until now, from which other counts take over; null: the same
  // counts go on, or nobody counted.
  struct Counting {
    std::shared_ptr<LiveCounts> counts;
    std::shared_ptr<LiveCounts> before;
  };
  // Waits until the run is in the store and the counts are those of the store;
  // an Error when it cannot be, so that no rules judge of which nobody will
  // know.
  Result<std::shared_ptr<Book>> open_book(RunInfo run,
                                          std::vector<std::string> doors,
                                          Counting counting);

  Entered enter(const std::shared_ptr<Book>& book, size_t door,
                LedgerEntry entry);
  void settle(Ticket ticket, std::function<void(Kept)> done);
  // Whether it is known by now that what the ticket stands for is not stored.
  bool is_lost(Ticket ticket) const;
  // Counts a record of the door that was entered before, and says what its
  // answer still waits for: nothing once it is stored, so that one answer with
  // a younger record does not wait for what failed between the two.
  Ticket pass_over(const std::shared_ptr<Book>& book, size_t door,
                   Ticket before);

  // Runs `write` on the writer's thread, as one transaction; waits for it.
  Status add(const std::function<Status(Database&, Chain&)>& write);

  LedgerCounts counts() const;
  const SiteKey& site_key() const { return key_; }
  const std::string& path() const { return settings_.db; }

 private:
  struct Row {
    std::shared_ptr<Book> book;
    size_t door = 0;
    uint64_t line = 0;
    uint64_t byte = 0;
    uint64_t ticket = 0;
    LedgerEntry entry;
  };
  struct Task;
  explicit Ledger(Settings settings) : settings_(std::move(settings)) {}

  Status open_store();
  Status begin_without(const Error& why);
  void say_well();
  void work();
  void write(std::deque<Row>& rows);
  Status write_group(Book& book, size_t door, std::vector<Row*>& rows);
  Status write_queue();
  Status begin(Book& book);
  Status begin_counting(const Counting& counting);
  Status take_rows_again();
  Status restore_beside(const Counting& counting) const;
  Status end(Book& book, RunStatus how);
  void end_unheld();
  void end_all();
  void revive();
  void look();
  void fail(const Error& error);
  Status on_writer(std::function<Status()> run);
  void finish(uint64_t up_to, Kept how);
  // Under the mutex. REQUIRES: the last of them is settled.
  Kept how_kept(uint64_t first, uint64_t last) const;

  Settings settings_;
  SiteKey key_;
  FilePlace file_;                            // of the writer
  std::unique_ptr<VerdictStore> store_;       // of the writer; null: it failed
  std::vector<std::shared_ptr<Book>> books_;  // of the writer
  bool has_begun_ = false;                    // likewise: with a first book
  bool is_overwritten_ = false;               // likewise: its file

  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<Row> queue_;
  uint64_t queued_bytes_ = 0;
  std::deque<std::shared_ptr<Task>> tasks_;
  struct Waiter {
    uint64_t first = 0;  // of its rows; the key is the last
    std::function<void(Kept)> done;
  };
  std::multimap<uint64_t, Waiter> waiting_;
  uint64_t last_ = 0;     // ticket handed out
  uint64_t settled_ = 0;  // every ticket up to it is known
  // Tickets that failed, newest last; older ones were asked for long ago.
  std::deque<std::pair<uint64_t, uint64_t>> failures_;
  LedgerCounts counts_;
  bool ends_ = false;
  std::thread writer_;
};

}  // namespace simwarden
