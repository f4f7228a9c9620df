// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "notation/markup_text.h"
#include "report/formats.h"
#include "report/prose.h"
#include "report/svg.h"
#include "report/visible.h"
#include "report/words.h"

namespace simwarden {
namespace {

// Colours are told apart with any kind of colour vision, and by lightness on a
// grey printer.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5a6675;--paper:#fff;
--sheet:#f5f7fa;--rule:#dbe1e8;--grid:#e6eaf0;--accent:#2b5c8a;--warn:#8a5a00;
--warn-sheet:#fff7e6;--a0:#c3d3e2;--a1:#dfa52f;--a2:#c9621f;--a3:#7a1a2f;
--b:#3f77ab;--b2:#9bc0a4;--heat:#96203a;--on-heat:#fff;--p0:#b5391f;--p1:#e69f00;
--p2:#8f98a5;--p3:#56b4e9;--p4:#0f5f9c;--p5:#10936c;--p6:#d3d8df}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9f0;--soft:#9aa7b6;
--paper:#12171e;--sheet:#1a212b;--rule:#2e3946;--grid:#263040;--accent:#8fbce6;
--warn:#f0c56c;--warn-sheet:#2a2414;--a0:#4d6680;--a1:#e3b548;--a2:#e98a4a;
--a3:#f0718a;--b:#6ea6da;--b2:#5d9a6c;--heat:#f0718a;--on-heat:#12171e;--p0:#f0704f;
--p1:#e9b949;--p2:#8a95a5;--p3:#86d0fa;--p4:#3f86d0;--p5:#2fb58c;--p6:#46505e}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.55;
font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",
"Microsoft YaHei","PingFang SC",sans-serif;font-size:15px}
main{max-width:1160px;margin:0 auto;padding:40px 28px 80px}
header h1{font-size:30px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
header p{margin:0;color:var(--soft)}
nav{margin:28px 0 0;padding:16px 20px;background:var(--sheet);border-radius:10px}
nav ol{margin:0;padding-left:24px;columns:2;column-gap:40px}
nav a,a{color:var(--accent);text-decoration:none}nav a:hover{text-decoration:underline}
section{margin-top:52px;border-top:2px solid var(--rule);padding-top:20px}
h2{font-size:21px;margin:0 0 14px}h2 span{color:var(--soft);font-weight:400;margin-right:8px}
h3{font-size:15px;margin:28px 0 8px}
p{margin:10px 0;max-width:78ch}
p.missing{background:var(--warn-sheet);border-left:3px solid var(--warn);
padding:9px 14px;border-radius:0 6px 6px 0;max-width:none}
p.note{color:var(--soft);font-size:13px;margin-top:6px}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.92em}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--soft);border-bottom:1.5px solid var(--rule);
padding:6px 10px 6px 0;vertical-align:bottom}
td{border-bottom:1px solid var(--rule);padding:6px 10px 6px 0;vertical-align:top;
overflow-wrap:anywhere;white-space:pre-line}
td.n,th.n{text-align:right;overflow-wrap:normal}td.n{white-space:nowrap}
td.n+td:not(.n),th.n+th:not(.n){padding-left:16px}table.s{width:auto;min-width:46%}
tbody th{color:inherit;font-weight:400;border-bottom:1px solid var(--rule);
vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}
.id{white-space:nowrap;overflow-wrap:normal}.w{min-width:24em}td.long,th.long{min-width:13em}
td.none{color:var(--soft)}tbody tr:hover{background:var(--sheet)}
.scroll:focus-visible{outline:2px solid var(--accent)}
.skip{position:absolute;left:-999em}.skip:focus{position:static}.running{display:none}
td.long,th.long{font-size:11.5px;font-family:ui-monospace,"DejaVu Sans Mono",monospace;word-break:break-all}
figure{margin:26px 0 0}figcaption{font-weight:600;margin-bottom:8px}
svg{width:100%;max-width:880px;height:auto;display:block}
details{margin-top:6px}summary{cursor:pointer;color:var(--soft);font-size:13px}
svg text{font-size:11px;fill:var(--soft);font-family:inherit}
svg text.t{font-weight:600;fill:var(--ink)}svg text.v{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px}
svg text.n{font-size:10px;fill:var(--ink)}svg text.n.o{fill:var(--on-heat)}
.g{stroke:var(--grid)}.x{stroke:var(--soft)}.a0{fill:var(--a0)}.a1{fill:var(--a1)}
.a2{fill:var(--a2)}.a3{fill:var(--a3)}.a0,.a1,.a2,.a3{stroke:var(--paper)}
.b{fill:var(--b)}.b2{fill:var(--b2)}
.h{fill:var(--heat)}.c{fill:none;stroke:var(--a2);stroke-width:2;stroke-linejoin:round}
.i{fill:var(--b);fill-opacity:.16}.w{stroke:var(--b);stroke-opacity:.45}
.d{fill:var(--b);stroke:var(--paper);stroke-width:1}.d.o{fill:var(--a3)}
.c5{fill:none;stroke:var(--soft);stroke-width:1.4;stroke-dasharray:5 4}
.c9{fill:none;stroke:var(--a2);stroke-width:1.4}.m{stroke:var(--ink);stroke-width:1.2}
.p0{fill:var(--p0)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}.p3{fill:var(--p3)}
.p4{fill:var(--p4)}.p5{fill:var(--p5)}.p6{fill:var(--p6)}
.f{fill:var(--b);fill-opacity:.28}.f.a0{fill:var(--a0);fill-opacity:.5}.f.a1{fill:var(--a1);fill-opacity:.6}
.f.a2{fill:var(--a2);fill-opacity:.6}.f.a3{fill:var(--a3);fill-opacity:.6}
.km{fill:var(--ink)}.k5{fill:var(--soft)}.k9{fill:var(--a2)}.ko{fill:var(--a3)}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--paper:#fff;
--sheet:#f4f4f4;--rule:#bbb;--grid:#ddd;--accent:#1d4468;--warn:#5c3c00;
--warn-sheet:#f4f4f4;--a0:#c3d3e2;--a1:#dfa52f;--a2:#c9621f;--a3:#7a1a2f;
--b:#3f77ab;--b2:#9bc0a4;--heat:#7a1a2f;--on-heat:#fff}
nav{display:none}body{font-size:9.5pt}main{max-width:none;padding:0}
section{margin-top:26px;padding-top:14px;border-top-width:1px}
svg,tr{break-inside:avoid}h2,h3,figcaption{break-after:avoid}thead{display:table-header-group}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.scroll{overflow:visible}table{font-size:7.5pt}th,td{padding:3px 6px 3px 0}
tbody .id,td.n{white-space:normal}tbody .w,tbody .long{min-width:0}tbody .long{font-size:6.5pt}p.note{font-size:7.5pt}
.running{display:block;position:fixed;top:-8mm;right:0;margin:0;font-size:7pt;color:var(--soft)}}
@page{size:A4;margin:16mm 14mm}
)css";

// Longer texts without blanks are set small, to be cut anywhere.
constexpr size_t kLongWord = 40;
// Texts up to here stand on one line.
constexpr size_t kShortText = 25;
constexpr size_t kProse = 60;
// Tables of so few columns are not drawn out over the whole width.
constexpr size_t kNarrow = 4;

bool is_number(const Cell& cell) {
  return cell.kind == Cell::Kind::count || cell.kind == Cell::Kind::number ||
         cell.kind == Cell::Kind::share || cell.kind == Cell::Kind::hidden;
}

// Columns that hold a number somewhere and a text nowhere.
bool is_number_column(const ReportTable& table, size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    if (row[column].kind == Cell::Kind::text) return false;
    any = any || is_number(row[column]);
  }
  return any;
}

std::string_view class_of(const ReportTable& table, size_t column,
                          const Cell& cell) {
  if (cell.kind == Cell::Kind::none || cell.kind == Cell::Kind::not_stored) {
    return is_number_column(table, column) ? "n none" : "none";
  }
  if (is_number(cell)) return "n";
  if (cell.text.size() > kLongWord &&
      cell.text.find(' ') == std::string::npos) {
    return "long";
  }
  if (cell.text.size() <= kShortText) return "id";
  return cell.text.size() > kProse ? "w" : "";
}

std::string prose(std::string_view text) {
  std::string out;
  for (const ProseRun& run : prose_runs(text)) {
    out += run.code ? "<code>" + markup_escaped(run.text) + "</code>"
                    : markup_escaped(run.text);
  }
  return out;
}

void append_head(std::string& out, const ReportTable& table) {
  for (size_t at = 0; at < table.columns.size(); ++at) {
    const std::string& title = table.columns[at].title;
    if (title.empty()) {
      out += "<td></td>";
      continue;
    }
    out += fmt::format("<th scope=\"col\"{}>{}</th>",
                       is_number_column(table, at) ? " class=\"n\"" : "",
                       markup_escaped(title));
  }
}

// A text that begins a row says what the row is of. The title of a table
// stands before it, under its id.
void append_rows(std::string& out, const Document& document,
                 const ReportTable& table) {
  const std::string id = markup_escaped(table.id);
  out += fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-labelledby=\"{0}\"><table aria-labelledby=\"{0}\"{1}>\n<thead><tr>",
      id, table.columns.size() <= kNarrow ? " class=\"s\"" : "");
  append_head(out, table);
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (size_t at = 0; at < row.size(); ++at) {
      const bool names = at == 0 && row[at].kind == Cell::Kind::text;
      out += fmt::format("<{0} class=\"{1}\">{2}</{3}>",
                         names ? "th scope=\"row\"" : "td",
                         class_of(table, at, row[at]),
                         markup_escaped(shown(row[at], document.language)),
                         names ? "th" : "td");
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  if (!table.note.empty()) {
    out += fmt::format("<p class=\"note\">{}</p>\n", prose(table.note));
  }
}

struct ItemWriter {
  std::string& out;
  const Document& document;

  void operator()(const Paragraph& paragraph) const {
    out += fmt::format("<p{}>{}</p>\n",
                       paragraph.missing ? " class=\"missing\"" : "",
                       prose(paragraph.text));
  }
  void operator()(const ReportTable& table) const {
    out += fmt::format("<h3 id=\"{}\">{}</h3>\n", markup_escaped(table.id),
                       markup_escaped(table.title));
    append_rows(out, document, table);
  }
  void operator()(const Figure& figure) const {
    out += fmt::format("<figure><figcaption id=\"{}\">{}</figcaption>\n",
                       markup_escaped(figure.table.id),
                       markup_escaped(figure.title));
    out += draw_svg(figure, document.language);
    out += fmt::format("<details open><summary>{}</summary>\n",
                       markup_escaped(word(document.language, "as_table")));
    append_rows(out, document, figure.table);
    out += "</details></figure>\n";
  }
};

void append_contents(std::string& out, const Document& document) {
  out += "<nav><ol>\n";
  for (const ReportSection& section : document.sections) {
    out += fmt::format("<li><a href=\"#section-{}\">{}</a></li>\n",
                       section.number, markup_escaped(section.title));
  }
  out += "</ol></nav>\n";
}

}  // namespace

std::string to_html(const Document& written) {
  const Document document = made_visible(written);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src 'unsafe-inline'\">\n"
      "<title>{} · {}</title>\n<style>{}</style>\n</head>\n<body>"
      "<a class=\"skip\" href=\"#section-1\">{}</a>\n"
      "<p class=\"running\" aria-hidden=\"true\">{} · {}</p><main>\n",
      document.language, markup_escaped(document.title),
      markup_escaped(document.subtitle), kStyle,
      markup_escaped(word(document.language, "skip")),
      markup_escaped(document.title), markup_escaped(below_title(document)));
  out += fmt::format(
      "<header><h1>{}</h1>\n<p>{}</p>\n{}</header>\n",
      markup_escaped(document.title), markup_escaped(below_title(document)),
      document.published
          ? fmt::format("<p>{}</p>\n", markup_escaped(word(document.language,
                                                           "published_note")))
          : "");
  append_contents(out, document);
  for (const ReportSection& section : document.sections) {
    out += fmt::format(
        "<section id=\"section-{0}\">\n<h2><span>{0}</span>{1}"
        "</h2>\n",
        section.number, markup_escaped(section.title));
    for (const ReportItem& item : section.items) {
      std::visit(ItemWriter{out, document}, item);
    }
    out += "</section>\n";
  }
  return out + "</main></body>\n</html>\n";
}

}  // namespace simwarden
