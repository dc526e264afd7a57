package org.linekeeper.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.linekeeper.command.Grammar;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Offices;
import org.linekeeper.web.Scene;

/** Every choice of the form means something to the grammar that all doors share. */
class DivertViewTest {
  private static final Estate ESTATE = Offices.accountants();
  private static final DivertView FORM =
      DivertView.of(Scene.of(ESTATE).backend().overview().get(), "ALL");

  @TestFactory
  Stream<DynamicTest> everyChoiceIsUnderstood() {
    return Stream.of(
            FORM.what().stream().map(what -> "DIVERT " + what.value()),
            FORM.to().stream()
                .map(to -> "DIVERT ALL" + (to.value().isEmpty() ? "" : " TO " + to.value())),
            FORM.ends().stream().map(end -> "DIVERT ALL " + end.value()))
        .flatMap(s -> s)
        .map(text -> DynamicTest.dynamicTest(text, () -> understood(text)));
  }

  private static void understood(String text) {
    assertThat(
            new Grammar(ESTATE).parse(text, Optional.empty(), Scene.NOW).getClass().getSimpleName())
        .isEqualTo("Understood");
  }
}
