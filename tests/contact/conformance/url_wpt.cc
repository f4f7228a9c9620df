// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <simdjson.h>

#include "contact/conformance/report.h"
#include "files.h"
#include "link/url.h"

// web-platform-tests, url/resources: urltestdata.json and its kin give input,
// base and the parts of the URL; toascii.json and IdnaTestV2.json give names
// and what they are in a URL.
namespace simwarden::conformance {
namespace {

using simdjson::dom::element;

// JSON escapes of surrogates without a partner stand for text that is not
// Unicode; simdjson refuses them, and UTF-8 has U+FFFD instead.
std::string without_lone_surrogates(std::string json) {
  const auto surrogate = [&](size_t i, std::string_view first) {
    return json.compare(i, 2, "\\u") == 0 && (json[i + 2] | 0x20) == 'd' &&
           first.find(static_cast<char>(json[i + 3] | 0x20)) != first.npos;
  };
  for (size_t i = 0; i + 6 <= json.size(); ++i) {
    if (json[i] != '\\') continue;
    if (surrogate(i, "89ab") && i + 12 <= json.size() &&
        surrogate(i + 6, "cdef")) {
      i += 11;
    } else if (surrogate(i, "89abcdef")) {
      json.replace(i, 6, "\\ufffd");
    } else {
      ++i;
    }
  }
  return json;
}

std::string text_of(const element& row, const char* key) {
  std::string_view value;
  return row[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

bool has_text(const element& row, const char* key) {
  return row[key].is_string();
}

bool fails(const element& row) {
  bool failure = false;
  return row["failure"].get(failure) == simdjson::SUCCESS && failure;
}

std::string protocol(const Url& url) {
  return url.scheme + ":";
}
std::string port(const Url& url) {
  return url.port ? std::to_string(*url.port) : "";
}
std::string with_sign(char sign, const std::optional<std::string>& part) {
  return !part || part->empty() ? "" : sign + *part;
}

// Parts as the URL API gives them; the first that differs, or "".
std::string difference(const Url& url, const element& row) {
  const std::pair<const char*, std::string> parts[] = {
      {"href", url.href()},
      {"protocol", protocol(url)},
      {"username", url.username},
      {"password", url.password},
      {"hostname", url.host.text},
      {"port", port(url)},
      {"pathname", url.path},
      {"search", with_sign('?', url.query)},
      {"hash", with_sign('#', url.fragment)}};
  for (const auto& [key, got] : parts) {
    if (!has_text(row, key) || text_of(row, key) == got) continue;
    return fmt::format("{} is {}, we have {}", key, text_of(row, key), got);
  }
  return "";
}

void run_url(const element& row, std::string_view part, Report& report) {
  const std::string input = text_of(row, "input");
  std::optional<Url> base;
  if (has_text(row, "base")) base = parse_url(text_of(row, "base"));
  const bool no_base = has_text(row, "base") && !base;
  const auto url =
      no_base ? std::nullopt : parse_url(input, base ? &*base : nullptr);
  if (fails(row)) {
    if (!url) return report.pass(part);
    return report.differ(part, "must be refused", input + " -> " + url->href());
  }
  if (!url) return report.differ(part, "must be a URL", input);
  const std::string what = difference(*url, row);
  if (what.empty()) return report.pass(part);
  report.differ(part, "other parts", input + ": " + what);
}

void run_name(const element& row, std::string_view part, Report& report) {
  const std::string input = text_of(row, "input");
  // A URL without a host, or one that a "/" or "?" would end.
  if (input.empty()) return report.pass(part);
  const auto host = parse_host(input, true);
  const bool expected = has_text(row, "output");
  const std::string wanted = text_of(row, "output");
  if (expected && host && host->text == wanted) return report.pass(part);
  if (!expected && !host) return report.pass(part);
  const std::string line = fmt::format(
      "{} -> {}, wanted {} ({})", input, host ? host->text : "nothing",
      expected ? wanted : "nothing", text_of(row, "comment"));
  report.differ(
      part,
      host ? (expected ? "other name" : "must be refused") : "must be a name",
      line);
}

void run_file(const std::filesystem::path& path, Report& report,
              void (*run)(const element&, std::string_view, Report&)) {
  if (!std::filesystem::exists(path)) return;
  simdjson::dom::parser parser;
  const std::string json = without_lone_surrogates(read_all(path));
  simdjson::dom::array rows;
  if (parser.parse(simdjson::padded_string(json)).get(rows) !=
      simdjson::SUCCESS) {
    return report.differ(path.filename().string(), "cannot be read", "");
  }
  for (const element& row : rows) {
    if (row.is_object()) run(row, path.filename().string(), report);
  }
}

}  // namespace

void run_url_wpt(const std::filesystem::path& folder, Report& report) {
  for (const char* name :
       {"urltestdata.json", "urltestdata-javascript-only.json",
        "ada_extra_urltestdata.json", "ada_long_urltestdata.json"}) {
    run_file(folder / name, report, run_url);
  }
  for (const char* name :
       {"toascii.json", "IdnaTestV2.json", "IdnaTestV2-removed.json"}) {
    run_file(folder / name, report, run_name);
  }
}

}  // namespace simwarden::conformance
