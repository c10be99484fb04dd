package dev.nanoctl.server.media.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.media.scan.EicarScan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What manifests and pages say about a package. */
final class ManifestTest {
  private static final String SCORM =
      """
      <manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="m">
        <metadata><schema>ADL SCORM</schema><schemaversion>%s</schemaversion>
          <lom><general><title><langstring xml:lang="de">Erste   Hilfe</langstring></title>
            <language>de</language>
            <description><langstring>Was zuerst zu tun ist.</langstring></description></general>
            <lifecycle><contribute><role><value>Author</value></role>
              <centity><vcard>BEGIN:VCARD
      FN:Ada Lovelace
      END:VCARD</vcard></centity></contribute></lifecycle>
            <educational><typicallearningtime><datetime>00:12:30</datetime></typicallearningtime></educational>
            <rights><description><langstring>CC BY-SA 4.0</langstring></description></rights>
          </lom></metadata>
        <organizations default="b">
          <organization identifier="a"><title>A</title><item identifierref="r1"/></organization>
          <organization identifier="b"><title>B</title><item><item identifierref="r2"/></item></organization>
        </organizations>
        <resources>
          <resource identifier="r1" href="one.html"><file href="one.html"/></resource>
          <resource identifier="r2" href="sub/two.html?x=1"><file href="sub/two.html"/></resource>
        </resources>
      </manifest>
      """;

  private static Validation validate(ZipForge forge) throws IOException {
    return new PackageValidator(new EicarScan()).validate(new BytesSource(forge.bytes()));
  }

  private static ZipForge scorm(String manifest) {
    return new ZipForge()
        .add("imsmanifest.xml", manifest)
        .add("one.html", "<p>eins</p>")
        .add("sub/two.html", "<p>zwei</p>");
  }

  @ParameterizedTest
  @CsvSource({"1.2,SCORM12", "CAM 1.3,SCORM2004", "2004 3rd Edition,SCORM2004"})
  void aScormPackageIsUnderstood(String version, PackageKind kind) throws IOException {
    Validation validation = validate(scorm(SCORM.formatted(version)));
    ValidationReport report = validation.report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().kind()).isEqualTo(kind);
    assertThat(report.facts().launchFile()).isEqualTo("sub/two.html");
    assertThat(report.metadata())
        .isEqualTo(
            new PackageMetadata(
                "Erste Hilfe",
                "de",
                "CC-BY-SA-4.0",
                List.of("Ada Lovelace"),
                "Was zuerst zu tun ist.",
                13));
    assertThat(validation.text()).isEqualTo("zwei eins");
  }

  @Test
  void aFileThatTheManifestNamesMustBeThere() throws IOException {
    ZipForge forge =
        new ZipForge().add("imsmanifest.xml", SCORM.formatted("1.2")).add("one.html", "x");
    ValidationReport report = validate(forge).report();
    assertThat(report.ok()).isFalse();
    assertThat(report.findings())
        .allSatisfy(finding -> {
          assertThat(finding.code()).isEqualTo(FindingCode.MANIFEST_INVALID);
          assertThat(finding.entry()).isEqualTo("imsmanifest.xml");
        })
        .anySatisfy(finding -> assertThat(finding.detail()).contains("sub/two.html"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE manifest [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><manifest>&x;</manifest>",
        "<!DOCTYPE manifest SYSTEM \"http://127.0.0.1:9/x.dtd\"><manifest/>",
        "<!DOCTYPE m [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><m>&b;</m>"
      })
  void aDocumentTypeIsRefusedUnread(String manifest) throws IOException {
    ValidationReport report = validate(scorm(manifest)).report();
    assertThat(report.findings()).extracting(Finding::rule).containsExactly(Rule.XML_WITH_DTD);
    assertThat(report.findings().getFirst().toString()).doesNotContain("root:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<manifest>", "no xml", "<a></b>", "<m>&undefined;</m>"})
  void whatIsNoXmlIsRefused(String manifest) throws IOException {
    ValidationReport report = validate(scorm(manifest)).report();
    assertThat(report.ok()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsOnly(FindingCode.MANIFEST_INVALID);
  }

  @Test
  void aManifestWithoutEndIsRefusedQuickly() throws IOException {
    ValidationReport report = validate(scorm("<manifest>" + "<a>".repeat(10_000))).report();
    assertThat(report.findings()).extracting(Finding::rule).containsExactly(Rule.MALFORMED_XML);
  }

  @Test
  void aCommonCartridgeIsUnderstood() throws IOException {
    String manifest =
        """
        <manifest><metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata>
        <resources><resource identifier="a" type="webcontent" href="one.html"/></resources></manifest>
        """;
    ValidationReport report = validate(scorm(manifest)).report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.IMSCC);
    assertThat(report.facts().launchFile()).isEqualTo("one.html");
  }

  @Test
  void aCmi5CourseIsUnderstood() throws IOException {
    String manifest =
        """
        <courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
          <course id="https://example.org/c"><title><langstring lang="en-GB">Knots</langstring></title>
            <description><langstring>How to tie.</langstring></description></course>
          <au id="https://example.org/au"><title><langstring>One</langstring></title><url>sub/index.html?a=b</url></au>
        </courseStructure>
        """;
    ZipForge forge = new ZipForge().add("cmi5.xml", manifest).add("sub/index.html", "<p>Knot</p>");
    ValidationReport report = validate(forge).report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.CMI5);
    assertThat(report.facts().launchFile()).isEqualTo("sub/index.html");
    assertThat(report.metadata().title()).isEqualTo("Knots");
    assertThat(report.metadata().language()).isEqualTo("en-GB");
    ZipForge broken = new ZipForge().add("cmi5.xml", manifest).add("index.html", "x");
    assertThat(validate(broken).report().findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.MISSING_FILE);
  }

  @Test
  void aPageTellsItsTitleLanguageAndWords() throws IOException {
    String page =
        """
        <!doctype html><html lang="de-AT"><head><meta charset="utf-8"><title> Bäume \n pflanzen </title>
        <meta name="description" content="Wie man Bäume pflanzt."><meta name="author" content="Eva">
        <link rel="license" href="https://creativecommons.org/licenses/by-nc/3.0/"></head>
        <body><h1>Bäume</h1><script>var geheim = 1;</script><p>Im <b>Herbst</b>.</p></body></html>
        """;
    ZipForge forge = new ZipForge().add("kapitel/a.html", "<p>Zuletzt</p>").add("start.htm", page);
    Validation validation = validate(forge);
    ValidationReport report = validation.report();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.HTML);
    assertThat(report.facts().launchFile()).isEqualTo("start.htm");
    assertThat(report.metadata())
        .isEqualTo(
            new PackageMetadata(
                "Bäume pflanzen",
                "de-AT",
                "CC-BY-NC-3.0",
                List.of("Eva"),
                "Wie man Bäume pflanzt.",
                null));
    assertThat(validation.text()).isEqualTo("Bäume Im Herbst. Zuletzt");
  }

  @Test
  void theWordsKeptAreBounded() throws IOException {
    ZipForge forge = new ZipForge();
    for (int i = 0; i < 5; i++) {
      forge.store(
          "p" + i + ".html",
          ("<p>" + "Wörter und mehr ".repeat(5000))
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(validate(forge).text()).hasSizeBetween(99_999, 100_000);
  }

  @ParameterizedTest
  @CsvSource({"a.pdf,a.pdf", "b.md,b.md", "sub/film.mp4,sub/film.mp4"})
  void aDocumentAloneIsAPackage(String file, String launch) throws IOException {
    ValidationReport report =
        validate(new ZipForge().add(file, "x").add("z.csv", "1;2").add("LICENSE", "MIT")).report();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.PLAIN);
    assertThat(report.facts().launchFile()).isEqualTo(launch);
  }

  @Test
  void theReportReadsLikeTheApi() throws IOException {
    ZipForge forge = new ZipForge().add("../x", "x");
    ValidationReport report = validate(forge).report();
    var json = Json.parseObject(Json.bytes(writer -> ReportJson.write(writer, report)));
    assertThat(json.bool("ok")).contains(false);
    var finding = json.array("findings").orElseThrow().objects().findFirst().orElseThrow();
    assertThat(finding.text("severity")).contains("error");
    assertThat(finding.text("code")).contains("ZIP_PATH_TRAVERSAL");
    assertThat(finding.text("entry")).contains("../x");
    assertThat(finding.text("rule_de").orElseThrow()).contains("führt aus dem Paket hinaus");
    assertThat(finding.text("rule_en").orElseThrow()).contains("leads out of the package");
    assertThat(finding.text("remedy_de").orElseThrow()).isNotBlank();
    assertThat(finding.text("remedy_en").orElseThrow()).isNotBlank();
    assertThat(json.names())
        .containsExactly(
            "ok",
            "kind",
            "sha256",
            "size",
            "entries",
            "unpacked_size",
            "launch_file",
            "findings",
            "files",
            "metadata");
  }
}
