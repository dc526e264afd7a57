package org.linekeeper;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house, as ARCHITECTURE.md tells them. */
@AnalyzeClasses(packages = "org.linekeeper", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("org.linekeeper.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DECIDING_IS_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..estate..", "..state..", "..verdict..", "..routing..", "..command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.nio.channels..",
              "org.slf4j..",
              "org.springframework..",
              "org.asteriskjava..",
              "com.twilio..",
              "org.apache.ratis..",
              "org.quartz..",
              "tools.jackson..",
              "org.linekeeper.asterisk..",
              "org.linekeeper.carrier..",
              "org.linekeeper.journal..",
              "org.linekeeper.probe..",
              "org.linekeeper.time..");

  @ArchTest
  static final ArchRule THE_DECIDER_IS_PURE =
      noClasses()
          .that()
          .haveSimpleName("Decider")
          .or()
          .haveSimpleName("Doubts")
          .or()
          .haveSimpleName("CarriersWord")
          .or()
          .haveSimpleName("Planner")
          .or()
          .haveSimpleName("Origination")
          .or()
          .haveSimpleName("Moving")
          .or()
          .haveSimpleName("Picture")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.slf4j..",
              "org.linekeeper.journal..",
              "org.linekeeper.carrier..",
              "org.linekeeper.actuator..",
              "org.linekeeper.time..");

  @ArchTest
  static final ArchRule ONE_IMPORTER_OF_ASTERISK_JAVA =
      onlyIn("..asterisk..", "org.asteriskjava..");

  @ArchTest
  static final ArchRule ONE_IMPORTER_OF_TWILIO = onlyIn("..carrier.twilio..", "com.twilio..");

  @ArchTest
  static final ArchRule ONE_IMPORTER_OF_RATIS = onlyIn("..journal..", "org.apache.ratis..");

  @ArchTest
  static final ArchRule ONE_IMPORTER_OF_DNSJAVA = onlyIn("..actuator.dns..", "org.xbill..");

  @ArchTest static final ArchRule ONE_IMPORTER_OF_QUARTZ = onlyIn("..schedule..", "org.quartz..");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_DEMO =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.linekeeper.demo..", "org.linekeeper")
          .should()
          .dependOnClassesThat(resideInAPackage("org.linekeeper.demo.."));

  @ArchTest
  static final ArchRule CLOCKS_ARE_GIVEN =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linekeeper.time..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule CONSTRUCTOR_INJECTION_ONLY =
      fields()
          .should()
          .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .andShould()
          .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value");

  @ArchTest
  static final ArchRule EVERY_ROOM_SAYS_WHAT_IT_IS_FOR =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);

  private static ArchRule onlyIn(String room, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
