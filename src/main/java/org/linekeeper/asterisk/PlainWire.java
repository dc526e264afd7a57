package org.linekeeper.asterisk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;

/**
 * AMI over plain TCP, on the loop that serves every PBX. The library's thread gets its lines from a
 * queue and sleeps while there are none; pings and their answers never leave the loop.
 */
final class PlainWire implements AmiWire {
  /** A list of a big PBX is longer; then the kernel keeps the rest until the library has read. */
  private static final int MANY_LINES = 10_000;

  private static final int FEW_LINES = 1_000;

  /** What waits for a peer that reads nothing. The longest action is some hundred bytes. */
  private static final int MAX_UNSENT = 256 * 1024;

  /** One for each loop, since what was read is copied out before the next is. */
  private static final ThreadLocal<ByteBuffer> RECEIVING =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(64 * 1024));

  private final AmiAccess access;
  private final IoLoop loop;
  private final AmiLines lines = new AmiLines();
  private final Pongs pongs = new Pongs(this::put);
  private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
  private int unsentBytes;
  private @Nullable SelectionKey key;
  private volatile @Nullable SocketChannel channel;
  private volatile boolean reached;
  private volatile boolean waitsToSend;
  private volatile Duration heardAt;

  /** What the library has not read yet; it and those below are guarded by this queue. */
  private final Queue<String> ready = new ArrayDeque<>();

  private boolean over;
  private boolean paused;
  private @Nullable IOException why;

  PlainWire(AmiAccess access, IoLoop loop) {
    this.access = access;
    this.loop = loop;
    heardAt = loop.ticker().now();
  }

  @Override
  public void connect(Duration deadline) throws IOException {
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    synchronized (ready) {
      if (over) {
        opened.close();
      }
    }
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    InetSocketAddress to = access.lookUp();
    opened.socket().connect(to, (int) deadline.toMillis());
    reached = true;
    heardAt = loop.ticker().now();
    onLoop(
        () -> {
          try {
            key = loop.watch(opened, SelectionKey.OP_READ, this::ready);
          } catch (IOException e) {
            end(e);
          }
        });
  }

  private SocketChannel open() throws IOException {
    SocketChannel opened = channel;
    if (opened == null || !opened.isOpen()) {
      throw new IOException("the connection is closed");
    }
    return opened;
  }

  private void onLoop(Runnable task) throws IOException {
    try {
      loop.run(task);
    } catch (RejectedExecutionException e) {
      throw new IOException("Linekeeper is stopping", e);
    }
  }

  @Override
  public boolean reached() {
    return reached;
  }

  private void ready() {
    SelectionKey now = key;
    try {
      if (now != null && now.isValid() && now.isWritable()) {
        flush();
      }
      if (now != null && now.isValid() && now.isReadable()) {
        read();
      }
    } catch (IOException e) {
      end(e);
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = RECEIVING.get().clear();
    int count = open().read(buffer);
    if (count < 0) {
      end(null);
      return;
    }
    heardAt = loop.ticker().now();
    for (buffer.flip(); buffer.hasRemaining(); ) {
      String line = lines.add(buffer.get());
      if (line != null) {
        pongs.line(line);
      }
    }
  }

  private void put(String line) {
    synchronized (ready) {
      ready.add(line);
      ready.notifyAll();
      if (ready.size() < MANY_LINES || paused) {
        return;
      }
      paused = true;
    }
    interest();
  }

  /** Reads as long as the library does, writes as long as there is something to write. */
  private void interest() {
    SelectionKey now = key;
    boolean reading;
    synchronized (ready) {
      reading = !paused;
    }
    if (now != null && now.isValid()) {
      now.interestOps(
          (reading ? SelectionKey.OP_READ : 0) | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
  }

  @Override
  public @Nullable String line() throws IOException {
    String line;
    boolean goOn;
    synchronized (ready) {
      while (ready.isEmpty() && !over) {
        await();
      }
      line = ready.poll();
      if (line == null && why != null) {
        throw new IOException(why.getMessage() == null ? why.toString() : why.getMessage(), why);
      }
      goOn = paused && ready.size() < FEW_LINES;
      paused = paused && !goOn;
    }
    if (goOn) {
      onLoop(this::interest);
    }
    return line;
  }

  private void await() throws IOException {
    try {
      ready.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    open();
    onLoop(() -> write(bytes));
  }

  private void write(byte[] bytes) {
    try {
      if (unsentBytes > MAX_UNSENT) {
        throw new IOException("the PBX reads nothing of what is sent to it");
      }
      unsentBytes += bytes.length;
      unsent.add(ByteBuffer.wrap(bytes));
      flush();
    } catch (IOException e) {
      end(e);
    }
  }

  private void flush() throws IOException {
    while (!unsent.isEmpty()) {
      ByteBuffer next = unsent.element();
      unsentBytes -= open().write(next);
      if (next.hasRemaining()) {
        break;
      }
      unsent.remove();
    }
    boolean waits = !unsent.isEmpty();
    if (waits != waitsToSend) {
      waitsToSend = waits;
      interest();
    }
  }

  @Override
  public boolean unsent() {
    return waitsToSend;
  }

  @Override
  public Duration heardAt() {
    return heardAt;
  }

  @Override
  public String firstLine() {
    return lines.first();
  }

  @Override
  public boolean pings() {
    return true;
  }

  @Override
  public long ping(Consumer<Pong> heard) {
    write(pongs.next(heard));
    return pongs.latest();
  }

  @Override
  public void forget(long ping) {
    pongs.forget(ping);
  }

  @Override
  public Socket socket() {
    SocketChannel opened = channel;
    return opened == null ? new Socket() : opened.socket();
  }

  /** What was read before the end is still given to the library, and the end after it. */
  private void end(@Nullable IOException reason) {
    synchronized (ready) {
      if (!over) {
        over = true;
        why = reason;
      }
      ready.notifyAll();
    }
    SocketChannel opened = channel;
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      // closed is what it is meant to be
    }
  }

  @Override
  public void close() {
    try {
      // by the loop, whose selector lets go of the socket only when it is told to look
      loop.run(
          () -> {
            end(new IOException("closed"));
            pongs.end();
          });
    } catch (RejectedExecutionException stopping) {
      end(new IOException("closed"));
    }
    if (!reached) {
      end(new IOException("closed")); // a connect that waits ends when its channel is closed
    }
  }
}
