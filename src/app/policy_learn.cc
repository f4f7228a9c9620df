// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <simdjson.h>

#include "app/options.h"
#include "app/output.h"
#include "app/reading.h"
#include "app/summary.h"
#include "diag/ascii.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "facts/facts.h"
#include "likeness/learning.h"
#include "likeness/near_copies.h"
#include "terminal/terminal.h"

// policy learn: labelled messages to the plain file of a list of phrases.
namespace simwarden {
namespace {

// More texts than these do not fit into memory as what is learnt from them.
constexpr size_t kTextsMax = 1'000'000;

// 1,000,000 labels of 250 bytes.
constexpr uintmax_t kLabelsBytesMax = uintmax_t{256} << 20;

// What spreadsheets write before a table in UTF-8.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Label {
  bool scam = false;
  size_t line = 0;  // of labels.tsv
  bool found = false;
};
struct Labels {
  // By file, then by id.
  std::map<std::string, std::map<std::string, Label, std::less<>>> of;
  size_t rows_cut_short = 0;
};

bool is_label(std::string_view said, std::string_view label) {
  return same_letters(trimmed(said), label);
}

// Whether a label says scam; nothing for one that says neither.
std::optional<bool> is_scam_label(std::string_view label) {
  for (const std::string_view scam :
       {"scam", "fraud", "smishing", "phishing", "spam", "violation"}) {
    if (is_label(label, scam)) return true;
  }
  for (const std::string_view honest : {"honest", "ham"}) {
    if (is_label(label, honest)) return false;
  }
  return std::nullopt;
}

// The line of `chunk` that begins at byte `at` of the source.
std::string_view line_at(const Chunk& chunk, uint64_t at) {
  if (at < chunk.first_byte) return {};
  const std::string_view bytes = chunk.bytes;
  const uint64_t begin =
      std::min<uint64_t>(at - chunk.first_byte, bytes.size());
  return bytes.substr(begin, bytes.find('\n', begin) - begin);
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

// A labels.tsv as corpus/ has it: id, file, label, and more columns.
Result<Labels> read_labels(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  if (!none && size > kLabelsBytesMax) {
    return Error{Trouble::input,
                 fmt::format("{}: is larger than 256 MiB", path)};
  }
  const bool plain = std::filesystem::is_regular_file(path, none);
  std::ifstream file;
  if (plain) file.open(path, std::ios::binary);
  Labels labels;
  std::string line;
  for (size_t at = 1; std::getline(file, line); ++at) {
    if (at == 1 && line.starts_with(kByteOrderMark)) {
      line.erase(0, kByteOrderMark.size());
    }
    if (line.ends_with('\r')) line.pop_back();
    const std::vector<std::string_view> cells = cells_of(line);
    if (cells.size() < 3) {
      labels.rows_cut_short += line.empty() ? 0 : 1;
      continue;
    }
    if (cells[0] == "id" || is_label(cells[2], "unknown")) continue;
    const std::optional<bool> said = is_scam_label(cells[2]);
    if (!said) {
      return Error{
          Trouble::input,
          fmt::format("{}:{}: the label {} is none that is known: scam, fraud, "
                      "smishing, phishing, spam or violation; honest or ham; "
                      "unknown is left out",
                      path, at, escaped_text(cells[2]))};
    }
    const bool scam = *said;
    const auto [known, fresh] =
        labels.of[std::string(cells[1])].emplace(cells[0], Label{scam, at});
    if (!fresh && known->second.scam != scam) {
      return Error{Trouble::input,
                   fmt::format("{}:{}: {} is a scam and honest; line {} says "
                               "otherwise",
                               path, at, cells[0], known->second.line)};
    }
  }
  if (plain && file.eof()) return labels;
  return Error{Trouble::input,
               fmt::format("{}: is no file that can be read", path)};
}

class Learning {
 public:
  explicit Learning(const LearnOptions& options)
      : options_(options), facts_(schema_, registry_) {}

  int run() {
    if (options_.scams.empty() && options_.honest.empty() &&
        options_.labelled.empty()) {
      return complain({Trouble::usage,
                       "nothing to learn from: --scam and --honest, or "
                       "--labelled"});
    }
    if (Status read = read_inputs(options_.scams, true); !read) {
      return complain(read.error());
    }
    if (Status read = read_inputs(options_.honest, false); !read) {
      return complain(read.error());
    }
    for (const std::string& folder : options_.labelled) {
      if (Status read = read_labelled(folder); !read) {
        return complain(read.error());
      }
    }
    tell_of_reading();
    const size_t scams = count_scams();
    if (scams == 0 || scams == texts_.size()) {
      return complain({Trouble::input, scams == 0
                                           ? "no scam to learn from (--scam)"
                                           : "no honest message to learn from "
                                             "(--honest)"});
    }
    tell_of_contradictions();
    count_copies_once();
    tell_of_imitations();
    const auto list = learn(texts_);
    if (list.empty()) {
      return complain({Trouble::input,
                       "no phrase stands in two of the messages; label more"});
    }
    if (!options_.quiet) {
      say("{} from {} and {}\n", how_many(list.size(), "phrase"),
          how_many(scams, "scam"),
          how_many(texts_.size() - scams, "honest message"));
    }
    const Status written = write(list);
    return written ? kExitDone : complain(written.error());
  }

 private:
  size_t count_scams() const {
    return static_cast<size_t>(
        std::count_if(texts_.begin(), texts_.end(),
                      [](const LabelledText& text) { return text.scam; }));
  }

  void tell_of_contradictions() const {
    std::map<std::string_view, int> said;  // a bit for honest, one for scam
    for (const LabelledText& text : texts_) {
      said[text.plain] |= text.scam ? 2 : 1;
    }
    const auto both = static_cast<size_t>(
        std::count_if(said.begin(), said.end(),
                      [](const auto& text) { return text.second == 3; }));
    if (both == 0) return;
    say("{} labelled scam and labelled honest\n",
        both == 1 ? "1 text is both" : how_many(both, "text") + " are both");
  }

  // Whoever sends one text a hundred times, or has it reported so often, must
  // not weigh as a hundred, nor be forgotten. A copy says nothing and keeps its
  // place, so that what the others teach stays as it was.
  void count_copies_once() {
    std::vector<size_t> copies;
    for (const bool scam : {true, false}) {
      std::vector<size_t> places;
      std::vector<std::string_view> plain;
      for (size_t i = 0; i < texts_.size(); ++i) {
        if (texts_[i].scam != scam) continue;
        places.push_back(i);
        plain.push_back(texts_[i].plain);
      }
      const std::vector<size_t> copied = near_copies(plain);
      for (size_t i = 0; i < copied.size(); ++i) {
        if (copied[i] == i) continue;
        copies.push_back(places[i]);
        texts_[places[copied[i]]].copied = true;
      }
    }
    for (const size_t copy : copies) texts_[copy].plain.clear();
    if (copies.empty() || options_.quiet) return;
    say("{} nearly the same as another with its label, and not counted again\n",
        copies.size() == 1 ? "1 text is"
                           : how_many(copies.size(), "text") + " are");
  }

  // Of what is left: a scam that is written like an honest message makes that
  // one suspect.
  void tell_of_imitations() const {
    std::vector<std::string_view> plain;
    for (const LabelledText& text : texts_) plain.push_back(text.plain);
    const std::vector<size_t> copied = near_copies(plain);
    size_t count = 0;
    for (size_t i = 0; i < copied.size(); ++i) {
      if (plain[i] != plain[copied[i]]) ++count;
    }
    if (count == 0) return;
    say("{} nearly the same and labelled otherwise\n",
        count == 1 ? "1 pair of texts is"
                   : how_many(count, "pair") + " of texts are");
  }

  // Says all but the last, which is for the caller to say.
  static Error all_of(const std::vector<UnreadInput>& unread) {
    for (size_t i = 0; i + 1 < unread.size(); ++i) complain(unread[i].error);
    return unread.back().error;
  }

  Status read_inputs(const std::vector<std::string>& inputs, bool scam) {
    const auto found = find_inputs(inputs);
    if (!found) return found.error();
    if (!found->unreadable.empty()) return all_of(found->unreadable);
    if (Status spared = check_output(options_.output, found->paths); !spared) {
      return spared;
    }
    for (const std::string& path : found->paths) {
      const auto all = [&](const Record&) { return std::optional(scam); };
      if (Status read = read_source(path, KindChoice::message, all); !read) {
        return read;
      }
    }
    return Done{};
  }

  // Whether a record is a scam; nothing when nobody says.
  using LabelOf = std::function<std::optional<bool>(const Record&)>;

  Status read_source(const std::string& path, KindChoice kind,
                     const LabelOf& label_of) {
    intake_.kind = kind;
    intake_.encoding = options_.encoding;
    auto source = open_source(path, intake_);
    if (!source) return source.error();
    Chunk chunk;
    std::vector<Item> items;
    while (true) {
      const auto more = (*source)->next(chunk);
      if (!more) return more.error();
      if (!*more) break;
      items.clear();
      parse_chunk(chunk, (*source)->format(), intake_, items);
      for (Item& item : items) {
        if (item.bad) {
          return Error{
              Trouble::input,
              fmt::format("{}:{}: {} {}", path, item.bad->position.line,
                          item.bad->code, with_advice(*item.bad))};
        }
        const auto scam = label_of(item.record);
        if (!scam) continue;
        if ((*source)->format() == Format::json_lines) {
          hear_own_label(chunk, item, *scam, path);
        }
        unknown_keys_.add(item.unknown_keys);
        if (Status added = add(item.record, *scam, path); !added) return added;
      }
    }
    sources_.push_back({.name = path, .decoding = (*source)->decoding()});
    return Done{};
  }

  // What a record says of itself is held against what is said of its file.
  void hear_own_label(const Chunk& chunk, Item& item, bool scam,
                      const std::string& path) {
    if (std::erase(item.unknown_keys, "label") == 0) return;
    const std::string_view line = line_at(chunk, item.record.position.byte);
    std::string_view label;
    if (json_.parse(line.data(), line.size())["label"].get_string().get(label))
      return;
    const auto own = is_scam_label(label);
    if (!own || *own == scam) return;
    if (++labelled_otherwise_ > 1) return;
    first_otherwise_ = fmt::format("{}:{}", path, item.record.position.line);
  }

  void tell_of_reading() const {
    say_text(decoding_lines(sources_));
    say_text(unknown_keys_sentence(unknown_keys_));
    if (labelled_otherwise_ == 0) return;
    say("{} learnt as what the own `label` does not say, the first is {}\n",
        labelled_otherwise_ == 1
            ? "1 message is"
            : how_many(labelled_otherwise_, "message") + " are",
        escaped_text(first_otherwise_));
  }

  Status read_labelled(const std::string& folder) {
    const std::string path = folder + "/labels.tsv";
    auto labels = read_labels(path);
    if (!labels) return labels.error();
    std::vector<std::string> needed = {path};
    for (const auto& [file, by_id] : labels->of) {
      needed.push_back(folder + "/" + file);
    }
    if (Status spared = check_output(options_.output, needed); !spared) {
      return spared;
    }
    for (auto& file_and_labels : labels->of) {
      const auto& [file, by_id] = file_and_labels;
      // Lines of a text have no ids but their places.
      if (!file.ends_with(".jsonl")) continue;
      const auto label_of = [&by_id =
                                 file_and_labels.second](const Record& record) {
        const auto found = by_id.find(record.id());
        if (found == by_id.end()) return std::optional<bool>();
        found->second.found = true;
        return record.kind() == Kind::message
                   ? std::optional(found->second.scam)
                   : std::nullopt;
      };
      if (Status read =
              read_source(folder + "/" + file, KindChoice::automatic, label_of);
          !read) {
        return read;
      }
    }
    tell_of_unused(path, *labels);
    return Done{};
  }

  // Rows that taught nothing though somebody meant them to.
  static void tell_of_unused(const std::string& path, const Labels& labels) {
    size_t lost = 0;
    size_t elsewhere = 0;
    const std::string* first = nullptr;
    for (const auto& [file, by_id] : labels.of) {
      if (!file.ends_with(".jsonl")) {
        elsewhere += by_id.size();
        continue;
      }
      for (const auto& [id, label] : by_id) {
        if (label.found) continue;
        if (++lost == 1) first = &id;
      }
    }
    const std::string name = escaped_text(path);
    if (labels.rows_cut_short > 0) {
      say("{}: {} with fewer than three cells left out\n", name,
          how_many(labels.rows_cut_short, "row"));
    }
    if (lost > 0) {
      say("{}: {} whose id no record of its file has, {} among them\n", name,
          how_many(lost, "row"), escaped_text(*first));
    }
    if (elsewhere > 0) {
      say("{}: {} of files that are no .jsonl left out\n", name,
          how_many(elsewhere, "row"));
    }
  }

  Status add(const Record& record, bool scam, const std::string& from) {
    const auto wrong = [&](std::string_view why) {
      return Error{Trouble::input,
                   fmt::format("{}:{}: {}", from, record.position.line, why)};
    };
    if (record.kind() != Kind::message) {
      return wrong("is a request; phrases are learnt from messages");
    }
    if (texts_.size() >= kTextsMax) {
      return wrong("more than 1,000,000 messages; take fewer");
    }
    facts_.look_at(record, "");
    texts_.push_back({facts_.views().plain.text, scam});
    return Done{};
  }

  Status write(const std::vector<WeightedPhrase>& list) {
    std::string bytes =
        "# Weights of phrases, written by `simwarden policy learn`.\n";
    for (const WeightedPhrase& one : list) {
      bytes += fmt::format("{:.2f} {}\n", one.weight, one.phrase);
    }
    return write_file(options_.output, bytes);
  }

  const LearnOptions& options_;
  FactSchema schema_;
  Registry registry_;
  Facts facts_;
  IntakeOptions intake_;
  std::vector<LabelledText> texts_;
  simdjson::dom::parser json_;
  std::vector<SourceTally> sources_;
  LeftOut unknown_keys_;
  size_t labelled_otherwise_ = 0;
  std::string first_otherwise_;
};

}  // namespace

int run_policy_learn(const LearnOptions& options) {
  return Learning(options).run();
}

}  // namespace simwarden
