package org.linekeeper.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who takes SIP calls over UDP here? A small user agent server (UAS): answers OPTIONS and INVITE as
 * its {@link SipService} says, repeats what must be repeated, and can be made to fail as real ones
 * do.
 */
public final class SipServer implements AutoCloseable {
  /** How does it treat what arrives? */
  public enum Behaviour {
    /** Serves. */
    SERVING,
    /** Stands still like a stopped process: nothing is read, the kernel keeps what fits. */
    FROZEN,
    /** Cut off: what arrives is lost, and what it sends too. */
    UNREACHABLE
  }

  private static final Logger log = LoggerFactory.getLogger(SipServer.class);
  private static final int MAX_READS_AT_ONCE = 64;
  private static final int MAX_TRANSACTIONS = 2_000;

  private final IoLoop loop;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final ServedCalls calls;
  private final SipService service;
  private final String name;

  /** Answers by transaction, for requests that come again; the oldest make room (timer J). */
  private final Map<String, Answered> answered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answered> eldest) {
          return size() > MAX_TRANSACTIONS;
        }
      };

  private Behaviour behaviour = Behaviour.SERVING;
  private @Nullable SelectionKey key;

  private record Answered(SipMessage response) {}

  private SipServer(
      IoLoop loop, SipTimers timers, DatagramChannel channel, String name, SipService service)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.name = name;
    this.service = service;
    this.calls = new ServedCalls(loop, timers, service, this::send, name, local);
  }

  /**
   * Opens one and begins to serve.
   *
   * @param bind the address to listen on; port 0 takes a free one
   * @param name what it says in its Server header
   * @throws IOException if the port is taken
   */
  public static SipServer open(
      IoLoop loop, SipTimers timers, InetSocketAddress bind, String name, SipService service)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(bind);
      SipServer server = new SipServer(loop, timers, channel, name, service);
      loop.runAndWait(server::listen);
      return server;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void listen() {
    try {
      key = loop.watch(channel, SelectionKey.OP_READ, this::read);
    } catch (IOException e) {
      throw new IllegalStateException("a fresh socket cannot be watched", e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return local;
  }

  /** Makes it fail, or serve again. Waits until that is in force. */
  public void behave(Behaviour wanted) {
    loop.runAndWait(
        () -> {
          behaviour = wanted;
          SelectionKey k = key;
          if (k != null && k.isValid()) {
            k.interestOps(wanted == Behaviour.FROZEN ? 0 : SelectionKey.OP_READ);
          }
        });
  }

  /** Hangs up (BYE) on everybody. */
  public void hangUpAll() {
    loop.runAndWait(calls::hangUpAll);
  }

  /** How many calls are up, or answered and not yet confirmed? */
  public int calls() {
    return calls.size();
  }

  /** Lets go of its port at once and says no word, as a killed process does. */
  @Override
  public void close() {
    try {
      loop.runAndWait(
          () -> {
            calls.forget();
            Buffers.close(channel);
          });
    } catch (RejectedExecutionException e) {
      log.trace("the loop has closed {} already", local);
    }
  }

  private void read() {
    ByteBuffer buffer = Buffers.receiving();
    for (int n = 0; n < MAX_READS_AT_ONCE && channel.isOpen(); n++) {
      if (behaviour == Behaviour.FROZEN) {
        return;
      }
      try {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        if (from == null) {
          return;
        }
        if (behaviour == Behaviour.SERVING) {
          received(SipMessage.parse(Buffers.taken(buffer)), from);
        }
      } catch (SipFormatException e) {
        log.debug("{} ignored a datagram: {}", local, e.getMessage());
      } catch (IOException e) {
        log.debug("{} cannot receive", local, e);
        return;
      }
    }
  }

  private void received(SipMessage message, InetSocketAddress from) {
    if (!message.isRequest()) {
      calls.response(message);
      return;
    }
    if (message.method().equals("ACK")) {
      calls.acknowledged(message);
      return;
    }
    String transaction = transaction(message.method(), message);
    Answered before = answered.get(transaction);
    if (before != null) {
      send(before.response, from);
      return;
    }
    switch (message.method()) {
      case "OPTIONS" -> answer(message, service.options(message), from);
      case "INVITE" -> calls.invite(message, from, r -> remember(transaction, r, from));
      case "BYE" -> answer(message, calls.bye(message), from);
      case "CANCEL" -> answer(message, calls.cancel(transaction("INVITE", message), message), from);
      default -> answer(message, SipReply.at(501, "Not Implemented"), from);
    }
  }

  static String transaction(String method, SipMessage message) {
    return method + " " + message.branch() + " " + message.callId();
  }

  private void answer(SipMessage request, SipReply reply, InetSocketAddress from) {
    SipMessage response =
        ServedCalls.response(request, reply.status(), reply.reason(), from, name, reply.extra());
    if (request.method().equals("OPTIONS")) {
      send(response, from); // asking again is as good as remembering
    } else {
      remember(transaction(request.method(), request), response, from);
    }
  }

  private void remember(String transaction, SipMessage response, InetSocketAddress to) {
    answered.put(transaction, new Answered(response));
    send(response, to);
  }

  private void send(SipMessage message, InetSocketAddress to) {
    if (behaviour != Behaviour.SERVING || !channel.isOpen()) {
      return;
    }
    try {
      channel.send(ByteBuffer.wrap(message.toBytes()), to);
    } catch (IOException e) {
      // the caller went away or the network did: it is told again, or gives up
      log.debug("{} cannot send {} to {}: {}", local, message, to, e.toString());
    }
  }

  /** The methods it knows; others get 501. */
  static final List<String> ALLOW = List.of("INVITE", "ACK", "CANCEL", "OPTIONS", "BYE");
}
