// SPDX-License-Identifier: Apache-2.0
#include "intake/mail_files.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "document/packed.h"
#include "intake/drawn_codes.h"
#include "intake/intake.h"
#include "intake/opened_files.h"
#include "intake/shown.h"
#include "picture/painted.h"

namespace simwarden {
namespace {

constexpr std::string_view kLink = "https://demo.test/esim";

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; ++k) {
      const char c = i + k < bytes.size() ? bytes[i + k] : '\0';
      three = three << 8 | static_cast<unsigned char>(c);
    }
    for (size_t k = 0; k < 4; ++k) {
      const bool there = i + k <= bytes.size();
      out += there ? kLetters[three >> (18 - 6 * k) & 63] : '=';
    }
    if (out.size() % 77 == 76) out += '\n';
  }
  return out;
}

// A file as a part, under any name and type.
std::string part(std::string_view type, std::string_view name,
                 std::string_view bytes) {
  return fmt::format(
      "--b\nContent-Type: {0}; name={1}\nContent-Disposition: attachment; "
      "filename={1}\nContent-Transfer-Encoding: base64\n\n{2}\n",
      type, name, base64(bytes));
}

Record mail_with(const std::string& parts) {
  const Item item = parse_mail(
      "From: a@mail.example\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\nContent-Type: text/html\n\n<p>Scan me</p>\n" +
          parts + "--b--\n",
      {});
  BOOST_REQUIRE(!item.bad);
  return item.record;
}

std::string png() {
  return painted::png(painted::code(kLink));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_files)

BOOST_AUTO_TEST_CASE(a_code_in_an_attached_picture_says_where_it_stands) {
  const Record record = mail_with(part("image/png", "scan.png", png()));
  BOOST_TEST(shown_group(record, "qr_codes") ==
             "content=https://demo.test/esim kind=qr_code place=picture part=2 "
             "name=scan.png left=32 top=32 width=100 height=100");
  BOOST_TEST(shown_group(record, "images")
                 .ends_with("part=2 width=164 height=164 reading=read"));
  BOOST_TEST(shown_group(record, "attachments").ends_with("reading=read"));
}

BOOST_AUTO_TEST_CASE(its_bytes_tell_a_picture_and_not_its_name) {
  const Record record =
      mail_with(part("application/octet-stream", "invoice.txt", png()));
  BOOST_TEST(shown_group(record, "qr_codes").starts_with("content=https://"));
  const Record text = mail_with(part("image/png", "scan.png", "no picture"));
  BOOST_TEST(shown_group(text, "qr_codes") == "");
  BOOST_TEST(shown_group(text, "images").ends_with("reading=not_looked_into"));
}

BOOST_AUTO_TEST_CASE(a_picture_in_the_source_of_html_is_read) {
  const Item item = parse_mail(
      "From: a@mail.example\nContent-Type: text/html\n\n"
      "<p>Scan me</p><img alt=code src=\"data:image/png;base64," +
          base64(png()) + "\">",
      {});
  BOOST_REQUIRE(!item.bad);
  BOOST_TEST(shown_group(item.record, "qr_codes") ==
             "content=https://demo.test/esim kind=qr_code place=picture "
             "left=32 top=32 width=100 height=100");
}

BOOST_AUTO_TEST_CASE(a_bomb_is_told_and_the_mail_is_read) {
  const Record record =
      mail_with(part("image/png", "b.png", painted::blank_png(9000, 9000)) +
                part("image/png", "scan.png", png()));
  const std::string images = shown_group(record, "images");
  BOOST_TEST(images.find("width=9000 height=9000 reading=bomb") != images.npos);
  BOOST_TEST(shown_group(record, "qr_codes").starts_with("content=https://"));
  BOOST_TEST(shown(record, "mail_faults") == "(absent)");
}

BOOST_AUTO_TEST_CASE(pictures_beyond_the_bounds_of_a_mail_are_a_fault) {
  std::string parts;
  const std::string large = painted::blank_png(7000, 7000);
  for (int i = 0; i < 3; ++i) parts += part("image/png", "p.png", large);
  const Record record = mail_with(parts);
  BOOST_TEST(shown(record, "mail_faults") == "[cut_pictures]");
}

BOOST_AUTO_TEST_CASE(a_code_drawn_in_the_text_of_any_message_is_read) {
  Record record(Kind::message);
  const std::string drawing = painted::half_blocks(kLink);
  const FieldId text = *find_field(Kind::message, "text");
  record.set(text, record.make_text("Scan:\n" + drawing));
  add_drawn_codes(record);
  const std::string codes = shown_group(record, "qr_codes");
  BOOST_TEST(codes.starts_with(
      "content=https://demo.test/esim kind=qr_code place=text begin="));
}

// A row of the table for each row of modules.
std::string table_of_cells(std::string_view ink, std::string_view paper) {
  std::string out = "<table cellspacing=0><tr>";
  for (const char c : painted::signs(kLink, "1", "0", 1)) {
    out += c == '\n' ? "</tr>\n<tr>" : std::string(c == '1' ? ink : paper);
  }
  return out + "</table>";
}

Record mail_of(const std::string& html) {
  const Item item = parse_mail(
      "From: a@mail.example\nContent-Type: text/html\n\n" + html, {});
  BOOST_REQUIRE(!item.bad);
  return item.record;
}

BOOST_AUTO_TEST_CASE(a_code_of_coloured_cells_says_where_its_table_stands) {
  const std::pair<std::string_view, std::string_view> ways[] = {
      {"<td bgcolor=black></td>", "<td bgcolor=white></td>"},
      {"<td style='background:#111;width:4px'>&nbsp;</td>", "<td></td>"},
      {"<td class=k>", "<td>"}};
  for (const auto& [ink, paper] : ways) {
    const Record record =
        mail_of("<style>.k{background-color:#000}</style><p>Scan me</p>" +
                table_of_cells(ink, paper) + "<p>now</p>");
    BOOST_TEST(shown_group(record, "qr_codes") ==
               "content=https://demo.test/esim kind=qr_code place=table part=1 "
               "left=8 top=8 width=25 height=25 begin=7 end=7");
    BOOST_TEST(shown(record, "mail_faults") == "(absent)");
  }
}

BOOST_AUTO_TEST_CASE(cells_over_several_columns_are_as_many_modules) {
  std::string html = "<table><tr>";
  char last = '\0';
  size_t run = 0;
  const auto put = [&] {
    if (run == 0) return;
    html += fmt::format("<td colspan={} bgcolor={}>", run,
                        last == '1' ? "#000000" : "#ffffff");
    run = 0;
  };
  for (const char c : painted::signs(kLink, "1", "0", 1)) {
    if (c != last) put();
    last = c;
    if (c == '\n') {
      html += "<tr>";
    } else {
      ++run;
    }
  }
  const Record record = mail_of(html);
  BOOST_TEST(shown_group(record, "qr_codes")
                 .starts_with("content=" + std::string(kLink)));
}

BOOST_AUTO_TEST_CASE(tables_that_nobody_can_scan_are_no_codes) {
  const std::string code =
      table_of_cells("<td bgcolor=black>", "<td bgcolor=white>");
  BOOST_TEST(
      shown_group(mail_of("<div hidden>" + code + "</div>"), "qr_codes") == "");
  // Stripes, as tables of figures have them.
  std::string stripes = "<table>";
  for (int y = 0; y < 40; ++y) {
    stripes += y % 2 == 0 ? "<tr bgcolor=#eeeeee>" : "<tr>";
    for (int x = 0; x < 12; ++x) stripes += "<td>1.00</td>";
  }
  std::string many;
  for (int i = 0; i < 20; ++i) many += stripes + "</table>";
  BOOST_TEST(shown(mail_of(many), "mail_faults") == "(absent)");
  // More cells than codes have.
  std::string wide = "<table>";
  for (int y = 0; y < 20; ++y) {
    wide += "<tr>";
    for (int x = 0; x < 201; ++x) wide += "<td bgcolor=black>";
  }
  BOOST_TEST(shown_group(mail_of(wide), "qr_codes") == "");
}

BOOST_AUTO_TEST_CASE(more_tables_of_cells_than_are_read_are_a_fault) {
  std::string html;
  for (size_t i = 0; i <= kDrawingsMax; ++i) {
    html += table_of_cells("<td bgcolor=black>", "<td bgcolor=white>");
  }
  const Record record = mail_of(html);
  BOOST_TEST(shown(record, "mail_faults") == "[cut_pictures]");
}

BOOST_AUTO_TEST_CASE(drawn_codes_stand_behind_those_that_were_given) {
  std::string drawing;
  for (const char c : painted::half_blocks(kLink)) {
    drawing += c == '\n' ? "\\n" : std::string(1, c);
  }
  const Item item = parse_json(
      R"({"kind":"message","qr_codes":["https://first.test/"],"text":"Scan:\n)" +
          drawing + "\"}",
      {});
  BOOST_REQUIRE(!item.bad);
  const std::string codes = shown_group(item.record, "qr_codes");
  BOOST_TEST(codes.starts_with("content=https://first.test/"), codes);
  BOOST_TEST(codes.find("content=https://demo.test/esim kind=qr_code "
                        "place=text begin=") != codes.npos,
             codes);
  // What nobody can read in front of them is not forgotten.
  const Item unread = parse_json(
      R"({"kind":"message","qr_codes":5,"text":"Scan:\n)" + drawing + "\"}",
      {});
  BOOST_REQUIRE(!unread.bad);
  BOOST_TEST(shown_group(unread.record, "qr_codes")
                 .starts_with("content=https://demo.test/esim"));
  BOOST_TEST(shown(unread.record, "mail_faults") == "[cut_pictures]");
}

BOOST_AUTO_TEST_CASE(the_choices_of_the_fields_are_those_of_pictures) {
  const auto check = [](std::string_view name,
                        std::span<const std::string_view> wanted) {
    const auto choices = field(*find_field(Kind::message, name)).choices;
    BOOST_TEST(std::vector(choices.begin(), choices.end()) ==
                   std::vector(wanted.begin(), wanted.end()),
               boost::test_tools::per_element());
  };
  check("images[].reading", kFileReadingNames);
  check("attachments[].reading", kFileReadingNames);
  check("qr_codes[].kind", kPictureCodeKinds);
}

namespace {

std::string word_text(std::string_view words) {
  return fmt::format("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", words);
}

Record mail_with_file(std::string_view name, std::string_view bytes) {
  return mail_with(part("application/octet-stream", name, bytes));
}

// "name=reading" of each file.
std::string readings(const Record& record) {
  static const GroupId kFiles = *find_group(Kind::message, "attachments");
  static const FieldId kName = *find_field(Kind::message, "attachments[].name");
  static const FieldId kReading =
      *find_field(Kind::message, "attachments[].reading");
  std::string out;
  for (uint32_t i = 0; i < record.group_slot(kFiles).list.count; ++i) {
    const auto show = [&](FieldId id) {
      return to_text(record, field(id), record.member(id, i));
    };
    out += (i > 0 ? " " : "") + show(kName) + "=" + show(kReading);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_office_file_stands_behind_the_text_of_its_mail) {
  const std::string bytes = packed::docx(
      word_text("Unofficial eSIM") +
          "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>garden</w:t></w:r></w:p>",
      {{"word/_rels/document.xml.rels",
        "<Relationship Type=\"x/hyperlink\" Target=\"https://demo.test/a\" "
        "TargetMode=\"External\"/>"},
       {"word/media/image1.dat", png(), 0},
       {"word/chunk.bin", "<html><p>A page inside</p></html>"}});
  const Record record = mail_with_file("offer.docx", bytes);
  BOOST_TEST(shown(record, "text") ==
             "Scan me\n\nUnofficial eSIM\n\nA page inside");
  BOOST_TEST(shown(record, "hidden_text") == "garden");
  BOOST_TEST(shown_group(record, "file_links") ==
             "target=https://demo.test/a part=2 name=offer.docx");
  BOOST_TEST(shown_group(record, "qr_codes")
                 .starts_with("content=https://demo.test/esim kind=qr_code "
                              "place=document part=2 name=offer.docx"));
  BOOST_TEST(readings(record) ==
             "offer.docx=read offer.docx/word/chunk.bin=read");
}

BOOST_AUTO_TEST_CASE(a_pdf_file_stands_behind_the_text_of_its_mail) {
  const std::string bytes =
      "%PDF-1.7\n1 0 obj\n<< /Contents 2 0 R /Resources << /Font << /F 3 0 R "
      ">> >> >>\nendobj\n2 0 obj\n<< >>\nstream\nBT /F 9 Tf (Unofficial "
      "eSIM) Tj ET\nendstream\nendobj\n3 0 obj\n<< /Type /Font >>\nendobj\n";
  const Record record = mail_with_file("bill.pdf", bytes);
  BOOST_TEST(shown(record, "text") == "Scan me\n\nUnofficial eSIM");
  BOOST_TEST(readings(record) == "bill.pdf=read");
  const Record packed =
      mail_with_file("a.zip", packed::zip({{"bill.pdf", bytes}}));
  BOOST_TEST(shown(packed, "text") == "Scan me\n\nUnofficial eSIM");
}

BOOST_AUTO_TEST_CASE(what_archives_hold_is_attached_as_well) {
  const std::string inner = packed::zip(
      {{"b.docx", packed::docx(word_text("Two archives deep")), 0}});
  const std::string bytes = packed::zip(
      {{"setup.apk", packed::zip({{"AndroidManifest.xml", "x"}})},
       {"docs/page.html", "<p>A page <a href=https://demo.test/p>here</a></p>"},
       {"note.txt", "A note"},
       {"scan.png", png(), 0},
       {"run.exe", "MZ" + std::string(9000, '\0')},
       {"inner.zip", inner}});
  const Record record = mail_with_file("offer.zip", bytes);
  BOOST_TEST(shown(record, "text") ==
             "Scan me\n\nA page here\n\nA note\n\nTwo archives deep");
  BOOST_TEST(shown_group(record, "html_links")
                 .starts_with("target=https://demo.test/p"));
  BOOST_TEST(shown_group(record, "qr_codes")
                 .starts_with("content=https://demo.test/esim kind=qr_code "
                              "place=picture part=2 name=offer.zip/scan.png"));
  BOOST_TEST(readings(record) ==
             "offer.zip=read offer.zip/setup.apk=not_looked_into "
             "offer.zip/docs/page.html=read "
             "offer.zip/note.txt=read offer.zip/scan.png=read "
             "offer.zip/run.exe=not_looked_into offer.zip/inner.zip=read "
             "offer.zip/inner.zip/b.docx=read");
  const std::string files = shown_group(record, "attachments");
  BOOST_TEST(files.find("name=offer.zip/run.exe detected_type=application/"
                        "x-dosexec size=9002 part=2") != files.npos,
             files);
  BOOST_TEST(shown(record, "mail_faults") == "(absent)");
}

BOOST_AUTO_TEST_CASE(a_mail_in_an_archive_is_looked_into) {
  const std::string inner =
      "Subject: Inner\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\n\nWrite to us\n" +
      part("application/octet-stream", "n.zip",
           packed::zip({{"note.txt", "A note"}})) +
      "--b--\n";
  for (const char* name : {"fwd.eml", "fwd"}) {
    const Record record = mail_with_file(
        "a.zip", packed::zip({{name, inner}, {"b.txt", "Behind"}}));
    const std::string file = std::string("a.zip/") + name;
    BOOST_TEST(shown(record, "text") ==
               "Scan me\n\nInner\n\nWrite to us\n\nBehind\n\nA note");
    BOOST_TEST(readings(record) == "a.zip=read " + file + "=read " + file +
                                       "/n.zip=read a.zip/b.txt=read " + file +
                                       "/n.zip/note.txt=read");
  }
}

BOOST_AUTO_TEST_CASE(what_an_archive_is_its_contents_tell) {
  const std::string macro =
      packed::docx(word_text("x"), {{"word/vbaProject.bin", "x"}});
  const std::string apk =
      packed::zip({{"AndroidManifest.xml", "x"}, {"classes.dex", "x"}});
  const std::string jar =
      packed::zip({{"META-INF/MANIFEST.MF", "x"}, {"a.class", "x"}});
  const std::pair<std::string, std::string_view> rows[] = {
      {macro, "application/vnd.ms-word.document.macroenabled.12"},
      {apk, "application/vnd.android.package-archive"},
      {jar, "application/java-archive"},
      {packed::docx(word_text("x")), "application/zip"},
      {"front" + packed::zip({{"a.txt", "x"}}), "application/zip"}};
  for (const auto& [bytes, type] : rows) {
    const std::string files =
        shown_group(mail_with_file("a.docx", bytes), "attachments");
    BOOST_TEST(
        files.find("detected_type=" + std::string(type) + " ") != files.npos,
        files);
  }
}

BOOST_AUTO_TEST_CASE(archives_at_their_bounds_are_a_fault) {
  std::string deep = packed::zip({{"a.txt", "deep"}});
  for (int i = 0; i < kInnerFilesDepthMax; ++i) {
    deep = packed::zip({{"a.zip", deep, 0}});
  }
  const Record record = mail_with_file("a.zip", deep);
  BOOST_TEST(readings(record).ends_with("a.zip/a.zip/a.zip/a.zip=left_out"));
  BOOST_TEST(shown(record, "mail_faults") == "[cut_files]");
  std::vector<packed::File> many(1200, {"a.txt", "x", 0});
  const Record full = mail_with_file("a.zip", packed::zip(many));
  BOOST_TEST(shown(full, "mail_faults") == "[cut_files]");
  const std::string bomb =
      packed::zip({{"a.txt", std::string(80U << 20, 'x')}});
  BOOST_TEST(readings(mail_with_file("a.zip", bomb)) ==
             "a.zip=bomb a.zip/a.txt=bomb");
}

std::string zlib_packed(const std::string& bytes) {
  std::string out(compressBound(bytes.size()), '\0');
  uLongf size = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  out.resize(size);
  return out;
}

std::string pdf_of(const std::string& stream) {
  return "%PDF-1.4\n1 0 obj\n<</Filter [/FlateDecode /FlateDecode]>>stream\n" +
         stream + "\nendstream endobj\n";
}

BOOST_AUTO_TEST_CASE(what_is_packed_in_packed_is_a_bomb_below_the_bounds) {
  const std::string blank(20U << 20, ' ');
  const std::string once = packed::zip({{"page.svg", blank}});
  const auto of = [](const char* name, const std::string& bytes) {
    const std::string all = readings(mail_with_file(name, bytes));
    return all.substr(0, all.find(' '));
  };
  BOOST_TEST(of("a.zip", once) == "a.zip=read");
  BOOST_TEST(of("a.zip", packed::zip({{"b.zip", once}})) == "a.zip=bomb");
  BOOST_TEST(of("a.pdf", pdf_of(zlib_packed(blank))) == "a.pdf=read");
  BOOST_TEST(of("a.pdf", pdf_of(zlib_packed(zlib_packed(blank)))) ==
             "a.pdf=bomb");
  // So small that nobody is harmed.
  const std::string small(1U << 19, ' ');
  BOOST_TEST(of("a.zip",
                packed::zip({{"b.zip", packed::zip({{"page.svg", small}})}})) !=
             "a.zip=bomb");
}

BOOST_AUTO_TEST_CASE(an_archive_that_looks_like_an_office_file_is_both) {
  const std::string bytes =
      packed::docx(word_text("Hello"), {{"demo.mobileconfig", "x"}});
  const Record record = mail_with_file("a.zip", bytes);
  BOOST_TEST(shown(record, "text") == "Scan me\n\nHello");
  BOOST_TEST(
      readings(record).ends_with("a.zip/demo.mobileconfig=not_looked_into"));
  BOOST_TEST(readings(mail_with_file("a.docx", bytes)) == "a.docx=read");
}

BOOST_AUTO_TEST_CASE(an_encrypted_archive_names_its_files) {
  const std::string bytes = packed::zip({{"bill.pdf.exe", "x", 8, 1}});
  BOOST_TEST(readings(mail_with_file("a.zip", bytes)) ==
             "a.zip=encrypted a.zip/bill.pdf.exe=encrypted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace simwarden
