package org.linekeeper.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.TargetPolicy;
import org.linekeeper.estate.Trunk;

/** Somebody wants the office's calls to ring at this number. May they? */
class TargetRulesTest {
  private static final String SALES = "+441632960001";
  private static final String CONTROL = "+441632960099";
  private static final String ANNA = "+447700900001";
  private static final String JERSEY_JOHN = "+447797123456";
  private static final String PARIS_PAUL = "+33612345678";
  private static final String TORONTO_TOM = "+14165550199";

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    // number, allowed prefixes (| between them), part of the refusal; nothing if it is allowed
    "+447700900001, '', ",
    "+447700900002, '', not the mobile of anybody",
    "+447700900002, +447, ",
    "+447400123456, +447, ",
    "+441632960555, +447, not the mobile of anybody",
    "+441632960555, +441632, ",
    "+442079460123, +442, ",
    "+443069990123, +443, ",
    "+448081570123, +44808, ",
    // fraud
    "+449098790123, +44, premium",
    "+449999999999, +44, emergency",
    "+449512345678, +44, premium",
    "+447012345678, +44, personal",
    "+447000900123, +447, personal",
    "+448451234567, +44, special-rate",
    "+448712345678, +44, special-rate",
    "+448499999999, +44, special-rate",
    "+447640123456, +447, pager",
    "+33899123456, +33, premium",
    "+19005550123, +1, premium",
    "+979123456789, +979, premium",
    // emergency and short codes
    "+441121234567, +44, emergency",
    "+44999999, +44, emergency",
    "+44118118, +44, short code",
    "+44112345, +44, emergency",
    // not whole
    "+44791112, +44, not a whole",
    "+4474001234567, +44, not a whole",
    // abroad
    "+33612345678, +44, abroad",
    "+33612345679, '+44|+336', ",
    "+12025550123, '', abroad",
    "+12025550123, +1202, ",
    "+33112345678, +33, ",
    "+881612345678, +44, abroad",
    // the neighbours who share +44
    "+447797123457, +447, another country with the same code (JE)",
    "+447797123457, +447797, ",
    "+447624123456, +447, another country with the same code (IM)",
    "+447797123456, '', ",
    // loops
    "+441632960001, +44, own numbers",
    "+441632960099, +44, own numbers",
  })
  void a_target_is_allowed_or_refused_with_a_reason(
      String number, String prefixes, String expected) {
    List<String> allowed = prefixes.isEmpty() ? List.of() : List.of(prefixes.split("\\|"));
    Optional<String> refusal = rules("GB", allowed).refusal(new PhoneNumber(number));
    if (expected == null) {
      assertThat(refusal).isEmpty();
    } else {
      assertThat(refusal).hasValueSatisfying(said -> assertThat(said).contains(expected, number));
    }
  }

  @Test
  void a_colleague_abroad_needs_their_country_to_be_allowed() {
    PhoneNumber paul = new PhoneNumber(PARIS_PAUL);
    assertThat(rules("GB", List.of()).allows(paul)).isFalse();
    assertThat(rules("GB", List.of("+336")).allows(paul)).isTrue();
  }

  @Test
  void an_office_in_boston_that_allows_its_own_country_does_not_ring_the_caribbean() {
    assertThat(rules("US", List.of("+1")).refusal(new PhoneNumber("+18765230123")))
        .hasValueSatisfying(said -> assertThat(said).contains("(JM)"));
    assertThat(rules("US", List.of("+1")).allows(new PhoneNumber("+16175551234"))).isTrue();
    assertThat(rules("US", List.of("+1876")).allows(new PhoneNumber("+18765230123"))).isTrue();
    assertThat(rules("US", List.of("+1")).refusal(new PhoneNumber("+19112345678")))
        .hasValueSatisfying(said -> assertThat(said).contains("emergency"));
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    "+12025550123, +1, ",
    "+18005550123, +1, ",
    "+18765230123, +1, (JM)",
    "+18765230123, +1876, ",
    "+14734031234, +1, (GD)",
    "+12843681234, +1, (VG)",
    "+18092345678, +1, (DO)",
    "+14165551234, +1, (CA)",
    "+14165551234, +1416, ",
    "+77012345678, +7, (KZ)",
    "+77012345678, +7701, ",
  })
  void an_office_in_london_that_allows_plus_one_means_the_united_states(
      String number, String prefix, String expected) {
    assertThat(rules("GB", List.of(prefix)).refusal(new PhoneNumber(number)).orElse(""))
        .contains(expected == null ? "" : "another country with the same code " + expected)
        .matches(said -> said.isEmpty() == (expected == null));
  }

  @Test
  void a_colleague_in_toronto_may_be_rung_where_plus_one_is_allowed() {
    PhoneNumber tom = new PhoneNumber(TORONTO_TOM);
    assertThat(rules("GB", List.of("+1")).allows(tom)).isTrue();
    assertThat(rules("GB", List.of()).allows(tom)).isFalse();
  }

  @Test
  void before_there_is_an_estate_the_same_rules_hold() {
    TargetPolicy policy = new TargetPolicy("GB", List.of());
    Set<PhoneNumber> own = Set.of(new PhoneNumber(SALES));
    PhoneNumber anna = new PhoneNumber(ANNA);
    assertThat(TargetRules.whyNot(anna, true, policy, own)).isEmpty();
    assertThat(TargetRules.whyNot(anna, false, policy, own))
        .hasValueSatisfying(clause -> assertThat(clause).startsWith("is not the mobile"));
    assertThat(TargetRules.whyNot(new PhoneNumber(SALES), true, policy, own))
        .hasValueSatisfying(clause -> assertThat(clause).contains("own numbers"));
  }

  private static TargetRules rules(String region, List<String> prefixes) {
    SiteId site = new SiteId("head-office");
    return TargetRules.of(
        new Estate(
            "Example Ltd",
            List.of(),
            new Trunk("TK0123", Optional.of(new PhoneNumber(CONTROL))),
            List.of(
                new OfficeNumber(
                    new PhoneNumber(SALES),
                    "Sales",
                    site,
                    Set.of(),
                    true,
                    List.of(),
                    Optional.empty())),
            List.of(
                staff("anna", ANNA),
                staff("john", JERSEY_JOHN),
                staff("paul", PARIS_PAUL),
                staff("tom", TORONTO_TOM)),
            new Schedule(ZoneOffset.UTC, List.of()),
            new TargetPolicy(region, prefixes),
            Rules.defaults()));
  }

  private static StaffMember staff(String id, String mobile) {
    return new StaffMember(new StaffId(id), id, new PhoneNumber(mobile), Set.of(), false, false);
  }
}
