// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"
#include "diag/printable.h"
#include "facts/asked.h"
#include "facts/facts.h"
#include "facts/file_names.h"
#include "intake/intake.h"

using namespace simwarden;

namespace {

// What an expression says about a mail.
std::string ask(const std::string& mail, const std::string& what) {
  static const Registry registry = [] {
    Registry made;
    made.official_domains = {"demomobile.example"};
    made.brands = {{"demomobile", "demomobile.example"},
                   {"dm", "demomobile.example"}};
    made.short_brands = {"dm"};
    return made;
  }();
  const Item item = parse_mail(mail, {});
  BOOST_REQUIRE(!item.bad);
  return asked(item.record, registry, what);
}

std::string of_html(const std::string& html, const std::string& what) {
  return ask("From: a@mail.example\nContent-Type: text/html\n\n" + html, what);
}

std::string of_header(const std::string& header, const std::string& what) {
  return ask(header + "\n\nx\n", what);
}

}  // namespace

BOOST_AUTO_TEST_CASE(links_of_html_are_links_of_the_message) {
  struct Row {
    const char* html;
    const char* what;
    const char* answer;
  };
  const Row rows[] = {
      {"<a href='https://a.example/x'>here</a>",
       "message.links.map(l, l.host + ' ' + l.shown_text)",
       "['a.example here']"},
      {"<a href='https://a.example/'>www.example.com</a>",
       "message.links.map(l, l.host + (l.shown_differs ? '!' : ''))",
       "['www.example.com', 'a.example!']"},
      {"<a href='https://www.example.com/'>www.example.com</a>",
       "message.links.map(l, l.host + (l.shown_differs ? '!' : ''))",
       "['www.example.com']"},
      {"<a href='https://a.example/'>www.example.com</a>",
       "message.html_links.map(l, l.differs)", "[true]"},
      {"www.example.org <a href='https://a.example/'>x</a> www.example.net",
       "message.links.map(l, l.host)",
       "['www.example.org', 'a.example', 'www.example.net']"},
      {"<a href='https://t.me/demo_x'>write</a>",
       "message.contacts.map(c, c.kind + c.value)", "['telegram@demo_x']"},
      {"<a href='https://t.me/demo_x'>t.me/demo_x</a>",
       "message.contacts.map(c, c.kind + c.value)", "['telegram@demo_x']"},
      {"<a href='tel:+15555550101'>call</a>",
       "message.contacts.map(c, c.value)", "['+15555550101']"},
      {"<p>one</p><p>two <a href='https://a.example/'>x</a></p>",
       "message.links.map(l, l.block)", "[1]"},
      {"<form action='https://a.example/post'>x</form>",
       "message.links.map(l, l.host)", "['a.example']"},
      {"<img src='https://img.example/a.png'>", "message.links.size()", "0"},
      {"<a href='https://a.example/?q=%22%3E&amp;copy=1&amp;r=%3C/a%3E'>x</a>",
       "message.links.size()", "1"},
      {"<a href='https://a.example/'>x &lt;/a&gt;&lt;a "
       "href=\"https://b.example\"&gt;</a>",
       "message.html_links.map(l, l.target)", "['https://a.example/']"},
      {"x", "message.links.size()", "0"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(
        of_html(row.html, row.what) == row.answer,
        row.html << " " << row.what << ": " << of_html(row.html, row.what));
  }
}

BOOST_AUTO_TEST_CASE(what_a_code_says_is_seen_like_what_a_text_says) {
  struct Row {
    const char* codes;
    const char* what;
    const char* answer;
  };
  const Row rows[] = {
      {R"(["https://t.me/demo_x"])",
       "message.links.map(l, l.host + (l.qr_code ? ' code' : ''))",
       "['t.me code']"},
      {R"(["https://t.me/demo_x"])",
       "message.contacts.map(c, c.kind + c.value + (c.qr_code ? ' code' : ''))",
       "['telegram@demo_x code']"},
      {R"(["HTTPS://A.TEST/X"])", "message.links.map(l, l.host)", "['a.test']"},
      {R"(["tel:+15555550101"])", "message.contacts.map(c, c.value)",
       "['+15555550101']"},
      {R"(["LPA:1$rsp.demo.test$DEMO-0000"])",
       "message.codes.map(c, c.kind + (c.qr_code ? ' code' : ''))",
       "['activation_code code']"},
      {R"([{"content":"15555550101","kind":"code_128"}])",
       "message.contacts.size()", "0"},
      {R"([{"content":"https://a.test/","kind":"code_128"}])",
       "message.links.size()", "1"},
      {R"(["a nice day"])", "message.links.size() + message.contacts.size()",
       "0"},
      {R"([])", "message.qr_codes.size()", "0"},
  };
  for (const Row& row : rows) {
    const Item item = parse_json(
        std::string(R"({"kind":"message","text":"See","qr_codes":)") +
            row.codes + "}",
        {});
    BOOST_REQUIRE(!item.bad);
    const std::string answer = asked(item.record, {}, row.what);
    BOOST_TEST(answer == row.answer, row.codes << " " << answer);
  }
}

BOOST_AUTO_TEST_CASE(what_is_hidden_is_apart_and_looked_at) {
  const std::string html =
      "<p>shown</p><p hidden>Telegram @demo_x https://a.example/</p>";
  BOOST_TEST(of_html(html, "message.contacts.size()") == "0");
  BOOST_TEST(of_html(html, "message.hidden_contacts.map(c, c.value)") ==
             "['@demo_x']");
  BOOST_TEST(of_html(html, "message.hidden_links.map(l, l.host)") ==
             "['a.example']");
  BOOST_TEST(of_html("x", "message.hidden_contacts.size()") == "0");
}

BOOST_AUTO_TEST_CASE(a_shown_name_is_held_against_its_address) {
  struct Row {
    const char* header;
    const char* what;
    const char* answer;
  };
  const char* kOf = "message.display_name_of";
  const char* kAddress = "message.display_name_address";
  const char* kReply = "message.reply_to_differs";
  const Row rows[] = {
      {"From: DemoMobile Care <a@mail.example>", kOf, "'demomobile.example'"},
      {"From: Demo Mobile <a@mail.example>", kOf, "'demomobile.example'"},
      {"From: =?utf-8?q?Dem=D0=BEM=D0=BEbile?= <a@mail.example>", kOf,
       "'demomobile.example'"},
      {"From: DemoMobile <a@news.demomobile.example>", kOf, "''"},
      {"From: DM <a@mail.example>", kOf, "'demomobile.example'"},
      {"From: Anna DM <a@mail.example>", kOf, "''"},
      {"From: a@mail.example", kOf, "''"},
      {"From: \"care@bank.test\" <a@mail.example>", kAddress,
       "'care@bank.test'"},
      {"From: \"Care (care@bank.test)\" <a@mail.example>", kAddress,
       "'care@bank.test'"},
      {"From: \"a@mail.example\" <a@mail.example>", kAddress, "''"},
      {"From: \"@demo_x\" <a@mail.example>", kAddress, "''"},
      {"From: a@mail.example\nReply-To: b@other.test", kReply, "true"},
      {"From: a@mail.example\nReply-To: b@sub.mail.example", kReply, "false"},
      {"From: a@mail.example", kReply, "false"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(of_header(row.header, row.what) == row.answer,
               row.header << ": " << of_header(row.header, row.what));
  }
}

BOOST_AUTO_TEST_CASE(a_mail_that_was_cut_says_so) {
  std::string deep = "From: a@mail.example\n";
  for (int i = 0; i < 100; ++i) {
    const std::string name = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" +
            name + "\n";
  }
  BOOST_TEST(ask(deep, "message.cut") == "true");
  BOOST_TEST(ask(deep, "'cut_depth' in message.mail_faults") == "true");
  BOOST_TEST(of_html("x", "message.cut") == "false");
}

BOOST_AUTO_TEST_CASE(file_names_say_what_opens_and_what_they_hide) {
  struct Row {
    const char* name;
    const char* extension;
    bool runs;
    bool twice;
    bool reversed;
  };
  const Row rows[] = {
      {"form.pdf", "pdf", false, false, false},
      {"APP.APK", "apk", true, false, false},
      {"form.pdf.apks", "apks", true, true, false},
      {"esim.mobileprovision", "mobileprovision", true, false, false},
      {"care.appinstaller", "appinstaller", true, false, false},
      {"page.js", "js", true, false, false},
      {"setup.COM", "com", true, false, false},
      {"manifest.plist", "", false, false, false},
      {"invoice.pdf.exe", "exe", true, true, false},
      {"invoice.pdf      .exe", "exe", true, true, false},
      {"invoice.pdf.exe. ", "exe", true, true, false},
      {"photo.jpg.html", "html", false, true, false},
      {"logs.tar.gz", "gz", false, false, false},
      {"report.v1.pdf", "pdf", false, false, false},
      {"update.2026.exe", "exe", true, false, false},
      {"photo\xE2\x80\xAEgpj.scr", "scr", true, false, true},
      {"a\u200Fgpj.exe", "exe", true, false, true},
      {"a\u200Egpj.pdf", "pdf", false, false, true},
      {"\u0641\u0627\u062A\u0648\u0631\u0629\u200F.pdf", "pdf", false, false,
       false},
      {"\u0641\u202Egpj.pdf", "pdf", false, false, true},
      {"no ending", "", false, false, false},
      {"", "", false, false, false},
      {".", "", false, false, false},
  };
  for (const Row& row : rows) {
    const FileName found = read_file_name(row.name);
    BOOST_TEST(found.known_extension == row.extension, row.name);
    BOOST_TEST(found.runs == row.runs, row.name);
    BOOST_TEST(found.double_extension == row.twice, row.name);
    BOOST_TEST(found.reversed == row.reversed, row.name);
  }
}

BOOST_AUTO_TEST_CASE(a_document_s_ending_is_seen_through_what_hides_it) {
  const std::string_view hiding[] = {
      "\u00A0",  "\t",     "\n",           "\u3000\u3000",  "\u200B", "\u200D",
      "\u00AD",  "\u2060", "\uFEFF",       "\u3164",        "\u115F", "\u180E",
      "\u2800",  "\u0085", "\u2028",       "\x01",          "\x7F",   "\u009B",
      "\uFFF9",  "\u034F", "\U000E0020",   "\u2003 \u2003", " _ ",    "____",
      "\uFE0F",  "\u2014", "\U0001F4DE",   "\U0001F600",    "...",    "\u2026",
      " \u3002", "\xFF",   "\u00A0.\u00A0"};
  for (const std::string_view one : hiding) {
    for (const std::string_view last : {".exe", ".html"}) {
      const std::string name = "invoice.pdf" + std::string(one);
      BOOST_TEST(read_file_name(name + std::string(last)).double_extension,
                 escaped_text(name));
    }
  }
  const std::string_view names[] = {
      "invoice\u2024pdf.exe",
      "invoice\uFF0Epdf.exe",
      "invoice\u3002pdf.html",
      "invoice\u00B7pdf.exe",
      "invoice\u0660pdf.exe",
      "invoice.pdf\uFF0Eexe",
      "invoice.pdf.exe\u00A0",
      "invoice.pdf.exe\u200B",
      "invoice.pdf.\u200Bexe",
      "invoice.pdf.e\u200Bxe",
      "invoice.p\u00ADdf.exe",
      "invoice.\u00A0pdf.exe",
      "invoice.\uFF30\uFF24\uFF26.exe",
      "invoice.\u0440df.exe",
      "invoice.\u0458\u0440\u0455\u0441.jpg\u3000.scr"};
  for (const std::string_view name : names) {
    const FileName found = read_file_name(name);
    BOOST_TEST(found.double_extension, escaped_text(name));
  }
}

BOOST_AUTO_TEST_CASE(names_that_hide_nothing_stay_as_they_are) {
  const std::string_view names[] = {
      "\u8D26\u5355\u3002pdf",
      "\u8BF4\u660E \u2014 pdf.html",
      "Demo \u00B7 PDF.html",
      "How to write a pdf.html",
      "invoice.pdf - Drive.html",
      "\u0441\u0447\u0451\u0442.docx",
      "\u767A\u6CE8\u30FB\u66F8\u985E.html",
      "r\u00E9sum\u00E9.doc",
  };
  for (const std::string_view name : names) {
    BOOST_TEST(!read_file_name(name).double_extension, escaped_text(name));
    BOOST_TEST(!read_file_name(name).runs, escaped_text(name));
  }
  const FileName program = read_file_name("\u0441\u0447\u0451\u0442.exe");
  BOOST_TEST(program.runs);
  BOOST_TEST(!program.double_extension);
}

BOOST_AUTO_TEST_CASE(first_bytes_contradict_a_name_or_a_type) {
  struct Row {
    const char* detected;
    const char* name;
    const char* declared;
    bool contradicts;
  };
  const Row rows[] = {
      {"application/x-dosexec", "bill.pdf", "", true},
      {"application/x-dosexec", "bill.exe", "", false},
      {"application/x-dosexec", "notes.txt", "", true},
      {"application/zip", "form.docx", "", false},
      {"application/zip", "app.apk", "", false},
      {"application/vnd.android.package-archive", "app.apk", "", false},
      {"application/vnd.android.package-archive", "photos.zip", "", true},
      {"application/java-archive", "app.jar", "", false},
      {"application/java-archive", "form.docx", "", true},
      {"application/vnd.ms-word.document.macroenabled.12", "form.docx", "",
       true},
      {"application/vnd.ms-word.document.macroenabled.12", "form.docm", "",
       false},
      {"application/vnd.ms-excel.sheet.macroenabled.12", "list.xlsb", "",
       false},
      {"application/vnd.ms-excel.sheet.macroenabled.12", "list.xls", "", true},
      {"text/html", "bill.pdf", "application/pdf", true},
      {"image/png", "logo.jpg", "", true},
      {"image/png", "logo", "image/jpeg", false},
      {"application/pdf", "logo", "image/png", true},
      {"", "bill.pdf", "application/pdf", false},
      {"application/zip", "unknown.xyz", "application/octet-stream", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST(type_contradicts(row.detected, read_file_name(row.name),
                                row.declared) == row.contradicts,
               row.name << " " << row.detected);
  }
}
