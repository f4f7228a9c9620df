// SPDX-License-Identifier: Apache-2.0
#include "document/office.h"

#include <ctime>

#include <boost/test/unit_test.hpp>

#include "document/packed.h"
#include "document/xml.h"

using namespace simwarden;
using packed::docx;
using packed::File;

namespace {

bool all(std::string_view /*name*/, std::string_view /*front*/) {
  return true;
}

OfficeReading read(std::string_view bytes) {
  DocumentBudget budget;
  const ZipReading zip = read_zip(bytes, budget, all);
  BOOST_REQUIRE(is_office(zip));
  return read_office(zip, budget);
}

// The letters of a paragraph's runs.
std::string body(std::string_view runs) {
  return "<w:p>" + std::string(runs) + "</w:p>";
}

std::string text(std::string_view runs) {
  return read(docx(body(runs))).text;
}

std::string links(const OfficeReading& reading) {
  std::string out;
  for (const std::string& link : reading.links) {
    out += (out.empty() ? "" : " ") + link;
  }
  return out;
}

std::string field(std::string_view words) {
  return body(
      "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" +
      std::string(words) +
      "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
      "<w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/>"
      "</w:r>");
}

std::string open_content(std::string_view content) {
  return "<office:document-content><office:body>" + std::string(content) +
         "</office:body></office:document-content>";
}

std::string open_document(std::string_view content) {
  return packed::zip(
      {{"mimetype", "application/vnd.oasis.opendocument.text", 0},
       {"content.xml", open_content(content)},
       {"META-INF/manifest.xml", "<manifest:manifest/>"}});
}

std::string relationship(std::string_view type, std::string_view target) {
  return "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas."
         "openxmlformats.org/officeDocument/2006/relationships/" +
         std::string(type) + "\" Target=\"" + std::string(target) +
         "\" TargetMode=\"External\"/></Relationships>";
}

std::string utf16(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) out += {c, '\0'};
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(office)

BOOST_AUTO_TEST_CASE(a_paragraph_is_read_as_word_shows_it) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"<w:r><w:t>unoffi</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr>"
       "<w:t>cial eSIM</w:t></w:r>",
       "unofficial eSIM\n"},
      // Blanks at its ends are not shown.
      {"<w:r><w:t>e </w:t></w:r><w:r><w:t> SIM</w:t></w:r>", "eSIM\n"},
      {"<w:r><w:t xml:space=\"preserve\">my </w:t></w:r><w:r><w:t>SIM</w:t>"
       "</w:r>",
       "my SIM\n"},
      {"<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>"
       "<w:noBreakHyphen/><w:t>d</w:t></w:r>",
       "a\nb\tc-d\n"},
      {"<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>",
       "a\n"},
      {"<q:r><q:t>any &#x70;refix &amp; more</q:t></q:r>",
       "any prefix & more\n"},
      {"<w:r><w:t><![CDATA[a<b&amp;]]><!-- x -->c</w:t></w:r>", "a<b&amp;c\n"},
      {"<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new\n"},
      {"<w:pict><v:textpath string=\"eSIM &gt; SIM\"/></w:pict>",
       "eSIM > SIM\n"},
      // A box in the middle of a word.
      {"<w:r><w:t>eS</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>box</w:t>"
       "</w:r></w:p></w:txbxContent></w:r><w:r><w:t>IM</w:t></w:r>",
       "eSIM\nbox\n"},
      {"<w:t>never closed", "never closed\n"},
      {"<w:t a=\"never closed>x</w:t>", ""}};
  for (const auto& [runs, expected] : rows) {
    BOOST_TEST(text(runs) == expected, runs);
  }
}

BOOST_AUTO_TEST_CASE(a_box_that_word_writes_twice_stands_once) {
  const std::string box =
      "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>";
  BOOST_TEST(text("<mc:AlternateContent><mc:Choice>" + box +
                  "</mc:Choice><mc:Fallback>" + box +
                  "</mc:Fallback></mc:AlternateContent>") == "box\n");
}

BOOST_AUTO_TEST_CASE(what_is_set_hidden_or_deleted_is_hidden) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "x\n"},
      {"<w:r><w:rPr><w:vanish w:val=\"1\"/></w:rPr><w:t>x</w:t></w:r>", "x\n"},
      {"<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>x</w:t></w:r>", ""},
      // That of a paragraph is the look of its end.
      {"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r>", ""},
      {"<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "x\n"}};
  for (const auto& [runs, expected] : rows) {
    const OfficeReading found = read(docx(body(runs)));
    BOOST_TEST(found.hidden == expected, runs);
    BOOST_TEST(found.text == (expected.empty() ? "x\n" : ""), runs);
  }
}

BOOST_AUTO_TEST_CASE(all_its_files_are_read_whatever_they_are_called) {
  const std::string note = "<w:footnotes><w:footnote>" +
                           body("<w:r><w:t>note</w:t></w:r>") +
                           "</w:footnote></w:footnotes>";
  for (const std::string_view name :
       {"word/footnotes.xml", "word/comments.xml", "customXml/item.dat"}) {
    const OfficeReading found = read(
        docx(body("<w:r><w:t>text</w:t></w:r>"), {{std::string(name), note}}));
    BOOST_TEST(found.text == "text\nnote\n", name);
  }
  const std::string wide = utf16("<a:p><a:r><a:t>wide</a:t></a:r></a:p>");
  BOOST_TEST(read(docx("", {{"a.xml", wide}})).text == "wide\n");
  BOOST_TEST(read(docx("", {{"a.xml", wide.substr(2)}})).text == "wide\n");
}

BOOST_AUTO_TEST_CASE(tables_slides_and_open_documents_are_read) {
  const File types{"[Content_Types].xml", "<Types/>"};
  const std::pair<File, std::string_view> rows[] = {
      {{"xl/sharedStrings.xml",
        "<sst><si><t>one</t></si><si><r><t>Te</t></r><r><t>legram</t></r></si>"
        "</sst>"},
       "one\nTelegram\n"},
      {{"xl/worksheets/sheet1.xml",
        "<worksheet><c t=\"inlineStr\"><is><t>in</t></is></c><c "
        "t=\"s\"><v>7</v>"
        "</c><c><v>5</v></c><c t=\"str\"><f>A1&amp;A2</f><v>out</v></c>"
        "</worksheet>"},
       "in\nout\n"},
      {{"xl/comments1.xml",
        "<comments><text><r><t>rem</t></r><r><t>ark</t></r></text></comments>"},
       "remark\n"},
      {{"ppt/slides/slide1.xml",
        "<p:sld><a:p><a:r><a:t>My </a:t></a:r><a:r><a:t>SIM</a:t></a:r></a:p>"
        "</p:sld>"},
       "My SIM\n"},
      {{"ppt/slideLayouts/slideLayout1.xml",
        "<p:sldLayout><p:sp><p:nvPr><p:ph/></p:nvPr><a:p><a:r><a:t>Click"
        "</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>of all</a:t></a:r>"
        "</a:p></p:sp></p:sldLayout>"},
       "of all\n"},
      {{"ppt/slides/slide2.xml",
        "<p:sld><p:sp><p:ph/><a:p><a:r><a:t>Title</a:t></a:r></a:p></p:sp>"
        "</p:sld>"},
       "Title\n"},
      {{"ppt/notesSlides/notesSlide1.xml",
        "<p:notes><a:p><a:r><a:t>note</a:t></a:r></a:p></p:notes>"},
       "note\n"},
      {{"ppt/comments/comment1.xml", "<p:cm><p:text>remark</p:text></p:cm>"},
       "remark\n"}};
  for (const auto& [file, expected] : rows) {
    BOOST_TEST(read(packed::zip({types, file})).text == expected, file.name);
  }
  BOOST_TEST(
      read(open_document(
               "<text:h>Head</text:h><text:p>un<text:span>offi</text:span>"
               "cial<text:s/>eSIM<office:annotation><text:p>remark"
               "</text:p></office:annotation>s</text:p>"))
          .text == "Head\nunofficial eSIMs\nremark\n");
  BOOST_TEST(read(open_document("<text:deletion><text:p>x</text:p>"
                                "</text:deletion><text:p>y</text:p>"))
                 .hidden == "x\n");
}

BOOST_AUTO_TEST_CASE(links_are_read_wherever_office_keeps_them) {
  constexpr std::string_view kLink = "https://demo.test/a?b=1&c";
  const std::string in_xml = "https://demo.test/a?b=1&amp;c";
  const std::string rels = "word/_rels/document.xml.rels";
  const std::string rows[] = {
      docx("", {{rels, relationship("hyperlink", in_xml)}}),
      docx("", {{rels, relationship("attachedTemplate", in_xml)}}),
      docx("", {{"word/_rels/settings.xml.rels",
                 relationship("oleObject", in_xml)}}),
      docx(field(" HYPERLINK \"" + in_xml + "\" \\o \"hint\" ")),
      docx(field("HYPERLINK \\t \"_blank\" " + in_xml)),
      docx(field("HYPER</w:instrText></w:r><w:r><w:instrText>LINK \"" + in_xml +
                 "\"")),
      docx("<w:fldSimple w:instr=\"HYPERLINK &quot;" + in_xml + "&quot;\"/>"),
      docx(field("INCLUDEPICTURE \"" + in_xml + "\" \\d")),
      docx("<v:shape href=\"" + in_xml + "\"/>"),
      docx("<c><f>HYPERLINK(\"" + in_xml + "\",\"here\")</f></c>"),
      open_document("<text:a xlink:href=\"" + in_xml + "\">here</text:a>")};
  for (const std::string& bytes : rows) BOOST_TEST(links(read(bytes)) == kLink);
  const std::string innocent[] = {
      docx("", {{rels, relationship("attachedTemplate",
                                    "file:///C:\\Users\\demo\\Normal.dotm")}}),
      docx(field("HYPERLINK \\l \"_Toc1\"")), docx(field("PAGE")),
      docx("<c><f>IF(A1=\"yes\",1,2)</f></c>"),
      docx("", {{rels,
                 "<Relationships><Relationship Target=\"media/a.png\"/>"
                 "</Relationships>"}})};
  for (const std::string& bytes : innocent) {
    BOOST_TEST(links(read(bytes)) == "");
  }
  BOOST_TEST(
      links(read(docx("", {{rels, relationship("attachedTemplate",
                                               "\\\\demo.test\\a")}}))) ==
      "\\\\demo.test\\a");
}

BOOST_AUTO_TEST_CASE(macros_are_told_whatever_they_are_called) {
  const std::string rows[] = {
      docx("", {{"word/vbaProject.bin", "x"}}),
      docx("", {{"word/other.bin", "x"},
                {"types",
                 "<Override PartName=\"/word/other.bin\" "
                 "ContentType=\"application/vnd.ms-office."
                 "vbaProject\"/>"}}),
      docx("", {{"xl/macrosheets/sheet1.xml", "<x/>"}}),
      docx(field("DDEAUTO c:\\\\demo.exe \"/k x\"")),
      docx("<ddeLink ddeService=\"cmd\"/>")};
  for (const std::string& bytes : rows) BOOST_TEST(read(bytes).runs);
  BOOST_TEST(!read(docx("")).runs);
  DocumentBudget budget;
  const ZipReading zip = read_zip(rows[0], budget, all);
  BOOST_TEST(type_in_zip(zip, true) ==
             "application/vnd.ms-word.document.macroenabled.12");
  BOOST_TEST(type_in_zip(zip, false) == "");
}

BOOST_AUTO_TEST_CASE(tables_that_are_no_xml_are_not_read) {
  const std::string bytes =
      docx("", {{"types",
                 "<Override ContentType=\"application/vnd.ms-excel.sheet."
                 "binary.macroEnabled.main\"/>"}});
  BOOST_TEST((read(bytes).reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(nothing_is_expanded) {
  std::string laughs = "<!DOCTYPE x [<!ENTITY a \"ha\">";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string before(1, static_cast<char>(c - 1));
    laughs += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) laughs += '&' + before + ';';
    laughs += "\">";
  }
  laughs +=
      "]><w:document><w:t>&z; &#0;&#x110000;&#99999999999; y</w:t>"
      "</w:document>";
  const OfficeReading found = read(docx("", {{"a.xml", laughs}}));
  BOOST_TEST(found.text == "&z; \uFFFD\uFFFD&#99999999999; y\n");
  BOOST_TEST((found.reading == FileReading::partly));
}

// Each was slow with libxml2, or would be with a stack.
BOOST_AUTO_TEST_CASE(any_xml_is_read_in_linear_time) {
  std::string attributes = "<w:p";
  for (int i = 0; i < 1'000'000; ++i) {
    attributes += " a" + std::to_string(i) + "=\"\"";
  }
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<w:p>";
  std::string boxes;
  for (int i = 0; i < 300'000; ++i) boxes += "<w:txbxContent><w:t>a</w:t>";
  std::string signs = "<w:t>";
  for (int i = 0; i < 4'000'000; ++i) signs += "&";
  std::string quotes;
  for (int i = 0; i < 2'000'000; ++i) quotes += "<a \"";
  for (const std::string& xml :
       {attributes + "/>", deep, boxes, signs, quotes}) {
    const std::string file = docx(xml);
    const std::clock_t begin = std::clock();
    const OfficeReading found = read(file);
    const double seconds =
        static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    BOOST_TEST(seconds < 10.0, xml.substr(0, 20));
    BOOST_TEST(found.text.size() <= xml.size(), xml.substr(0, 20));
  }
}

BOOST_AUTO_TEST_CASE(links_are_bounded) {
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "<a href=\"https://demo.test/\"/>";
  const OfficeReading found = read(docx(many));
  BOOST_TEST(found.links.size() == 1000u);
  BOOST_TEST((found.reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(an_open_document_without_a_manifest_is_read) {
  const OfficeReading found = read(packed::zip(
      {{"mimetype", "application/vnd.oasis.opendocument.text", 0},
       {"content.xml",
        open_content("<text:p>te<text:span>xt</text:span></text:p>")}}));
  BOOST_TEST(found.text.find("text") == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_encrypted_is_told) {
  using namespace std::string_literals;
  const std::string manifest =
      "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
  BOOST_TEST((read(packed::zip({{"content.xml", "\x01\x02"},
                                {"META-INF/manifest.xml", manifest}}))
                  .reading == FileReading::encrypted));
  BOOST_TEST(holds_encrypted_office(
      "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0"
      "a\0g\0e\0"s));
  BOOST_TEST(!holds_encrypted_office("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"));
}

BOOST_AUTO_TEST_CASE(broken_files_are_read_as_far_as_they_go) {
  const std::string bytes = docx(field("HYPERLINK \"https://demo.test/\"") +
                                 body("<w:r><w:t>text</w:t></w:r>"));
  for (size_t size = 4; size <= bytes.size(); ++size) {
    DocumentBudget budget;
    const ZipReading zip =
        read_zip(std::string_view(bytes).substr(0, size), budget, all);
    read_office(zip, budget);
  }
}

BOOST_AUTO_TEST_SUITE_END()
