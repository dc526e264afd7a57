package org.linekeeper.demo.pbx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linekeeper.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manager interface of one running PBX. All on its loop's thread but what says otherwise. */
final class AmiServer {
  private static final Logger log = LoggerFactory.getLogger(AmiServer.class);

  /** As in tcptls.c: this is what connects to a stopped Asterisk before SYNs are dropped. */
  private static final int BACKLOG = 10;

  private static final int MAX_SESSIONS = 200;

  private final IoLoop loop;
  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final AmiActions actions;
  private final String systemName;
  private final Set<AmiSession> sessions = new LinkedHashSet<>();
  private final List<SocketChannel> fillers = new ArrayList<>();
  private final SelectionKey key;
  private boolean frozen;

  private AmiServer(
      IoLoop loop, ServerSocketChannel listener, String systemName, AmiActions actions)
      throws IOException {
    this.systemName = systemName;
    this.loop = loop;
    this.listener = listener;
    this.address = (InetSocketAddress) listener.getLocalAddress();
    this.actions = actions;
    this.key = loop.watch(listener, SelectionKey.OP_ACCEPT, this::accept);
  }

  static AmiServer open(IoLoop loop, InetSocketAddress bind, String systemName, AmiActions actions)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(bind, BACKLOG);
      return new AmiServer(loop, listener, systemName, actions);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  IoLoop loop() {
    return loop;
  }

  AmiActions actions() {
    return actions;
  }

  boolean frozen() {
    return frozen;
  }

  void gone(AmiSession session) {
    sessions.remove(session);
  }

  private void accept() {
    try {
      for (int n = 0; n < BACKLOG && !frozen; n++) {
        SocketChannel client = listener.accept();
        if (client == null) {
          return;
        }
        if (sessions.size() >= MAX_SESSIONS) {
          closeQuietly(client);
        } else {
          sessions.add(new AmiSession(this, client));
        }
      }
    } catch (IOException e) {
      log.debug("{}: a client went before it was accepted", address, e);
    }
  }

  /** Tells everybody who may hear it and wants to. */
  void tell(String event, AmiClass privilege, String lines) {
    String text = AmiText.event(event, privilege, "SystemName: " + systemName + "\r\n" + lines);
    for (AmiSession session : List.copyOf(sessions)) {
      if (session.hears(privilege)) {
        session.send(text);
      }
    }
  }

  /**
   * Stands still: the kernel goes on accepting what fits its backlog, we read and write nothing.
   */
  void freeze() {
    follow(true);
  }

  /**
   * Cut off from the network: stands still, and the backlog is filled with connections of our own,
   * so that the kernel drops further SYNs as a lost host would. What is sent on an open connection
   * is still acknowledged by the kernel, which a lost host would not do.
   */
  void cutOff() {
    follow(true);
    try {
      for (int n = 0; n < 4 * BACKLOG; n++) {
        SocketChannel filler = SocketChannel.open();
        fillers.add(filler);
        filler.configureBlocking(false);
        filler.connect(address);
        if (!filler.finishConnect()) {
          return; // this one's SYN was dropped: the backlog is full
        }
      }
    } catch (IOException e) {
      log.warn("{}: could not be cut off completely, connects may still succeed", address, e);
    }
  }

  /** Serves again. */
  void thaw() {
    fillers.forEach(AmiServer::closeQuietly);
    fillers.clear();
    follow(false);
  }

  private void follow(boolean freeze) {
    frozen = freeze;
    key.interestOps(freeze ? 0 : SelectionKey.OP_ACCEPT);
    List.copyOf(sessions).forEach(s -> s.follow(freeze));
  }

  /** Sends what waits and closes everything, as the end of {@code core stop now}. */
  void end() {
    List.copyOf(sessions).forEach(AmiSession::closeAfterwards);
    close();
  }

  /** Closes everything at once, as the kernel does for a killed process. */
  void close() {
    fillers.forEach(AmiServer::closeQuietly);
    closeQuietly(listener);
    List.copyOf(sessions).forEach(AmiSession::close);
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("closing {}", channel, e);
    }
  }
}
