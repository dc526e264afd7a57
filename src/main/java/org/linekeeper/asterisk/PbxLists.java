package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.asteriskjava.manager.action.CoreSettingsAction;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.CoreStatusAction;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.ListCommandsAction;
import org.asteriskjava.manager.event.CoreShowChannelEvent;
import org.asteriskjava.manager.event.ListDialplanEvent;
import org.asteriskjava.manager.response.CoreSettingsResponse;
import org.asteriskjava.manager.response.CoreStatusResponse;
import org.asteriskjava.manager.response.GetVarResponse;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer.Kind;

/** What one PBX says about itself. */
final class PbxLists {
  private static final Set<String> NOT_ACTIONS = Set.of("response", "actionid", "message");

  private final AmiSession session;

  PbxLists(AmiSession session) {
    this.session = session;
  }

  CompletableFuture<AmiAnswer<List<Registration>>> registrations(Duration deadline) {
    return session
        .list(new PjsipShowRegistrationsOutboundAction(), deadline)
        .thenApply(
            answer ->
                answer.map(
                    rows ->
                        rows.stream()
                            .filter(OutboundRegistrationDetailEvent.class::isInstance)
                            .map(OutboundRegistrationDetailEvent.class::cast)
                            .map(PbxLists::registration)
                            .toList()));
  }

  private static Registration registration(OutboundRegistrationDetailEvent row) {
    return new Registration(row.getObjectName(), row.getStatus(), row.getServerUri());
  }

  CompletableFuture<AmiAnswer<CallLimit>> callLimit(Duration deadline) {
    CompletableFuture<AmiAnswer<ManagerResponse>> settings =
        session.ask(new CoreSettingsAction(), deadline);
    return session
        .ask(new CoreStatusAction(), deadline)
        .thenCombine(
            settings,
            (status, limits) -> limits.then(limit -> status.then(now -> callLimit(limit, now))));
  }

  private static AmiAnswer<CallLimit> callLimit(ManagerResponse limit, ManagerResponse now) {
    Integer most = limit instanceof CoreSettingsResponse s ? s.getCoreMaxCalls() : null;
    Integer up = now instanceof CoreStatusResponse s ? s.getCoreCurrentCalls() : null;
    if (up == null) {
      return AmiAnswer.no(Kind.REFUSED, "CoreStatus was answered without a number of calls");
    }
    CallLimit found =
        new CallLimit(up, most == null || most == 0 ? OptionalInt.empty() : OptionalInt.of(most));
    return AmiAnswer.done(found, found.words());
  }

  CompletableFuture<AmiAnswer<String>> variable(String expression, Duration deadline) {
    return session
        .ask(new GetVarAction(expression), deadline)
        .thenApply(
            answer ->
                answer.map(
                    response ->
                        response instanceof GetVarResponse got && got.getValue() != null
                            ? got.getValue()
                            : ""));
  }

  CompletableFuture<AmiAnswer<String>> version(Duration deadline) {
    return session
        .ask(new CoreSettingsAction(), deadline)
        .thenApply(
            answer -> answer.map(response -> text(response.getAttribute("asteriskversion"))));
  }

  CompletableFuture<AmiAnswer<List<LiveChannel>>> channels(Duration deadline) {
    return session
        .list(new CoreShowChannelsAction(), deadline)
        .thenApply(
            answer ->
                answer.map(
                    rows ->
                        rows.stream()
                            .filter(CoreShowChannelEvent.class::isInstance)
                            .map(CoreShowChannelEvent.class::cast)
                            .map(PbxLists::channel)
                            .toList()));
  }

  private static LiveChannel channel(CoreShowChannelEvent row) {
    return new LiveChannel(
        text(row.getChannel()),
        text(row.getContext()),
        text(row.getExten()),
        text(row.getApplication()),
        text(row.getApplicationdata()));
  }

  /** AMI lists just those actions that the user may take. */
  CompletableFuture<AmiAnswer<List<String>>> allowedActions(Duration deadline) {
    return session
        .ask(new ListCommandsAction(), deadline)
        .thenApply(
            answer ->
                answer.map(
                    response ->
                        response.getAttributes().keySet().stream()
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .filter(name -> !NOT_ACTIONS.contains(name))
                            .sorted()
                            .toList()));
  }

  CompletableFuture<AmiAnswer<List<DialplanLine>>> dialplan(
      ShowExtensionAction which, Duration deadline) {
    return session
        .list(which, deadline)
        .thenApply(
            answer ->
                answer.map(
                    rows ->
                        rows.stream()
                            .filter(ListDialplanEvent.class::isInstance)
                            .map(ListDialplanEvent.class::cast)
                            .filter(row -> row.getApplication() != null)
                            .map(PbxLists::line)
                            .toList()));
  }

  private static DialplanLine line(ListDialplanEvent row) {
    return new DialplanLine(
        text(row.getContext()),
        text(row.getExtension()),
        text(row.getApplication()),
        text(row.getAppData()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
