// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "diag/issue.h"

namespace simwarden {
namespace {

const std::map<std::string, Format> kFormats = {
    {"auto", Format::automatic}, {"jsonl", Format::json_lines},
    {"csv", Format::csv},        {"tsv", Format::tsv},
    {"mail", Format::mail},      {"text", Format::text}};
const std::map<std::string, KindChoice> kKinds = {
    {"auto", KindChoice::automatic},
    {"request", KindChoice::request},
    {"message", KindChoice::message}};

// CLI11 reads numbers as C does: 010 would be eight, -1 a great many, and what
// is too large the largest.
std::string read_decimal(std::string& value) {
  uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [at, wrong] = std::from_chars(value.data(), end, number);
  // No count and no id is beyond what a database holds.
  const bool whole =
      wrong == std::errc() && at == end && std::in_range<int64_t>(number);
  if (!whole) return value + " is no whole number";
  value = fmt::to_string(number);
  return {};
}

Charset charset_named(const std::string& label) {
  auto charset = find_charset(label);
  if (charset) return *std::move(charset);
  std::string hint = did_you_mean(label, charset_labels());
  if (hint.empty()) {
    hint = "names: https://encoding.spec.whatwg.org/#names-and-labels";
  }
  throw CLI::ValidationError(
      "--encoding",
      fmt::format("no charset that can be read is named {}; {}", label, hint));
}

}  // namespace

CLI::Validator decimal() {
  return CLI::Validator(read_decimal, "");
}

std::string counted_from_one(const std::string& value) {
  const bool number = value.find_first_not_of("0123456789") == value.npos;
  const bool above = value.find_first_not_of('0') != value.npos;
  return number && above ? "" : value + " is no number from 1 on";
}

void add_overlays(CLI::App* app, PolicyOptions& policy) {
  app->add_option("--lists", policy.lists,
                  "A folder of lists of your own, which add to or take the "
                  "place of the packs' (may be repeated)")
      ->type_name("FOLDER")
      ->take_all()
      ->allow_extra_args(false);
  app->add_option("--waivers", policy.waivers,
                  "A file of waivers, besides those of the packs (may be "
                  "repeated)")
      ->type_name("FILE")
      ->take_all()
      ->allow_extra_args(false);
}

void add_site(CLI::App* app, PolicyOptions& policy) {
  add_overlays(app, policy);
  app->add_option("--profile", policy.profile,
                  "Profile of records that name none: a name, or a file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app->add_option(
         "--language", policy.language,
         "Language of titles, reasons and remedies: en, zh, or another "
         "of your packs, beside English labels")
      ->type_name("LANG")
      ->capture_default_str();
}

void add_policy(CLI::App* app, PolicyOptions& policy) {
  app->add_option("--policy", policy.paths,
                  "A pack, or a folder of packs (may be repeated; default: "
                  "the shipped ones)")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
  add_site(app, policy);
}

void add_lists_of_sides(CLI::App* app, ListsOfSides& lists) {
  const auto add = [app](const char* flag, std::vector<std::string>& into,
                         const char* doc) {
    app->add_option(flag, into, doc)
        ->type_name("FOLDER")
        ->take_all()
        ->allow_extra_args(false);
  };
  add("--old-lists", lists.before,
      "Lists that lie over the old policies only (may be repeated)");
  add("--new-lists", lists.after, "Likewise over the new ones");
}

void add_encoding(CLI::App* app, std::optional<Charset>& encoding) {
  app->add_option_function<std::string>(
         "--encoding",
         [&encoding](const std::string& s) { encoding = charset_named(s); },
         "Charset of the input, as the Encoding Standard names it: gbk, big5, "
         "shift_jis, windows-1251 … (default: UTF-8, or detected when csv, tsv "
         "or text is not); of mail: of the parts that name none")
      ->type_name("NAME");
}

void add_reading(CLI::App* app, ReadingOptions& reading,
                 const std::string& format_flag) {
  add_choice(app, "--kind", reading.kind, kKinds, "What the records are");
  add_choice(app, format_flag, reading.format, kFormats,
             "How the input is written");
  app->add_option("--map", reading.map,
                  "Translates an operator's own columns and values")
      ->type_name("FILE");
  add_encoding(app, reading.encoding);
  app->add_option("--authserv-id", reading.authserv_id,
                  "Mail: the receiver whose Authentication-Results are "
                  "believed (default: none)")
      ->type_name("HOST");
}

}  // namespace simwarden
