package org.linekeeper.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quartz.DateBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.SimpleJobFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks after a time or again and again. A task missed because the machine slept or was busy
 * runs once, late: every task computes what is wanted for its own now.
 */
public final class Waker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

  private final Map<String, Runnable> tasks = new ConcurrentHashMap<>();
  private final Scheduler quartz;
  private final ScheduledExecutorService polls =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "polls");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  /** Starts with nothing to do. */
  public Waker() {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", "linekeeper-" + hashCode());
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.threadPool.threadCount", "3");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    // A wake-up later than this is called missed, and then runs at once.
    settings.setProperty("org.quartz.jobStore.misfireThreshold", "1000");
    try {
      quartz = new StdSchedulerFactory(settings).getScheduler();
      quartz.setJobFactory(new Tasks());
      quartz.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start, so no schedule would be kept", e);
    }
  }

  /**
   * Runs the task once after that time, at once if it is not positive; replaces an earlier wish of
   * that name.
   */
  public void after(Duration delay, String name, Runnable task) {
    int millis = (int) Math.min(Math.max(delay.toMillis(), 0), Integer.MAX_VALUE);
    schedule(
        name,
        task,
        TriggerBuilder.newTrigger()
            .startAt(DateBuilder.futureDate(millis, DateBuilder.IntervalUnit.MILLISECOND))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow()));
  }

  /**
   * Runs the task now and then again after each period; never twice at the same time. By monotonic
   * time: a clock that is set back must not stop the polling of texts.
   */
  public synchronized void every(Duration period, String name, Runnable task) {
    if (!closed) {
      polls.scheduleWithFixedDelay(
          () -> run(name, task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void run(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException defect) {
      LOG.error("A defect in Linekeeper: {} failed; it is tried again when due", name, defect);
    }
  }

  private synchronized void schedule(
      String name, Runnable task, TriggerBuilder<? extends Trigger> when) {
    if (closed) {
      return; // what is still recorded while the process ends wakes nobody any more
    }
    tasks.put(name, task);
    JobDetail job = JobBuilder.newJob(Once.class).withIdentity(name).storeDurably().build();
    Trigger trigger = when.withIdentity(name).forJob(name).build();
    try {
      // Null: there is no earlier one, or it has just fired.
      if (quartz.rescheduleJob(TriggerKey.triggerKey(name), trigger) == null) {
        quartz.addJob(job, true);
        quartz.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz refuses to schedule " + name, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    polls.shutdownNow();
    try {
      quartz.shutdown(false);
    } catch (SchedulerException e) {
      LOG.warn("Quartz does not stop cleanly; nothing depends on it any more", e);
    }
  }

  /** A job that Quartz does not run beside itself. */
  @org.quartz.DisallowConcurrentExecution
  private static final class Once implements Job {
    private final String name;
    private final Runnable task;

    Once(String name, Runnable task) {
      this.name = name;
      this.task = task;
    }

    @Override
    public void execute(org.quartz.JobExecutionContext context) {
      run(name, task);
    }
  }

  private final class Tasks extends SimpleJobFactory {
    @Override
    public Job newJob(org.quartz.spi.TriggerFiredBundle bundle, Scheduler scheduler) {
      JobKey key = bundle.getJobDetail().getKey();
      return new Once(key.getName(), tasks.getOrDefault(key.getName(), () -> {}));
    }
  }
}
