package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.Shell;

/**
 * The disk of one of three watchers, each a process of its own, becomes full, or hangs: the other
 * two go on. The disk is a file system of its own, which needs root.
 */
@Tag("lab")
@Timeout(900)
@Tag("long")
class DiskOfOneOfThreeIT {
  /** A disk that hangs is believed to after 1.5 s; the rest is the election, on a busy machine. */
  private static final Duration GAP = Duration.ofSeconds(4);

  @TempDir static Path keys;
  @TempDir Path directory;
  private final List<Path> mounted = new ArrayList<>();
  private final List<Path> hanging = new ArrayList<>();
  private Clerks clerks;

  @BeforeAll
  static void keys() throws IOException {
    Watchers.keys(keys);
  }

  @BeforeEach
  void open() throws IOException {
    clerks = new Clerks(directory, keys);
  }

  @AfterEach
  void close() {
    hanging.forEach(disk -> Shell.run("fsfreeze", "-u", disk.toString()));
    clerks.close();
    mounted.forEach(disk -> Shell.run("umount", "-l", disk.toString()));
  }

  @Test
  void aFollowersDiskIsFull() throws Exception {
    full("b");
  }

  @Test
  void theLeadersDiskIsFull() throws Exception {
    full("a");
  }

  private void full(String victim) throws Exception {
    mount(victim);
    clerks.startAll();
    clerks.awaitPreferred();
    Await.until(
        "space is kept",
        Clerks.SOON,
        () -> Files.exists(clerks.journal(victim).resolve("reserve")));
    clerks.get("c").ask("write c");
    leads(victim);
    fill(victim);
    Await.until(
        "an alarm says whose disk is full, and what to do",
        Clerks.SOON,
        () -> clerks.get("c").ask("notes The disk of " + victim).contains("make room on "));
    Clerks.Running dead = clerks.get(victim);
    for (int i = 0; i < 200 && dead.alive(); i++) {
      fill(victim);
      clerks.get("c").ask("bulk 400000");
    }
    assertThat(dead.exit()).isEqualTo(Clerk.RESTART_ME);
    assertThat(dead.errors()).contains("nothing is done to the phones", "No space left");
    theOthersGoOn(victim);

    fill(victim);
    Clerks.Running tooEarly = clerks.start(victim);
    assertThat(tooEarly.exit()).isIn(Clerk.REFUSED, Clerk.RESTART_ME);
    assertThat(tooEarly.errors()).contains("No space left");

    Files.delete(clerks.disk(victim).resolve("recordings"));
    clerks.start(victim);
    itCountsAgain();
  }

  @Test
  void aFollowersDiskHangs() throws Exception {
    hangs("b");
  }

  @Test
  void theLeadersDiskHangs() throws Exception {
    hangs("a");
  }

  /** A process that waits for such a disk cannot even be killed; it goes on when the disk does. */
  private void hangs(String victim) throws Exception {
    mountOneThatCanHang(victim);
    clerks.startAll();
    clerks.awaitPreferred();
    clerks.get("c").ask("write c");
    Await.pause(Duration.ofSeconds(1));
    leads(victim);
    hang(victim);
    theOthersGoOn(victim);
    String leader = clerks.leader(without(victim));
    Await.until(
        "the one that leads misses it",
        Clerks.SOON,
        () -> clerks.get(leader).ask("standing").contains("silent=[" + victim + "]"));
    assertThat(clerks.get(victim).ask("leads")).isEqualTo("done false");
    goOn(victim);
    itCountsAgain();
  }

  /** On a busy machine the lead may have gone to another one meanwhile. */
  private void leads(String victim) {
    if (victim.equals("a")) {
      clerks.awaitPreferred();
    }
  }

  private void theOthersGoOn(String victim) {
    clerks.leader(without(victim));
    int before = clerks.get("c").safe().size();
    Await.until(
        "the other two record what comes",
        Clerks.SOON,
        () -> clerks.get("c").safe().size() > before + 20);
    System.out.println("the longest pause between two appends was " + longestGap());
    assertThat(longestGap()).isLessThan(GAP);
  }

  private void itCountsAgain() {
    clerks.awaitTogether();
    clerks.get("c").ask("rest");
    clerks.awaitSame("b");
    List<String> safe = clerks.get("c").safe().stream().map(Clerks.Safe::note).toList();
    assertThat(clerks.history("c", "c")).doesNotHaveDuplicates().containsAll(safe);
  }

  private static String[] without(String victim) {
    return Watchers.NAMES.stream().filter(name -> !name.equals(victim)).toArray(String[]::new);
  }

  private Duration longestGap() {
    List<Clerks.Safe> safe = clerks.get("c").safe();
    Duration longest = Duration.ZERO;
    for (int i = 1; i < safe.size(); i++) {
      Duration gap = safe.get(i).at().minus(safe.get(i - 1).at());
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }

  private void mountOneThatCanHang(String name) throws IOException {
    Path image = directory.resolve(name + ".image");
    Shell.run("truncate", "-s", "200M", image.toString());
    Shell.run("mkfs.ext4", "-q", image.toString());
    Files.createDirectories(clerks.disk(name));
    Shell.run("mount", "-o", "loop", image.toString(), clerks.disk(name).toString());
    mounted.add(clerks.disk(name));
  }

  /** Whatever writes waits, as for a disk that does not answer. */
  private void hang(String name) {
    Shell.run("fsfreeze", "-f", clerks.disk(name).toString());
    hanging.add(clerks.disk(name));
  }

  private void goOn(String name) {
    Shell.run("fsfreeze", "-u", clerks.disk(name).toString());
    hanging.remove(clerks.disk(name));
  }

  private void mount(String name) throws IOException {
    Files.createDirectories(clerks.disk(name));
    Shell.run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", clerks.disk(name).toString());
    mounted.add(clerks.disk(name));
  }

  private void fill(String name) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            clerks.disk(name).resolve("recordings"),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND)) {
      byte[] block = new byte[64 << 10];
      for (int i = 0; i < 2_000; i++) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
