package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that ends just as its login is told of must not be told of as up afterwards. */
@Timeout(20)
class InOrderTest {
  private final CountDownLatch telling = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Test
  void theEndIsToldAfterTheLoginHoweverSlowlyThatIsHeard() throws Exception {
    InOrder<String> news = new InOrder<>(this::hearSlowly);
    Thread login =
        new Thread(
            () -> {
              news.put("up");
              news.handOn();
            });
    login.start();
    telling.await();
    news.put("closed");
    news.handOn();
    ended.countDown();
    login.join();
    assertThat(heard).containsExactly("up", "closed");
  }

  private void hearSlowly(String what) {
    try {
      telling.countDown();
      ended.await(5, TimeUnit.SECONDS);
      heard.add(what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aListenerWithADefectHearsTheNextAllTheSame() throws Exception {
    InOrder<String> news =
        new InOrder<>(
            what -> {
              heard.add(what);
              if (what.equals("up")) {
                throw new IllegalStateException("a defect");
              }
            });
    Thread teller =
        new Thread(
            () -> {
              news.put("up");
              news.put("closed");
              news.handOn();
            });
    teller.setUncaughtExceptionHandler((thread, defect) -> heard.add(defect.getMessage()));
    teller.start();
    teller.join();
    assertThat(heard).containsExactly("up", "a defect", "closed");
  }
}
