package org.linekeeper.demo.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that stands for another one, and passes connections on while their link carries. On a link
 * that was cut, connections stand still and lose nothing, since TCP sends again what was lost; new
 * ones get no answer. Where nobody listens behind it, it refuses, as from the second attempt on.
 */
public final class TcpRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);

  private static final int BUFFER = 16 * 1024;

  /** A few for each watcher and use; beyond it somebody connects without end. */
  private static final int MOST = 200;

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** How often one that gets no answer looks whether its link was mended. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Network network;
  private final Entrance entrance;
  private final InetSocketAddress to;
  private final InetSocketAddress address;
  private volatile ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);

  /** Who comes in, and in which words they go on. */
  interface Entrance {
    /** Whether anybody is there who could say a word. */
    boolean answers();

    /** By which link this one comes; may talk to it to find out. */
    Guest welcome(Socket near) throws IOException;
  }

  /** For one link. */
  private record Open(Network network, Link link) implements Entrance {
    @Override
    public boolean answers() {
      return network.carries(link);
    }

    @Override
    public Guest welcome(Socket near) {
      return new Guest(link, near, far -> far);
    }
  }

  /**
   * One that came in.
   *
   * @param near the connection to it
   * @param onwards makes of a connection to the port behind the relay one as it is to be talked to
   */
  record Guest(Link link, Socket near, Onwards onwards) {}

  /** What is put around a connection. */
  interface Onwards {
    Socket around(Socket far) throws IOException;
  }

  private TcpRelay(Network network, Entrance entrance, InetSocketAddress to) throws IOException {
    this.network = network;
    this.entrance = entrance;
    this.to = to;
    this.listener = listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /**
   * Opens a free port on loopback for one link.
   *
   * @param to where connections go on to
   * @throws IOException if there is no free port
   */
  public static TcpRelay open(Network network, Link link, InetSocketAddress to) throws IOException {
    return open(network, new Open(network, link), to);
  }

  static TcpRelay open(Network network, Entrance entrance, InetSocketAddress to)
      throws IOException {
    TcpRelay relay = new TcpRelay(network, entrance, to);
    relay.daemon("relay-accept", relay::accept);
    return relay;
  }

  /** Where to connect instead. */
  public InetSocketAddress address() {
    return address;
  }

  private void accept() {
    while (!closed()) {
      ServerSocket now = listener;
      try {
        Socket near = kept(now.accept());
        if (sockets.size() > MOST) {
          let(near);
        } else {
          daemon("relay", () -> pass(near));
        }
      } catch (IOException e) {
        if (!closed() && !listenAgain()) {
          return;
        }
      }
    }
  }

  /** While nobody listens behind it, nobody does here: who connects is to be refused. */
  private boolean listenAgain() {
    try {
      boolean ended = false;
      while (!ended && entrance.answers() && !listens()) {
        ended = end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
      listener = listening(address);
      if (closed()) {
        listener.close();
      }
      return true;
    } catch (IOException e) {
      LOG.warn("{} takes no connections any more", this, e);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean listens() {
    try (Socket probe = new Socket()) {
      probe.connect(to, (int) CONNECT.toMillis());
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static ServerSocket listening(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true); // connections of before may linger
    socket.bind(address);
    return socket;
  }

  private void pass(Socket accepted) {
    Socket far = new Socket();
    try {
      accepted.setTcpNoDelay(true);
      if (!entrance.answers()) {
        swallow(accepted, entrance::answers);
        return;
      }
      Guest guest = entrance.welcome(accepted);
      if (!network.carries(guest.link)) {
        swallow(guest.near, () -> network.carries(guest.link));
        return;
      }
      connect(kept(far), guest.near);
      far.setTcpNoDelay(true);
      Socket onwards = guest.onwards.around(far);
      daemon(
          "relay-back",
          () -> {
            pump(onwards, guest.near, guest.link);
            let(accepted);
            let(far);
          });
      pump(guest.near, onwards, guest.link);
    } catch (IOException e) {
      LOG.debug("{}: a connection ends", this, e);
    } finally {
      let(accepted);
      let(far);
    }
  }

  private void connect(Socket far, Socket near) throws IOException {
    try {
      far.connect(to, (int) CONNECT.toMillis());
    } catch (ConnectException refused) {
      near.setSoLinger(true, 0); // a reset, as from a host on which nobody listens
      listener.close();
      throw refused;
    } catch (SocketTimeoutException lost) {
      swallow(near, this::closed);
      throw lost;
    }
  }

  /** Reads until the caller gives up, or is to try again since the link was mended. */
  private static void swallow(Socket near, BooleanSupplier mended) throws IOException {
    near.setSoTimeout((int) LOOK.toMillis());
    InputStream in = near.getInputStream();
    byte[] buffer = new byte[BUFFER];
    boolean there = true;
    while (there && !mended.getAsBoolean()) {
      try {
        there = in.read(buffer) >= 0;
      } catch (SocketTimeoutException nothingSent) {
        // it waits for an answer
      }
    }
  }

  /** One direction, until its sender ends; that is told only when it can be. */
  private void pump(Socket from, Socket to, Link link) {
    try {
      copy(from, to, link);
      network.awaitCarries(link);
    } catch (IOException gone) {
      LOG.debug("{}: a connection ends", this, gone);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to, Link link) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      network.awaitCarries(link);
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  /** A reset is an end as well. */
  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException reset) {
      return -1;
    }
  }

  private boolean closed() {
    return end.getCount() == 0;
  }

  private Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void let(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing {}", socket, e);
    }
  }

  private void daemon(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Ends all connections at once. */
  @Override
  public void close() {
    end.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("closing {}", this, e);
    }
    sockets.forEach(this::let);
    threads.forEach(Thread::interrupt);
  }

  @Override
  public String toString() {
    return address + " for " + to;
  }
}
