package org.linekeeper.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.linekeeper.asterisk.FeatureCodeCall;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.failover.ControlLoop;
import org.linekeeper.settings.LocalSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one PBX says unasked: that it is there again, and what is dialled on its phones. */
final class Doors implements PbxListener {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
  private static final Duration REPLY = Duration.ofMillis(800);

  private final ControlLoop loop;
  private final CommandTaker commands;
  private final PbxLink link;
  private final Supplier<LocalSettings> local;
  private final BooleanSupplier leads;

  /**
   * At one PBX.
   *
   * @param local asked for each feature code: staff codes may have been edited meanwhile
   * @param leads whether this watcher leads; the others hear the same feature code and leave it
   */
  Doors(
      ControlLoop loop,
      CommandTaker commands,
      PbxLink link,
      Supplier<LocalSettings> local,
      BooleanSupplier leads) {
    this.loop = loop;
    this.commands = commands;
    this.link = link;
    this.local = local;
    this.leads = leads;
  }

  @Override
  public void onLogin(PbxId pbx) {
    loop.loggedIn(pbx);
  }

  @Override
  public void onFeatureCode(FeatureCodeCall call) {
    if (!leads.getAsBoolean()) {
      return;
    }
    commands
        .dialled(call.caller(), staff(call.staff()), call.pin().reveal(), call.text())
        .whenComplete(
            (told, fault) -> {
              if (fault != null) {
                LOG.error("A defect in Linekeeper: a feature code was not obeyed", fault);
              }
              link.reply(call, fault == null && told.accepted(), REPLY);
            });
  }

  /** Phones have digits only: a member of staff is named by their code. */
  private String staff(String dialled) {
    return local.get().staffByCode(dialled).map(StaffId::name).orElse(dialled);
  }
}
