package org.linekeeper.service;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.linekeeper.actuator.LinkedPbxs;
import org.linekeeper.actuator.Names;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.actuator.address.HostAddresses;
import org.linekeeper.actuator.address.LeasedAddress;
import org.linekeeper.actuator.address.Tenure;
import org.linekeeper.actuator.program.OfficeCommands;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.SmsWebhook;
import org.linekeeper.carrier.twilio.TwilioCarrier;
import org.linekeeper.carrier.twilio.TwilioSignature;
import org.linekeeper.command.Commands;
import org.linekeeper.command.DeskPhone;
import org.linekeeper.command.TextDialogue;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.CommandDesk;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.failover.ControlLoop;
import org.linekeeper.failover.Core;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.RatisJournal;
import org.linekeeper.mirror.Course;
import org.linekeeper.mirror.Mirror;
import org.linekeeper.notify.Alerts;
import org.linekeeper.probe.AstDbProbe;
import org.linekeeper.probe.CarrierCalls;
import org.linekeeper.probe.OwnLiveness;
import org.linekeeper.probe.Pair;
import org.linekeeper.probe.PbxProber;
import org.linekeeper.schedule.Waker;
import org.linekeeper.settings.CarrierAccess;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.PbxAccess;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsReader;
import org.linekeeper.settings.SettingsWatch;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Linekeeper. Everything is started in the order of the data: what records before what
 * acts, what acts before what decides, what decides before what asks.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** Calls to the carrier under way or waiting; beyond it they are tried again later. */
  private static final int IO_THREADS = 64;

  /** One for each origination URL that moves at a failover, and room for a second try. */
  private static final int URGENT_THREADS = 4;

  private static final int IO_QUEUE = 5_000;

  /** Programs that run at the same time; one that hangs is ended at its deadline. */
  private static final int PROGRAMS = 64;

  /** How often settings are offered again that the journal did not take, as on a slow disk. */
  private static final Duration UNRECORDED = Duration.ofSeconds(2);

  /** How long, at most, what nobody was told of waits for the watcher that leads next. */
  private static final Duration ALERTS = Duration.ofSeconds(1);

  /** What ends this process waits for five seconds in all. */
  private static final Duration LEAVING = Duration.ofMillis(1500);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Settings settings;
  private final Clocks clocks;
  private final Journal journal;
  private final TwilioCarrier carrier;
  private final ExecutorService io;
  private final ControlLoop loop;
  private final CommandTaker commands;
  private final TextDesk texts;
  private final SettingsDesk settingsDesk;
  private final Optional<SmsWebhook> webhook;
  private final Waker waker;
  private volatile Optional<Pair> pair = Optional.empty();
  private final Mirror mirror;
  private final Optional<WatcherNews> news;
  private final Sightings sightings = new Sightings();

  /**
   * Starts to watch.
   *
   * @param directory of the settings files; edits of them are noticed
   * @param fatal told once if the process has to be restarted, in a sentence for people
   * @throws org.linekeeper.journal.JournalRefused if the journal cannot be used
   */
  public static Service start(
      Settings settings, Path directory, Clocks clocks, Consumer<String> fatal) {
    return start(settings, directory, reader(), clocks, fatal);
  }

  /**
   * The same for one of several in this process.
   *
   * @param reader reads edits, with the environment that is this one's
   */
  public static Service start(
      Settings settings,
      Path directory,
      SettingsReader reader,
      Clocks clocks,
      Consumer<String> fatal) {
    return new Service(settings, directory, reader, clocks, fatal, UnaryOperator.identity());
  }

  /** The same with something around the journal: tests that end the process at a chosen append. */
  static Service start(
      Settings settings,
      Path directory,
      Clocks clocks,
      Consumer<String> fatal,
      UnaryOperator<Journal> around) {
    return new Service(settings, directory, reader(), clocks, fatal, around);
  }

  private Service(
      Settings settings,
      Path directory,
      SettingsReader reader,
      Clocks clocks,
      Consumer<String> fatal,
      UnaryOperator<Journal> around) {
    this.settings = settings;
    this.clocks = clocks;
    LocalSettings local = settings.local();
    journal =
        kept(
            around.apply(
                RatisJournal.open(
                    Wiring.journal(settings), clocks.time(), clocks.ticker(), fatal)));
    carrier =
        kept(new TwilioCarrier(Wiring.twilio(local.carrier()), clocks.time(), clocks.ticker()));
    io = pool(IO_THREADS, "carrier-io");
    ExecutorService urgent = pool(URGENT_THREADS, "carrier-urgent");
    open.push(io::shutdownNow);
    open.push(urgent::shutdownNow);
    settingsDesk =
        new SettingsDesk(
            journal,
            clocks.time(),
            settings,
            new FilesSeen(local.journal()),
            local.peers().isPresent());
    settingsDesk.started(settings);

    Workers workers = kept(Workers.start(clocks.ticker()));
    List<PbxLink> links = Wiring.links(local, workers);
    loop = kept(loop(links, local, urgent));
    Commands grammar = new Commands(Wiring::whyNotRing, Service::id);
    Relay relay =
        new Relay(
            new CommandDesk(
                loop,
                grammar,
                () -> dialogue(grammar, settingsDesk.local()),
                () -> deskPhone(grammar, settingsDesk.local()),
                settingsDesk),
            journal,
            new GoingAlone(journal, local.watcher(), local.peers()));
    news = Wiring.journal(settings).group().map(group -> new WatcherNews(group, journal, clocks));
    journal.onAsked(question -> Colleagues.answer(question, loop::vote, this::card, relay));
    commands = relay;
    texts = new TextDesk(commands, carrier, io);
    webhook = webhook(local);
    Alerts alerts = kept(new Alerts(journal, carrier, clocks.time()));
    alerts.start();
    OwnLiveness liveness = kept(new OwnLiveness(workers, loop::stalled));
    liveness.start();
    loop.start(liveness::check);
    List<PbxProber> probers =
        links.stream()
            .map(l -> Wiring.prober(settings, l, workers, liveness, this::observed))
            .toList();
    Optional<Pair> two = Wiring.pair(local, probers, workers);
    two.map(this::kept).ifPresent(Pair::start);
    pair = two;
    Optional<CarrierCalls> outside =
        local.carrier().testCall().map(test -> carrierCalls(test, links));
    for (int i = 0; i < links.size(); i++) {
      PbxLink link = links.get(i);
      outside.ifPresent(link::add);
      link.add(new Doors(loop, commands, link, settingsDesk::local, this::leads));
      kept(probers.get(i)).start();
      kept(link).start();
      kept(Wiring.certificates(link.pbx(), access(local, link), workers, clocks.time()))
          .start(liveness, this::observed);
    }
    outside.ifPresent(calls -> kept(calls).start());
    mirror = kept(mirror(local, workers, liveness));
    waker = kept(new Waker());
    journal.onCommit(records -> wakeAtBoundary());
    wakeAtBoundary();
    waker.every(UNRECORDED, "settings", settingsDesk::again);
    waker.every(ALERTS, "alerts", alerts::look);
    local.sms().pollEvery().ifPresent(this::pollTexts);
    news.ifPresent(n -> waker.every(WatcherNews.EVERY, "watchers", () -> n.look(card())));
    kept(new SettingsWatch(directory, reader, settings.hash(), settingsDesk)).start();
  }

  private CarrierCalls carrierCalls(CarrierAccess.TestCall test, List<PbxLink> links) {
    return new CarrierCalls(
        carrier,
        new CarrierCalls.Plan(test.number(), test.from(), test.every()),
        () -> leads() ? loop.overview().state().active() : Optional.empty(),
        pbx -> links.stream().anyMatch(link -> link.pbx().equals(pbx) && link.hears()),
        () -> Suspicion.of(loop.overview(), loop.undelivered()),
        clocks.time(),
        clocks.ticker(),
        this::observed);
  }

  private static PbxAccess access(LocalSettings local, PbxLink link) {
    return Objects.requireNonNull(local.pbxs().get(link.pbx()));
  }

  private static TextDialogue dialogue(Commands grammar, LocalSettings now) {
    return new TextDialogue(grammar, now::pinMatches, now.sms().dialogue());
  }

  private static DeskPhone deskPhone(Commands grammar, LocalSettings now) {
    return new DeskPhone(grammar, now::pinMatches, now.sms().dialogue());
  }

  private void observed(Observation seen) {
    sightings.saw(seen);
    loop.observed(seen);
    pair.ifPresent(two -> two.saw(seen));
  }

  /** The latest that each probe saw of each PBX. */
  public List<Observation> seen() {
    return sightings.latest();
  }

  /** Reads settings files, with the office's rules about where calls may go. */
  public static SettingsReader reader() {
    return SettingsReader.ofProcess(Wiring::whyNotRing);
  }

  /**
   * The same with another environment than this process has.
   *
   * @param environment what {@code ${env:NAME}} stands for
   */
  public static SettingsReader reader(Map<String, String> environment) {
    return new SettingsReader(
        name -> Optional.ofNullable(environment.get(name)), Wiring::whyNotRing);
  }

  private <T extends AutoCloseable> T kept(T part) {
    open.push(part);
    return part;
  }

  private static ExecutorService pool(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(IO_QUEUE),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private ControlLoop loop(List<PbxLink> links, LocalSettings local, ExecutorService urgent) {
    Core core =
        new Core(
            local.watcher(),
            journal,
            new LinkedPbxs(links, this::region),
            carrier,
            surroundings(local),
            io,
            urgent,
            clocks.time(),
            clocks.ticker(),
            Service::id,
            new Colleagues(journal, local));
    return new ControlLoop(core, local.profile(), links.stream().map(PbxLink::pbx).toList());
  }

  private Mirror mirror(LocalSettings local, Workers workers, OwnLiveness liveness) {
    Mirror copying = new Mirror(Wiring.wish(local.mirror()), this::course, workers);
    List<AstDb> databases = Wiring.databases(local, workers, copying);
    copying.start(databases);
    for (AstDb database : databases) {
      new AstDbProbe(database, local.profile(), workers, liveness, this::observed).start();
    }
    return copying;
  }

  /**
   * Which PBX's rows count: the one that serves, and only while it is seen to. A pause does not
   * stop the copying, as it does not open gates; observing touches no PBX.
   */
  private Optional<Course> course() {
    State now = journal.state();
    return now.mode() == Rules.Mode.OBSERVE || !leads()
        ? Optional.empty()
        : now.active()
            .filter(
                pbx ->
                    Optional.ofNullable(loop.overview().verdicts().get(pbx))
                        .filter(verdict -> verdict.kind().serves())
                        .isPresent())
            .map(pbx -> new Course(pbx, now.epoch()));
  }

  /** How the copying between the PBXs stands. */
  public Mirror mirror() {
    return mirror;
  }

  private Surroundings surroundings(LocalSettings local) {
    ExecutorService starters = pool(PROGRAMS, "programs");
    open.push(starters::shutdownNow);
    Programs programs = new Programs(starters);
    HostAddresses addresses = kept(new HostAddresses(programs, Tenure.sole(), clocks.ticker()));
    LeasedAddress leased = kept(new LeasedAddress(programs, clocks.ticker()));
    OfficeCommands commands = kept(new OfficeCommands(programs));
    settings
        .estate()
        .moving()
        .address()
        .ifPresent(
            floating -> {
              if (floating.besideWatcher(local.watcher()).isPresent()) {
                leased.prepare(floating.device());
              } else if (!floating.leased()) {
                addresses.prepare(floating.addresses(), floating.device());
              }
              commands.prepare(floating.freeing());
            });
    return new Surroundings(
        commands,
        addresses,
        local.nameServer().<Names>map(Wiring::names).orElse(Surroundings.NONE.names()),
        leased);
  }

  private String region() {
    return journal.state().settings().map(s -> s.estate().targets().region()).orElse("");
  }

  private Optional<SmsWebhook> webhook(LocalSettings local) {
    return Optional.of(local.sms().webhookUrls())
        .filter(urls -> !urls.isEmpty())
        .map(
            urls ->
                new SmsWebhook(
                    new TwilioSignature(List.of(local.carrier().authToken().reveal()), urls),
                    local.carrier().account(),
                    clocks.time()));
  }

  private WatcherCard card() {
    List<String> troubles = new ArrayList<>(news.map(WatcherNews::own).orElse(List.of()));
    loop.hostTrouble().ifPresent(troubles::add);
    return WatcherCard.here(
        settings.local().watcher(), settingsDesk.files(), clocks.time().instant(), troubles);
  }

  /** What people should know of the watchers themselves, each a sentence; of three only. */
  public List<String> aboutWatchers() {
    return news.map(WatcherNews::notices).orElse(List.of());
  }

  private boolean leads() {
    return journal.leads();
  }

  private static String id() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** The loop computes what is wanted for any moment; this only makes it look on time. */
  private void wakeAtBoundary() {
    Instant now = clocks.time().instant();
    journal
        .state()
        .settings()
        .map(SettingsInForce::estate)
        .flatMap(estate -> estate.schedule().nextBoundary(now))
        .ifPresent(
            boundary -> waker.after(Duration.between(now, boundary), "boundary", this::atBoundary));
  }

  private void atBoundary() {
    loop.wake();
    wakeAtBoundary();
  }

  /** The demo's clock was moved: everything that waits for a moment looks again. */
  public void clockMoved() {
    atBoundary();
  }

  private void pollTexts(Duration every) {
    TextFetch fetch = new TextFetch(journal, carrier, clocks.time(), texts::fetched);
    waker.every(
        every,
        "texts",
        () -> {
          if (leads()) {
            fetch.look();
          }
        });
  }

  /** The loop that decides. */
  public ControlLoop loop() {
    return loop;
  }

  /** Where commands are taken. */
  public CommandTaker commands() {
    return commands;
  }

  /** Where texts are taken. */
  public TextDesk texts() {
    return texts;
  }

  /** Judges requests that claim to bring a text; empty if the settings have no webhook. */
  public Optional<SmsWebhook> webhook() {
    return webhook;
  }

  /** Where edits of the settings are taken. */
  public SettingsDesk settingsDesk() {
    return settingsDesk;
  }

  /** The durable record. */
  public Journal journal() {
    return journal;
  }

  /** What it was started with; what was edited since is in the journal's state and the desk. */
  public Settings settings() {
    return settings;
  }

  /** The time it goes by. */
  public Clocks clocks() {
    return clocks;
  }

  @Override
  public void close() {
    if (open.isEmpty()) {
      return; // it is closed
    }
    try {
      loop.leave().toCompletableFuture().get(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("the floating address does not stay where it is while this watcher is away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} does not stop cleanly; the process ends anyway", part, e);
      }
    }
  }
}
