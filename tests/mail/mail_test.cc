// SPDX-License-Identifier: Apache-2.0
#include "mail/mail.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <boost/test/unit_test.hpp>

#include "files.h"
#include "mail/html.h"
#include "mail/shown_mail.h"
#include "text/charset.h"

using namespace simwarden;

namespace {

const std::string kFolder = "tests/mail/mails";

std::vector<std::filesystem::path> mails() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".eml") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

const MailOptions kOptions{.authserv_id = "mx.example", .charset = ""};

std::string shown(std::string_view bytes) {
  const auto mail = read_mail(bytes, kOptions);
  return mail ? shown_mail(*mail) : "no mail\n";
}

// What holds of every mail, however broken.
void check_sound(std::string_view bytes) {
  const auto mail = read_mail(bytes, kOptions);
  if (!mail) return;
  BOOST_REQUIRE(count_utf8(mail->text).bad == 0);
  BOOST_REQUIRE(count_utf8(mail->hidden_text).bad == 0);
  BOOST_REQUIRE(mail->text.size() <= kMailTextBytesMax);
  uint32_t last = 0;
  for (const MailLink& link : mail->links) {
    BOOST_REQUIRE(link.begin <= link.end);
    BOOST_REQUIRE(link.end <= mail->text.size());
    BOOST_REQUIRE(!link.target.empty());
    last = link.begin;
  }
  BOOST_REQUIRE(last <= mail->text.size());
  size_t decoded = 0;
  for (const MailFile& file : mail->files) decoded += file.bytes.size();
  BOOST_REQUIRE(decoded <= bytes.size() * 2 + 64);
}

std::string html_mail(std::string_view html) {
  return "From: demo@mail.example\nContent-Type: text/html\n\n" +
         std::string(html);
}

MailMessage read_html_mail(std::string_view html) {
  return *read_mail(html_mail(html), kOptions);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_mail_reads_as_its_golden_says) {
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  BOOST_REQUIRE(mails().size() > 20);
  for (const auto& path : mails()) {
    auto golden = path;
    golden.replace_extension(".txt");
    const std::string now = shown(read_all(path));
    if (update) std::ofstream(golden, std::ios::binary) << now;
    BOOST_TEST(now == read_all(golden), path.string() << "\n" << now);
  }
}

BOOST_AUTO_TEST_CASE(lines_that_end_in_cr_are_lines) {
  size_t read = 0;
  for (const auto& path : mails()) {
    const std::string lf = read_all(path);
    if (lf.find('\r') != lf.npos) continue;
    std::string cr = lf;
    std::replace(cr.begin(), cr.end(), '\n', '\r');
    BOOST_TEST(shown(cr) == shown(lf), path.string());
    ++read;
  }
  BOOST_TEST(read > 20);
}

BOOST_AUTO_TEST_CASE(a_mail_cut_at_any_byte_is_read_or_is_no_mail) {
  for (const auto& path : mails()) {
    const std::string whole = read_all(path);
    for (size_t size = 0; size <= whole.size(); ++size) {
      check_sound(std::string_view(whole).substr(0, size));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_mail_with_bytes_changed_is_read_or_is_no_mail) {
  std::mt19937 random(20260302);
  for (const auto& path : mails()) {
    const std::string whole = read_all(path);
    for (int round = 0; round < 60; ++round) {
      std::string broken = whole;
      for (int k = 0; k < 1 + round / 6; ++k) {
        broken[random() % broken.size()] = static_cast<char>(random());
      }
      check_sound(broken);
    }
  }
}

BOOST_AUTO_TEST_CASE(random_bytes_are_read_or_are_no_mail) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string bytes(random() % 600, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    check_sound(bytes);
    check_sound("From: demo@mail.example\nContent-Type: text/html\n\n" + bytes);
  }
}

BOOST_AUTO_TEST_CASE(
    parts_inside_each_other_are_read_to_a_depth_and_no_further) {
  const auto nested = [](int depth) {
    std::string mail = "From: demo@mail.example\n";
    for (int i = 0; i < depth; ++i) {
      mail += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) +
              "\n\n--b" + std::to_string(i) + "\n";
    }
    return mail + "Content-Type: text/plain\n\nthe innermost\n";
  };
  const auto shallow = read_mail(nested(kMailDepthMax), kOptions);
  BOOST_TEST(shallow->text == "the innermost");
  BOOST_TEST(!shallow->faults.has(MailFault::cut_depth));
  const auto deep = read_mail(nested(kMailDepthMax + 1), kOptions);
  BOOST_TEST(deep->faults.has(MailFault::cut_depth));
  BOOST_TEST(
      read_mail(nested(5000), kOptions)->faults.has(MailFault::cut_depth));
}

BOOST_AUTO_TEST_CASE(more_parts_than_a_mail_has_are_cut_and_told) {
  const auto with_parts = [](size_t count) {
    std::string mail =
        "From: demo@mail.example\n"
        "Content-Type: multipart/mixed; boundary=b\n\n";
    for (size_t i = 0; i < count; ++i) mail += "--b\n\nx\n";
    return mail + "--b--\n";
  };
  const auto some = read_mail(with_parts(kMailPartsMax), kOptions);
  BOOST_TEST(!some->faults.has(MailFault::cut_parts));
  const auto many = read_mail(with_parts(kMailPartsMax + 1), kOptions);
  BOOST_TEST(many->faults.has(MailFault::cut_parts));
  const auto flood = read_mail(with_parts(200000), kOptions);
  BOOST_TEST(flood->faults.has(MailFault::cut_parts));
}

BOOST_AUTO_TEST_CASE(more_header_than_a_mail_has_is_cut_and_told) {
  std::string many = "From: demo@mail.example\n";
  for (size_t i = 0; i <= kMailHeadersMax; ++i) many += "a: b\n";
  const auto fields = read_mail(many + "\nbody\n", kOptions);
  BOOST_TEST(fields->faults.has(MailFault::cut_headers));
  BOOST_TEST(fields->from.size() == 1u);
  const std::string one = "From: demo@mail.example\nSubject: " +
                          std::string(kMailHeaderBytesMax, 'x') + "\n\nbody\n";
  BOOST_TEST(read_mail(one, kOptions)->faults.has(MailFault::cut_headers));
}

BOOST_AUTO_TEST_CASE(groups_inside_groups_are_read_to_a_bound) {
  std::string mail = "From: demo@mail.example\nTo: a@mail.example, ";
  for (int i = 0; i < 400000; ++i) mail += "g:";
  const auto read = read_mail(mail + "\n\nx\n", kOptions);
  BOOST_TEST(read->faults.has(MailFault::cut_headers));
  BOOST_TEST(read->from.size() == 1u);
}

BOOST_AUTO_TEST_CASE(encoded_words_without_an_end_are_read_to_a_bound) {
  const auto with_words = [](std::string_view word, size_t count) {
    std::string mail =
        "From: demo@mail.example\nContent-Type: text/plain; name=";
    for (size_t i = 0; i < count; ++i) mail += word;
    return mail + "\n\nx\n";
  };
  constexpr std::string_view kOpen = "=?gb2312?b?;";
  const auto few = read_mail(with_words(kOpen, kMailOpenWordsMax), kOptions);
  BOOST_TEST(!few->faults.has(MailFault::cut_headers));
  const auto many = read_mail(with_words(kOpen, 60000), kOptions);
  BOOST_TEST(many->faults.has(MailFault::cut_headers));
  const auto whole = read_mail(with_words("=?utf-8?q?a?= ", 500), kOptions);
  BOOST_TEST(!whole->faults.has(MailFault::cut_headers));
}

BOOST_AUTO_TEST_CASE(a_signature_or_a_log_in_a_plain_body_is_no_header) {
  std::string mail = "From: demo@mail.example\n\nhello\n-- \n";
  for (size_t i = 0; i < 2 * kMailHeadersMax; ++i) mail += "10:15: demo\n--\n";
  BOOST_TEST(read_mail(mail, kOptions)->faults.empty());
}

BOOST_AUTO_TEST_CASE(html_deeper_than_a_page_is_cut_and_told) {
  const auto deep = [](size_t depth) {
    std::string html;
    for (size_t i = 0; i < depth; ++i) html += "<b>";
    return html + "inside";
  };
  const MailMessage some = read_html_mail(deep(kHtmlDepthMax - 1));
  BOOST_TEST(some.text == "inside");
  BOOST_TEST(some.faults.empty());
  const MailMessage many = read_html_mail(deep(300000));
  BOOST_TEST(many.faults.has(MailFault::cut_html));
}

BOOST_AUTO_TEST_CASE(an_element_with_a_flood_of_attributes_ends_the_page) {
  std::string html = "<p>before</p><a";
  for (int i = 0; i < 100000; ++i) html += " a" + std::to_string(i);
  const MailMessage mail = read_html_mail(html + ">after</a>");
  BOOST_TEST(mail.text == "before");
  BOOST_TEST(mail.faults.has(MailFault::cut_html));
}

BOOST_AUTO_TEST_CASE(more_links_than_a_mail_has_are_cut_and_told) {
  std::string html;
  for (size_t i = 0; i <= kMailLinksMax; ++i) {
    html += "<a href=https://demo.example/" + std::to_string(i) + ">x</a> ";
  }
  const MailMessage mail = read_html_mail(html);
  BOOST_TEST(mail.links.size() == kMailLinksMax);
  BOOST_TEST(mail.faults.has(MailFault::cut_links));
}

BOOST_AUTO_TEST_CASE(a_text_longer_than_people_read_is_cut_and_told) {
  std::string text = "From: demo@mail.example\n\n";
  while (text.size() < 2 * kMailTextBytesMax) text += "\xE5\x8D\xA1 word ";
  const auto mail = read_mail(text, kOptions);
  BOOST_TEST(mail->faults.has(MailFault::cut_text));
  BOOST_TEST(mail->text.size() <= kMailTextBytesMax);
  check_sound(text);
}

BOOST_AUTO_TEST_CASE(a_page_that_shows_nothing_leaves_the_plain_text) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "the plain one"},
      {"<p>&nbsp;</p>\n", "the plain one"},
      {"<img src=cid:a>", "the plain one"},
      {"<p hidden>x</p>&zwnj;", "the plain one"},
      {"<p>shown</p>", "shown"},
      {"<img alt=shown src=cid:a>", "shown"},
  };
  for (const auto& [html, text] : rows) {
    const std::string mail =
        "From: demo@mail.example\n"
        "Content-Type: multipart/alternative; boundary=b\n\n"
        "--b\n\nthe plain one\n--b\nContent-Type: text/html\n\n" +
        std::string(html) + "\n--b--\n";
    const std::string shown = read_mail(mail, kOptions)->text;
    BOOST_TEST(shown.substr(shown.size() - text.size()) == text, html);
    BOOST_TEST(read_mail(mail, kOptions)->alternative_text == "");
  }
}

BOOST_AUTO_TEST_CASE(a_page_beside_another_that_says_something_else_is_told) {
  const std::string words =
      "one two three four five sixth seven eight nine ten";
  for (const std::string_view type : {"text/html", "text/x-amp-html"}) {
    const auto mail = read_mail(
        "Content-Type: multipart/alternative; boundary=b\n\n--b\n"
        "Content-Type: " +
            std::string(type) + "\n\n<p>" + words +
            "<a href='https://demo.test/'>x</a>\n--b\n"
            "Content-Type: text/html\n\n<p>hello\n--b--\n",
        MailOptions());
    BOOST_TEST(mail->text == "hello");
    BOOST_TEST(mail->alternative_text == words + "x\nhttps://demo.test/");
  }
}

BOOST_AUTO_TEST_CASE(a_chinese_text_beside_a_page_is_compared_by_its_words) {
  struct {
    std::string_view plain;
    std::string_view page;
    bool told;
  } const rows[] = {
      {"您的卡将停机，请加客服办理补卡业务", "<p>祝您生日快乐，感谢您的支持。",
       true},
      {"カードが停止されます。担当者に連絡",
       "<p>お誕生日おめでとうございます。", true},
      {"您的卡将停机，请加客服办理补卡业务",
       "<p>您的卡将停机，<b>请加客服</b>办理补卡业务", false},
      {"请用其他程序", "<p>祝您生日快乐", false},
      {"加微信 demo_kaka88", "<p>祝您生日快乐", true},
      {"no ID t.me/demo_kaka88", "<p>Happy birthday to you", true},
      {"Your program shows no HTML", "<p>Happy birthday to you", false},
      {"happy birthday 2026", "<p>Happy birthday, 2026!", false},
  };
  for (const auto& [plain, page, told] : rows) {
    const auto mail = read_mail(
        "Content-Type: multipart/alternative; boundary=b\n\n--b\n"
        "Content-Type: text/plain; charset=utf-8\n\n" +
            std::string(plain) +
            "\n--b\nContent-Type: text/html; charset=utf-8\n\n" +
            std::string(page) + "\n--b--\n",
        MailOptions());
    BOOST_TEST(mail->alternative_text.empty() != told, plain);
  }
}

BOOST_AUTO_TEST_CASE(an_encoding_is_the_word_that_is_named) {
  struct {
    std::string_view named;
    bool unknown;
  } const rows[] = {{"base64", false},
                    {"base64;", true},
                    {"base64; x=y", true},
                    {"\"base64\"", true}};
  for (const auto& [named, unknown] : rows) {
    const std::string part =
        "Content-Transfer-Encoding: " + std::string(named) + "\n\naGVsbG8=\n";
    const auto alone = read_mail("Subject: s\n" + part, MailOptions());
    BOOST_TEST(alone->text == "hello", named);
    BOOST_TEST(alone->faults.has(MailFault::unknown_encoding) == unknown,
               named);
    const auto inside = read_mail(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + part + "--b--\n",
        MailOptions());
    BOOST_TEST(inside->text == "hello", named);
  }
}

BOOST_AUTO_TEST_CASE(attached_texts_and_pages_are_read) {
  const auto read = [](std::string_view type, std::string_view name,
                       std::string_view body) {
    return *read_mail(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n"
        "Content-Type: " +
            std::string(type) +
            "\nContent-Disposition: "
            "attachment; filename=" +
            std::string(name) + "\n\n" + std::string(body) + "\n--b--\n",
        MailOptions());
  };
  struct {
    std::string_view type;
    std::string_view name;
    std::string_view body;
    bool shown;
  } const rows[] = {
      {"text/plain", "a.txt", "BAIT", true},
      {"text/plain; charset=utf-7", "a.txt", "BAIT", true},
      {"text/html", "a.html", "<p>x</p>BAIT", true},
      {"application/octet-stream", "a.HTM", "<p>BAIT", true},
      {"application/octet-stream", "a.bin", "<!DOCTYPE html><p>BAIT", true},
      {"image/svg+xml", "a.svg", "<?xml version='1.0'?><svg><text>BAIT", true},
      {"application/octet-stream", "a.bin", "BAIT", true},
      {"application/json", "a.json", "{\"a\": \"BAIT\"}", true},
      {"application/msword", "a.doc", "BAIT", true},
      {"application/x-demo", "a.yaml", "caf\xC3\xA9: BAIT", true},
      {"application/octet-stream", "a.bin", "BAIT\x01", false},
      {"application/octet-stream", "a.bin", "\xFF\xFE BAIT \xE9\xC0", false},
      {"application/pgp-signature", "a.asc",
       "-----BEGIN PGP SIGNATURE-----\n\nBAIT", false},
      {"application/pdf", "a.pdf", "%PDF-1.4 BAIT", false},
      {"text/csv", "a.csv", "BAIT", true},
      {"application/octet-stream", "a.TXT", "BAIT", true},
      {"application/octet-stream", "a.md", "BAIT", true},
      {"application/octet-stream", "a.url", "[x]\nURL=BAIT", true},
      {"application/octet-stream", "a.webloc", "<string>BAIT</string>", true},
      {"application/x-desktop", "a.desktop", "[x]\nURL=BAIT", true},
      {"application/octet-stream", "a.vcf", "BEGIN:VCARD\nNOTE:BAIT", true},
      {"application/octet-stream", "a.ics", "SUMMARY:BAIT", true},
      {"application/octet-stream", "a.mht", "Subject: x\n\nBAIT", true},
      {"application/octet-stream", "=?utf-8?Q?a=2Etxt?=", "BAIT", true},
      {"application/x-demo", "a.py", "BAIT", true},
  };
  for (const auto& [type, name, body, shown] : rows) {
    const MailMessage mail = read(type, name, body);
    BOOST_TEST((mail.text.find("BAIT") != mail.text.npos) == shown, body);
    BOOST_TEST(mail.faults.empty(), type);
    BOOST_TEST(mail.files.size() == 1U, name);
  }
  const MailMessage page =
      read("text/html", "a.html", "<form action='https://demo.test/'>");
  BOOST_REQUIRE_EQUAL(page.links.size(), 1U);
  const MailMessage log =
      read("text/plain", "a", "BAIT\n" + std::string(70'000, '\n') + "rest");
  BOOST_TEST(log.text == "hello\n\nBAIT");
  BOOST_TEST((log.files[0].shown == Showing::front));
  // What is blank hides nothing at the front.
  const MailMessage behind =
      read("text/plain", "a", std::string(70'000, '\n') + "BAIT");
  BOOST_TEST(behind.text == "hello\n\nBAIT");
}

BOOST_AUTO_TEST_CASE(a_charset_that_hides_ascii_is_read_in_both_ways) {
  struct {
    std::string_view charset;
    std::string_view bytes;
    std::string_view text;
    bool looks_too;  // ASCII that stands there is shown as well
  } const rows[] = {
      {"utf-7", "+U2E-", "卡", true},
      {"unicode-1-1-utf-7", "+U2E-", "卡", true},
      {"hz-gb-2312", "~{?(~}", "卡", true},
      {"iso-2022-kr",
       "\x1b$)C\x0e"
       "0!\x0f",
       "가", false},
      {"ibm037", "\xc2\xc1\xc9\xe3", "BAIT", false},
  };
  for (const auto& [charset, bytes, text, looks_too] : rows) {
    const std::string named(charset);
    const std::string mail = "Subject: =?" + named + "?B?K1UyRS0=?=\n" +
                             "Content-Type: text/plain; charset=" + named +
                             "\n\n" + std::string(bytes) + "\n";
    const auto read = read_mail(mail, kOptions);
    BOOST_TEST(read->text.find(text) != std::string::npos, charset);
    BOOST_TEST((!looks_too || read->text.starts_with(bytes)), charset);
    BOOST_TEST(read->faults.has(MailFault::unknown_charset), charset);
    BOOST_TEST(read->subject.starts_with("+U2E-"), charset);
    BOOST_TEST((read->subject == "+U2E- 卡") == (named.ends_with("utf-7")));
  }
  BOOST_TEST(
      read_mail("Content-Type: text/plain; charset=utf-7\n\nhello\n", kOptions)
          ->text == "hello");
}

BOOST_AUTO_TEST_CASE(what_names_say_is_text) {
  const auto text = [](std::string_view fields, std::string_view file) {
    return read_mail(std::string(fields) +
                         "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
                         "hello\n--b\nContent-Type: image/png; name=\"" +
                         std::string(file) + "\"\n\nx\n--b--\n",
                     kOptions)
        ->text;
  };
  const std::string advert = "No ID t.me/demo_kaka88";
  const std::string shown = "hello\n\n" + advert;
  const std::string from = "From: \"" + advert + "\" <a@b.example>\n";
  BOOST_TEST(text(from, "a.png") == shown);
  for (const std::string field : {"Reply-To", "To", "Cc"}) {
    BOOST_TEST(text(field + ": \"" + advert + "\" <a@b.example>\n", "") ==
               shown);
  }
  BOOST_TEST(text("From: \"t.me/demokai\" <a@b.example>\n", "") ==
             "hello\n\nt.me/demokai");
  BOOST_TEST(text("To: \"Parish choir\" <a@b.example>\n", "") == "hello");
  BOOST_TEST(text("Subject: hi\nSubject: " + advert + "\n", "") == shown);
  BOOST_TEST(text("", advert + ".png") == shown);
  BOOST_TEST(text("", "无证补卡微信demo88.png") ==
             "hello\n\n无证补卡微信demo88");
  for (const std::string name :
       {"Demo Care", "Café Demo", "a@b.example", "demo.example", "张三"}) {
    BOOST_TEST(text("From: \"" + name + "\" <a@b.example>\n", "IMG_1.png") ==
               "hello");
  }
  const std::string glued = "办卡加微信demo88@w.x";
  BOOST_TEST(text("From: \"" + glued + "\" <a@b.example>\n", "a.png") ==
             "hello\n\n" + glued);
  BOOST_TEST(text("Subject: hi\nSubject: hi\n", "scan 1.png") == "hello");
}

BOOST_AUTO_TEST_CASE(nobody_is_believed_when_no_receiver_is_named) {
  const std::string mail =
      "Authentication-Results: mx.example; dmarc=pass\nFrom: a@a.example\n\n";
  BOOST_TEST(!read_mail(mail, {})->authentication);
  BOOST_TEST(read_mail(mail, kOptions)->authentication->size() == 1u);
}

BOOST_AUTO_TEST_CASE(text_without_a_charset_is_in_the_one_that_was_named) {
  const std::string mail = "From: demo@mail.example\n\n\xB2\xB9\xBF\xA8\n";
  BOOST_TEST(read_mail(mail, {.authserv_id = "", .charset = "gbk"})->text ==
             "补卡");
}

// Padding, or a comment that nobody sees, makes a text look like UTF-8 or like
// none. Programs that believe what is declared show BAIT all the same: 补卡.
BOOST_AUTO_TEST_CASE(kanji_by_escape_sequences_are_read_whatever_is_declared) {
  const std::string code = "\x1b$B%3!<%I\x1b(B";
  for (const std::string type : {"text/plain", "text/plain; charset=us-ascii",
                                 "text/plain; charset=utf-8", "text/html"}) {
    const auto mail =
        read_mail("Content-Type: " + type + "\n\n" + code + " demo", kOptions);
    BOOST_TEST(mail->text.find("コード demo") != std::string::npos, type);
    BOOST_TEST(mail->text.find("$B%3!<%I") != std::string::npos, type);
  }
  const auto declared = read_mail(
      "Content-Type: text/plain; charset=iso-2022-jp\n\n" + code, kOptions);
  BOOST_TEST(declared->text == "コード");
}

// RFC 2781 reads what has no mark from the big end, browsers from the little.
BOOST_AUTO_TEST_CASE(utf_16_without_a_mark_is_read_in_the_order_that_is_text) {
  const auto units = [](std::u16string_view text, bool big) {
    std::string bytes;
    for (const char16_t unit : text) {
      const char high = char(unit >> 8);
      const char low = char(unit);
      bytes.append({big ? high : low, big ? low : high});
    }
    return bytes;
  };
  const auto read = [](const std::string& bytes) {
    return *read_mail("Content-Type: text/plain; charset=utf-16\n\n" + bytes,
                      kOptions);
  };
  for (const bool big : {false, true}) {
    const MailMessage latin = read(units(u"write to demo_kaka88", big));
    BOOST_TEST(latin.text == "write to demo_kaka88", big);
    BOOST_TEST(latin.faults.empty(), big);
    BOOST_TEST(read(units(u"一个补卡，加微信", big)).text == "一个补卡，加微信",
               big);
  }
  // Who writes both is read in both.
  const MailMessage both =
      read(units(u"补卡，加微信。", false) + units(u"图书馆九点开门。", true));
  BOOST_TEST(both.text.find("补卡，加微信") != std::string::npos);
  BOOST_TEST(both.text.find("图书馆九点开门") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(chinese_that_is_declared_as_latin_is_read_as_chinese) {
  const auto read = [](const std::string& bytes) {
    return *read_mail(
        "Content-Type: text/plain; charset=iso-8859-1\n\n" + bytes, kOptions);
  };
  const MailMessage chinese = read(
      "\xD2\xEC\xB5\xD8\xB2\xB9\xBF\xA8\xA3\xAC\xC3\xE2\xC9\xED\xB7\xDD\xD6"
      "\xA4");
  BOOST_TEST(chinese.text == "异地补卡，免身份证");
  BOOST_TEST(chinese.faults.has(MailFault::wrong_charset));
  const MailMessage latin = read(
      "\xC0 l'\xE9t\xE9, la for\xEAt est tr\xE8s agr\xE9"
      "able");
  BOOST_TEST(latin.text == "À l'été, la forêt est très agréable");
  BOOST_TEST(read("one \xB7\xB7\xB7\xB7\xB7\xB7\xB7\xB7 two").text ==
             "one ········ two");
}

BOOST_AUTO_TEST_CASE(padding_hides_no_text_in_the_charset_that_is_declared) {
  const std::string broken(200, '\xFF');
  std::string utf8;
  for (int i = 0; i < 100; ++i) utf8 += "\u8bd5";
  const std::string gbk_bait = "\xB2\xB9\xBF\xA8";
  const std::string bait = "\u8865\u5361";
  const std::string rows[] = {
      "text/html; charset=utf-8\n\n<!--" + broken + "--><p>" + bait,
      "text/html\n\n<meta charset=utf-8><!--" + broken + "--><p>" + bait,
      "text/plain; charset=utf-8\n\n" + bait + "\n\n" + broken,
      "text/html; charset=gbk\n\n<!--" + utf8 + "--><p>" + gbk_bait,
      "text/plain; charset=gb2312\n\n" + gbk_bait + "\n\n" + utf8,
      "text/html; charset=gbk\nContent-Disposition: attachment\n\n<!--" + utf8 +
          "--><p>" + gbk_bait,
  };
  for (const std::string& row : rows) {
    const auto mail = read_mail("Content-Type: " + row, MailOptions());
    BOOST_TEST(mail->text.find(bait) != mail->text.npos, row);
  }
}
