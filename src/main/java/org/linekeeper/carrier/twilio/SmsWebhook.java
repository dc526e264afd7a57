package org.linekeeper.carrier.twilio;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linekeeper.carrier.InboundText;

/**
 * What did Twilio hand in? Takes the parts of one webhook request, from whatever web server, and
 * gives the text or the reason why not. Answers with {@link SmsReply} in time: Twilio waits 15 s.
 */
public final class SmsWebhook {
  /** Where Linekeeper's own web server takes texts; only a proxy in front can have another path. */
  public static final String PATH = "/twilio/sms";

  /** Header with the signature. */
  public static final String SIGNATURE_HEADER = "X-Twilio-Signature";

  private static final Pattern SID = Pattern.compile("(SM|MM)[0-9a-fA-F]{32}");

  /** Twilio joins long texts to at most 1,600 characters. */
  private static final int LONGEST_BODY = 1600;

  private static final int LONGEST_SENDER = 64;

  /**
   * One request's result: exactly a text, or a refusal.
   *
   * @param text what was received
   * @param refusal why nothing was received
   */
  public record Received(Optional<InboundText> text, Refusal refusal) {}

  /** Why a request is not taken as a text, and what HTTP status says so. */
  public enum Refusal {
    /** It is taken. */
    NONE(200),
    /** No signature, or not Twilio's: somebody else knocks. */
    FORGED(403),
    /** Signed for another account: a subaccount's number points here. */
    OTHER_ACCOUNT(403),
    /** Signed, but not a text as Twilio sends them. */
    MALFORMED(400);

    private final int status;

    Refusal(int status) {
      this.status = status;
    }

    /** The HTTP status to answer with. */
    public int status() {
      return status;
    }
  }

  private final TwilioSignature signature;
  private final String accountSid;
  private final InstantSource clock;

  /** Made once. */
  public SmsWebhook(TwilioSignature signature, String accountSid, InstantSource clock) {
    this.signature = signature;
    this.accountSid = accountSid;
    this.clock = clock;
  }

  /**
   * Judges one request.
   *
   * @param given the header's value; null if it is missing
   * @param params the form's parameters; if one comes twice, Twilio did not send it, and any one
   *     value makes the signature wrong
   */
  public Received receive(@Nullable String given, Map<String, String> params) {
    if (given == null || !signature.valid(given, params)) {
      return refused(Refusal.FORGED);
    }
    if (!accountSid.equals(params.get("AccountSid"))) {
      return refused(Refusal.OTHER_ACCOUNT);
    }
    String sid = params.getOrDefault("MessageSid", "");
    String from = params.getOrDefault("From", "");
    String to = params.getOrDefault("To", "");
    String body = params.getOrDefault("Body", "");
    boolean good =
        SID.matcher(sid).matches()
            && !from.isBlank()
            && from.length() <= LONGEST_SENDER
            && !to.isBlank()
            && to.length() <= LONGEST_SENDER
            && body.length() <= LONGEST_BODY;
    return good
        ? new Received(
            Optional.of(new InboundText(sid, from, to, body, clock.instant())), Refusal.NONE)
        : refused(Refusal.MALFORMED);
  }

  private static Received refused(Refusal refusal) {
    return new Received(Optional.empty(), refusal);
  }
}
