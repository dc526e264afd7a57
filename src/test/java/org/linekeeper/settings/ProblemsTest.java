package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The admin makes a mistake, and reads what Linekeeper says about it. */
class ProblemsTest {
  private final ConfigDir config;

  ProblemsTest(@TempDir Path directory) {
    config = new ConfigDir(directory);
  }

  @Test
  void aMisspeltColleague() {
    config.change(Snapshot.NUMBERS, "[alice]", "[alcie]");

    assertThat(config.problems())
        .containsExactly(
            "numbers.yml:4: \"divert-to\" names \"alcie\", who is not in staff.yml; did you mean"
                + " \"alice\"?");
  }

  @Test
  void everyMistakeInEveryFileAtOnceInTheOrderOfTheFiles() {
    config
        .change(
            Snapshot.SCHEDULE, "schedule: []", "schedule: [{name: x, numbers: slaes, when: mon}]")
        .change(Snapshot.STAFF, "may-move: [sales]", "may-mvoe: [sales]")
        .change(Snapshot.NUMBERS, "groups: [sales]\n    divert", "groups: [slaes]\n    divert")
        .change(Snapshot.OFFICE, "Europe/London", "Europe/Lundon")
        .change(Snapshot.OFFICE, "role: standby", "role: stanby");

    assertThat(config.problems())
        .containsExactly(
            "linekeeper.yml:1: \"time-zone\" is \"Europe/Lundon\"; did you mean"
                + " \"Europe/London\"?",
            "linekeeper.yml:8: \"role\" is \"stanby\"; did you mean \"standby\"?",
            "numbers.yml:6: \"groups\" names \"slaes\", which is not under groups in numbers.yml;"
                + " did you mean \"sales\"?",
            "staff.yml:8: \"may-mvoe\" is not a setting here; did you mean \"may-move\"?",
            "schedule.yml:1: \"numbers\" names \"slaes\", which is no group or site; did you mean"
                + " \"sales\"?",
            "schedule.yml:1: \"when\" is \"mon\"; " + WindowText.FORMS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what is written | by what it is replaced | what is said
        "region: GB | region: UK | `linekeeper.yml:1: \"region\" is \"UK\"; write the two capital letters of the country, such as GB`",
        "name: Example, | name: '', | `linekeeper.yml:1: \"name\" is empty; write a value, or remove the line`",
        "name: Example, |  | `linekeeper.yml:1: \"name\" is missing in \"office\"; add name: what people call the office`",
        "role: standby | role: primary | `linekeeper.yml:2: 2 PBXs have role: primary; give it to exactly one, the others are standby`",
        "host: 192.0.2.11, | host: 192.0.2.11, port: 70000, | `linekeeper.yml:10: \"port\" is \"70000\"; write a whole number from 1 to 65535`",
        "host: 192.0.2.11, | host: 192.0.2.11, tls: maybe, | `linekeeper.yml:10: \"tls\" is \"maybe\"; write yes or no`",
        "host: 192.0.2.11, | host: [192.0.2.11], | `linekeeper.yml:10: \"host\" is a list; write one value`",
        "host: 192.0.2.11, | host: !!java.net.URL 192.0.2.11, | `linekeeper.yml:10: this is not YAML here: Global tag is not allowed: tag:yaml.org,2002:java.net.URL; remove the word that begins with an exclamation mark`",
        "host: 192.0.2.11, | host: !ip 192.0.2.11, | `linekeeper.yml:10: \"host\" has a YAML tag; remove the word that begins with an exclamation mark`",
        "host: 192.0.2.11, | host: 192.0.2.11, host: 192.0.2.12, | `linekeeper.yml:10: \"host\" is here twice; the first is on line 10; remove one of them`",
        "site: head-office | `site: Head Office` | `linekeeper.yml:5: \"Head Office\" cannot be the name of a site; write small letters, digits and hyphens, beginning with a letter, at most 32`",
        "pbx-b: | all: | `linekeeper.yml:7: \"all\" cannot be the name of a PBX: it is a word of the commands; choose another name`",
        "trunk: TK0000 | trunk: TK00 | `linekeeper.yml:14: \"trunk\" is \"TK000000000000000000000000000000\"; write the carrier's SID: TK and 32 characters`",
        "https://divert | ftp://divert | `linekeeper.yml:15: \"divert-url\" is \"ftp://divert.example.org/\"; write such as https://phones.example.org/path, without password, ? and #`",
        "divert-url: https | base-url: https://twilio.example.org/v2/\\n  divert-url: https | `linekeeper.yml:15: \"base-url\" is \"https://twilio.example.org/v2/\"; write such as https://phones.example.org:8443, without password, path, ? and #`",
        "https://divert | https://pat:hunter/2 @divert | `linekeeper.yml:15: \"divert-url\" is \"…@divert.example.org/\"; write such as https://phones.example.org/path, without password, ? and #`",
        "${env:TWILIO} | ${env:TWILO} | `linekeeper.yml:13: \"auth-token\" refers to the environment variable TWILO, which is not set; set TWILO where Linekeeper is started`",
        "${env:TWILIO} | file:nowhere | `linekeeper.yml:13: \"auth-token\" refers to the file \"nowhere\", which is not there; name a file that holds only the secret and that Linekeeper's user may read`",
      })
  void aMistakeAboutTheOffice(String piece, String by, String said) {
    config.change(Snapshot.OFFICE, piece, by == null ? "" : by.replace("\\n", "\n"));

    assertThat(config.problems()).contains(said.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "watching: {freeze-tolerance: 10} | `\"freeze-tolerance\" is \"10\"; write a duration from 600ms to 1m with its unit, such as 500ms, 10s, 10m or 2h`",
        "watching: {freeze-tolerance: 100ms} | `\"freeze-tolerance\" is \"100ms\"; write a duration from 600ms to 1m with its unit, such as 500ms, 10s, 10m or 2h`",
        "failover: {gate-lease: 1s} | `\"gate-lease\" is \"1s\"; write a duration from 3s to 1m with its unit, such as 500ms, 10s, 10m or 2h`",
        "targets: {allowed-prefixes: [447]} | `\"allowed-prefixes\" is \"447\"; write + and the first digits, such as +447`",
        "web: {public-url: https://phones.example.org/linekeeper} | `\"public-url\" is \"https://phones.example.org/linekeeper\"; write such as https://phones.example.org:8443, without password, path, ? and #`",
        "sms: {webhook-url: 'https://phones.example.org/twilio/sms#x'} | `\"webhook-url\" is \"https://phones.example.org/twilio/sms#x\"; write such as https://phones.example.org/twilio/sms, without password and #`",
        "sms: {webhook-url: 'https://pat:hunter2@phones.example.org/twilio/sms'} | `\"webhook-url\" is \"…@phones.example.org/twilio/sms\"; write such as https://phones.example.org/twilio/sms, without password and #`",
        "sms: {poll-every: off, webhook-url: []} | `no text would ever arrive: polling is off and there is no webhook-url; add webhook-url, or give poll-every a duration such as 5s`",
        "sms: {webhook-url: [https://a.example.org/twilio/sms, phones]} | `\"webhook-url\" is \"phones\"; write such as https://phones.example.org/twilio/sms, without password and #`",
        "sms: {poll-every: off} | `no text would ever arrive: polling is off and there is no webhook-url; add webhook-url, or give poll-every a duration such as 5s`",
        "web: {bind: 0.0.0.0, allow-plain-http: yes} | `the page would be open to the network without a login; add users with a password-hash, or set bind to 127.0.0.1`",
        "web: {bind: 192.0.2.5, users: []} | `passwords would cross the network unencrypted; add tls, or allow-plain-http: yes if a proxy in front does TLS`",
        "web: {tls: {certificate: gone.pem}} | `\"key\" is missing in \"tls\"; add key: PATH of a PEM file`",
        "sms: | `\"sms\" has no value; write one, or remove the line; an empty list is []`",
        "sms: yes | `\"sms\" is a single value; write settings of the form KEY: VALUE there`",
        "smms: {} | `\"smms\" is not a setting here; did you mean \"sms\"?`",
        "office: {} | `\"office\" is here twice; the first is on line 1; remove one of them`",
      })
  void aMistakeInWhatIsAdded(String line, String said) {
    config.append(Snapshot.OFFICE, line + "\n");

    assertThat(config.problems()).contains("linekeeper.yml:16: " + said);
  }

  @Test
  void aPageOnTheNetworkWithAnEmptyListOfUsersIsStillWithoutALogin() {
    config.append(Snapshot.OFFICE, "web: {bind: 0.0.0.0, users: [], allow-plain-http: yes}\n");

    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("open to the network without a login");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "01632 960002 | 01632 960001 | `numbers.yml:5: 01632 960001 is here twice; the first is on line 3; remove one of them`",
        "01632 960002 | 01632 960002x1y | `numbers.yml:5: \"number\" is \"01632 960002x1y\"; write a phone number with its area code, or with + and its country code`",
        "01632 960002 | 999 | `numbers.yml:5: \"number\" is \"999\"; write a phone number with its area code, or with + and its country code`",
        "divert-to: [bob] | divert: nevver | `numbers.yml:7: \"divert\" is \"nevver\"; did you mean \"never\"?`",
        "divert-to: [bob] | `divert: never, divert-to: [bob]` | `numbers.yml:7: this is not YAML here: mapping values are not allowed here; check the indentation, colons, brackets and quotes on this line and the one above`",
        "divert-to: [bob] | `name: Sales` | `numbers.yml:5: \"divert-to\" is missing in an entry of \"numbers\"; add divert-to: [WHO], or divert: never if this line must always stay at the office`",
        "divert-to: [bob] | divert-to: [] | `numbers.yml:7: \"divert-to\" names nobody; name someone from staff.yml, or remove the line`",
        "divert-to: [bob] | `divert-to: [bob, bob]` | `numbers.yml:7: \"divert-to\" names bob twice; remove one of them`",
        "divert-to: [bob] | `divert-to: [bob]\\n    site: annexe` | `numbers.yml:8: \"site\" names \"annexe\", which no PBX in linekeeper.yml has as its site; known: head-office`",
        "groups: [sales]\\nnum | groups: [head-office]\\nnum | `numbers.yml:1: the group \"head-office\" has the name of a site; choose another name, so that texts are clear`",
      })
  void aMistakeAboutNumbers(String piece, String by, String said) {
    config.change(Snapshot.NUMBERS, piece.replace("\\n", "\n"), by.replace("\\n", "\n"));

    assertThat(config.problems()).contains(said);
  }

  @Test
  void aLineThatNeverMovesIsNamedForMoving() {
    config
        .change(Snapshot.NUMBERS, "divert-to: [alice]", "divert: never")
        .change(Snapshot.STAFF, "may-move: [sales]", "may-move: [sales, 01632 960001]");

    assertThat(config.problems())
        .containsExactly(
            "staff.yml:8: \"may-move\" names 01632 960001, which has divert: never in numbers.yml;"
                + " remove it here, or its divert: never there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "07700 900102 | 07700 900101 | `staff.yml:7: the mobile 07700 900101 is here twice; the first is on line 4; give each member of staff their own`",
        "bob: | Bob: | `staff.yml:5: \"Bob\" cannot be the name of a member of staff; write small letters, digits and hyphens, beginning with a letter, at most 32`",
        "may-move: [sales] | `code: 7` | `staff.yml:8: \"code\" is \"7\"; write 2 to 8 digits, such as \"21\"`",
        "may-move: [sales] | `code: 21` | `staff.yml:5: \"pin-hash\" is missing in \"bob\"; add pin-hash: HASH, made by: java -jar linekeeper.jar hash; the code needs a PIN`",
        "may-move: [sales] | `pin-hash: 4071` | `staff.yml:8: \"pin-hash\" is not a hash made by Linekeeper; run java -jar linekeeper.jar hash, and copy the line that begins with $2a$ here`",
        "may-move: [sales] | `may-move: [01632 960777]` | `staff.yml:8: \"may-move\" names 01632 960777, which is not in numbers.yml; add it there, or correct the number`",
        "mobile: 07700 900102 | `mobile: ${env:AMI_A}` | `staff.yml:7: \"mobile\" is \"${env:AMI_A}\"; write a phone number with its area code, or with + and its country code`",
      })
  void aMistakeAboutStaff(String piece, String by, String said) {
    config.change(Snapshot.STAFF, piece, by);

    assertThat(config.problems()).contains(said);
  }

  @Test
  void aSecretInTheOpenIsRefusedAndNotRepeated() {
    config.change(Snapshot.OFFICE, "${env:TWILIO}", "0123-my-token");

    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("linekeeper.yml:13: \"auth-token\" stands here in the open; write ${env:NAME}")
        .doesNotContain("0123-my-token");
  }

  @Test
  void aForbiddenTargetIsToldAtItsLineWhateverElseIsWrong() {
    config
        .change(Snapshot.OFFICE, "host: 192.0.2.11,", "hsot: 192.0.2.11,")
        .change(Snapshot.NUMBERS, "[bob]", "[bob, 09098 790000]");

    SettingsRead read =
        new SettingsReader(
                name -> Optional.ofNullable(ConfigDir.ENVIRONMENT.get(name)),
                (estate, target) ->
                    target.e164().startsWith("+449") && !estate.numbers().isEmpty()
                        ? Optional.of(target + " is a premium-rate number")
                        : Optional.empty())
            .read(config.path);

    assertThat(read.problems())
        .extracting(problem -> problem.line() + ": " + problem.wrong())
        .contains("7: \"divert-to\" is refused: +449098790000 is a premium-rate number");
  }

  @Test
  void aFileThatIsMissingIsOneProblemAndNotAHundred() {
    config.path.resolve(Snapshot.STAFF).toFile().delete();

    assertThat(config.problems())
        .containsExactly(
            "staff.yml:1: the file is missing; see the example of the same name in config/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failure-domain: b  | failure-domain: A  | \"a\" is what \"watcher-1\" has too: one failure would take both",
        "host: 192.0.2.10   | host: 192.0.2.11   | \"192.0.2.11:7070\" is what \"watcher-1\" has too",
        "watcher-1: {       | watcher-9: {       | this watcher is called \"watcher-1\", and \"watchers\" does not name it",
        "witness: {host: 198.51.100.7, failure-domain: c} |   | Linekeeper runs as one watcher or as three"
      })
  void watchersThatGoDownTogetherOrAreNotThree(String piece, String by, String said) {
    String three =
        """
        watchers:
          watcher-1: {host: 192.0.2.11, failure-domain: a}
          watcher-2: {host: 192.0.2.10, failure-domain: b}
          witness: {host: 198.51.100.7, failure-domain: c}
        """;
    config.append(Snapshot.OFFICE, three.replace(piece, by == null ? "" : by));

    assertThat(config.problems()).singleElement().asString().contains(said);
  }

  @Test
  void aTabIsNamed() {
    config.change(Snapshot.STAFF, "    mobile: 07700 900101", "\tmobile: 07700 900101");

    assertThat(config.problems()).singleElement().asString().contains("tab", "spaces");
  }

  @Test
  void aHopelessFileDoesNotFillThePage() {
    config.append(
        Snapshot.NUMBERS,
        IntStream.range(0, 4000)
            .mapToObj(i -> "  - {number: nonsense" + i + ", divert-to: [alice]}\n")
            .collect(Collectors.joining()));

    assertThat(config.problems())
        .hasSize(Problems.MOST + 1)
        .last()
        .asString()
        .contains("and 3800 more problems");
  }

  @Test
  void moreTargetsThanTheCarrierRingsAtOnce() {
    String eleven =
        IntStream.range(10, 21).mapToObj(i -> "07700 9001" + i).collect(Collectors.joining(", "));
    config.change(Snapshot.NUMBERS, "[bob]", "[" + eleven + "]");

    assertThat(config.problems())
        .containsExactly(
            "numbers.yml:7: \"divert-to\" names 11 targets; name at most 10: the carrier rings no"
                + " more at once");
  }
}
